/** 01_SUBJECTS: one row for every subject of the site, those without any answer too. */
import { integer, text, type FilledColumn } from '#shared/export-plan/sheet.ts';
import type { ExportSubject } from './export-rows.ts';
import type { SignatureTally } from './export-tallies.ts';

export interface SubjectLine {
  readonly study: string;
  readonly site: string;
  readonly subject: ExportSubject;
  /** Answer to the item that the study names for it; null when there is none. */
  readonly consent: string | null;
  readonly signed: SignatureTally;
}

export const subjectColumns: readonly FilledColumn<SubjectLine>[] = [
  text('STUDYID', 14, ({ study }) => study),
  text('SITEID', 8, ({ site }) => site),
  text('SUBJID', 12, ({ subject }) => subject.number),
  text('STATUS', 14, ({ subject }) => subject.status),
  text('CONSENT', 10, ({ consent }) => consent),
  text('ENROLLED_UTC', 26, ({ subject }) => new Date(subject.enrolledAt).toISOString()),
  integer('FORMS_STARTED', 16, ({ subject }) => subject.formsStarted),
  integer('FORMS_COMPLETE', 17, ({ subject }) => subject.formsComplete),
  integer('COMPLETENESS_PCT', 19, ({ subject }) => percentComplete(subject)),
  text('FROZEN', 10, ({ subject }) => subject.frozen),
  integer('FORMS_LOCKED', 15, ({ subject }) => subject.formsLocked),
  integer('FORMS_SIGNED', 15, ({ subject }) => subject.formsSigned),
  text('SIGNATURE', 12, ({ signed }) => signed.whole),
  integer('SIGNATURES_VALID', 18, ({ signed }) => signed.valid),
  integer('SIGNATURES_BROKEN', 18, ({ signed }) => signed.broken),
  integer('OPEN_HARD', 12, ({ subject }) => subject.openHard),
  integer('OPEN_SOFT', 12, ({ subject }) => subject.openSoft),
  integer('OPEN_QUERIES', 14, ({ subject }) => subject.openQueries),
  text('LAST_CHANGE_UTC', 26, ({ subject }) =>
    subject.changedAt === null ? null : new Date(subject.changedAt).toISOString(),
  ),
];

/** Of the forms that were begun. */
function percentComplete({ formsStarted, formsComplete }: ExportSubject): number {
  return formsStarted === 0 ? 0 : Math.round((100 * formsComplete) / formsStarted);
}
