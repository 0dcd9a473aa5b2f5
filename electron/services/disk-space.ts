/** What is free on the disk of a folder, and when that is little enough to be told. */
import { statfsSync } from 'node:fs';

/** A day of entry, its backups and its log fit in here many times over. */
export const lowDiskBytes = 200 * 1024 * 1024;

/** Bytes that this user may still write; null when the system does not tell. */
export function freeBytesOf(folder: string): number | null {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize;
  } catch {
    // A folder that is not there, or a system that has no answer.
    return null;
  }
}
