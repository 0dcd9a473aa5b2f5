import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSite, createTestClock, setRoles, startProcess } from '../services/workbench.ts';
import { anakinra } from '../studies/folders.ts';
import { run } from './run.ts';

const home = mkdtempSync(path.join(tmpdir(), 'cahier-report-'));
const dir = path.join(home, 'site');
const site = ['--dir', dir];

beforeAll(async () => {
  await createSite(startProcess(dir, createTestClock(), anakinra));
  const enrolment = { subject: '01-001', event: 'SCR', form: 'ENR' };
  const lines = [
    { ...enrolment, item: 'enr_noopp', value: '1' },
    { ...enrolment, item: 'enr_misc', value: '1' },
    { ...enrolment, item: 'enr_admdt', value: '2021-11-01 08:00' },
    { subject: '01-001', event: 'SCR', form: 'DM', item: 'dm_sex', value: 'F' },
    { subject: '01-001', event: 'LOG', form: 'ANX', item: 'anx_dt', value: '2021-11-03 10:00' },
    { subject: '01-001', event: 'LOG', form: 'ANX', item: 'anx_route', value: 'SC' },
  ];
  const { code } = await run(['enter', ...site, '-'], {
    stdin: lines.map((line) => `${JSON.stringify(line)}\n`).join(''),
  });
  expect(code).toBe(0);
});
afterAll(() => {
  rmSync(home, { recursive: true, force: true });
});

interface Row {
  readonly row: string;
  readonly n: number;
  readonly missing: number;
  readonly text: string;
}
const rows = async (): Promise<readonly Row[]> =>
  (await run(['report', 'study-table', ...site, '--json'])).json() as readonly Row[];

describe('report study-table', () => {
  it('prints one object for each row of the table', async () => {
    const found = await rows();
    expect(found.find(({ row }) => row === 'girls')).toMatchObject({
      label: { en: 'Girls', fr: 'Filles' },
      n: 1,
      missing: 0,
      text: '1/1 (100%)',
      values: { count: 1, of: 1, percent: 100 },
      subjects: [{ subject: '01-001', value: true }],
    });
    for (const row of found) {
      expect(row).toEqual(
        expect.objectContaining({
          n: expect.any(Number) as number,
          missing: expect.any(Number) as number,
          text: expect.any(String) as string,
          values: expect.any(Object) as object,
        }),
      );
    }
  });

  it('says of one child what it can’t work out, and why', async () => {
    const found = await rows();
    expect(found.find(({ row }) => row === 'age')).toMatchObject({
      n: 0,
      missing: 1,
      text: 'not evaluable',
      causes: { 'not-evaluable': 1 },
      notComputed: [{ en: 'A mean needs at least 1 value.' }],
    });
  });

  it('prints a table for people in the language that is asked for', async () => {
    const { code, out } = await run(['report', 'study-table', ...site, '--language', 'fr']);
    expect(code).toBe(0);
    expect(out).toMatch(/Filles\s+1\s+1\/1 \(100 %\)/u);
    expect(out).toMatch(/head [0-9a-f]{64}/u);
  });

  it.each(['table.html', 'table.xlsx'])('writes %s', async (name) => {
    const file = path.join(home, name);
    expect((await run(['report', 'study-table', ...site, '--out', file])).code).toBe(0);
    expect(readFileSync(file).subarray(0, 2).toString()).toBe(name.endsWith('html') ? '<!' : 'PK');
  });

  it.each([
    [['report', ...site], 2, 'usage'],
    [['report', 'study-table', 'again', ...site], 2, 'usage'],
    [['report', 'study-table'], 2, 'usage'],
    [['report', 'study-table', ...site, '--format', 'xlsx'], 2, 'usage'],
    [['report', 'safety', ...site], 1, 'not-found'],
    [['report', 'study-table', ...site, '--language', 'de'], 1, 'invalid-input'],
    [['report', 'study-table', ...site, '--out', path.join(home, 'table.pdf')], 1, 'invalid-input'],
    [['report', 'study-table', ...site, '--out', path.join(home, 'gone', 'table.html')], 1, 'not-found'],
  ] as const)('%j ends with %i', async (words, code, refusal) => {
    const ran = await run([...words, '--json']);
    expect(ran.code).toBe(code);
    expect(ran.json()).toMatchObject({ error: { code: refusal } });
  });

  it('writes no file for a person who may not export', async () => {
    const bench = startProcess(dir, createTestClock(), anakinra);
    await bench.call('site.use', { folder: dir });
    await bench.call('session.signIn', { user: 'anne', password: 'correct horse battery' });
    setRoles(bench, 'anne', ['data-entry']);
    await bench.call('session.signOut', {});
    const file = path.join(home, 'not-allowed.html');
    const ran = await run(['report', 'study-table', ...site, '--out', file, '--json']);
    expect(ran.json()).toMatchObject({ error: { code: 'forbidden' } });
    expect(existsSync(file)).toBe(false);
  });
});
