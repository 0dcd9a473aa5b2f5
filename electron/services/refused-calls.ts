/**
 * An attempt at what the role does not allow is itself an entry (ICH E6(R3) 4.2.2(b)): who, when, which method and which
 * verb, and nothing of what was sent. Of one person and one method at most one entry a minute, so that a program that
 * asks in a loop can't fill the trail: the first attempt always stands there, and how often it went on within the
 * minute does not.
 */
import type { MethodName } from '#shared/bridge.ts';
import type { Verb } from '#shared/permissions.ts';
import { readMoment, type Clock } from '../clock.ts';
import { toRefusal } from '../db/disk-faults.ts';
import type { Site } from './site.ts';
import type { Doer } from './trail.ts';

export const refusedEveryMs = 60_000;

export interface RefusedCall {
  readonly verb: Verb | 'signed-in';
  /** null for a command of the command line, which names the verb alone. */
  readonly method: MethodName | null;
}

/** In a transaction of its own. */
export function createRefusedCalls(clock: Clock): (site: Site, doer: Doer, call: RefusedCall) => void {
  // By person and method: no more of them than the contract has.
  const toldAt = new Map<string, number>();
  return (site, doer, { verb, method }) => {
    const key = `${site.folder}|${doer.user}|${method ?? verb}`;
    const now = clock.steady();
    const told = toldAt.get(key);
    if (told !== undefined && now - told < refusedEveryMs) return;
    const detail = { why: 'forbidden', verb, ...(method === null ? {} : { method }) };
    try {
      site.db
        .transaction(() => {
          site.trail.note(doer, readMoment(clock), 'session.refused', { detail });
        })
        .immediate();
      toldAt.set(key, now);
    } catch (error) {
      // On a full disk the call is refused all the same.
      if (toRefusal(error) === null) throw error;
    }
  };
}
