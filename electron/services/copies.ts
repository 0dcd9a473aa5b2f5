/** Copies for an inspector: made beside the work, one at a time, watched and cancelled; only to files that a person chose. */
import path from 'node:path';
import type { CopyOrder, CopyStatus } from '#shared/contract/copies.ts';
import type { Language } from '#shared/study.ts';
import { AppError, refuse } from '../app-error.ts';
import { readMoment, toIsoUtc, type Clock } from '../clock.ts';
import { createChosenFiles } from './chosen-files.ts';
import { toRefusal } from '../db/disk-faults.ts';
import type { Log } from '../log.ts';
import { writeCopyFile, type WrittenCopy } from './copies/copy-file.ts';
import { fileNameOf, scopeOf } from './copies/copy-words.ts';
import type { CopyFacts } from './copies/facts.ts';
import { printedMargins, type Margins } from './copies/margins.ts';
import { readCopy } from './copies/read-copy.ts';
import type { Actor, Site } from './site.ts';

/** A document on its way to paper. */
export interface PrintJob extends Margins {
  readonly html: string;
}

export interface CopyWish {
  readonly order: CopyOrder;
  readonly language: Language;
  /** Full path. */
  readonly file: string;
}

export interface CopiesService {
  /** "anakinra-misc_01-001_casebook_2024-03-02.pdf" */
  suggestedName(site: Site, order: CopyOrder): string;
  allow(file: string): void;
  /** For the window: only files that were chosen in the save dialog. */
  startAllowed(actor: Actor, wish: CopyWish): { readonly job: string };
  status(job: string): CopyStatus;
  cancel(job: string): void;
  /** Refuses what is no full path of a page. */
  requirePage(file: string): void;
  /** Writes the pages as one HTML file, which needs no Electron. */
  writePage(actor: Actor, wish: CopyWish): Promise<WrittenCopy & Pick<CopyFacts, 'head'>>;
  siteCloses(): void;
}

export interface CopiesOutside {
  readonly clock: Clock;
  readonly newId: () => string;
  readonly log: Log;
  readonly appVersion: string;
  readonly host: { printPdf(job: PrintJob, cancelled: AbortSignal): Promise<Uint8Array> };
}

interface Job {
  status: CopyStatus;
  readonly abort: AbortController;
}

export function createCopies({ clock, newId, log, appVersion, host }: CopiesOutside): CopiesService {
  const chosen = createChosenFiles('export-file-not-chosen');
  const jobs = new Map<string, Job>();
  const find = (id: string): Job => {
    const job = jobs.get(id);
    if (job === undefined) throw refuse('copy-unknown');
    return job;
  };
  const record =
    (actor: Actor, { order }: CopyWish, head: CopyFacts['head']) =>
    ({ file, sha256 }: WrittenCopy, giveName: () => void): void => {
      const { site, user, role } = actor;
      if (!site.db.open) throw refuse('signed-out');
      const history = order.kind === 'casebook' ? { history: order.history } : {};
      const subject = order.kind === 'casebook' && order.subject !== null ? { subject: order.subject } : {};
      const detail = {
        ...{ kind: order.kind, scope: scopeOf(order), file: path.basename(file), ...history },
        ...{ seq: head.seq, head: head.hash, sha256 },
      };
      site.db
        .transaction(() => {
          site.trail.note({ user, role }, readMoment(clock), 'copy.printed', { ...subject, detail });
          giveName();
        })
        .immediate();
    };

  async function print(id: string, actor: Actor, wish: CopyWish): Promise<void> {
    const job = find(id);
    const { signal } = job.abort;
    try {
      const { facts, html } = await readCopy(
        { actor, order: wish.order, language: wish.language, for: 'printer' },
        {
          ...{ moment: readMoment(clock), appVersion },
          progress: (done, total) => {
            signal.throwIfAborted();
            job.status = { state: 'running', job: id, stage: 'reading', done, total };
          },
        },
      );
      job.status = { state: 'running', job: id, stage: 'printing', done: 0, total: 0 };
      const pdf = await host.printPdf({ html, ...printedMargins(facts) }, signal);
      const written = await writeCopyFile(pdf, wish.file, id, (copy, giveName) => {
        signal.throwIfAborted();
        record(actor, wish, facts.head)(copy, giveName);
      });
      const { seq, hash: head } = facts.head;
      job.status = { state: 'done', job: id, ...written, seq, head };
    } catch (error) {
      job.status = signal.aborted ? { state: 'cancelled', job: id } : failed(id, error);
    }
  }

  function failed(job: string, error: unknown): CopyStatus {
    const refusal = error instanceof AppError ? error : toRefusal(error);
    if (refusal !== null) return { state: 'failed', job, error: refusal.refusal };
    const reference = newId();
    log.fault(reference, 'copies', error);
    return { state: 'failed', job, error: refuse('internal', { reference }).refusal };
  }

  return {
    suggestedName: ({ model, siteCode }, order) =>
      `${fileNameOf(order, model.study.id, siteCode, toIsoUtc(clock.now()).slice(0, 10))}.pdf`,
    allow: chosen.allow,
    startAllowed: (actor, wish) => {
      if (!isFile(wish.file, '.pdf')) throw refuse('copy-file-unfit');
      const file = chosen.require(wish.file);
      if ([...jobs.values()].some(({ status }) => status.state === 'running')) throw refuse('copy-running');
      const id = newId();
      const status: CopyStatus = { state: 'running', job: id, stage: 'reading', done: 0, total: 0 };
      jobs.set(id, { status, abort: new AbortController() });
      void print(id, actor, { ...wish, file });
      return { job: id };
    },
    status: (id) => find(id).status,
    cancel: (id) => {
      find(id).abort.abort();
    },
    requirePage,
    writePage: async (actor, wish) => {
      requirePage(wish.file);
      const { facts, html } = await readCopy(
        { actor, order: wish.order, language: wish.language, for: 'browser' },
        { moment: readMoment(clock), appVersion, progress: () => undefined },
      );
      const content = Buffer.from(html, 'utf8');
      const { head } = facts;
      return { ...(await writeCopyFile(content, wish.file, newId(), record(actor, wish, head))), head };
    },
    siteCloses: () => {
      chosen.clear();
      for (const { abort } of jobs.values()) abort.abort();
      jobs.clear();
    },
  };
}

function requirePage(file: string): void {
  if (!isFile(file, '.html')) throw refuse('copy-page-unfit');
}

function isFile(file: string, extension: string): boolean {
  return path.isAbsolute(file) && path.extname(file).toLowerCase() === extension && !file.includes('\0');
}
