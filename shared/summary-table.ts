/**
 * The summary tables of a study, worked out over its subjects. The same subjects give the same tables, whoever asks.
 *
 *   outside the population     not looked at
 *   population not evaluable   missing in every row of it
 *   value not evaluable        missing, with the cause
 *
 * Every number comes with the subjects behind it, and a row says what it can't give, and why.
 */
import { assertNever } from './assert-never.ts';
import type { PlacedPopulation, PlacedSummaryRow, PlacedTable, StudyModel } from './study-model.ts';
import type { Text } from './study.ts';
import {
  askNumber,
  askYesNo,
  type Answer,
  type Missing,
  type TabledSubject,
} from './summary-table/answer.ts';
import type { SummaryRow } from './summary-table/definition.ts';
import {
  countEvents,
  countSubjects,
  describeNumbers,
  describePairs,
  describeShare,
  type Outcome,
} from './summary-table/outcome.ts';

export type { MissingCause, TabledSubject } from './summary-table/answer.ts';
export type { SummaryValues } from './summary-table/outcome.ts';

/** What was counted of a subject: yes or no, a number, or two. Subjects that are only counted have true. */
export type CountedValue = boolean | number | readonly [number, number];

export interface CountedSubject {
  readonly subject: string;
  readonly value: CountedValue;
}
export interface MissedSubject extends Missing {
  readonly subject: string;
}

export interface SummaryRowResult extends Outcome {
  readonly row: string;
  readonly kind: SummaryRow['kind'];
  readonly label: Text;
  /** Over whom it is counted; null where that is the population of the whole table, or what the row itself counts. */
  readonly population: Text | null;
  /** UCUM code. */
  readonly unit: string | null;
  readonly source: string;
  /** A convention, or a reading that the principal investigator has yet to approve. */
  readonly convention: boolean;
  readonly note: Text | null;
  /** Subjects whose value counts. */
  readonly n: number;
  /** Subjects of the population, or perhaps of it, whose value does not. */
  readonly missing: number;
  readonly counted: readonly CountedSubject[];
  readonly missed: readonly MissedSubject[];
}

export interface SummaryTableResult {
  readonly table: string;
  readonly name: Text;
  readonly source: string | null;
  /** The population of every row that names no other. */
  readonly population: Text;
  readonly sections: readonly {
    readonly section: string;
    readonly name: Text;
    readonly rows: readonly SummaryRowResult[];
  }[];
}

/** Subjects in the order in which they are to be listed. */
export function summarize(
  model: StudyModel,
  subjects: readonly TabledSubject[],
): readonly SummaryTableResult[] {
  return model.tables.map((table) => summarizeTable(table, subjects));
}

function summarizeTable(
  { table, sections }: PlacedTable,
  subjects: readonly TabledSubject[],
): SummaryTableResult {
  const known = new Map<PlacedPopulation, readonly Answer<boolean>[]>();
  const membersOf = (placed: PlacedPopulation): readonly Answer<boolean>[] => {
    const members =
      known.get(placed) ?? askMembers(placed, subjects, placed.within && membersOf(placed.within));
    known.set(placed, members);
    return members;
  };
  const own = table.populations.find((population) => population.id === table.population);
  return {
    table: table.id,
    name: table.name,
    source: table.source ?? null,
    population: own?.name ?? table.name,
    sections: sections.map(({ section, rows }) => ({
      section: section.id,
      name: section.name,
      rows: rows.map((placed) =>
        summarizeRow(placed, table.population, subjects, membersOf(placed.population)),
      ),
    })),
  };
}

/** Whoever is outside the whole is outside the part, whatever else is not known. */
function askMembers(
  { ask }: PlacedPopulation,
  subjects: readonly TabledSubject[],
  whole: readonly Answer<boolean>[] | null,
): readonly Answer<boolean>[] {
  return subjects.map((subject, position) => {
    const outer = whole?.[position];
    if (outer?.ok === true && !outer.value) return outer;
    const inner = askYesNo(subject, ask);
    return outer === undefined || outer.ok || (inner.ok && !inner.value) ? inner : outer;
  });
}

function summarizeRow(
  placed: PlacedSummaryRow,
  usualPopulation: string,
  subjects: readonly TabledSubject[],
  members: readonly Answer<boolean>[],
): SummaryRowResult {
  const counted: CountedSubject[] = [];
  const missed: MissedSubject[] = [];
  subjects.forEach((subject, position) => {
    const member = members[position];
    if (member === undefined || (member.ok && !member.value)) return;
    const answer = member.ok ? answerOf(placed, subject) : member;
    const number = subject.index.subject;
    if (answer.ok) counted.push({ subject: number, value: answer.value });
    else missed.push({ subject: number, cause: answer.cause, item: answer.item });
  });
  const { row, population } = placed;
  return {
    row: row.id,
    kind: row.kind,
    label: row.label,
    population:
      row.kind === 'count' || population.population.id === usualPopulation
        ? null
        : population.population.name,
    unit: 'unit' in row ? (row.unit ?? null) : null,
    source: row.source,
    convention: row.convention === true,
    note: row.note ?? null,
    n: counted.length,
    missing: missed.length,
    ...outcomeOf(
      row,
      counted.map(({ value }) => value),
    ),
    counted,
    missed,
  };
}

/** The kind of the row decides what is asked. */
function answerOf({ row, asks }: PlacedSummaryRow, subject: TabledSubject): Answer<CountedValue> {
  const [first, second] = asks;
  if (first === undefined) return { ok: true, value: true };
  if (row.kind === 'count-percent') return askYesNo(subject, first);
  const before = askNumber(subject, first);
  if (second === undefined || !before.ok) return before;
  const after = askNumber(subject, second);
  return after.ok ? { ok: true, value: [before.value, after.value] } : after;
}

function outcomeOf(row: SummaryRow, values: readonly CountedValue[]): Outcome {
  switch (row.kind) {
    case 'count':
      return countSubjects(values.length);
    case 'count-percent':
      return describeShare(values.filter((value) => typeof value === 'boolean'));
    case 'events':
      return countEvents(values.filter((value) => typeof value === 'number'));
    case 'mean-sd':
    case 'median-quartiles':
    case 'range':
      return describeNumbers(
        row.kind,
        values.filter((value) => typeof value === 'number'),
        row,
      );
    case 'paired-change':
      return describePairs(
        values.filter((value) => typeof value === 'object'),
        row,
      );
    default:
      return assertNever(row);
  }
}
