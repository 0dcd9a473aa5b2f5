/** The name under which a file is written beside the place where it is wanted, until it is whole. */
import path from 'node:path';

const partialName = /^\.cahier-export-.+\.part$/u;

/** Where what is to become `file` is written. `job` tells apart those that run at the same time. */
export function partialFile(file: string, job: string): string {
  return path.join(path.dirname(file), `.cahier-export-${job}.part`);
}

export function isPartialFile(name: string): boolean {
  return partialName.test(name);
}
