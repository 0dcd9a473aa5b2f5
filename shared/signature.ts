/**
 * A signature by an investigator: of a form (event and form), a visit (event) or a subject (neither). It is bound to
 * exactly what was signed, so that it can be carried to no other record and outlives no change (21 CFR 11.50, 11.70).
 */
import { canonicalJson } from './audit/canonical-json.ts';
import type { Sha256 } from './audit/entry.ts';
import { toItemValue } from './plan-save/draft-record.ts';
import type { RecordedValue, SubjectRecord, ValuePlace } from './record.ts';
import type { Text } from './study-text.ts';
import { isInScope } from './workflow.ts';

/** What is signed. */
export interface SignedScope {
  readonly subject: string;
  readonly event: string | null;
  readonly form: string | null;
}

/** What the signature says; the first is offered. The code stands in the record, the words in both languages on screen. */
export const meanings = ['reviewed', 'responsible', 'approved'] as const;
export type Meaning = (typeof meanings)[number];

export const meaningWords: Readonly<Record<Meaning, Text>> = {
  reviewed: {
    en: 'I have reviewed these data and they are complete and accurate.',
    fr: 'J’ai vérifié ces données ; elles sont complètes et exactes.',
  },
  responsible: {
    en: 'I take responsibility for these data as recorded.',
    fr: 'J’assume la responsabilité de ces données telles qu’elles sont enregistrées.',
  },
  approved: {
    en: 'I approve the changes made since the earlier signature.',
    fr: 'J’approuve les modifications faites depuis la signature précédente.',
  },
};

/** A meaning that this version does not know is shown as it is. */
export function toMeaningWords(meaning: string): Text {
  const known = meanings.find((one) => one === meaning);
  return known === undefined ? { en: meaning, fr: meaning } : meaningWords[known];
}

export interface Signature extends SignedScope {
  readonly id: number;
  readonly user: string;
  readonly printedName: string;
  readonly role: string;
  readonly meaning: string;
  /** UTC, ISO 8601 with milliseconds. */
  readonly at: string;
  readonly offsetMinutes: number;
  /** SHA-256 of the canonical JSON of exactly what was signed, lower-case hex. */
  readonly contentHash: string;
  readonly validity: SignatureValidity;
}

/**
 * | content has the hash | changes since | the signature is                                              |
 * |----------------------|---------------|---------------------------------------------------------------|
 * | yes                  | none          | valid                                                         |
 * | yes                  | some          | broken by them, although they were taken back                 |
 * | no                   | some          | broken by them                                                |
 * | no                   | none          | broken, `by` is empty: the file was altered from outside      |
 */
export type SignatureValidity =
  | { readonly state: 'valid' }
  /** What was signed is no longer what stands there. `by` are the changes since, oldest first. */
  | { readonly state: 'broken'; readonly by: readonly BreakingChange[] };

export interface BreakingChange extends ValuePlace {
  readonly seq: number;
  /** UTC, ISO 8601 with milliseconds. */
  readonly at: string;
  readonly user: string;
}

export function toValidity(
  isSameContent: boolean,
  changesSince: readonly BreakingChange[],
): SignatureValidity {
  return isSameContent && changesSince.length === 0
    ? { state: 'valid' }
    : { state: 'broken', by: changesSince };
}

/** SHA-256 of the canonical JSON of what is signed: where, under which definition, and every value with its version and marks. */
export function contentHash(
  record: SubjectRecord,
  scope: SignedScope,
  studyFingerprint: string,
  sha256: Sha256,
): string {
  return sha256(canonicalJson(signedContent(record, scope, studyFingerprint)));
}

/** In an order of its own, so that it does not depend on the order in which the values were entered. */
export function signedContent(record: SubjectRecord, scope: SignedScope, studyFingerprint: string): unknown {
  const { subject, event, form } = scope;
  const values = record.values
    .filter((value) => isInScope(scope, value))
    .map((value) => ({ key: sortKey(value), content: contentOf(value) }))
    .sort((one, other) => (one.key < other.key ? -1 : 1))
    .map(({ content }) => content);
  return {
    site: record.site,
    // The record's own, beside the one that the scope names: a signature carried to another subject fits neither.
    record: record.subject,
    scope: { subject, event, form },
    study: studyFingerprint,
    values,
  };
}

function sortKey({ event, form, row, item }: ValuePlace): string {
  return [event, form, String(row).padStart(4, '0'), item].join('|');
}

function contentOf(value: RecordedValue): unknown {
  const { event, form, row, item, version, derived, parked } = value;
  return { event, form, row, item, value: toItemValue(value), version, derived, parked };
}

/** "SCR: DM, VS; D1: VS; SHA-256 …": the forms that a signature covers and the hash of what they hold, for the study's own item. */
export function toSignedForms(
  forms: readonly { readonly event: string; readonly form: string }[],
  hash: string,
  mostLetters: number,
): string {
  const byEvent = new Map<string, string[]>();
  for (const { event, form } of forms) byEvent.set(event, [...(byEvent.get(event) ?? []), form]);
  const list = [...byEvent].map(([event, names]) => `${event}: ${names.join(', ')}`).join('; ');
  const seal = `SHA-256 ${hash}`;
  const room = mostLetters - seal.length - 3;
  return `${list.length > room ? `${list.slice(0, Math.max(0, room - 1))}…` : list} · ${seal}`;
}
