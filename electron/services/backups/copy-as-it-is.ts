/**
 * The file of a database that is in use, byte for byte: a pool of many millions of values is copied in seconds, where
 * writing and proving it anew takes a third of a minute that somebody waits for. Its pages were all authenticated when it
 * was opened; what is in it is proven by every other backup of it, and again before it is restored.
 */
import { constants, copyFileSync, statSync } from 'node:fs';
import { openBeside, type ReadableDb } from '../../db/open.ts';
import { hashFile } from '../file-hash.ts';
import { createTrailReader } from '../trail.ts';

export interface CopiedDatabase {
  /** Newest entry of the trail in the copy. */
  readonly seq: number;
  readonly head: string;
  /** Of the file that was copied: the copy has to read back so. */
  readonly sha256: string;
}

/** null: another connection was at work, and nothing was copied. */
export function copyAsItIs(databaseFile: string, key: Buffer, target: string): CopiedDatabase | null {
  const db = openBeside(databaseFile, key);
  try {
    const [folded] = db.pragma('wal_checkpoint(TRUNCATE)') as [{ readonly busy: 0 | 1 }]; // its one row
    if (folded.busy === 1) return null;
    // Whoever reads while the log is empty reads the file alone, and SQLite writes nothing into it until they are done: what
    // is recorded meanwhile stays in the log.
    return db.transaction(() => copyWhileRead(db, databaseFile, target))();
  } finally {
    db.close();
  }
}

function copyWhileRead(db: ReadableDb, databaseFile: string, target: string): CopiedDatabase | null {
  const { seq, hash: head } = createTrailReader(db).head();
  if (statSync(`${databaseFile}-wal`).size > 0) return null;
  // Where the file system can, the copy shares its blocks with the file.
  copyFileSync(databaseFile, target, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
  return { seq, head, sha256: hashFile(databaseFile).sha256 };
}
