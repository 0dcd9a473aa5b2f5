/** The name under which a file is written beside the place where it is wanted, until it is whole. */
import { open } from 'node:fs/promises';
import path from 'node:path';

const partialName = /^\.cahier-export-.+\.part$/u;

/** Where what is to become `file` is written. `job` tells apart those that run at the same time. */
export function partialFile(file: string, job: string): string {
  return path.join(path.dirname(file), `.cahier-export-${job}.part`);
}

export function isPartialFile(name: string): boolean {
  return partialName.test(name);
}

/** What was written reaches the disk before the file gets its name. */
export async function flushToDisk(file: string): Promise<void> {
  const handle = await open(file, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
