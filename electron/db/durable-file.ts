/** Small files that are either the old or the new ones after a power cut, never a torn mixture. */
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import path from 'node:path';

/** Temporary file beside the target, fsync, rename, fsync of the folder. Readable by its owner only. */
export function writeDurably(file: string, text: string): void {
  const temporary = `${file}.${String(process.pid)}.tmp`;
  try {
    const descriptor = openSync(temporary, 'w', 0o600);
    try {
      const bytes = Buffer.from(text, 'utf8');
      for (let done = 0; done < bytes.length;) done += writeSync(descriptor, bytes, done);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(temporary, file);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
  syncFolder(path.dirname(file));
}

/** Makes renames in a folder durable. Windows keeps no handle on folders and needs none: its renames are journaled. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
