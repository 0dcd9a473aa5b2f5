/** What the acceptance rules look at. Where it comes from, a site's own database or a pool's, is no matter to them. */
import type { OpenQueries } from '../contract/workflow.ts';
import type { Finding, LocalMinute, SubjectRecord } from '../record.ts';
import type { Signature } from '../signature.ts';
import type { StudyModel } from '../study-model.ts';
import type { Text } from '../study-text.ts';
import type { SubjectIndex } from '../subject-index.ts';

export interface DeliveredSubject {
  readonly record: SubjectRecord;
  /** All of them, as the checks of the current definition find them. */
  readonly findings: readonly Finding[];
  /** Queries that are not closed, counted by form. */
  readonly openQueries: readonly OpenQueries[];
  readonly signatures: readonly Signature[];
}

/** About the delivery as a whole. */
export interface DeliveryFacts {
  /** not-made: a rehearsal, before there is a file. faulty: a file is missing or another than the manifest says. */
  readonly manifest: 'not-made' | 'whole' | 'faulty';
  /** SHA-256 of the definition that the data were entered under, and of the one that is in force. */
  readonly fingerprint: string;
  readonly currentFingerprint: string;
  /** broken: values or entries don't agree with the trail, or a head that was seen before is not in it. */
  readonly trail: 'verified' | 'broken' | 'not-looked-at';
}

export type Severity = 'rejects' | 'warns';

export interface AcceptanceOptions {
  /** What a form without a valid signature means: not every pooling centre asks for one. */
  readonly unsigned: Severity;
  /** Against which visits are overdue: now, or the moment of the data cut. */
  readonly now: LocalMinute;
}

/** Where to go to mend it; null where it is about more than that. */
export interface AcceptancePlace {
  readonly subject: string;
  readonly event: string | null;
  readonly form: string | null;
  readonly row: number | null;
  readonly item: string | null;
  /** What was seen there, in few words and without the value; null where the rule says it all. */
  readonly note: Text | null;
}

/** A subject with what the rules share in looking at it. */
export interface SubjectSight extends DeliveredSubject {
  readonly model: StudyModel;
  readonly index: SubjectIndex;
  readonly options: AcceptanceOptions;
}

export interface RuleWords {
  readonly id: string;
  readonly severity: Severity | 'by-choice';
  /** What is asked, in a few words. */
  readonly title: Text;
  /** Why, and what to do. */
  readonly words: Text;
}

export interface SubjectRule extends RuleWords {
  readonly find: (subject: SubjectSight) => Iterable<AcceptancePlace>;
}
export interface DeliveryRule extends RuleWords {
  /** A delivery has one place: itself. */
  readonly fails: (facts: DeliveryFacts) => boolean;
}

export function placeIn(
  { record }: DeliveredSubject,
  at: Partial<Omit<AcceptancePlace, 'subject'>> = {},
): AcceptancePlace {
  return { subject: record.subject, event: null, form: null, row: null, item: null, note: null, ...at };
}
