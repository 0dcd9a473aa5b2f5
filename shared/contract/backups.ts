/** Backups: made, listed, tried out and put back. */
import { z } from 'zod';
import type { Refusal } from '../bridge.ts';
import { Nothing, Reason, gives } from './method.ts';

export const backupReasons = ['asked', 'sign-out', 'hourly', 'migration', 'import', 'merge'] as const;
export type BackupReason = (typeof backupReasons)[number];

/** Of differing values, the first of which are named one by one. */
export const mostListed = 500;

/** A backup by the folder that it lies in (0: the site's own, then those of the settings) and its name there. */
export const BackupRef = z.strictObject({
  folder: z.int().min(0).max(4),
  name: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9-]{0,60}\.cahier-backup$/),
});
export type BackupRef = z.infer<typeof BackupRef>;

export interface BackupRow extends BackupRef {
  /** UTC, ISO 8601. */
  readonly madeAt: string;
  readonly why: BackupReason;
  /** Entries of the trail that it holds, and the hash of the newest. */
  readonly seq: number;
  readonly head: string;
  readonly bytes: number;
  readonly appVersion: string;
  /**
   * verified: opened and its chain run when it was made, all files still there in their size.
   * incomplete: a file is missing or has another size than when it was verified.
   */
  readonly state: 'verified' | 'incomplete';
}
export interface BackupFolder {
  readonly folder: number;
  readonly path: string;
  readonly isReachable: boolean;
  readonly freeBytes: number | null;
}
/** What became of a backup in one folder. */
export type BackupPlace =
  | { readonly folder: number; readonly state: 'written'; readonly path: string }
  | { readonly folder: number; readonly state: 'failed'; readonly error: Refusal };
export interface BackupOutcome {
  readonly name: string;
  readonly seq: number;
  readonly head: string;
  readonly bytes: number;
  readonly places: readonly BackupPlace[];
}
export type BackupStatus =
  | {
      readonly state: 'running';
      readonly why: BackupReason;
      readonly stage: 'copying' | 'verifying';
      readonly fraction: number;
    }
  | {
      readonly state: 'idle';
      /** Of the last run in this session; null when there was none. */
      readonly last: BackupOutcome | null;
      /** The run was broken off or no folder took it. */
      readonly error: Refusal | null;
    };

export interface DifferentValue {
  readonly subject: string;
  readonly event: string;
  readonly form: string;
  readonly row: number;
  readonly item: string;
  /** As text; null where there is none. */
  readonly now: string | null;
  readonly inBackup: string | null;
}
/** What would change if a backup took the place of the site. */
export interface BackupComparison {
  readonly seqNow: number;
  readonly seqInBackup: number;
  /** Both trails are the same up to here. */
  readonly sharedEntries: number;
  /** Entries made since, which the backup does not hold. */
  readonly lostEntries: number;
  readonly missingSubjects: readonly string[];
  readonly differentValues: number;
  /** The first `mostListed`. */
  readonly values: readonly DifferentValue[];
}
export interface Rehearsal {
  readonly folder: string;
  readonly entries: number;
  readonly head: string;
  readonly comparison: BackupComparison;
}

export const backupMethods = {
  'backups.list': gives<{
    readonly folders: readonly BackupFolder[];
    /** Newest first. */
    readonly backups: readonly BackupRow[];
  }>()('backups.run', Nothing),
  'backups.now': gives<BackupOutcome>()('backups.run', Nothing),
  /** Before the sign-in page and while signing out too: tells nothing about the record. */
  'backups.status': gives<BackupStatus>()(null, Nothing),
  /** Breaks off the backup that runs, so that a disk that is gone holds up nobody. */
  'backups.skip': gives<null>()(null, Nothing),
  /** Shows the folder dialog; null when it was cancelled. */
  'backups.addFolder': gives<{ readonly path: string } | null>()('settings.change', Nothing),
  'backups.removeFolder': gives<null>()('settings.change', z.strictObject({ folder: z.int().min(1).max(4) })),
  /** A new site folder from a backup, verified and compared; the site itself is only read. */
  'backups.rehearse': gives<Rehearsal>()(
    'backups.run',
    z.strictObject({ backup: BackupRef, folder: z.string().min(1).max(4000) }),
  ),
  /** Puts a backup in the place of the site, whose files are moved aside; everybody is signed out. */
  'backups.restore': gives<{ readonly aside: string; readonly lostEntries: number }>()(
    'backups.restore',
    z.strictObject({ backup: BackupRef, reason: Reason }),
  ),
} as const;
