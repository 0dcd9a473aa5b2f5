/** Files that a person chose in a dialog: the window reads and writes no other, whatever a page that was taken over asks. */
import path from 'node:path';
import { refuse, type RefusalKey } from '../app-error.ts';

export interface ChosenFiles {
  allow(file: string): void;
  /** Refuses a file that was not chosen; gives its path in plain form. */
  require(file: string): string;
  /** What one person chose is not the next one's choice. */
  clear(): void;
}

export function createChosenFiles(refusal: RefusalKey): ChosenFiles {
  const chosen = new Set<string>();
  return {
    allow: (file) => {
      chosen.add(path.normalize(file));
    },
    require: (file) => {
      const plain = path.normalize(file);
      if (!chosen.has(plain)) throw refuse(refusal);
      return plain;
    },
    clear: () => {
      chosen.clear();
    },
  };
}
