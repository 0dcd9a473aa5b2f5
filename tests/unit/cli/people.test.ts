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
