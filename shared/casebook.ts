/**
 * The casebook of a subject: everything that is recorded, in the order of the study and in words that a person reads
 * without the application. Pure data; electron/services/copies/ puts it on pages.
 *
 * Nothing of the record is left out: a value, finding or query whose place the study no longer has is listed by its ids.
 */
import type { Stamp } from './casebook/moment.ts';
import type { FindingStatus, FormState, Origin } from './record.ts';
import type { Severity } from './study.ts';

export { planSubject, type CasebookOptions, type SubjectSource } from './casebook/plan-subject.ts';

/** Who did something, and when. */
export interface Doing extends Stamp {
  readonly user: string;
  readonly role: string;
}

/**
 * | kind    | the field                                                         |
 * |---------|-------------------------------------------------------------------|
 * | value   | holds an answer                                                   |
 * | missing | holds a reason in its place; `text` is the reason with its code   |
 * | empty   | is asked and holds nothing                                        |
 */
export type AnswerWords =
  | { readonly kind: 'value'; readonly text: string; readonly code: string | null }
  | { readonly kind: 'missing'; readonly text: string; readonly code: string }
  | { readonly kind: 'empty'; readonly text: ''; readonly code: null };

export interface CasebookChange extends Doing {
  readonly seq: number;
  readonly origin: Origin;
  readonly what: 'set' | 'parked' | 'unparked' | 'removed';
  /** Empty text: nothing stood there. */
  readonly old: string;
  readonly new: string;
  readonly reason: string | null;
}

export interface CasebookFinding {
  readonly check: string;
  readonly severity: Severity;
  readonly status: FindingStatus;
  readonly message: string;
  /** Why and by whom it was confirmed; null while it is open. */
  readonly confirmed: (Doing & { readonly reason: string }) | null;
}

export interface CasebookQuery {
  readonly id: number;
  readonly state: 'open' | 'answered' | 'closed';
  readonly closedBy: 'correction' | 'acceptance' | null;
  /** Item and row, where it is not listed under its field. */
  readonly about: string | null;
  /** Id of the check that asked; null: a person. */
  readonly check: string | null;
  readonly messages: readonly (Doing & {
    readonly kind: 'opened' | 'answered' | 'reopened' | 'closed';
    readonly text: string;
  })[];
}

export interface CasebookItem {
  readonly item: string;
  readonly label: string;
  /** Position in the whole study; those that it no longer has come last. */
  readonly order: number;
  readonly answer: AnswerWords;
  readonly derived: boolean;
  /** Kept, and not asked any more. */
  readonly parked: boolean;
  /** Of the newest entry about it; null where nothing was ever written. */
  readonly last: (Doing & { readonly origin: Origin }) | null;
  readonly findings: readonly CasebookFinding[];
  readonly queries: readonly CasebookQuery[];
  /** Oldest first; empty when the copy was asked for without. */
  readonly history: readonly CasebookChange[];
}

export interface CasebookRow {
  /** null in a group that does not repeat. */
  readonly row: number | null;
  readonly items: readonly CasebookItem[];
  /** Labels of further fields that are asked and hold nothing, where listing each would hide the answers. */
  readonly blank: readonly string[];
}

export interface CasebookGroup {
  readonly name: string;
  readonly repeating: boolean;
  /** How it is entered: rows of a table, or one record under the other. */
  readonly layout: 'table' | 'record';
  readonly rows: readonly CasebookRow[];
}

export interface CasebookForm {
  readonly form: string;
  readonly name: string;
  readonly state: FormState;
  readonly groups: readonly CasebookGroup[];
  /** Fields that are not asked because of other answers. */
  readonly notAsked: number;
  readonly signatures: readonly CasebookSignature[];
  /** About fields that are not listed. */
  readonly findings: readonly (CasebookFinding & { readonly about: string })[];
  readonly queries: readonly CasebookQuery[];
  /** History of rows that were removed, and of the form itself; empty when the copy was asked for without. */
  readonly removed: readonly (CasebookChange & { readonly about: string })[];
  readonly course: readonly CasebookNote[];
}

/** One entry of the trail as a sentence. */
export interface CasebookNote extends Stamp {
  readonly seq: number;
  readonly text: string;
}

export interface CasebookEvent {
  readonly event: string;
  readonly name: string;
  readonly signatures: readonly CasebookSignature[];
  readonly forms: readonly CasebookForm[];
  /** Names of forms that hold nothing, with their ids. */
  readonly empty: readonly { readonly form: string; readonly name: string; readonly required: boolean }[];
}

export interface CasebookSignature extends Doing {
  readonly printedName: string;
  readonly meaning: string;
  readonly contentHash: string;
  /** Null: valid. Else what was changed since, in words; empty when the file was altered from outside. */
  readonly brokenBy: readonly string[] | null;
}

export interface CasebookSubject {
  readonly subject: string;
  readonly events: readonly CasebookEvent[];
  readonly signatures: readonly CasebookSignature[];
  readonly queries: readonly CasebookQuery[];
  readonly findings: readonly (CasebookFinding & { readonly about: string })[];
  /** Enrolment and whatever else is about the subject and no form; empty when the copy was asked for without. */
  readonly course: readonly CasebookNote[];
  readonly counts: CasebookCounts;
}

export interface CasebookCounts {
  /** Answers and reasons in their place, calculated and parked ones among them. */
  readonly values: number;
  readonly forms: number;
  readonly openFindings: number;
  readonly openQueries: number;
  readonly signatures: number;
  readonly history: number;
}
