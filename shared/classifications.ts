/**
 * Classifications with their reasons: for each definition its result, and for each criterion its state, the answers that
 * it used and what is missing.
 *
 * Parts are combined in three-valued logic (Kleene), ● met, ○ not met, ? not evaluable:
 *
 *   all   ●  ○  ?        any   ●  ○  ?        at least 2 of 3   ●●? ●   ●○○ ○   ○○? ○
 *   ●     ●  ○  ?        ●     ●  ●  ●                          ●?○ ?   ●○● ●   ??● ?
 *   ○     ○  ○  ○        ○     ●  ○  ?
 *   ?     ?  ○  ?        ?     ●  ?  ?
 *
 * Met when so many parts are met; not met when they can't be reached any more, whatever the unknown ones are.
 *
 * Of grades, the worst first, the first that is met counts; one that can't be excluded makes all below it undecided:
 *
 *   grades from the worst   ○ ○ ● · → third    ○ ? ● · → not evaluable    ○ ○ ○ ○ → `otherwise`, or none
 */
import { assertNever } from './assert-never.ts';
import type { Truth } from './feel/compare.ts';
import type { FeelValue } from './feel/value.ts';
import { distinctGaps, explainTraced, type Gap } from './gaps.ts';
import { minuteNumber } from './partial-date.ts';
import type { LocalMinute, UsedValue, ValuePlace } from './record.ts';
import type { StudyModel } from './study-model.ts';
import { frameAt, type Frame } from './study-scope/frame.ts';
import type {
  CriterionWords,
  PlacedClassification,
  PlacedCriterion,
} from './study-scope/placed-classification.ts';
import { atLeast, frameOf, roundedTo, toTruth } from './study-scope/read-classification.ts';
import { rowsInTime, timeCell } from './study-scope/time-order.ts';
import { readTraced } from './study-scope/traced.ts';
import type { FormInstance, GroupRow, SubjectIndex } from './subject-index.ts';

export type State = 'met' | 'not-met' | 'not-evaluable';

export interface CriterionOutcome {
  readonly words: CriterionWords;
  readonly state: State;
  /** How its parts are combined; null for a criterion without parts. */
  readonly combines: { readonly word: 'all' | 'any' | 'at-least'; readonly count: number } | null;
  readonly parts: readonly CriterionOutcome[];
  readonly used: readonly UsedValue[];
  /** What keeps it from being evaluated; of a criterion with parts, that of the parts that could decide. */
  readonly gaps: readonly Gap[];
}

export type Result =
  | { readonly kind: 'criteria'; readonly criterion: CriterionOutcome }
  | {
      readonly kind: 'grades';
      /** The grade that counts; null when none fits or when it can't be told. */
      readonly code: string | null;
      /** Its position from the worst; that of `otherwise` comes after all of them. */
      readonly rank: number | null;
      readonly grades: readonly { readonly code: string; readonly criterion: CriterionOutcome }[];
    }
  | {
      readonly kind: 'value';
      /** A number, censored or not; null when it can't be worked out. */
      readonly value: FeelValue;
      readonly used: readonly UsedValue[];
    };

export interface Classified {
  /** Where it was classified; null for the subject as a whole. The item is the one that dates the row, when there is one. */
  readonly at: ValuePlace | null;
  readonly state: State;
  readonly result: Result;
  readonly gaps: readonly Gap[];
}

export interface ClassificationOutcome {
  readonly classification: PlacedClassification;
  /** In time order; of a subject exactly one, of forms and rows one for each that there is something to classify of. */
  readonly classified: readonly Classified[];
}

/** `index` holds the derived values (derivations.ts). */
export function classify(
  model: StudyModel,
  index: SubjectIndex,
  now: LocalMinute,
): readonly ClassificationOutcome[] {
  const minute = minuteNumber(now) ?? Number.NaN;
  return model.classifications.map((classification) => ({
    classification,
    classified: framesOf(classification, index, minute)
      .filter(({ frame }) => classification.where === null || classification.where.read(frame) === true)
      .map(({ frame, at }) => classifyHere(classification, frame, at)),
  }));
}

