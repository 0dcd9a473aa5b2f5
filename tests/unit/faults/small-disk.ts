/** A disk of a few megabytes that can be filled up to a given rest: a tmpfs where that may be mounted. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

export interface Disk {
  readonly folder: string;
  /** Leaves only so many bytes; gives what takes the filling away again. */
  fill(leave: number): () => void;
  clear(name: string): void;
  remove(): void;
}

/** Throws where nothing can be mounted: a test that can't fill a disk must not pass. */
export function openDisk(bytes: number): Disk {
  const folder = mkdtempSync(path.join(tmpdir(), 'cahier-disk-'));
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${String(bytes)}`, 'tmpfs', folder], { stdio: 'ignore' });
  const filling = path.join(folder, 'filling');
  return {
    folder,
    fill: (leave) => {
      const { bavail, bsize } = statfsSync(folder);
      writeFileSync(filling, Buffer.alloc(Math.max(0, bavail * bsize - leave)));
      return () => {
        rmSync(filling, { force: true });
      };
    },
    clear: (name) => {
      rmSync(path.join(folder, name), { recursive: true, force: true });
    },
    remove: () => {
      execFileSync('umount', [folder]);
      rmSync(folder, { recursive: true });
    },
  };
}
