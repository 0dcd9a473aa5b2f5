/** The practice site with its invented children, made once for all tests of a file, and opened by one who reads. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startProcess, type Bench } from '../services/workbench.ts';
import { anakinra } from '../studies/folders.ts';
import { createTestClock } from '../services/workbench.ts';

export interface OpenPractice {
  readonly bench: Bench;
  close(): void;
}

export async function openPractice(): Promise<OpenPractice> {
  const home = mkdtempSync(path.join(tmpdir(), 'cahier-copies-'));
  const folder = path.join(home, 'practice');
  const tidy: (() => void)[] = [];
  const bench = startProcess(folder, createTestClock(), anakinra, tidy);
  const { people } = await bench.services.demo.create(folder, null);
  await bench.call('site.use', { folder });
  const coordinator = people.find(({ role }) => role === 'coordinator');
  if (coordinator === undefined) throw new Error('the practice site has no coordinator');
  await bench.call('session.signIn', { user: coordinator.user, password: coordinator.password });
  return {
    bench,
    close: () => {
      for (const act of tidy) act();
      rmSync(home, { recursive: true, force: true });
    },
  };
}
