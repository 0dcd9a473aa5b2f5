/** A pooled folder: files of many sites are taken in, what differs is decided in the conflict book, and each site is looked over. */
import { z } from 'zod';
import type { Refusal } from '../bridge.ts';
import { conflictChoices, conflictKinds, type Conflict, type ConflictKind } from '../pool/conflict.ts';
import { Name, Nothing, Password, Reason, gives } from './method.ts';

export interface PoolFileOutcome {
  readonly file: string;
  readonly state: 'taken' | 'unchanged' | 'held' | 'refused';
  readonly site: string | null;
  readonly siteName: string | null;
  /** Why it was refused or is held. */
  readonly why: Refusal | null;
  readonly subjects: number;
  readonly values: number;
  readonly added: number;
  readonly changed: number;
  readonly withdrawn: number;
  /** Entries of the conflict book that it opened. */
  readonly conflicts: number;
}
export interface PoolStatus {
  readonly job: string;
  readonly state: 'running' | 'done' | 'cancelled' | 'failed';
  readonly total: number;
  /** In the order of the files; those of a job that runs, so far. */
  readonly outcomes: readonly PoolFileOutcome[];
  readonly error: Refusal | null;
}

export interface PooledSite {
  readonly code: string;
  readonly name: string;
  /** Of its newest delivery that was taken; UTC, ISO 8601. */
  readonly receivedAt: string | null;
  readonly cutAt: string | null;
  readonly studyVersion: string | null;
  readonly file: string | null;
  readonly deliveries: number;
  /** A newer file waits for decisions. */
  readonly held: boolean;
  readonly subjects: number;
  /** Left out as another subject's double. */
  readonly excluded: number;
  readonly values: number;
  readonly formsStarted: number;
  readonly formsComplete: number;
  /** Of what the pool holds, found by the study's checks. */
  readonly openHard: number;
  readonly openSoft: number;
  /** As the site counted them. */
  readonly openQueries: number;
  readonly openConflicts: number;
}
export interface DeliveryLine extends Omit<PoolFileOutcome, 'why' | 'conflicts'> {
  readonly id: number;
  readonly why: string | null;
  readonly kind: 'workbook' | 'bundle';
  readonly signer: string | null;
  readonly receivedAt: string;
  readonly cutAt: string | null;
  readonly user: string;
}
export interface PoolOverview {
  readonly sites: readonly PooledSite[];
  /** Newest first. */
  readonly deliveries: readonly DeliveryLine[];
}

export interface ConflictCount {
  readonly kind: ConflictKind;
  readonly open: number;
  readonly decided: number;
  readonly settled: number;
}
export interface ConflictPage {
  readonly rows: readonly Conflict[];
  readonly total: number;
  /** Of all, whatever is asked for. */
  readonly counts: readonly ConflictCount[];
}

const Files = z.array(z.string().min(1).max(4000)).min(1).max(1000);
const Job = z.strictObject({ job: z.string().min(1).max(64) });
const Filter = {
  kind: z.enum(conflictKinds).optional(),
  site: z.string().min(1).max(40).optional(),
  state: z.enum(['open', 'decided', 'settled']).optional(),
};

export const poolContract = {
  'pool.create': gives<{ recoveryKey: string }>()(
    null,
    z.strictObject({ folder: z.string().min(1).max(4000), name: Name, user: Name, password: Password }),
  ),
  /** Shows the open dialog; null when it was cancelled. */
  'pool.chooseFiles': gives<{ files: readonly string[] } | null>()('pool.receive', Nothing),
  'pool.take': gives<{ job: string }>()('pool.receive', z.strictObject({ files: Files })),
  'pool.status': gives<PoolStatus>()('pool.receive', Job),
  'pool.cancel': gives<null>()('pool.receive', Job),
  'pool.overview': gives<PoolOverview>()('subjects.read', Nothing),
  'pool.conflicts': gives<ConflictPage>()(
    'subjects.read',
    z.strictObject({ ...Filter, offset: z.int().min(0), limit: z.int().min(1).max(500) }),
  ),
  /** One by its number, or all open ones of a kind and site; gives how many were decided. */
  'pool.decide': gives<{ decided: number }>()(
    'pool.decide',
    z.strictObject({
      which: z.union([
        z.strictObject({ id: z.int().min(1) }),
        z.strictObject({ kind: z.enum(conflictKinds), site: z.string().min(1).max(40).optional() }),
      ]),
      choice: z.enum(conflictChoices),
      /** With the choice "other": as a person types it. */
      value: z.string().max(40_000).optional(),
      reason: Reason,
    }),
  ),
} as const;
