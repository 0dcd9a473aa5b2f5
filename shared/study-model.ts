/**
 * A study definition made ready to run: every item, form and event in its place, every expression compiled.
 * What cannot run is told as a list of faults; a model with faults is only good for showing them.
 */
import type { Aid } from './aid.ts';
import type { Limit } from './check-limits.ts';
import type { Expression } from './feel/compile.ts';
import type { CheckPlan } from './study-scope/check-plan.ts';
import { compileStudy } from './study-scope/compile-study.ts';
import type { Frame } from './study-scope/frame.ts';
import { placeStudy } from './study-scope/place-study.ts';
import type { PlacedClassification } from './study-scope/placed-classification.ts';
import type { GroupRow } from './subject-index.ts';
import type {
  Analyte,
  Check,
  CodeList,
  Form,
  Item,
  ItemGroup,
  LmsTable,
  Lookup,
  Phase,
  Study,
  StudyEvent,
  Text,
} from './study.ts';
import { findFaults } from './study-faults.ts';
import type { Population, SummaryRow, SummaryTable } from './summary-table/definition.ts';

export type StudyExpression = Expression<Frame>;

/** What is wrong with a definition. `line` and `column` are 1-based, within the text that `path` leads to. */
export interface StudyFault {
  readonly path: readonly (string | number)[];
  readonly message: string;
  readonly line?: number;
  readonly column?: number;
}

export interface PlacedItem {
  readonly item: Item;
  readonly form: Form;
  readonly group: ItemGroup;
  /** Position in the whole study, from 0. */
  readonly order: number;
  /** Position in its group, from 0. */
  readonly position: number;
  readonly home: PlacedGroup;
  /** The yes-no types have a list of their own: 1, 0 and, where allowed, 99. */
  readonly codeList: CodeList | null;
  readonly shown: StudyExpression | null;
  readonly required: 'always' | StudyExpression | null;
  readonly expression: StudyExpression | null;
  readonly pattern: RegExp | null;
  /** The items of the same row that a measurement with parts is spread over. */
  readonly parts: PlacedParts | null;
  /** The item or its group has a condition, so it can be hidden. */
  readonly conditional: boolean;
  /** Ids of all items on which its value, its visibility and its duty to be answered rest, itself included. */
  readonly dependsOn: ReadonlySet<string>;
  /** Those of them that count wherever they change; the others count only in its own row or the head of its own form. */
  readonly dependsAfarOn: ReadonlySet<string>;
  readonly readsClock: boolean;
}

export interface PlacedParts {
  readonly relation: PlacedItem | null;
  readonly unit: PlacedItem | null;
  readonly test: PlacedItem | null;
  readonly qualifier: PlacedItem | null;
}

export interface PlacedGroup {
  readonly group: ItemGroup;
  readonly home: PlacedForm;
  /** Position in the whole study, from 0. */
  readonly order: number;
  /** Position in its form, from 0. */
  readonly position: number;
  readonly items: readonly PlacedItem[];
  readonly shown: StudyExpression | null;
  /** What dates its rows: its own time item, else the time item of a group of the same form that does not repeat. */
  readonly time: PlacedItem | null;
}

export interface PlacedForm {
  readonly form: Form;
  readonly order: number;
  readonly groups: readonly PlacedGroup[];
  readonly items: readonly PlacedItem[];
  /** The event instance, when the form belongs to one event and that event does not repeat. */
  readonly onlyInstance: EventInstance | null;
  /** Ids of the events that it belongs to, in the order of the study. */
  readonly events: readonly string[];
}

/** "D2" is the second instance of the repeating event "D"; an event that does not repeat is its own only instance. */
export interface EventInstance {
  readonly id: string;
  readonly event: StudyEvent;
  readonly number: number | null;
  readonly order: number;
}

export interface PlacedAnchor {
  readonly anchor: Study['anchors'][number];
  readonly expression: StudyExpression | null;
}

/**
 * A message cut at its placeholders.
 * `answer`: where the answer stands, when a placeholder is a bare item or the value of an `each: value` check; it is shown as it was given.
 * `like`: the item whose value the placeholder picks (previous(x), nearest(x, …)), for its unit and the labels of its codes.
 */
export type MessagePart =
  | { readonly kind: 'words'; readonly words: string }
  | {
      readonly kind: 'value';
      readonly expression: StudyExpression;
      readonly answer:
        ((frame: Frame) => { readonly row: GroupRow; readonly placed: PlacedItem } | null) | null;
      readonly like: PlacedItem | null;
    };

