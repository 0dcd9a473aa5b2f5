/**
 * What is recorded about a subject, as plain data that crosses every border unchanged:
 * database rows, the bridge, the check engine and the exports all speak in these shapes.
 */
import type { Severity, Text } from './study.ts';

export type Relation = '=' | '<' | '<=' | '>' | '>=';
/** How much of a date is known. Year, month and day are counted to the day; minute for date-times. */
export type DatePrecision = 'year' | 'month' | 'day' | 'minute';

/**
 * One answer as entered.
 * Exactly one of `text` and `missing` is set.
 */
export interface ItemValue {
  /**
   * Canonical text: digits with a point ("32.0", trailing zeros kept as typed), ISO 8601 dates ("2021-11-03",
   * "2021-11", "2021", "2021-11-03T14:20" local time), a code ("1"), a JSON array of codes in list order for a multiple choice (["1","3"]).
   */
  readonly text: string | null;
  /** Only for comparator and measurement; "=" when none was typed. */
  readonly relation: Relation | null;
  /** The number in `text`, for the numeric types. */
  readonly number: number | null;
  /** Unit as entered, UCUM or the spelling of the study's own list. */
  readonly unit: string | null;
  /** For the date types. */
  readonly precision: DatePrecision | null;
  /** A code of the study's list of missing reasons, in place of a value. */
  readonly missing: string | null;
}

/** Where a value stands. Items of groups that do not repeat have row 1. */
export interface ValuePlace {
  /** Event instance: "SCR", "D2". */
  readonly event: string;
  readonly form: string;
  readonly row: number;
  readonly item: string;
}

/** A value as it is in the database. An emptied value keeps its place and version, with text and missing null. */
export interface RecordedValue extends ValuePlace, ItemValue {
  /** 1 at first entry, +1 with each change. */
  readonly version: number;
  readonly derived: boolean;
  /** The item is hidden by its condition: kept, marked, left out of exports. */
  readonly parked: boolean;
}

export type FormState = 'empty' | 'in-progress' | 'complete' | 'verified' | 'signed' | 'locked';

export interface FormStatus {
  readonly event: string;
  readonly form: string;
  readonly state: FormState;
}

/** Everything known about one subject. `values` holds no value of a removed row. */
export interface SubjectRecord {
  readonly subject: string;
  readonly site: string;
  readonly forms: readonly FormStatus[];
  readonly values: readonly RecordedValue[];
}

/** Local wall-clock time of the entering machine, to the minute: "2021-11-03T14:20". Expressions see it as now(). */
export type LocalMinute = string;

/** A value that a finding rests on. */
export interface UsedValue extends ValuePlace {
  readonly text: string | null;
  readonly relation: Relation | null;
  readonly unit: string | null;
  readonly missing: string | null;
}

export type FindingStatus = 'open' | 'confirmed';

/** A check that fired. Data, never thrown. */
export interface Finding {
  /** Id of the study's check, or of a rule that an item brings along: "vs_wt.hard", "vs_wt.soft", "vs_wt.required", "vs_wt.parked". */
  readonly check: string;
  readonly version: number;
  readonly severity: Severity;
  readonly event: string;
  readonly form: string;
  readonly row: number;
  /** The item at which it is shown. */
  readonly item: string;
  readonly items: readonly string[];
  readonly message: Text;
  readonly rule: Text;
  readonly source: string;
  /** The rule is a convention that the principal investigator has yet to approve. */
  readonly convention: boolean;
  readonly used: readonly UsedValue[];
  readonly status: FindingStatus;
}

/** One change asked for. `value` is what a person would type; exactly one of value and missing counts, value null empties. */
export interface Change {
  readonly event: string;
  readonly form: string;
  readonly row: number;
  readonly item: string;
  readonly value: string | null;
  readonly missing?: string;
  /** The version that the person saw; 0 when the field was empty. Absent: last one wins (command line, import decides for itself). */
  readonly baseVersion?: number;
  readonly reason?: string;
  /** The number of a measurement alone: its relation and unit are said by changes of their own, or not at all. */
  readonly alone?: boolean;
}

export type Origin = 'entry' | 'second-entry' | 'import' | 'merge' | 'derivation' | 'system';
