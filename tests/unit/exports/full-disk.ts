/** Places where nothing can be written: real ones, whoever runs the tests. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Linux lets nobody make a file here, not even root. */
export const readOnlyFolder = '/sys';

export interface SmallDisk {
  readonly folder: string;
  remove(): void;
}

/** A disk of 64 KB for who may mount one; for others, files of this process that can't grow beyond that. */
export function openSmallDisk(): SmallDisk {
  const folder = mkdtempSync(path.join(tmpdir(), 'cahier-small-disk-'));
  const removeFolder = (): void => {
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', folder], { stdio: 'ignore' });
    return {
      folder,
      remove: () => {
        execFileSync('umount', [folder]);
        removeFolder();
      },
    };
  } catch {
    // Not allowed to this user, or in this container.
    limitFiles('16384:');
    return {
      folder,
      remove: () => {
        limitFiles('unlimited:');
        removeFolder();
      },
    };
  }
}

function limitFiles(size: string): void {
  execFileSync('prlimit', ['--pid', String(process.pid), `--fsize=${size}`]);
}