interface Place {
  readonly frame: Frame;
  readonly at: ValuePlace | null;
}

function framesOf(placed: PlacedClassification, index: SubjectIndex, now: number): readonly Place[] {
  const { home } = placed;
  switch (home.kind) {
    case 'subject':
    case 'value':
      return [{ frame: frameAt(index, now, null, null), at: null }];
    case 'form':
      return index.instances
        .filter((instance) => instance.form === home.form && instance.begun)
        .map((instance) => {
          const head = instance.rows.find((rows) => rows[0]?.group.group.repeating === false)?.[0];
          return {
            frame: frameOf(placed, frameAt(index, now, instance, null)),
            at: head === undefined ? null : placeOfRow(instance, head),
          };
        });
    case 'row':
      return rowsInTime(index, home.group).ordered.map(({ row, instance }) => ({
        frame: frameOf(placed, frameAt(index, now, instance, row)),
        at: placeOfRow(instance, row),
      }));
    default:
      return assertNever(home);
  }
}

function placeOfRow(instance: FormInstance, row: GroupRow): ValuePlace {
  const time = timeCell(instance, row);
  return {
    event: row.event.id,
    form: row.group.home.form.id,
    row: (time?.row ?? row).row,
    item: (time?.item ?? row.group.items[0])?.item.id ?? '',
  };
}

function classifyHere({ rule }: PlacedClassification, frame: Frame, at: ValuePlace | null): Classified {
  switch (rule.kind) {
    case 'criteria': {
      const criterion = judge(rule.criterion, frame);
      const { state, gaps } = criterion;
      return { at, state, gaps, result: { kind: 'criteria', criterion } };
    }
    case 'grades': {
      const grades = rule.grades.map(({ code, criterion }) => ({ code, criterion: judge(criterion, frame) }));
      const decisive = grades.findIndex(({ criterion }) => criterion.state !== 'not-met');
      const deciding = grades[decisive];
      const isOpen = deciding?.criterion.state === 'not-evaluable';
      const code = isOpen ? null : (deciding?.code ?? rule.otherwise);
      return {
        at,
        state: isOpen ? 'not-evaluable' : code === null ? 'not-met' : 'met',
        gaps: isOpen ? deciding.criterion.gaps : [],
        result: {
          kind: 'grades',
          code,
          rank: code === null ? null : decisive === -1 ? grades.length : decisive,
          grades,
        },
      };
    }
    case 'value': {
      const traced = readTraced(rule.expression, frame);
      const value = roundedTo(traced.value, rule.decimals);
      const { used, gaps } = explainTraced(frame.index, frame.now, traced, value !== null);
      return {
        at,
        state: value === null ? 'not-evaluable' : 'met',
        gaps,
        result: { kind: 'value', value, used },
      };
    }
    default:
      return assertNever(rule);
  }
}

function judge(criterion: PlacedCriterion, frame: Frame): CriterionOutcome {
  const { label, note, source, convention } = criterion;
  const words: CriterionWords = { label, note, source, convention };
  if (criterion.kind === 'holds') {
    const traced = readTraced(criterion.expression, frame);
    const truth = toTruth(traced.value);
    const { used, gaps } = explainTraced(frame.index, frame.now, traced, truth !== null);
    return { words, state: stateOf(truth), combines: null, parts: [], used, gaps };
  }
  const parts = criterion.parts.map((part) => judge(part, frame));
  const state = stateOf(
    atLeast(
      criterion.count,
      parts.map((part) => truthOf(part.state)),
    ),
  );
  return {
    words,
    state,
    combines: { word: criterion.word, count: criterion.count },
    parts,
    used: [],
    gaps: state === 'not-evaluable' ? distinctGaps(parts.flatMap((part) => part.gaps)) : [],
  };
}

function stateOf(truth: Truth): State {
  if (truth === null) return 'not-evaluable';
  return truth ? 'met' : 'not-met';
}

function truthOf(state: State): Truth {
  return state === 'not-evaluable' ? null : state === 'met';
}
