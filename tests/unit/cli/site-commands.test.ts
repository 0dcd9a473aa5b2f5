import { mkdtempSync, readdirSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSite, createTestClock, password, startProcess } from '../services/workbench.ts';
import { anakinra } from '../studies/folders.ts';
import { run } from './run.ts';

const home = mkdtempSync(path.join(tmpdir(), 'cahier-cli-'));
const dir = path.join(home, 'site');
const site = ['--dir', dir, '--json'];

beforeAll(async () => {
  // Like init, but with a key file that opens faster.
  await createSite(startProcess(dir, createTestClock(), anakinra));
});
afterAll(() => {
  rmSync(home, { recursive: true, force: true });
});

describe('init', () => {
  it('makes a site and prints site, study and recovery key', async () => {
    const folder = path.join(home, 'another', 'site');
    const { code, json, err } = await run([
      'init',
      '--dir',
      folder,
      '--site-code',
      '07',
      '--site-name',
      'North',
      '--user',
      'bob',
      '--json',
    ]);
    expect([code, err]).toEqual([0, '']);
    expect(json()).toMatchObject({
      site: '07',
      study: 'anakinra-misc',
      recoveryKey: expect.stringMatching(/^([0-9A-Z]{5}-){12}[0-9A-Z]{5}$/u) as string,
    });
    expect(readdirSync(folder).sort()).toEqual(['keys.json', 'site.cahier']);
  });

  it('takes the password from standard input', async () => {
    const folder = path.join(home, 'by-stdin');
    expect(
      (
        await run(
          [
            'init',
            '--dir',
            folder,
            '--site-code',
            '01',
            '--site-name',
            'X',
            '--user',
            'bob',
            '--password-stdin',
          ],
          { stdin: `${password}\n`, environment: {} },
        )
      ).code,
    ).toBe(0);
    expect(
      (await run(['verify', '--dir', folder, '--password-stdin'], { stdin: password, environment: {} })).code,
    ).toBe(0);
  });

  it.each([
    ['a site that is there', ['--site-code', '01', '--site-name', 'X', '--user', 'anne'], dir, 'exists'],
    [
      'a code of three digits',
      ['--site-code', '001', '--site-name', 'X', '--user', 'anne'],
      path.join(home, 'no'),
      'invalid-input',
    ],
    [
      'a folder that cannot be made',
      ['--site-code', '01', '--site-name', 'X', '--user', 'anne'],
      '/dev/null/site',
      'not-a-site',
    ],
  ])('refuses %s', async (_, words, folder, code) => {
    const ran = await run(['init', '--dir', folder, '--json', ...words]);
    expect([ran.code, (ran.json() as { error: { code: string } }).error.code]).toEqual([1, code]);
  });

  it('refuses without a password, and says where to give it', async () => {
    const ran = await run(
      ['init', '--dir', path.join(home, 'none'), '--site-code', '01', '--site-name', 'X', '--user', 'anne'],
      { environment: {} },
    );
    expect(ran).toMatchObject({
      code: 1,
      out: '',
      err: 'A password is needed: set CAHIER_PASSWORD, or give it with --password-stdin.\n',
    });
  });
});

describe('usage', () => {
  it.each([
    [[], 'A command is needed'],
    [['fly'], 'There is no command fly'],
    [['values'], 'values needs --dir'],
    [['values', '--dir', 'x', '--item', 'y'], 'values has no option --item'],
    [['values', '--dir', 'x', 'extra'], 'values takes no extra'],
    [['enter', '--dir', 'x'], 'enter takes one FILE.jsonl'],
    [['values', '--dir'], "Option '--dir <value>' argument missing"],
    [['values', '--colour', 'red'], "Unknown option '--colour'"],
    [['__proto__'], 'There is no command __proto__'],
    [['constructor', '--dir', 'x'], 'There is no command constructor'],
  ])('%j ends with 2 and says what is wrong', async (words, message) => {
    const plain = await run(words);
    expect([plain.code, plain.out]).toEqual([2, '']);
    expect(plain.err).toContain(message);
    expect(plain.err).toContain('Usage: cahier COMMAND');
    const json = await run([...words, '--json']);
    if (words.at(-1) !== '--dir') expect(json.json()).toMatchObject({ error: { code: 'usage' } });
    expect(json.code).toBe(2);
  });

  it('is shown on demand', async () => {
    const { code, out } = await run(['--help']);
    expect([code, out.startsWith('Usage: cahier COMMAND')]).toEqual([0, true]);
  });
});

describe('study', () => {
  it('counts what the definition holds, with and without a site', async () => {
    const [shipped, installed] = [await run(['study', '--json']), await run(['study', ...site])];
    expect(shipped.json()).toEqual(installed.json());
    expect(shipped.json()).toMatchObject({
      id: 'anakinra-misc',
      languages: ['en', 'fr'],
      fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/u) as string,
    });
    for (const count of ['events', 'forms', 'items', 'checks', 'derivations'])
      expect((shipped.json() as Record<string, number>)[count]).toBeGreaterThan(0);
  });

  it('holds the whole definition with --full', async () => {
    const { definition } = (await run(['study', '--full', '--json'])).json() as {
      definition: { forms: unknown[] };
    };
    expect(definition.forms.length).toBeGreaterThan(5);
  });
});

describe('verify', () => {
  it('is well with what was entered', async () => {
    const { code, json } = await run(['verify', ...site]);
    expect([code, json()]).toEqual([
      0,
      {
        ok: true,
        entries: expect.any(Number) as number,
        head: expect.stringMatching(/^[0-9a-f]{64}$/u) as string,
        problems: [],
      },
    ]);
  });

  it.each([
    ['a folder that is no site', path.join(home, 'nowhere'), 'not-a-site'],
    ['a file in the place of the folder', '/etc/hosts', 'not-a-site'],
  ])('refuses %s', async (_, folder, code) => {
    expect((await run(['verify', '--dir', folder, '--json'])).json()).toMatchObject({ error: { code } });
  });

  it('refuses a wrong password and an unknown person alike', async () => {
    const [wrong, unknown] = [
      await run(['verify', ...site], { environment: { CAHIER_PASSWORD: 'wrong horse battery' } }),
      await run(['verify', ...site, '--user', 'mallory']),
    ];
    expect(wrong.json()).toEqual(unknown.json());
    expect([wrong.code, wrong.json()]).toEqual([
      1,
      { error: { code: 'wrong-password', message: 'The user name or the password is wrong.' } },
    ]);
  });

  it('refuses a truncated file in one sentence', async () => {
    const folder = path.join(home, 'cut');
    await run(['init', '--dir', folder, '--site-code', '01', '--site-name', 'X', '--user', 'anne']);
    truncateSync(path.join(folder, 'site.cahier'), 10_000);
    const ran = await run(['verify', '--dir', folder]);
    expect([ran.code, ran.out]).toEqual([1, '']);
    expect(ran.err).toMatch(/^The file site\.cahier is damaged[^\n]*\n$/u);
  });
});
