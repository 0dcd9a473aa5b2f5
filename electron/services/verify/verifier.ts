/** Verifies the open site beside the work: two threads with connections of their own, one verification at a time. */
import { Worker } from 'node:worker_threads';
import { assertNever } from '#shared/assert-never.ts';
import type { VerifyReport, VerifyStatus } from '#shared/bridge.ts';
import { AppError, refuse } from '../../app-error.ts';
import { readMoment, type Clock } from '../../clock.ts';
import type { Actor, Site } from '../site.ts';
import type { KnownHead } from './missed-heads.ts';
import type { VerifyNews, VerifyOrder } from './messages.ts';
import type { ChainPass } from './chain-part.ts';
import { toReport } from './verify-database.ts';
import { threadError } from '../thread-faults.ts';

export interface VerifierOutside {
  readonly clock: Clock;
  readonly verifyWorker: URL;
  /** The heads kept outside of the database, and what is wrong with the list itself. */
  readonly headsOf: (site: Site) => {
    readonly heads: readonly KnownHead[];
    readonly problems: readonly string[];
  };
}

export interface Verifier {
  /** Until it is done; refused when it was cancelled. The outcome is an entry of the trail. Whoever asks meanwhile waits for the same. */
  verify(actor: Actor, against?: readonly KnownHead[]): Promise<VerifyReport>;
  status(site: Site): VerifyStatus;
  cancel(site: Site): void;
  siteCloses(site: Site): void;
}

interface Running {
  readonly site: Site;
  readonly total: number;
  readonly cancel: Int32Array<SharedArrayBuffer>;
  readonly done: Int32Array<SharedArrayBuffer>;
  readonly report: Promise<VerifyReport>;
}

export function createVerifier({ clock, verifyWorker, headsOf }: VerifierOutside): Verifier {
  let running: Running | null = null;

  async function run(
    actor: Actor,
    heads: readonly KnownHead[],
    words: Pick<Running, 'cancel' | 'done'>,
  ): Promise<VerifyReport> {
    const { site, user, role } = actor;
    const known = headsOf(site);
    const { databaseFile, key, siteCode, migrations } = site;
    const order = {
      ...{ databaseFile, key, siteCode, migrations },
      heads: [...known.heads, ...heads],
      headsProblems: known.problems,
      cancel: words.cancel.buffer,
      done: words.done.buffer,
    };
    const [pass, ofFile] = await Promise.all([
      part<ChainPass>(verifyWorker, { ...order, part: 'chain' }),
      part<readonly string[]>(verifyWorker, { ...order, part: 'tables' }),
    ]);
    const report = toReport(pass, ofFile);
    if (site.db.open) {
      const { ok, entries, head, problems } = report;
      const detail = { ok, entries, head, problems: problems.length };
      site.db
        .transaction(() => {
          site.trail.note({ user, role }, readMoment(clock), 'trail.verified', { detail });
        })
        .immediate();
    }
    return report;
  }

  return {
    verify: (actor, against = []) => {
      if (running?.site === actor.site && against.length === 0) return running.report;
      const words = { cancel: word(), done: word() };
      const started: Running = {
        ...words,
        site: actor.site,
        total: actor.site.trail.head().seq,
        report: run(actor, against, words).finally(() => {
          if (running === started) running = null;
        }),
      };
      running = started;
      return started.report;
    },
    status: (site) =>
      running?.site === site
        ? { state: 'running', entries: Atomics.load(running.done, 0), total: running.total }
        : { state: 'idle' },
    cancel: (site) => {
      if (running?.site === site) Atomics.store(running.cancel, 0, 1);
    },
    siteCloses: (site) => {
      if (running?.site === site) Atomics.store(running.cancel, 0, 1);
      running = null;
    },
  };
}

function word(): Int32Array<SharedArrayBuffer> {
  return new Int32Array(new SharedArrayBuffer(4));
}

/** The part's own kind of news; T goes with `order.part`. */
function part<T extends ChainPass | readonly string[]>(program: URL, order: VerifyOrder): Promise<T> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(program, { workerData: order, stderr: true });
    let isDone = false;
    const stopOther = (error: Error): void => {
      if (isDone) return;
      Atomics.store(new Int32Array(order.cancel), 0, 1);
      reject(error);
    };
    worker.on('message', (news: VerifyNews) => {
      isDone = news.kind === 'chain' || news.kind === 'tables';
      switch (news.kind) {
        case 'chain':
          resolve(news.pass as T); // of the part that was ordered
          return;
        case 'tables':
          resolve(news.problems as T); // of the part that was ordered
          return;
        case 'cancelled':
          reject(refuse('cancelled'));
          return;
        case 'refused':
          stopOther(new AppError(news.refusal));
          return;
        case 'crashed':
          stopOther(threadError('the thread that verifies failed', news.stack));
          return;
        default:
          assertNever(news);
      }
    });
    worker.on('error', stopOther);
    worker.on('exit', () => {
      stopOther(new Error('the thread that verifies ended early'));
    });
  });
}