export interface PlacedCheck {
  readonly check: Check;
  readonly order: number;
  readonly fires: StudyExpression;
  readonly message: { readonly en: readonly MessagePart[]; readonly fr: readonly MessagePart[] };
  /** Ids of all items whose change can change the outcome, through conditions, anchors and time order too. */
  readonly dependsOn: ReadonlySet<string>;
  /** Those of them that count wherever they change; the others count only in the row or form that it is run for. */
  readonly dependsAfarOn: ReadonlySet<string>;
  readonly readsClock: boolean;
  readonly items: readonly PlacedItem[];
  /** The form that it is run for; of a check of subjects, that of its first item, where its findings are shown. */
  readonly about: PlacedForm | null;
  readonly phases: ReadonlySet<Phase>;
  /** Ids of events; null means all. */
  readonly events: ReadonlySet<string> | null;
}

export interface PlacedNeed {
  readonly expression: StudyExpression;
  readonly absent: Text;
}

/** A value shown beside a field while it is typed. */
export interface PlacedShown {
  readonly expression: StudyExpression;
  /** The calculated item that it is, when it is one. */
  readonly item: PlacedItem | null;
  readonly label: Text;
  readonly unit: string | null;
  readonly decimals: number | null;
  readonly limits: readonly Limit[];
  readonly absent: Text | null;
  readonly source: string;
  readonly convention: boolean;
}

export interface PlacedAid {
  readonly aid: Aid;
  readonly shows: readonly PlacedShown[];
  readonly needs: readonly PlacedNeed[];
  readonly basis: PlacedNeed | null;
  /** Items that have to be answered alike where an answer is carried forward from; empty: none is. */
  readonly carried: readonly PlacedItem[];
}

/** What a summary table asks of each subject. */
export interface PlacedAsk {
  readonly expression: StudyExpression;
  /** Ids of all items on which the answer rests, through what is calculated too. */
  readonly restsOn: ReadonlySet<string>;
}

/** Subjects over whom rows of a summary table are counted. */
export interface PlacedPopulation {
  readonly population: Population;
  readonly within: PlacedPopulation | null;
  readonly ask: PlacedAsk;
}

export interface PlacedSummaryRow {
  readonly row: SummaryRow;
  readonly population: PlacedPopulation;
  /** Nothing for a count of subjects, two numbers for a pair. */
  readonly asks: readonly PlacedAsk[];
}

export interface PlacedTable {
  readonly table: SummaryTable;
  readonly sections: readonly {
    readonly section: SummaryTable['sections'][number];
    readonly rows: readonly PlacedSummaryRow[];
  }[];
  /** Ids of the items whose recorded values decide what stands in the table. */
  readonly reads: ReadonlySet<string>;
  /** Those, and all items that they rest on. */
  readonly restsOn: ReadonlySet<string>;
}

export interface StudyModel {
  readonly study: Study;
  /** In the order of the study. */
  readonly items: readonly PlacedItem[];
  readonly forms: readonly PlacedForm[];
  readonly anchors: readonly PlacedAnchor[];
  readonly checks: readonly PlacedCheck[];
  /** The same checks by what they concern. */
  readonly plan: CheckPlan;
  /** Case definitions, grades and scores, in the order of the study. */
  readonly classifications: readonly PlacedClassification[];
  readonly tables: readonly PlacedTable[];
  /** Every instance that the schedule allows, in its order. */
  readonly eventInstances: readonly EventInstance[];
  readonly item: (id: string) => PlacedItem | undefined;
  readonly group: (id: string) => PlacedGroup | undefined;
  readonly form: (id: string) => PlacedForm | undefined;
  readonly anchor: (id: string) => PlacedAnchor | undefined;
  /** By the id of an instance: "SCR", "D2". */
  readonly event: (instance: string) => EventInstance | undefined;
  /** Instances of an event by the event's id ("D"), or the one instance by its own ("D2"). */
  readonly instancesOf: (event: string) => readonly EventInstance[];
  readonly codeList: (id: string) => CodeList | undefined;
  readonly analyte: (id: string) => Analyte | undefined;
  readonly growth: (id: string) => LmsTable | undefined;
  readonly lookup: (id: string) => Lookup | undefined;
  /** What helps while this item is typed. */
  readonly aid: (item: string) => PlacedAid | undefined;
  /** Whether the matrix has the form in the event, and how. */
  readonly duty: (event: StudyEvent, form: string) => 'required' | 'optional' | null;
  /** Ids of all items whose value or visibility can change with this item, itself included. */
  readonly affectedBy: (item: string) => ReadonlySet<string>;
}

/**
 * Compiles every expression of a study once. Never throws on a definition that satisfies the schema. Faults are looked for
 * when they are asked for: of a definition that was installed there are none.
 */
export function createStudyModel(study: Study): {
  readonly model: StudyModel;
  readonly faults: readonly StudyFault[];
} {
  const placed = placeStudy(study);
  const compiled = compileStudy(placed);
  let found: readonly StudyFault[] | null = null;
  return {
    model: compiled.model,
    get faults() {
      return (found ??= findFaults(placed, compiled));
    },
  };
}
