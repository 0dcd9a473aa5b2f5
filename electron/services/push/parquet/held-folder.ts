/**
 * The folder that is exchanged as a whole: what it holds now, and how the new one takes its place. Beside it, under its
 * own name with a dot before it, are the lock, the new folder while it is written, and the old one for a moment.
 */
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { z } from 'zod';
import type { PushedState } from '#shared/push/standing.ts';
import { refuse } from '../../../app-error.ts';
import { syncFolder } from '../../../db/durable-file.ts';
import type { ListedFile } from './datasets.ts';

/** Engines pass over names that begin with "_". */
export const manifestName = '_export.json';

export const Manifest = z.object({
  exportId: z.string(),
  study: z.string(),
  studyVersion: z.string(),
  fingerprint: z.string(),
  origin: z.string(),
  cutSeq: z.int(),
  cutAt: z.string(),
  head: z.string(),
  values: z.int(),
  appVersion: z.string(),
  files: z.array(z.object({ path: z.string(), rows: z.int(), bytes: z.int(), sha256: z.string() })),
});
export type Manifest = z.infer<typeof Manifest>;

export interface HeldFolder {
  /** Where the new content is written. */
  readonly partial: string;
  /** null where there is nothing yet, or not the whole of it. */
  readonly state: PushedState | null;
  /** The new content takes the place of the old, which is removed. */
  exchange(): void;
  /** Removes what was not exchanged. */
  release(): void;
}

/** Names that desktops leave in folders. */
const leftByDesktops = new Set(['.DS_Store', 'Thumbs.db', 'desktop.ini']);

/** Holds the folder against other processes. Refuses one that holds anything that was not pushed there. */
export function holdFolder(wanted: string): HeldFolder {
  const folder = existsSync(wanted) ? realpathSync(wanted) : wanted;
  const beside = (end: string): string =>
    path.join(path.dirname(folder), `.${path.basename(folder)}.cahier-${end}`);
  const [partial, old] = [beside('part'), beside('old')];
  if (!existsSync(path.dirname(folder)))
    throw refuse('push-folder-missing', { folder: path.dirname(folder) });
  const unlock = lock(beside('lock'), folder);
  try {
    // A process that was killed between the two renames below left the old one whole.
    if (existsSync(old) && !existsSync(folder)) renameSync(old, folder);
    rmSync(old, { recursive: true, force: true });
    rmSync(partial, { recursive: true, force: true });
    const state = readHeld(folder);
    mkdirSync(partial);
    return {
      partial,
      state,
      exchange: () => {
        const hadOld = existsSync(folder);
        if (hadOld) renameSync(folder, old);
        try {
          renameSync(partial, folder);
        } catch (error) {
          if (hadOld) renameSync(old, folder);
          throw error;
        }
        syncFolder(path.dirname(folder));
        rmSync(old, { recursive: true, force: true });
      },
      release: () => {
        rmSync(partial, { recursive: true, force: true });
        unlock();
      },
    };
  } catch (error) {
    unlock();
    throw error;
  }
}

function lock(file: string, folder: string): () => void {
  const side = new Database(file, { timeout: 0 });
  try {
    side.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    side.close();
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY'))
      throw refuse('push-folder-busy', { folder: path.basename(folder) });
    throw error;
  }
  return () => side.close();
}

function readHeld(folder: string): PushedState | null {
  if (!existsSync(folder)) return null;
  const found = statSync(folder).isDirectory() ? filesIn(folder) : ['.'];
  if (found.length === 0) return null;
  const manifest = found.includes(manifestName) ? readManifest(path.join(folder, manifestName)) : null;
  const known = new Set(manifest?.files.map((file) => file.path));
  const isForeign = manifest === null || found.some((file) => file !== manifestName && !known.has(file));
  if (isForeign) throw refuse('push-folder-foreign', { folder: path.basename(folder) });
  const isWhole = manifest.files.every((file) => isAsListed(folder, file));
  // Another id than any: what was damaged is written anew.
  return isWhole ? manifest : { ...manifest, exportId: '' };
}

function readManifest(file: string): Manifest | null {
  try {
    return Manifest.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return null; // not ours, whatever else it is
  }
}

function isAsListed(folder: string, { path: inside, bytes }: ListedFile): boolean {
  const file = path.join(folder, ...inside.split('/'));
  return existsSync(file) && statSync(file).size === bytes;
}

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => !lstatSync(path.join(folder, name)).isDirectory())
    .filter((name) => !leftByDesktops.has(path.basename(name)))
    .map((name) => name.split(path.sep).join('/'));
}
