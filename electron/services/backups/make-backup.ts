/**
 * Makes one backup and copies it to further folders. Synchronous: it runs in a thread of its own beside the work, and in
 * the main thread only before a migration, when nobody works yet.
 *
 * SQLite's backup call can't be used: the driver opens its target without a key, and an encrypted source refuses such
 * a target. VACUUM INTO keeps key and cipher, reads one snapshot of a running WAL database without keeping its writer
 * waiting, and writes each page anew, so that a page that can't be read ends the backup instead of being copied into it.
 * Before a merge the file is copied as it is (copy-as-it-is.ts).
 */
import {
  copyFileSync,
  existsSync,
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import path from 'node:path';
import type { BackupOutcome, BackupPlace, BackupReason } from '#shared/contract/backups.ts';
import { refuse, type AppError } from '../../app-error.ts';
import { toIsoUtc } from '../../clock.ts';
import { toRefusal } from '../../db/disk-faults.ts';
import { syncFolder, writeDurably } from '../../db/durable-file.ts';
import { keyFileName, readKeyring } from '../../db/keyring.ts';
import { databaseFileIn, databaseFileName, openForReading } from '../../db/open.ts';
import {
  backupNameOf,
  manifestName,
  ownBackupFolder,
  removeWorkshops,
  requireWhole,
  workshopName,
  type Manifest,
} from './backup-files.ts';
import { hashFile } from '../file-hash.ts';
import { copyAsItIs } from './copy-as-it-is.ts';
import { proveDatabase, type ProofNeeds } from './prove-backup.ts';

export interface BackupOrder {
  readonly siteFolder: string;
  readonly databaseFile: string;
  readonly key: Buffer;
  /** Full paths; the first is the site's own. */
  readonly folders: readonly string[];
  readonly why: BackupReason;
  /** UTC, milliseconds. */
  readonly at: number;
  readonly appVersion: string;
}
export interface BackupWatch {
  /** Before each stage and when it goes on. */
  progress(stage: 'copying' | 'verifying', bytes: number): void;
}
const unwatched: BackupWatch = { progress: () => undefined };

/** A folder that fails does not keep the others from theirs. Refuses when none took the backup. */
export function makeBackup(order: BackupOrder, needs: ProofNeeds, watch: BackupWatch): BackupOutcome {
  const keyring = readKeyring(order.siteFolder);
  const name = freeName(order.folders, keyring.siteCode, order.at);
  const places: BackupPlace[] = [];
  let made: { readonly path: string; readonly manifest: Manifest } | null = null;
  let firstFailure: unknown = null;
  for (const [ordinal, folder] of order.folders.entries()) {
    try {
      prepareFolder(folder, ordinal);
      removeWorkshops(folder, keyring.siteId);
      const earlier = made;
      const manifest = inWorkshop(folder, keyring.siteId, name, (workshop) =>
        earlier === null
          ? fill(workshop, order, keyring, needs, watch)
          : copyInto(workshop, earlier.path, earlier.manifest),
      );
      made ??= { path: path.join(folder, name), manifest };
      places.push({ folder: ordinal, state: 'written', path: path.join(folder, name) });
    } catch (error) {
      firstFailure ??= error;
      places.push({ folder: ordinal, state: 'failed', error: toBackupRefusal(error, folder).refusal });
    }
  }
  if (made === null) throw toBackupRefusal(firstFailure, order.folders[0] ?? '');
  const { seq, head, files } = made.manifest;
  return { name, seq, head, bytes: files.reduce((sum, file) => sum + file.bytes, 0), places };
}

/** A clock that was set back meets its own past. */
function freeName(folders: readonly string[], siteCode: string, at: number): string {
  for (let copy = 1; ; copy += 1) {
    const name = backupNameOf(siteCode, at, copy);
    if (!folders.some((folder) => existsSync(path.join(folder, name)))) return name;
  }
}

/** Filled under another name, renamed at the end; nothing stays when that fails. */
function inWorkshop(
  folder: string,
  siteId: string,
  name: string,
  act: (workshop: string) => Manifest,
): Manifest {
  const workshop = path.join(folder, workshopName(siteId, name));
  try {
    mkdirSync(workshop);
    const manifest = act(workshop);
    syncFolder(workshop);
    renameSync(workshop, path.join(folder, name));
    syncFolder(folder);
    return manifest;
  } catch (error) {
    rmSync(workshop, { recursive: true, force: true });
    throw error;
  }
}

/** Into the site's own folder, before anything of it is changed. Refuses when it can't: then nothing is changed either. */
export function backUpBeforeMigration(
  {
    folder,
    key,
    now,
    appVersion,
  }: { readonly folder: string; readonly key: Buffer; readonly now: number; readonly appVersion: string },
  needs: ProofNeeds,
): void {
  const places = { siteFolder: folder, databaseFile: databaseFileIn(folder) };
  const folders = [path.join(folder, ownBackupFolder)];
  makeBackup({ ...places, key, folders, why: 'migration', at: now, appVersion }, needs, unwatched);
}

/** The site's own folder is made at the first time; one on another drive has to be there, or the drive is not. */
function prepareFolder(folder: string, ordinal: number): void {
  if (ordinal === 0) mkdirSync(folder, { recursive: true });
  else if (!statSync(folder).isDirectory()) throw refuse('backup-folder-gone', { folder });
}

function fill(
  workshop: string,
  { siteFolder, databaseFile, key, at, why, appVersion }: BackupOrder,
  { siteId, siteCode, siteName }: Pick<Manifest, 'siteId' | 'siteCode' | 'siteName'>,
  needs: ProofNeeds,
  watch: BackupWatch,
): Manifest {
  const database = path.join(workshop, databaseFileName);
  const keys = path.join(workshop, keyFileName);
  watch.progress('copying', 0);
  // Somebody waits for a merge.
  const copied = why === 'merge' ? copyAsItIs(databaseFile, key, database) : null;
  if (copied === null) vacuumInto(databaseFile, key, database);
  copyFileSync(path.join(siteFolder, keyFileName), keys);
  for (const file of [database, keys]) syncFile(file);
  watch.progress('verifying', statSync(database).size);
  const { seq, head } = copied ?? proveDatabase(database, key, needs);
  const manifest: Manifest = {
    ...{ format: 'cahier-backup', version: 1, siteId, siteCode, siteName },
    ...{ seq, head, madeAt: toIsoUtc(at), why, appVersion },
    files: ([databaseFileName, keyFileName] as const).map((name) => {
      return { name, ...hashFile(path.join(workshop, name)) };
    }),
  };
  if (copied !== null && manifest.files[0]?.sha256 !== copied.sha256) throw refuse('backup-unproven');
  writeDurably(path.join(workshop, manifestName), `${JSON.stringify(manifest, null, 2)}\n`);
  return manifest;
}

function vacuumInto(databaseFile: string, key: Buffer, target: string): void {
  const source = openForReading(databaseFile, key);
  try {
    // The file is open for reading only; this lets the statement write its target.
    source.pragma('query_only = OFF');
    source.prepare('VACUUM INTO ?').run(target);
  } finally {
    source.close();
  }
}

/** Read back and compared with what was verified. */
function copyInto(workshop: string, from: string, manifest: Manifest): Manifest {
  for (const { name } of manifest.files) {
    copyFileSync(path.join(from, name), path.join(workshop, name));
    syncFile(path.join(workshop, name));
  }
  writeDurably(path.join(workshop, manifestName), `${JSON.stringify(manifest, null, 2)}\n`);
  return requireWhole(workshop);
}

function syncFile(file: string): void {
  const descriptor = openSync(file, 'r+');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Says of the folder what a fault of the disk would say of the site. */
export function toBackupRefusal(error: unknown, folder: string): AppError {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'EEXIST')
    return refuse('backup-folder-gone', { folder }, error);
  const known = toRefusal(error);
  if (known === null) throw error;
  switch (known.refusal.code) {
    case 'disk-full':
      return refuse('backup-disk-full', { folder }, error);
    case 'read-only':
      return refuse('backup-read-only', { folder }, error);
    default:
      return known;
  }
}
