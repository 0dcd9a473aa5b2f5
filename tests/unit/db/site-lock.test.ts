import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { expect, it } from 'vitest';
import { lockSite } from '../../../electron/db/site-lock.ts';
import { temporaryFolder } from '../services/workbench.ts';
import { root } from '../studies/folders.ts';
import { refusalOf } from './refusal-of.ts';

const holder = `
  import { lockSite } from '${path.join(root, 'electron/db/site-lock.ts')}';
  lockSite(process.argv[1], 'bob', '2024-03-05T09:30:00.000Z');
  console.log('locked');
  setInterval(() => undefined, 1000);`;

async function startHolder(folder: string): Promise<ChildProcessByStdio<null, Readable, null>> {
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', holder, folder],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  await once(child.stdout, 'data');
  return child;
}

it('names who holds the folder in another process, and is free when that process was killed', async () => {
  const folder = temporaryFolder();
  const child = await startHolder(folder);
  expect(() => lockSite(folder, 'anne', 'now')).toThrow(
    `by bob on ${hostname()} since 2024-03-05T09:30:00.000Z (process ${String(child.pid)})`,
  );
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(existsSync(path.join(folder, 'site.lock.json'))).toBe(true);
  lockSite(folder, 'anne', 'now').release();
});

it('holds within one process too, until it is released', () => {
  const folder = temporaryFolder();
  const lock = lockSite(folder, 'anne', 'now');
  expect(refusalOf(() => lockSite(folder, 'bob', 'now'))).toBe('in-use');
  lock.release();
  lock.release();
  lockSite(folder, 'bob', 'now').release();
});

it('does not believe a name beside a lock that nobody holds', () => {
  const folder = temporaryFolder();
  writeFileSync(
    path.join(folder, 'site.lock.json'),
    JSON.stringify({ user: 'ghost', host: 'x', pid: 1, since: 'x' }),
  );
  expect(refusalOf(() => lockSite(folder, 'anne', 'now'))).toBe('accepted');
});

it('is held although its name was damaged', () => {
  const folder = temporaryFolder();
  const lock = lockSite(folder, 'anne', 'now');
  writeFileSync(path.join(folder, 'site.lock.json'), '{');
  expect(refusalOf(() => lockSite(folder, 'bob', 'now'))).toBe('in-use-by-unknown');
  lock.release();
});
