/** The subject as the second person works with it: what they typed in place of the first entry, all else as it is. */
import { standingFindings, type SaveContext } from '#shared/plan-save.ts';
import type { Finding, SubjectRecord } from '#shared/record.ts';
import { blindRecord } from '#shared/second-entry/blind-record.ts';
import type { SubjectIndex } from '#shared/subject-index.ts';
import { toLocalMinute, type Moment } from '../clock.ts';
import { unseenOf } from './blindness.ts';
import { secondValuesOf, type SecondEntry } from './second-entry-rows.ts';
import type { Actor } from './site.ts';
import { requireSubject } from './subjects.ts';

export interface SecondSheet {
  readonly record: SubjectRecord;
  readonly index: SubjectIndex;
}

export function sheetOf(actor: Actor, entry: SecondEntry, moment: Moment): SecondSheet {
  const { site } = actor;
  const record = site.rows.record(requireSubject(actor, entry.subject));
  const unseen = [entry, ...unseenOf(actor, entry.subject)];
  return blindRecord(site.model, record, unseen, toLocalMinute(moment), secondValuesOf(site.db, entry));
}

/** Nothing that was confirmed about the first entry holds for the second. */
export function contextOf(moment: Moment): SaveContext {
  return {
    now: toLocalMinute(moment),
    confirmed: new Map(),
    origin: 'second-entry',
    language: 'en',
  };
}

/** Those of the form alone, in the phase of a second entry. */
export function sheetFindings(
  { site }: Actor,
  entry: SecondEntry,
  { record, index }: SecondSheet,
  moment: Moment,
): readonly Finding[] {
  const context = {
    now: toLocalMinute(moment),
    confirmed: new Map<string, string>(),
    phase: 'second-entry',
  } as const;
  return ofForm(entry, standingFindings(site.model, index, record.forms, context));
}

export function ofForm(entry: SecondEntry, findings: readonly Finding[]): readonly Finding[] {
  return findings.filter(({ event, form }) => event === entry.event && form === entry.form);
}
