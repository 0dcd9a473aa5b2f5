/**
 * One import from file to report: read in its thread, then subject by subject through the one write path, each in one
 * transaction. A dry run plans the same and writes nothing.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ImportReport } from '#shared/contract/imports.ts';
import type { ImportMapping } from '#shared/import-mapping.ts';
import { planImport, type SubjectPlan } from '#shared/import/plan.ts';
import type { ImportedSubject } from '#shared/import/values.ts';
import { AppError, refuse } from '../../app-error.ts';
import { readMoment, type Clock } from '../../clock.ts';
import { importView, type FormsService } from '../forms.ts';
import type { Actor, Site } from '../site.ts';
import { requireOwnNumber } from '../subjects.ts';
import { readInThread } from './file-thread.ts';
import { identify, keepMapping } from './mappings.ts';
import { createTally, type Tally } from './tally.ts';

export interface ImportRequest {
  readonly actor: Actor;
  readonly file: string;
  readonly mapping: ImportMapping | null;
  readonly dryRun: boolean;
  readonly overwrite: boolean;
  readonly reason: string | null;
  /** Of the file as it was tried; null: whatever it is. */
  readonly sha256: string | null;
}

export interface ImportTools {
  readonly clock: Clock;
  readonly worker: URL;
  readonly forms: FormsService;
  /** Called once before the first value of a file is written, and waited for: the site is backed up as it was. */
  readonly beforeImport: (actor: Actor) => Promise<void>;
}

export type ImportProgress = (step: 'reading' | 'saving', done: number, total: number) => void;

/** A stop between two subjects leaves those before it imported, and says so; one before the first is refused as cancelled. */
export async function runImport(
  tools: ImportTools,
  request: ImportRequest,
  progress: ImportProgress,
  signal: AbortSignal,
): Promise<ImportReport> {
  const { actor, file, mapping, dryRun } = request;
  const { site } = actor;
  if (request.overwrite && request.reason === null) throw refuse('import-reason-needed');
  const news = await readInThread(
    tools.worker,
    { file, home: homeOf(site), want: 'source', mapping, layout: null },
    signal,
  );
  if (news.kind !== 'read') throw new Error('the import thread looked at the file instead of reading it');
  const { name, sha256, source } = news.read;
  if (request.sha256 !== null && request.sha256 !== sha256)
    throw refuse('import-file-changed', { file: name });
  const tally = createTally(source);
  const id = mapping === null ? null : identify(mapping).id;
  const report = (isWhole: boolean): ImportReport =>
    tally.report({ file: name, sha256, dryRun, mapping: id, isWhole });

  if (!dryRun) {
    await tools.beforeImport(actor);
    requireOpen(site, signal);
    begin(tools, request, name, sha256);
  }
  let done = 0;
  try {
    for (const subject of source.subjects) {
      if (signal.aborted) break;
      progress('saving', done, source.subjects.length);
      importSubject(tools, request, subject, tally);
      done += 1;
      // Entry goes on meanwhile.
      await nextTurn();
    }
  } finally {
    if (!dryRun && site.db.open) end(tools, request, report(done === source.subjects.length));
  }
  if (signal.aborted && (dryRun || done === 0)) throw refuse('cancelled');
  return report(done === source.subjects.length);
}

export function homeOf({ model, fingerprint, siteCode }: Site) {
  return { study: model.study, fingerprint, siteCode };
}

function requireOpen(site: Site, signal: AbortSignal): void {
  if (signal.aborted) throw refuse('cancelled');
  if (!site.db.open) throw refuse('signed-out');
}

function importSubject(
  { clock, forms }: ImportTools,
  { actor, dryRun, overwrite, reason }: ImportRequest,
  asked: ImportedSubject,
  tally: Tally,
): void {
  const { site } = actor;
  const isNew = site.rows.subject(asked.subject) === null;
  const decided = { overwrite, reason };
  try {
    if (isNew) requireOwnNumber(site, asked.subject);
    if (dryRun) {
      const [record, context] = importView(actor, asked.subject, readMoment(clock));
      const plan = planImport(site.model, record, asked, context, decided);
      tally.add(asked, plan, isNew && isWorthEnrolling(asked, plan));
      return;
    }
    let planned: SubjectPlan | null = null;
    forms.importAll(actor, asked.subject, (record, context) => {
      planned = planImport(site.model, record, asked, context, decided);
      const { changes, completing } = planned;
      const hasWork =
        changes.length > 0 || completing.length > 0 || (isNew && isWorthEnrolling(asked, planned));
      return hasWork ? { changes, completing } : null;
    });
    // Set above: importAll asks for its plan once, or throws.
    const plan = planned as unknown as SubjectPlan;
    tally.add(asked, plan, isNew && isWorthEnrolling(asked, plan));
  } catch (error) {
    if (!(error instanceof AppError) || !isOfSubject(error)) throw error;
    tally.refuse(asked, error);
  }
}

function isWorthEnrolling({ isListed }: ImportedSubject, { changes }: SubjectPlan): boolean {
  return isListed || changes.length > 0;
}

/** The others concern the disk, the database or the session: no further subject would fare better. */
function isOfSubject({ refusal: { code } }: AppError): boolean {
  return ['invalid-input', 'not-found', 'conflict', 'locked', 'reason-needed', 'exists'].includes(code);
}

function begin(
  { clock }: ImportTools,
  { actor, mapping }: ImportRequest,
  file: string,
  sha256: string,
): void {
  const { site, user, role } = actor;
  const moment = readMoment(clock);
  site.db
    .transaction(() => {
      const id = mapping === null ? null : keepMapping(actor, mapping, moment);
      site.trail.note({ user, role }, moment, 'import.started', { detail: { file, sha256, mapping: id } });
    })
    .immediate();
}

function end({ clock }: ImportTools, { actor, reason }: ImportRequest, report: ImportReport): void {
  const { site, user, role } = actor;
  const { file, sha256, mapping, isWhole, counts } = report;
  const detail = { file, sha256, mapping, isWhole, reason, ...counts };
  site.db
    .transaction(() => {
      site.trail.note({ user, role }, readMoment(clock), 'import.done', { detail });
    })
    .immediate();
}
