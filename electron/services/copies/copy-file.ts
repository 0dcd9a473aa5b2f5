/** Puts a finished copy where it is wanted: whole and on the disk before it has its name, and never without its entry in the trail. */
import { createHash } from 'node:crypto';
import { renameSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { syncFolder } from '../../db/durable-file.ts';
import { toFileRefusal } from '../export-faults.ts';
import { flushToDisk, partialFile } from '../partial-file.ts';

export interface WrittenCopy {
  readonly file: string;
  readonly bytes: number;
  /** Of the file, lower-case hex. */
  readonly sha256: string;
}

/** `record` writes the copy into the trail and calls its second argument in the same transaction. */
export async function writeCopyFile(
  content: Uint8Array,
  file: string,
  id: string,
  record: (written: WrittenCopy, giveName: () => void) => void,
): Promise<WrittenCopy> {
  const partial = partialFile(file, id);
  const sha256 = createHash('sha256').update(content).digest('hex');
  const written = { file, bytes: content.byteLength, sha256 };
  let standing = partial;
  try {
    await writeFile(partial, content, { flag: 'wx', mode: 0o600 });
    await flushToDisk(partial);
    record(written, () => {
      renameSync(partial, file);
      standing = file;
      syncFolder(path.dirname(file));
    });
    return written;
  } catch (error) {
    rmSync(standing, { force: true });
    throw toFileRefusal(error, file) ?? error;
  }
}
