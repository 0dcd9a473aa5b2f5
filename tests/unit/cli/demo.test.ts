import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { run, type Ran } from './run.ts';

const home = mkdtempSync(path.join(tmpdir(), 'cahier-demo-'));
const dir = path.join(home, 'practice');
let made: Ran;

beforeAll(async () => {
  made = await run(['demo', '--dir', dir, '--json'], { environment: {} });
}, 120_000);
afterAll(() => {
  rmSync(home, { recursive: true, force: true });
});

it('prints the site, people of every role with their passwords, and how many children there are', () => {
  const { site, people, subjects } = made.json() as {
    site: string;
    people: { user: string; role: string; password: string }[];
    subjects: number;
  };
  expect([made.code, site]).toEqual([0, '01']);
  expect(subjects).toBeGreaterThanOrEqual(8);
  expect(people.map(({ role }) => role).sort()).toEqual([
    'administrator',
    'coordinator',
    'data-entry',
    'data-manager',
    'investigator',
    'monitor',
  ]);
});

it('lets each of them in, with what their role allows', async () => {
  const { people } = made.json() as { people: { user: string; role: string; password: string }[] };
  for (const { user, role, password } of people) {
    const stdin = JSON.stringify({
      subject: '01-010',
      event: 'SCR',
      form: 'VS',
      item: 'vs_hr',
      value: '127',
    });
    const { lines } = await run(['enter', '--dir', dir, '--user', user, '--json', '-'], {
      stdin,
      environment: { CAHIER_PASSWORD: password },
    });
    expect([role, (lines()[0] as { code?: string }).code ?? 'ok']).toEqual([
      role,
      ['administrator', 'monitor', 'data-manager'].includes(role) ? 'forbidden' : 'ok',
    ]);
  }
}, 60_000);

it('needs no password for its usual person: there is nothing to protect', async () => {
  expect((await run(['verify', '--dir', dir, '--json'], { environment: {} })).json()).toMatchObject({
    ok: true,
    problems: [],
  });
  expect((await run(['verify', '--dir', dir, '--user', 'monitor'], { environment: {} })).code).toBe(1);
});

it('has a child of whom only the signature is awaited, and findings on purpose in others', async () => {
  const findings = (await run(['check', '--dir', dir, '--json'], { environment: {} })).json() as {
    subject: string;
    check: string;
  }[];
  expect(findings.filter(({ subject }) => subject === '01-001').map(({ check }) => check)).toEqual(['EC87']);
  const checks = new Set(findings.map(({ check }) => check));
  for (const check of ['EC15', 'EC26', 'EC35', 'EC42', 'EC46', 'EC55', 'EC63', 'vs_wt.hard'])
    expect(checks).toContain(check);
});

it('is not made over another site', async () => {
  expect((await run(['demo', '--dir', dir, '--json'])).json()).toMatchObject({ error: { code: 'exists' } });
});
