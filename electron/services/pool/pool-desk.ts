/** Where pooling is ordered: one delivery at a time into the open pool, watched and cancelled, and only files that a person chose. */
import { Worker } from 'node:worker_threads';
import type { PoolFileOutcome, PoolStatus } from '#shared/contract/pool.ts';
import type { Refusal } from '#shared/bridge.ts';
import { AppError, refuse } from '../../app-error.ts';
import { readMoment, type Clock } from '../../clock.ts';
import { toRefusal } from '../../db/disk-faults.ts';
import type { Log } from '../../log.ts';
import { createChosenFiles } from '../chosen-files.ts';
import type { Actor, Site } from '../site.ts';
import { decide, type Decision } from './decisions.ts';
import { youngMegabytes } from './delivery-readers.ts';
import { backedUp, type PoolNews, type PoolOrder } from './pool-messages.ts';
import { createPoolWriter } from './pool-rows.ts';
import { threadError } from '../thread-faults.ts';

export interface PoolOutside {
  readonly clock: Clock;
  readonly newId: () => string;
  readonly log: Log;
  readonly poolWorker: URL;
  readonly deliveryWorker: URL;
}

export interface PoolDesk {
  allow(files: readonly string[]): void;
  /** For the window: only files that were chosen in the dialog are read. */
  startAllowed(actor: Actor, files: readonly string[]): { readonly job: string };
  /** Until all files had their turn. `told` hears of each. */
  run(actor: Actor, files: readonly string[], told?: (outcome: PoolFileOutcome) => void): Promise<PoolStatus>;
  status(site: Site, job: string): PoolStatus;
  cancel(site: Site, job: string): void;
  decide(actor: Actor, decision: Decision): { readonly decided: number };
  siteCloses(site: Site): void;
}

interface Job {
  readonly site: Site;
  readonly cancel: Int32Array;
  /** null until it is started. */
  thread: Worker | null;
  status: PoolStatus;
  readonly ended: Promise<PoolStatus>;
}

export function createPoolDesk(
  { clock, newId, log, poolWorker, deliveryWorker }: PoolOutside,
  /** Waited for before the first file is taken: the pool is backed up as it was. */
  beforeMerge: (actor: Actor) => Promise<void>,
): PoolDesk {
  const chosen = createChosenFiles('import-file-not-chosen');
  const jobs = new Map<string, Job>();
  const find = (site: Site, id: string): Job => {
    const job = jobs.get(id);
    if (job?.site !== site) throw refuse('import-unknown');
    return job;
  };
  const isRunning = (): boolean => [...jobs.values()].some(({ status }) => status.state === 'running');

  function start(actor: Actor, files: readonly string[], told: (outcome: PoolFileOutcome) => void): Job {
    if (isRunning()) throw refuse('pool-running');
    jobs.clear();
    const { site, user, role } = actor;
    const id = newId();
    const cancel = new SharedArrayBuffer(4);
    const order: PoolOrder = {
      ...{ databaseFile: site.databaseFile, key: site.key, siteCode: site.siteCode, files, cancel },
      ...{ doer: { user, role }, moment: readMoment(clock), readerWorker: deliveryWorker.href },
    };
    const set = (more: Partial<PoolStatus>): void => {
      job.status = { ...job.status, ...more };
    };
    const fail = (error: Refusal): void => {
      if (job.status.state === 'running') set({ state: 'failed', error });
    };
    const crash = (error: unknown): void => {
      const known = toRefusal(error);
      if (known !== null) {
        fail(known.refusal);
        return;
      }
      const reference = newId();
      log.fault(reference, 'pool', error);
      fail(refuse('internal', { reference }).refusal);
    };
    const hear = (news: PoolNews): void => {
      if (news.kind === 'file') {
        set({ outcomes: [...job.status.outcomes, news.outcome] });
        told(news.outcome);
      } else if (news.kind === 'done') set({ state: 'done' });
      else if (news.kind === 'refused')
        if (news.refusal.key === 'cancelled') set({ state: 'cancelled' });
        else fail(news.refusal);
      else crash(threadError('the pool thread failed', news.stack));
    };
    const work = (): Promise<void> =>
      new Promise((resolve) => {
        const thread = new Worker(poolWorker, {
          workerData: order,
          stderr: true,
          resourceLimits: { maxYoungGenerationSizeMb: youngMegabytes },
        });
        job.thread = thread;
        thread.on('message', hear);
        thread.on('error', crash);
        thread.on('exit', () => {
          if (job.status.state === 'running')
            if (jobs.get(id) === job) crash(new Error('the pool thread ended early'));
            else set({ state: 'cancelled' }); // its site was closed
          // Another connection wrote: what was kept of subjects is of before.
          if (site.db.open) {
            site.rows.forget();
            site.finder.readAgain();
          }
          resolve();
        });
      });
    const job: Job = {
      ...{ site, cancel: new Int32Array(cancel), thread: null },
      status: { job: id, state: 'running', total: files.length, outcomes: [], error: null },
      // Begins in a later turn: `job` is there by then.
      ended: Promise.resolve()
        .then(async () => {
          // Files are read while the pool is being backed up, and the first one is taken when it is.
          const working = work();
          try {
            await beforeMerge(actor);
          } catch (error) {
            crash(error);
            await job.thread?.terminate();
          }
          job.thread?.postMessage(backedUp);
          await working;
        })
        .catch(crash)
        .then(() => job.status),
    };
    jobs.set(id, job);
    return job;
  }

  return {
    allow: (files) => {
      for (const file of files) chosen.allow(file);
    },
    startAllowed: (actor, files) => {
      for (const file of files) chosen.require(file);
      return { job: start(actor, files, () => undefined).status.job };
    },
    run: (actor, files, told = () => undefined) => start(actor, files, told).ended,
    status: (site, job) => find(site, job).status,
    cancel: (site, job) => {
      Atomics.store(find(site, job).cancel, 0, 1);
    },
    decide: (actor, decision) => {
      if (isRunning()) throw refuse('pool-running');
      const { site, user, role } = actor;
      const { db, model, fingerprint, trail, rows, findings } = site;
      const pool = createPoolWriter(db);
      const work = { db, model, fingerprint, trail, rows, findings, pool, doer: { user, role } };
      return { decided: decide(work, decision, readMoment(clock)) };
    },
    siteCloses: (site) => {
      chosen.clear();
      for (const [id, job] of jobs) {
        if (job.site !== site) continue;
        // A file is taken in one transaction: one that is under way is taken back.
        void job.thread?.terminate();
        jobs.delete(id);
      }
    },
  };
}

/** What went wrong with a job, to be thrown. */
export function errorOf({ error }: PoolStatus): AppError | null {
  return error === null ? null : new AppError(error);
}
