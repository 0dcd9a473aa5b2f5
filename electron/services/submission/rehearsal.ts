/**
 * A rehearsal of the handing over: the trail is verified and every subject held against the pooling centre's rules, beside the
 * work, in threads of their own. Nothing is written but the entry of the verification.
 */
import { Worker } from 'node:worker_threads';
import { canonicalJson } from '#shared/audit.ts';
import type { AcceptanceReport } from '#shared/submission/acceptance.ts';
import type { DeliveryFacts, Severity } from '#shared/submission/delivery.ts';
import type { Study } from '#shared/study.ts';
import { AppError, refuse } from '../../app-error.ts';
import { readMoment, toLocalMinute, type Clock } from '../../clock.ts';
import type { Actor } from '../site.ts';
import { sha256 } from '../trail.ts';
import type { Verifier } from '../verify/verifier.ts';
import type { RehearsalNews, RehearsalOrder } from './rehearsal-messages.ts';
import { threadError } from '../thread-faults.ts';

export interface RehearsalOutside {
  readonly clock: Clock;
  readonly rehearsalWorker: URL;
  readonly verifier: Pick<Verifier, 'verify'>;
  readonly shippedStudy: () => Study;
}

export interface RehearsalService {
  rehearse(actor: Actor, unsigned: Severity): Promise<AcceptanceReport>;
}

export function createRehearsal(outside: RehearsalOutside): RehearsalService {
  const { clock, rehearsalWorker, verifier, shippedStudy } = outside;
  let running = false;

  const judge = async (actor: Actor, unsigned: Severity): Promise<AcceptanceReport> => {
    const trail = await trailOf(actor);
    if (!actor.site.db.open) throw refuse('signed-out');
    const { databaseFile, key, siteCode } = actor.site;
    return await inThread(rehearsalWorker, {
      ...{ databaseFile, key, siteCode, trail },
      currentFingerprint: sha256(canonicalJson(shippedStudy())),
      options: { unsigned, now: toLocalMinute(readMoment(clock)) },
    });
  };

  const trailOf = async (actor: Actor): Promise<DeliveryFacts['trail']> => {
    try {
      return (await verifier.verify(actor)).ok ? 'verified' : 'broken';
    } catch (error) {
      if (error instanceof AppError && error.refusal.key === 'cancelled') return 'not-looked-at';
      throw error;
    }
  };

  return {
    rehearse: async (actor, unsigned) => {
      if (running) throw refuse('rehearsal-running');
      running = true;
      try {
        return await judge(actor, unsigned);
      } finally {
        running = false;
      }
    },
  };
}

function inThread(worker: URL, order: RehearsalOrder): Promise<AcceptanceReport> {
  return new Promise((resolve, reject) => {
    const thread = new Worker(worker, { workerData: order, stderr: true });
    thread.on('message', (news: RehearsalNews) => {
      if (news.kind === 'judged') resolve(news.report);
      else if (news.kind === 'refused') reject(new AppError(news.refusal));
      else reject(threadError('the thread of the rehearsal failed', news.stack));
    });
    thread.on('error', reject);
    thread.on('exit', () => {
      reject(new Error('the thread of the rehearsal ended early'));
    });
  });
}
