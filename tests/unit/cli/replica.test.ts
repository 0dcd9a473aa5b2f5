import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { run, type Ran } from './run.ts';

const home = mkdtempSync(path.join(tmpdir(), 'cahier-replica-'));
const dir = path.join(home, 'replica');
const nobody = { environment: {} };
let made: Ran;

beforeAll(async () => {
  made = await run(['demo', '--replica', '--dir', dir, '--json'], nobody);
}, 180_000);
afterAll(() => {
  rmSync(home, { recursive: true, force: true });
});

it('makes a site folder of 18 children, with the people of the practice site', () => {
  const { people, ...rest } = made.json() as { people: { user: string; role: string }[] };
  expect([made.code, rest]).toEqual([0, { site: '01', subjects: 18, folder: dir }]);
  expect(people[0]).toMatchObject({ user: 'coordinator', role: 'coordinator' });
});

it('reports the published results, without a password: there is nothing to protect', async () => {
  const rows = (await run(['report', 'study-table', '--dir', dir, '--json'], nobody)).json() as {
    row: string;
    text: string;
  }[];
  const said = Object.fromEntries(rows.map(({ row, text }) => [row, text]));
  expect(said).toMatchObject({
    girls: '9/18 (50%)',
    age: '10.06 ± 3.9',
    follow_up: '3.072 ± 3.508',
    dose: '2.53 ± 1.3',
    lvef_before: '39.5 [30.0–45.0]',
    deaths: '0/18 (0%)',
  });
});

it('has no hard finding, and soft ones that are confirmed', async () => {
  const findings = (await run(['check', '--dir', dir, '--json'], nobody)).json() as {
    severity: string;
    status: string;
  }[];
  expect(new Set(findings.map(({ severity, status }) => `${severity} ${status}`))).toEqual(
    new Set(['soft confirmed', 'information open']),
  );
});

it('keeps file, trail and values in agreement', async () => {
  expect((await run(['verify', '--dir', dir, '--json'], nobody)).json()).toMatchObject({
    ok: true,
    problems: [],
  });
}, 60_000);

it('is exported as any site is', async () => {
  const file = path.join(home, 'replica.xlsx');
  const exported = (await run(['export', '--dir', dir, '--out', file, '--json'], nobody)).json() as {
    sheets: { name: string; rows: number }[];
  };
  expect(existsSync(file)).toBe(true);
  expect(exported.sheets.find(({ name }) => name === 'DM')?.rows).toBe(18);
}, 60_000);

it('is not made over another site', async () => {
  expect((await run(['demo', '--replica', '--dir', dir, '--json'], nobody)).json()).toMatchObject({
    error: { code: 'exists' },
  });
});
