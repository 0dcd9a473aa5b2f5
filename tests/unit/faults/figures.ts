/** Counts the faults that tests inject and those that were held, for the validation pack: test-results/figures/faults.json. */
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, onTestFailed } from 'vitest';
import { root } from '../studies/folders.ts';

const folder = path.join(root, 'test-results', 'figures');

export interface FaultCount {
  /** One fault, which is held unless the test fails. */
  injected(): void;
}

/** `source` tells the files of tests apart; each run replaces its own count. */
export function countFaults(source: string): FaultCount {
  let injected = 0;
  let lost = 0;
  afterAll(() => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(
      path.join(folder, `faults-${source}.json`),
      JSON.stringify({ injected, held: injected - lost }),
    );
    const parts = readdirSync(folder)
      .filter((name) => name.startsWith('faults-'))
      .map(
        (name) =>
          JSON.parse(readFileSync(path.join(folder, name), 'utf8')) as { injected: number; held: number },
      );
    const sum = (of: 'injected' | 'held'): number => parts.reduce((total, part) => total + part[of], 0);
    writeFileSync(
      path.join(folder, 'faults.json'),
      JSON.stringify({ injected: sum('injected'), held: sum('held') }),
    );
  });
  return {
    injected: () => {
      injected += 1;
      onTestFailed(() => {
        lost += 1;
      });
    },
  };
}
