/**
 * A backup on disk: a folder `<site>-<UTC>.cahier-backup` with the encrypted database, the key file and a manifest.
 * It has this name only once it was verified; until then it is a folder with a leading dot that nothing counts.
 */
import { readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { backupReasons, type BackupRow } from '#shared/contract/backups.ts';
import { refuse } from '../../app-error.ts';
import { toIsoUtc } from '../../clock.ts';
import { toRefusal } from '../../db/disk-faults.ts';
import { keyFileName } from '../../db/keyring.ts';
import { databaseFileName } from '../../db/open.ts';
import { hashFile } from '../file-hash.ts';

export const backupSuffix = '.cahier-backup';
export const manifestName = 'manifest.json';
export const ownBackupFolder = 'backups';

const Manifest = z.strictObject({
  format: z.literal('cahier-backup'),
  version: z.literal(1),
  siteId: z.string().min(16).max(64),
  siteCode: z.string().max(10),
  siteName: z.string().max(200),
  seq: z.int().min(0),
  head: z.string().regex(/^[0-9a-f]{64}$/),
  madeAt: z.iso.datetime(),
  why: z.enum(backupReasons),
  appVersion: z.string().max(40),
  files: z
    .array(
      z.strictObject({
        name: z.enum([databaseFileName, keyFileName]),
        bytes: z.int().min(1),
        sha256: z.string().regex(/^[0-9a-f]{64}$/),
      }),
    )
    .length(2),
});
export type Manifest = z.infer<typeof Manifest>;

/** "01-2024-03-05T093000-123Z.cahier-backup": sorts by time, and every file system takes it. */
export function backupNameOf(siteCode: string, at: number, copy: number): string {
  const stamp = toIsoUtc(at).replaceAll(':', '').replace('.', '-');
  return `${siteCode}-${stamp}${copy === 1 ? '' : `-${String(copy)}`}${backupSuffix}`;
}

/** The folder in which one is made; told apart by site, since several sites may share a folder. */
export function workshopName(siteId: string, name: string): string {
  return `.${siteId}-${name}.part`;
}

/** What processes that were ended left half made. */
export function removeWorkshops(folder: string, siteId: string): void {
  for (const name of readdirSync(folder)) {
    if (name.startsWith(`.${siteId}-`) && name.endsWith('.part'))
      rmSync(path.join(folder, name), { recursive: true, force: true });
  }
}

/** Refuses what is not a whole backup; the contents of its files are looked at by requireWhole. */
export function readManifest(backup: string): Manifest {
  const file = path.basename(backup);
  try {
    return Manifest.parse(JSON.parse(readFileSync(path.join(backup, manifestName), 'utf8')));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
      throw refuse('backup-unknown', { file }, error);
    throw toRefusal(error) ?? refuse('backup-damaged', { file }, error);
  }
}

/** Every file still is what was verified, bit by bit. */
export function requireWhole(backup: string): Manifest {
  const manifest = readManifest(backup);
  for (const { name, sha256 } of manifest.files) {
    if (hashOf(path.join(backup, name)) !== sha256)
      throw refuse('backup-damaged', { file: path.basename(backup) });
  }
  return manifest;
}

/** null when the file is not there or can't be read. */
function hashOf(file: string): string | null {
  try {
    return hashFile(file).sha256;
  } catch {
    // Missing and unreadable are both "not what was verified".
    return null;
  }
}

/** Backups of a site in one folder, newest first. A folder that is not there holds none; an unreadable manifest is no backup. */
export function listBackups(folder: string, ordinal: number, siteId: string | null): readonly BackupRow[] {
  return namesIn(folder)
    .filter((name) => name.endsWith(backupSuffix) && !name.startsWith('.'))
    .flatMap((name): readonly BackupRow[] => {
      const backup = path.join(folder, name);
      const manifest = manifestOrNull(backup);
      if (manifest === null || (siteId !== null && manifest.siteId !== siteId)) return [];
      const { madeAt, why, seq, head, appVersion, files } = manifest;
      const isComplete = files.every((file) => sizeOf(path.join(backup, file.name)) === file.bytes);
      const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
      const state = isComplete ? 'verified' : 'incomplete';
      return [{ folder: ordinal, name, madeAt, why, seq, head, appVersion, bytes, state }];
    })
    .sort((a, b) => b.madeAt.localeCompare(a.madeAt));
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    // Not made yet, or on a drive that is not there: told by the list of folders.
    return [];
  }
}

function manifestOrNull(backup: string): Manifest | null {
  try {
    return readManifest(backup);
  } catch {
    // The list shows what can be restored.
    return null;
  }
}

function sizeOf(file: string): number | null {
  try {
    return statSync(file).size;
  } catch {
    // Missing: the backup is incomplete.
    return null;
  }
}
