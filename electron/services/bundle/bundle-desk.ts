/** Where bundles are ordered: one at a time for the open site, watched and cancelled, and only into files that a person chose. */
import { readdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import type { BundleStatus, MadeBundle } from '#shared/contract/submission.ts';
import { everything, type ExportChoices } from '#shared/export-choices.ts';
import { AppError, refuse } from '../../app-error.ts';
import { readMoment, toIsoUtc, type Clock } from '../../clock.ts';
import { toRefusal } from '../../db/disk-faults.ts';
import { syncFolder } from '../../db/durable-file.ts';
import type { Log } from '../../log.ts';
import { createChosenFiles } from '../chosen-files.ts';
import { toFileRefusal } from '../export-faults.ts';
import { partialFile } from '../partial-file.ts';
import type { Actor, Site } from '../site.ts';
import type { BundleNews, BundleOrder, WrittenBundle } from './bundle-messages.ts';
import { ensureSigningKey } from './own-keys.ts';
import { recipientsOf, requireRecipient } from './recipients.ts';
import { threadError } from '../thread-faults.ts';

export interface BundleOutside {
  readonly clock: Clock;
  readonly newId: () => string;
  readonly log: Log;
  readonly appVersion: string;
  readonly bundleWorker: URL;
  /** Called with the entry of a bundle written: its manifest shows the head. */
  readonly keepHead: (site: Site, why: 'export') => void;
}

export interface BundleRequest {
  readonly actor: Actor;
  /** Full path. */
  readonly file: string;
  /** age1…; empty: those that the site keeps. */
  readonly to: readonly string[];
  readonly choices?: ExportChoices;
}

export interface BundleDesk {
  /** "site_01_2024-03-02.cahier.age" */
  suggestedName(site: Site): string;
  allow(file: string): void;
  /** For the window: into a file that was chosen in the dialog. */
  startAllowed(request: BundleRequest): { readonly job: string };
  run(request: BundleRequest): Promise<BundleStatus>;
  status(site: Site, job: string): BundleStatus;
  cancel(site: Site, job: string): void;
  /** Until nothing runs any more. */
  idle(): Promise<void>;
  /** What a process that was killed left in clear goes. */
  siteOpens(site: Site): void;
  siteCloses(site: Site): void;
}

interface Job {
  readonly site: Site;
  readonly cancel: Int32Array;
  status: BundleStatus;
  readonly ended: Promise<BundleStatus>;
}

export const bundleEnding = '.cahier.age';
const workPrefix = '.handing-over-';

export function createBundleDesk(outside: BundleOutside): BundleDesk {
  const { clock, newId, log } = outside;
  const chosen = createChosenFiles('bundle-file-not-chosen');
  const jobs = new Map<string, Job>();
  const find = (site: Site, id: string): Job => {
    const job = jobs.get(id);
    if (job?.site !== site) throw refuse('bundle-unknown');
    return job;
  };

  function start(request: BundleRequest): Job & { readonly id: string } {
    const { actor, file, choices = everything } = request;
    const { site } = actor;
    requireBundlePath(file);
    if ([...jobs.values()].some(({ status }) => status.state === 'running')) throw refuse('bundle-running');
    const typed = request.to.length > 0 ? request.to : recipientsOf(site.db).map(({ key }) => key);
    const recipients = [...new Set(typed.map(requireRecipient))];
    if (recipients.length === 0) throw refuse('recipient-needed');
    ensureSigningKey(actor, clock);
    const id = newId();
    const cancel = new SharedArrayBuffer(4);
    const { databaseFile, key, fingerprint, siteCode, siteName, practice } = site;
    const order: BundleOrder = {
      ...{ databaseFile, key, fingerprint, siteCode, siteName, practice, recipients, choices, cancel },
      ...{ appVersion: outside.appVersion, madeAt: clock.now(), madeBy: actor.user },
      partial: partialFile(file, id),
      workFolder: path.join(site.folder, workPrefix + id),
    };
    const job: Job & { readonly id: string } = {
      ...{ id, site, cancel: new Int32Array(cancel) },
      status: { state: 'running', job: id, step: 'writing', done: 0, total: 0 },
      ended: writeInThread(outside.bundleWorker, order, (news) => {
        const { step, done, total } = news;
        if (job.status.state === 'running') job.status = { state: 'running', job: id, step, done, total };
      })
        .then((written) => handOver(job, request, order, written))
        .catch((error: unknown) => toFailure(id, file, error))
        .finally(() => {
          rmSync(order.workFolder, { recursive: true, force: true });
          rmSync(order.partial, { force: true });
        })
        .then((status) => (job.status = status)),
    };
    jobs.set(id, job);
    return job;
  }

  function handOver(
    job: Job & { readonly id: string },
    { actor, file }: BundleRequest,
    { partial, recipients }: BundleOrder,
    made: WrittenBundle,
  ): BundleStatus {
    if (Atomics.load(job.cancel, 0) === 1) return { state: 'cancelled', job: job.id };
    const { site, user, role } = actor;
    if (!site.db.open) throw refuse('signed-out');
    const bundle: MadeBundle = { file, recipients, ...made };
    const { bytes, sha256, seq, head, signer } = bundle;
    const detail = {
      ...{ file: path.basename(file), bytes, sha256, seq, head, signer: signer.fingerprint },
      ...{ recipients: recipients.join(' '), files: bundle.files.map(({ name }) => name).join(' ') },
    };
    let written = partial;
    try {
      site.db
        .transaction(() => {
          site.trail.note({ user, role }, readMoment(clock), 'export.bundled', { detail });
          renameSync(partial, file);
          written = file;
          syncFolder(path.dirname(file));
        })
        .immediate();
    } catch (error) {
      // Without its entry nothing is handed over.
      rmSync(written, { force: true });
      throw error;
    }
    outside.keepHead(site, 'export');
    return { state: 'done', job: job.id, bundle };
  }

  function toFailure(job: string, file: string, error: unknown): BundleStatus {
    const refusal = toFileRefusal(error, file) ?? toRefusal(error);
    if (refusal?.refusal.key === 'cancelled') return { state: 'cancelled', job };
    if (refusal !== null) return { state: 'failed', job, error: refusal.refusal };
    const reference = newId();
    log.fault(reference, 'bundles', error);
    return { state: 'failed', job, error: refuse('internal', { reference }).refusal };
  }

  return {
    suggestedName: ({ siteCode }) => `site_${siteCode}_${toIsoUtc(clock.now()).slice(0, 10)}${bundleEnding}`,
    allow: chosen.allow,
    startAllowed: (request) => {
      requireBundlePath(request.file);
      chosen.require(request.file);
      return { job: start(request).id };
    },
    run: (request) => start(request).ended,
    status: (site, job) => find(site, job).status,
    cancel: (site, job) => {
      Atomics.store(find(site, job).cancel, 0, 1);
    },
    idle: async () => {
      await Promise.all([...jobs.values()].map(({ ended }) => ended));
    },
    siteOpens: ({ folder }) => {
      for (const name of readdirSync(folder))
        if (name.startsWith(workPrefix)) rmSync(path.join(folder, name), { recursive: true, force: true });
    },
    siteCloses: (site) => {
      chosen.clear();
      for (const [id, job] of jobs) {
        if (job.site !== site) continue;
        Atomics.store(job.cancel, 0, 1);
        jobs.delete(id);
      }
    },
  };
}

export function requireBundlePath(file: string): void {
  const isBundle = path.isAbsolute(file) && file.toLowerCase().endsWith(bundleEnding) && !file.includes('\0');
  if (!isBundle) throw refuse('bundle-file-unfit');
}

function writeInThread(
  worker: URL,
  order: BundleOrder,
  progress: (news: Extract<BundleNews, { readonly kind: 'progress' }>) => void,
): Promise<WrittenBundle> {
  return new Promise((resolve, reject) => {
    const thread = new Worker(worker, { workerData: order, stderr: true });
    thread.on('message', (news: BundleNews) => {
      if (news.kind === 'progress') progress(news);
      else if (news.kind === 'written') resolve(news.bundle);
      else if (news.kind === 'cancelled') reject(refuse('cancelled'));
      else if (news.kind === 'refused') reject(new AppError(news.refusal));
      else reject(threadError('the thread of the bundle failed', news.stack));
    });
    thread.on('error', reject);
    thread.on('exit', () => {
      reject(new Error('the thread of the bundle ended early'));
    });
  });
}
