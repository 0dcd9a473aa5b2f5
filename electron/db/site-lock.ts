/**
 * One process per site folder. The lock itself is an exclusive SQLite transaction on the empty side database
 * site.lock: the operating system releases it when its process ends, however it ends. Who holds it stands in
 * plain text beside it and is only ever believed while the lock is really held.
 */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import { z } from 'zod';
import { refuse, type AppError } from '../app-error.ts';
import { toRefusal } from './disk-faults.ts';

export interface SiteLock {
  release(): void;
}

const Holder = z.object({ user: z.string(), host: z.string(), pid: z.int(), since: z.string() });

export function lockSite(folder: string, user: string, since: string): SiteLock {
  const holderFile = path.join(folder, 'site.lock.json');
  let side: Database.Database | null = null;
  try {
    side = new Database(path.join(folder, 'site.lock'), { timeout: 0 });
    side.exec('BEGIN EXCLUSIVE');
    writeFileSync(holderFile, JSON.stringify({ user, host: hostname(), pid: process.pid, since }));
  } catch (error) {
    side?.close();
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY'))
      throw inUse(holderFile);
    throw toRefusal(error) ?? error;
  }
  const held = side;
  return {
    release: () => {
      if (!held.open) return;
      rmSync(holderFile, { force: true });
      held.close();
    },
  };
}

function inUse(holderFile: string): AppError {
  try {
    return refuse('in-use', Holder.parse(JSON.parse(readFileSync(holderFile, 'utf8'))));
  } catch {
    // The holder is between taking the lock and writing its name, or the file was damaged: the lock stands all the same.
    return refuse('in-use-by-unknown');
  }
}
