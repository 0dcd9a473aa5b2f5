/**
 * Makes a working site folder from a backup, away from the site, and proves and compares it: what a restore would give,
 * without touching anything. The copy knows in its trail that it is one.
 */
import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { auditEvent } from '#shared/audit.ts';
import type { BackupComparison, Rehearsal } from '#shared/contract/backups.ts';
import { refuse } from '../../app-error.ts';
import type { Moment } from '../../clock.ts';
import { syncFolder } from '../../db/durable-file.ts';
import { keyFileName } from '../../db/keyring.ts';
import { migrate } from '../../db/migrate.ts';
import { databaseFileIn, databaseFileName, openForReading, openForWriting } from '../../db/open.ts';
import { createTrail, type Doer } from '../trail.ts';
import { requireWhole } from './backup-files.ts';
import { compareSites } from './compare-sites.ts';
import { proveDatabase, type ProofNeeds } from './prove-backup.ts';

export interface RehearsalOrder {
  /** Full path of the backup. */
  readonly backup: string;
  /** Full path of the new site folder: absent or empty. */
  readonly folder: string;
  readonly key: Buffer;
  /** The database to compare with; null where there is none that can be read. */
  readonly siteDatabase: string | null;
  readonly doer: Doer;
  readonly moment: Moment;
  readonly why: 'rehearsal' | 'restore';
  readonly reason: string | null;
}

const nothingToCompare: BackupComparison = {
  ...{ seqNow: 0, seqInBackup: 0, sharedEntries: 0, lostEntries: 0 },
  ...{ missingSubjects: [], differentValues: 0, values: [] },
};

/** Leaves a whole site in the folder, or nothing. */
export function rehearse(order: RehearsalOrder, needs: ProofNeeds): Rehearsal {
  const manifest = requireWhole(order.backup);
  requireEmpty(order.folder);
  mkdirSync(order.folder, { recursive: true });
  const workshop = path.join(order.folder, '.restoring');
  try {
    mkdirSync(workshop);
    const database = path.join(workshop, databaseFileName);
    for (const { name } of manifest.files)
      copyFileSync(path.join(order.backup, name), path.join(workshop, name));
    const proven = proveDatabase(database, order.key, needs);
    if (proven.head !== manifest.head) throw refuse('backup-damaged', { file: path.basename(order.backup) });
    const comparison = compare(database, order);
    tell(database, order, manifest, comparison, needs);
    renameSync(path.join(workshop, keyFileName), path.join(order.folder, keyFileName));
    renameSync(database, databaseFileIn(order.folder));
    rmSync(workshop, { recursive: true });
    syncFolder(order.folder);
    const { seq: entries, head } = proveDatabase(databaseFileIn(order.folder), order.key, needs);
    return { folder: order.folder, entries, head, comparison };
  } catch (error) {
    rmSync(workshop, { recursive: true, force: true });
    throw error;
  }
}

function requireEmpty(folder: string): void {
  if (existsSync(folder) && readdirSync(folder).some((name) => name !== '.restoring'))
    throw refuse('restore-folder-taken', { folder });
  rmSync(path.join(folder, '.restoring'), { recursive: true, force: true });
}

function compare(database: string, { siteDatabase, key }: RehearsalOrder): BackupComparison {
  if (siteDatabase === null) return nothingToCompare;
  const now = openForReading(siteDatabase, key);
  try {
    const backup = openForReading(database, key);
    try {
      return compareSites(now, backup);
    } finally {
      backup.close();
    }
  } finally {
    now.close();
  }
}

/** The restored trail names what it lacks, so that it never passes for the whole one. */
function tell(
  database: string,
  { key, doer, moment, why, reason, backup, siteDatabase }: RehearsalOrder,
  { seq, head, siteCode }: { readonly seq: number; readonly head: string; readonly siteCode: string },
  { lostEntries, seqNow, sharedEntries }: BackupComparison,
  { migrations }: ProofNeeds,
): void {
  const db = openForWriting(database, key);
  try {
    migrate(db, migrations, moment.at);
    const trail = createTrail(db, siteCode);
    const lost = siteDatabase === null ? {} : { lostEntries, lostFrom: sharedEntries + 1, lostTo: seqNow };
    const detail = { file: path.basename(backup), seq, head, why, ...lost };
    db.transaction(() => {
      trail.append([
        auditEvent(trail.stamp(doer, moment), 'backup.restored', { origin: 'system', detail, reason }),
      ]);
    }).immediate();
    // One file instead of three, so that it can be moved whole.
    db.pragma('wal_checkpoint(TRUNCATE)');
  } finally {
    db.close();
  }
}
