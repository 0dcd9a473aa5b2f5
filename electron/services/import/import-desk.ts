/** Where imports are ordered: one at a time for the open site, watched and cancelled, and only files that a person chose. */
import path from 'node:path';
import type { ImportLook, ImportReport, ImportStatus } from '#shared/contract/imports.ts';
import type { ImportMapping } from '#shared/import-mapping.ts';
import type { TableLayout } from '#shared/import/guess.ts';
import { refuse } from '../../app-error.ts';
import type { Clock } from '../../clock.ts';
import { createChosenFiles } from '../chosen-files.ts';
import { toRefusal } from '../../db/disk-faults.ts';
import type { Handlers } from '../../dispatch.ts';
import type { Log } from '../../log.ts';
import type { FormsService } from '../forms.ts';
import type { Actor, Site } from '../site.ts';
import { readInThread } from './file-thread.ts';
import { homeOf, runImport, type ImportRequest, type ImportTools } from './import-run.ts';
import { savedMappings } from './mappings.ts';

export interface ImportOutside {
  readonly clock: Clock;
  readonly newId: () => string;
  readonly log: Log;
  readonly importWorker: URL;
}

export interface ImportDesk {
  allow(file: string): void;
  /** For the window: only a file that was chosen in the dialog is read. */
  lookAllowed(actor: Actor, file: string, layout: TableLayout | null): Promise<ImportLook>;
  startAllowed(request: ImportRequest): { readonly job: string };
  /** A mapping to be corrected by hand; null when nothing could be told. */
  guess(actor: Actor, file: string): Promise<ImportMapping | null>;
  run(request: ImportRequest): Promise<ImportStatus>;
  status(site: Site, job: string): ImportStatus;
  cancel(site: Site, job: string): void;
  siteCloses(site: Site): void;
}

interface Job {
  readonly site: Site;
  readonly stop: AbortController;
  status: ImportStatus;
  readonly ended: Promise<ImportStatus>;
}

export function createImportDesk(
  { clock, newId, log, importWorker }: ImportOutside,
  forms: FormsService,
  beforeImport: ImportTools['beforeImport'] = () => Promise.resolve(),
): ImportDesk {
  const tools: ImportTools = { clock, worker: importWorker, forms, beforeImport };
  const chosen = createChosenFiles('import-file-not-chosen');
  const jobs = new Map<string, Job>();
  const find = (site: Site, id: string): Job => {
    const job = jobs.get(id);
    if (job?.site !== site) throw refuse('import-unknown');
    return job;
  };

  function start(request: ImportRequest): Job & { readonly id: string } {
    if ([...jobs.values()].some(({ status }) => status.state === 'running')) throw refuse('import-running');
    // The last report is looked at until the next import begins; patients' values are kept no longer than that.
    jobs.clear();
    const id = newId();
    const stop = new AbortController();
    const progress = (step: 'reading' | 'saving', done: number, total: number): void => {
      job.status = { state: 'running', job: id, step, done, total };
    };
    const job: Job & { readonly id: string } = {
      ...{ id, site: request.actor.site, stop },
      status: { state: 'running', job: id, step: 'reading', done: 0, total: 0 },
      // Begins in a later turn: `job` is there by then.
      ended: Promise.resolve()
        .then(() => runImport(tools, request, progress, stop.signal))
        .then(
          (report): ImportStatus => ({ state: 'done', job: id, report }),
          (error: unknown) => toFailure(id, error),
        )
        .then((status) => (job.status = status)),
    };
    jobs.set(id, job);
    return job;
  }

  function toFailure(job: string, error: unknown): ImportStatus {
    const refusal = toRefusal(error);
    if (refusal?.refusal.key === 'cancelled') return { state: 'cancelled', job };
    if (refusal !== null) return { state: 'failed', job, error: refusal.refusal };
    const reference = newId();
    log.fault(reference, 'imports', error);
    return { state: 'failed', job, error: refuse('internal', { reference }).refusal };
  }

  const ask = (site: Site, file: string, want: 'look' | 'guess', layout: TableLayout | null) =>
    readInThread(
      importWorker,
      { file, home: homeOf(site), want, mapping: null, layout },
      new AbortController().signal,
    );

  return {
    allow: chosen.allow,
    guess: async ({ site }, file) => {
      const news = await ask(site, file, 'guess', null);
      if (news.kind !== 'guessed') throw new Error('the import thread did not guess');
      return news.guess;
    },
    lookAllowed: async ({ site }, file, layout) => {
      chosen.require(file);
      const news = await ask(site, file, 'look', layout);
      if (news.kind !== 'looked') throw new Error('the import thread did not look at the file');
      const { name, ...looked } = news.looked;
      return { file: name, ...looked, mappings: savedMappings(site.db) };
    },
    startAllowed: (request) => {
      chosen.require(request.file);
      return { job: start(request).id };
    },
    run: (request) => start(request).ended,
    status: (site, job) => shortened(find(site, job).status),
    cancel: (site, job) => {
      find(site, job).stop.abort();
    },
    siteCloses: (site) => {
      chosen.clear();
      for (const [id, job] of jobs) {
        if (job.site !== site) continue;
        job.stop.abort();
        jobs.delete(id);
      }
    },
  };
}

/** A page shows no more than this of each list; the counts say how many there are. */
const mostShown = 1000;

function shortened(status: ImportStatus): ImportStatus {
  if (status.state !== 'done') return status;
  const { report } = status;
  const cut: ImportReport = {
    ...report,
    conflicts: report.conflicts.slice(0, mostShown),
    refused: report.refused.slice(0, mostShown),
    notCompleted: report.notCompleted.slice(0, mostShown),
    findings: report.findings.slice(0, mostShown),
  };
  return { ...status, report: cut };
}

type ImportHandlers = Pick<Handlers, Extract<keyof Handlers, `imports.${string}`>>;
type By = <Input, Output>(
  act: (input: Input, actor: Actor) => Output,
) => (input: Input, actor: Actor | null) => Output;

export function importHandlers(
  desk: ImportDesk,
  host: { chooseImport(): Promise<string | null> },
  by: By,
): ImportHandlers {
  return {
    'imports.chooseFile': by(async () => {
      const file = await host.chooseImport();
      if (file === null) return null;
      desk.allow(file);
      return { file };
    }),
    'imports.read': by(({ file, layout }, actor) =>
      desk.lookAllowed(actor, path.normalize(file), layout ?? null),
    ),
    'imports.dryRun': by(({ file, mapping, differing, reason }, actor) =>
      desk.startAllowed({
        ...{ actor, file: path.normalize(file), mapping: mapping ?? null, reason: reason ?? null },
        overwrite: differing === 'overwrite',
        ...{ dryRun: true, sha256: null },
      }),
    ),
    'imports.run': by(({ file, mapping, differing, reason, sha256 }, actor) =>
      desk.startAllowed({
        ...{ actor, file: path.normalize(file), mapping: mapping ?? null, reason: reason ?? null },
        overwrite: differing === 'overwrite',
        ...{ dryRun: false, sha256 },
      }),
    ),
    'imports.status': by(({ job }, { site }) => desk.status(site, job)),
    'imports.cancel': by(({ job }, { site }) => {
      desk.cancel(site, job);
      return null;
    }),
  };
}
