/** What was typed and not saved, what a session that ended unexpectedly left, and the ways out of a damaged site folder. */
import { z } from 'zod';
import type { Refusal } from '../bridge.ts';
import { BackupRef, type BackupRow } from './backups.ts';
import { Name, Nothing, Password, Place, Row, Id, gives } from './method.ts';

/** `isSecond`: typed into the second entry of the form. */
const DraftPlace = z.strictObject({ ...Place, row: Row, item: Id, isSecond: z.boolean().optional() });
export type DraftPlace = z.infer<typeof DraftPlace>;
export const DraftInput = z.strictObject({
  ...DraftPlace.shape,
  typed: z.string().max(40_000),
  baseVersion: z.int().min(0),
});
export type DraftInput = z.infer<typeof DraftInput>;

export interface KeptDraft extends DraftInput {
  /** UTC, ISO 8601. */
  readonly keptAt: string;
}
export interface Recovery {
  /** null: the session before was signed out. */
  readonly unexpectedEnd: {
    readonly user: string;
    /** When that session began and when it last wrote something. UTC, ISO 8601. */
    readonly since: string;
    readonly lastAt: string;
  } | null;
  /** The newest value of the record before this session, whoever saved it. */
  readonly lastSaved: (DraftPlace & { readonly at: string; readonly user: string }) | null;
  /** The person's own. */
  readonly drafts: readonly KeptDraft[];
  /** A journal of drafts that could not be read any more was kept under this name. */
  readonly damagedJournal: string | null;
  /** On the disk of the site folder; null when the system does not tell. */
  readonly freeBytes: number | null;
  readonly isDiskLow: boolean;
}
/** Of a site folder that nobody is signed in to. */
export interface DamageReport {
  readonly folder: string;
  readonly keys: 'sound' | 'missing' | 'damaged';
  readonly database: 'present' | 'missing';
  readonly freeBytes: number | null;
  /** In the site's own folder, newest first; readable without a password. */
  readonly backups: readonly BackupRow[];
}
export interface SalvagedTable {
  readonly table: string;
  readonly rows: number;
  /** Places in the table that could not be read; how many rows stood there is not known. */
  readonly unreadable: number;
}
export interface SalvageReport {
  readonly folder: string;
  readonly tables: readonly SalvagedTable[];
  readonly entries: number;
  /** Numbers of the trail that are missing between the first and the newest entry found. */
  readonly missingEntries: number;
  readonly subjects: number;
  readonly values: number;
  /** null: the salvaged site opens. */
  readonly error: Refusal | null;
}

export const survivalMethods = {
  /** Kept for their author beside the record, encrypted like it. No entry of the trail: a draft is no record. */
  'drafts.keep': gives<null>()(
    'values.write',
    z.strictObject({
      keep: z.array(DraftInput).min(1).max(500).optional(),
      drop: z.array(DraftPlace).min(1).max(2000).optional(),
    }),
  ),
  'drafts.list': gives<readonly KeptDraft[]>()('signed-in', Nothing),
  'drafts.discard': gives<null>()(
    'signed-in',
    z.strictObject({ places: z.array(DraftPlace).min(1).max(2000) }),
  ),
  'recovery.look': gives<Recovery>()('signed-in', Nothing),
  'damage.look': gives<DamageReport>()(null, Nothing),
  'damage.restore': gives<{ readonly folder: string; readonly entries: number }>()(
    null,
    z.strictObject({
      backup: BackupRef,
      folder: z.string().min(1).max(4000),
      user: Name,
      password: Password,
    }),
  ),
  /** Puts the key file of a backup in the place of a lost or damaged one, which is moved aside. */
  'damage.takeKeys': gives<null>()(
    null,
    z.strictObject({ backup: BackupRef, user: Name, password: Password }),
  ),
  /** Opens again a site that lacks entries which were acknowledged; how many it lacks goes into its trail. */
  'damage.accept': gives<null>()(null, z.strictObject({ user: Name, password: Password })),
  'damage.salvage': gives<SalvageReport>()(
    null,
    z.strictObject({ folder: z.string().min(1).max(4000), user: Name, password: Password }),
  ),
} as const;
