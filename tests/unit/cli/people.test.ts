import { beforeAll, afterAll, describe, expect, it } from 'vitest';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { addColleague } from '../services/colleagues.ts';
import { createSite, createTestClock, password, startProcess, user } from '../services/workbench.ts';
import { run } from './run.ts';

const home = mkdtempSync(path.join(tmpdir(), 'cahier-people-'));
const site = ['--dir', path.join(home, 'site'), '--user', user];

beforeAll(async () => {
  const bench = startProcess(path.join(home, 'site'), createTestClock());
  await createSite(bench);
  await bench.call('session.signIn', { user, password });
  await addColleague(bench, 'bob', ['data-entry']);
  await bench.call('session.signOut', {});
});
afterAll(() => {
  rmSync(home, { recursive: true, force: true });
});

describe('people', () => {
  it('lists everybody with an account', async () => {
    const ran = await run(['people', ...site, '--json']);
    expect(ran.json()).toMatchObject([
      { user, roles: ['administrator', 'coordinator'], disabled: false },
      { user: 'bob', fullName: 'bob Example', roles: ['data-entry'], passwordDue: 'given', lastSignIn: null },
    ]);
    expect((await run(['people', ...site])).out).toMatch(/bob {2,}bob Example {2,}data-entry {2,}enabled/u);
  });

  it('tells the rights of a past day from the trail', async () => {
    const ran = await run(['people', 'rights', '--on', '2024-03-05', ...site, '--json']);
    expect(ran.json()).toMatchObject([{ user }, { user: 'bob', roles: [{ role: 'data-entry' }] }]);
    expect((await run(['people', 'rights', '--on', '2024-03-05', ...site])).out).toMatch(
      /head [0-9a-f]{64}/u,
    );
    expect((await run(['people', 'rights', '--on', '2024-03-04', ...site, '--json'])).json()).toEqual([]);
  });

  it.each([
    [['people', ...site, '--json', 'roles'], 1, 'invalid-input'],
    [['people', 'rights', ...site, '--json'], 1, 'invalid-input'],
    [['people', 'rights', '--on', 'yesterday', ...site, '--json'], 1, 'invalid-input'],
    [['people', 'rights', 'again', ...site, '--json'], 2, 'usage'],
  ] as const)('%j ends with %i', async (words, code, refusal) => {
    const ran = await run(words);
    expect(ran.code).toBe(code);
    expect(ran.json()).toMatchObject({ error: { code: refusal } });
  });

  it('that is asked with a password that is due says what to do', async () => {
    const words = ['people', '--dir', path.join(home, 'site'), '--user', 'bob', '--json'];
    const ran = await run(words, { environment: { CAHIER_PASSWORD: 'given by hand at noon' } });
    expect(ran.json()).toMatchObject({
      error: { code: 'forbidden', message: expect.stringContaining('new password') as string },
    });
  });
});

describe('password', () => {
  const ofBob = ['--dir', path.join(home, 'site'), '--user', 'bob'];
  const given = 'given by hand at noon';
  const chosen = 'a quite new password';

  it.each([
    ['short', 'too short', 'invalid-input'],
    ['the current one', given, 'invalid-input'],
    ['with the name', 'bob is my own name', 'invalid-input'],
  ] as const)('refuses one that is %s, by the rules of the window', async (_, next, code) => {
    const environment = { CAHIER_PASSWORD: given, CAHIER_NEW_PASSWORD: next };
    const ran = await run(['password', ...ofBob, '--json'], { environment });
    expect(ran.code).toBe(1);
    expect(ran.json()).toMatchObject({ error: { code } });
  });

  it('refuses without a new one, and with a wrong current one', async () => {
    const without = await run(['password', ...ofBob, '--json'], { environment: { CAHIER_PASSWORD: given } });
    expect(without.json()).toMatchObject({
      error: { message: expect.stringContaining('CAHIER_NEW_PASSWORD') as string },
    });
    const environment = { CAHIER_PASSWORD: chosen, CAHIER_NEW_PASSWORD: given };
    expect((await run(['password', ...ofBob, '--json'], { environment })).json()).toMatchObject({
      error: { code: 'wrong-password' },
    });
  });

  it('changes one that is due, from two lines of standard input, and the person can work', async () => {
    const stdin = `${given}\n${chosen}\n`;
    const ran = await run(['password', ...ofBob, '--password-stdin', '--json'], { stdin, environment: {} });
    expect(ran.json()).toEqual({ user: 'bob', changed: true });
    expect(`${ran.out}${ran.err}`).not.toContain(chosen);
    const after = await run(['values', ...ofBob, '--json'], { environment: { CAHIER_PASSWORD: chosen } });
    expect(after.code).toBe(0);
  });

  it('leaves the entry that the window leaves', async () => {
    const bench = startProcess(path.join(home, 'site'), createTestClock());
    const told = await bench.rows(
      `SELECT user, detail ->> 'person' AS person, detail ->> 'mustChange' AS due FROM audit WHERE action = 'session.password-changed'`,
    );
    expect(told).toEqual([{ user: 'bob', person: 'bob', due: 0 }]);
  });
});
