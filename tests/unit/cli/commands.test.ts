import { mkdtempSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSite, createTestClock, password, startProcess } from '../services/workbench.ts';
import { anakinra } from '../studies/folders.ts';
import { run } from './run.ts';

const home = mkdtempSync(path.join(tmpdir(), 'cahier-cli-'));
const dir = path.join(home, 'site');
const site = ['--dir', dir, '--json'];
const vitals = { subject: '01-001', event: 'SCR', form: 'VS' };

beforeAll(async () => {
  // Like init, but with a key file that opens faster.
  await createSite(startProcess(dir, createTestClock(), anakinra));
});
afterAll(() => {
  rmSync(home, { recursive: true, force: true });
});

const enter = async (...lines: readonly unknown[]) => (await run(['enter', ...site, '-'], { stdin: lines.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`).join('') })).lines();

describe('init', () => {
  it('makes a site and prints site, study and recovery key', async () => {
    const folder = path.join(home, 'another', 'site');
    const { code, json, err } = await run(['init', '--dir', folder, '--site-code', '07', '--site-name', 'North', '--user', 'bob', '--json']);
    expect([code, err]).toEqual([0, '']);
    expect(json()).toMatchObject({ site: '07', study: 'anakinra-misc', recoveryKey: expect.stringMatching(/^([0-9A-Z]{5}-){12}[0-9A-Z]{5}$/u) as string });
    expect(readdirSync(folder).sort()).toEqual(['keys.json', 'site.cahier']);
  });

  it('takes the password from standard input', async () => {
    const folder = path.join(home, 'by-stdin');
    expect((await run(['init', '--dir', folder, '--site-code', '01', '--site-name', 'X', '--user', 'bob', '--password-stdin'], { stdin: `${password}\n`, environment: {} })).code).toBe(0);
    expect((await run(['verify', '--dir', folder, '--password-stdin'], { stdin: password, environment: {} })).code).toBe(0);
  });

  it.each([
    ['a site that is there', ['--site-code', '01', '--site-name', 'X', '--user', 'anne'], dir, 'exists'],
    ['a code of three digits', ['--site-code', '001', '--site-name', 'X', '--user', 'anne'], path.join(home, 'no'), 'invalid-input'],
    ['a folder that cannot be made', ['--site-code', '01', '--site-name', 'X', '--user', 'anne'], '/dev/null/site', 'not-a-site'],
  ])('refuses %s', async (_, words, folder, code) => {
    const ran = await run(['init', '--dir', folder, '--json', ...words]);
    expect([ran.code, (ran.json() as { error: { code: string } }).error.code]).toEqual([1, code]);
  });

  it('refuses without a password, and says where to give it', async () => {
    const ran = await run(['init', '--dir', path.join(home, 'none'), '--site-code', '01', '--site-name', 'X', '--user', 'anne'], { environment: {} });
    expect(ran).toMatchObject({ code: 1, out: '', err: 'A password is needed: set CAHIER_PASSWORD, or give it with --password-stdin.\n' });
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
    expect(shipped.json()).toMatchObject({ id: 'anakinra-misc', languages: ['en', 'fr'], fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/u) as string });
    for (const count of ['events', 'forms', 'items', 'checks', 'derivations']) expect((shipped.json() as Record<string, number>)[count]).toBeGreaterThan(0);
  });

  it('holds the whole definition with --full', async () => {
    const { definition } = (await run(['study', '--full', '--json'])).json() as { definition: { forms: unknown[] } };
    expect(definition.forms.length).toBeGreaterThan(5);
  });
});

describe('enter', () => {
  it('answers each line with its version and the findings that rest on it', async () => {
    const answers = await enter({ ...vitals, item: 'vs_hr', value: '130' }, { ...vitals, row: 1, item: 'vs_hr', value: '131' }, { ...vitals, item: 'vs_temp', value: '42,5' });
    expect(answers).toEqual([
      { line: 1, ok: true, version: 1, findings: [] },
      { line: 2, ok: true, version: 2, findings: [] },
      { line: 3, ok: true, version: 1, findings: [expect.objectContaining({ check: 'vs_temp.soft', severity: 'soft', status: 'open', message: { en: expect.any(String) as string, fr: expect.any(String) as string } })] },
    ]);
  });

  it('goes on after a line that it refuses, says why, and ends with 1', async () => {
    const lines = [
      'not json',
      '[1]',
      '"text"',
      '{"__proto__":{"subject":"01-001"}}',
      JSON.stringify({ ...vitals, item: 'vs_hr', value: 130 }),
      JSON.stringify({ ...vitals, item: 'vs_hr' }),
      JSON.stringify({ ...vitals, item: 'vs_hr', value: '1', missing: 'ND' }),
      JSON.stringify({ ...vitals, item: 'vs_hr', value: '1', note: 'x' }),
      JSON.stringify({ ...vitals, item: 'nothing', value: '1' }),
      JSON.stringify({ ...vitals, item: '__proto__', value: '1' }),
      JSON.stringify({ ...vitals, item: 'vs_hr', value: 'fast' }),
      JSON.stringify({ ...vitals, item: 'vs_hr', value: '1', row: 0 }),
      JSON.stringify({ ...vitals, event: 'D42', item: 'vs_hr', value: '100' }),
      JSON.stringify({ ...vitals, form: 'XX', item: 'vs_hr', value: '100' }),
      JSON.stringify({ ...vitals, subject: '02-001', item: 'vs_hr', value: '100' }),
      JSON.stringify({ ...vitals, subject: 'Jane Doe', item: 'vs_hr', value: '100' }),
      JSON.stringify({ subject: '01-001', form: 'VS', item: 'vs_hr', value: '100' }),
      JSON.stringify({ ...vitals, item: 'vs_hr', value: '132' }),
    ];
    const ran = await run(['enter', ...site, '-'], { stdin: `${lines.join('\n')}\n` });
    expect(ran.code).toBe(1);
    expect(ran.lines().map((answer) => (answer as { code?: string }).code ?? 'ok')).toEqual([
      ...Array<string>(8).fill('invalid-input'),
      ...['not-found', 'not-found', 'unreadable', 'invalid-input', 'not-found', 'not-found', 'invalid-input', 'invalid-input', 'invalid-input', 'ok'],
    ]);
    for (const line of ran.lines()) expect(line).toMatchObject({ line: expect.any(Number) as number });
  });

  it('enrols an unknown subject with its first value, and not with a refused one', async () => {
    await enter({ ...vitals, subject: '01-020', item: 'vs_hr', value: 'fast' }, { ...vitals, subject: '01-021', item: 'vs_hr', value: '99' });
    const subjects = new Set(((await run(['values', ...site])).json() as { subject: string }[]).map(({ subject }) => subject));
    expect([subjects.has('01-020'), subjects.has('01-021')]).toEqual([false, true]);
    expect((await run(['values', ...site, '--subject', '01-020'])).code).toBe(1);
  });

  it('finds the event where a form has one only, and takes lists, missing reasons and null', async () => {
    const answers = await enter(
      { subject: '01-030', form: 'ENR', item: 'enr_misc', value: 'Oui' },
      { subject: '01-030', form: 'ENR', item: 'enr_defs', value: ['WHO20', 'CDC20'] },
      { subject: '01-030', form: 'ENR', item: 'enr_picu', missing: 'NK' },
      { subject: '01-030', form: 'ENR', item: 'enr_refr', value: '1' },
      { subject: '01-030', form: 'ENR', item: 'enr_refr', value: null },
    );
    expect(answers.map((answer) => (answer as { ok: boolean }).ok)).toEqual([true, true, true, true, true]);
    const rows = (await run(['values', ...site, '--subject', '01-030'])).json() as { item: string; value: string | null; missing: string | null }[];
    expect(rows.filter(({ item }) => !['enr_site', 'enr_subj'].includes(item)).map(({ item, value, missing }) => [item, value, missing])).toEqual([
      ['enr_picu', null, 'NK'],
      ['enr_misc', '1', null],
      ['enr_defs', '["WHO20","CDC20"]', null],
    ]);
  });

  it('reads a file with Windows line ends, a byte order mark, empty lines and no end of line', async () => {
    const file = path.join(home, 'lines.jsonl');
    writeFileSync(file, `\uFEFF${JSON.stringify({ ...vitals, item: 'vs_rr', value: '30' })}\r\n\r\n${JSON.stringify({ ...vitals, item: 'vs_rr', value: '31' })}`);
    expect((await run(['enter', ...site, file])).lines()).toMatchObject([{ line: 1, version: 1 }, { line: 3, version: 2 }]);
  });

  it('takes the password from the first line, the changes from the rest', async () => {
    const stdin = `${password}\n${JSON.stringify({ ...vitals, item: 'vs_sbp', value: '92' })}\n`;
    expect((await run(['enter', ...site, '--password-stdin', '-'], { stdin, environment: {} })).lines()).toMatchObject([{ line: 1, ok: true }]);
  });

  it('refuses a line of 10 MB and bytes that are no text, and goes on', async () => {
    const good = Buffer.from(`${JSON.stringify({ ...vitals, item: 'vs_dbp', value: '50' })}\n`);
    const stdin = [Buffer.from(`{"value":"${'x'.repeat(10_000_000)}"}\n`), Buffer.from([0xff, 0xfe, 0x0a]), good.subarray(0, 20), good.subarray(20)];
    expect((await run(['enter', ...site, '-'], { stdin })).lines()).toMatchObject([{ line: 1, ok: false }, { line: 2, ok: false }, { line: 3, ok: true }]);
  });

  it('says that a file is not there, with nothing on standard output', async () => {
    expect(await run(['enter', '--dir', dir, path.join(home, 'none.jsonl')])).toMatchObject({ code: 1, out: '' });
  });

  it('is a sentence a line for people', async () => {
    const stdin = `${JSON.stringify({ ...vitals, item: 'vs_spo2', value: '97' })}\nx\n`;
    const { out } = await run(['enter', '--dir', dir, '-'], { stdin });
    expect(out).toBe('line 1: saved, version 1\nline 2: refused (invalid-input): The line is not a JSON object.\n');
  });
});

describe('values', () => {
  it('gives number, unit and standard number of a measurement, and leaves emptied ones out', async () => {
    const lab = { subject: '01-040', event: 'SCR', form: 'LB' };
    await enter({ ...lab, item: 'lb_test', value: 'crp' }, { ...lab, item: 'lb_val', value: '>24,6 mg/dL' }, { ...lab, item: 'lb_lab', value: 'x' }, { ...lab, item: 'lb_lab', value: null });
    const rows = (await run(['values', ...site, '--subject', '01-040'])).json() as { item: string }[];
    expect(rows.map(({ item }) => item)).not.toContain('lb_lab');
    expect(rows.find(({ item }) => item === 'lb_val')).toEqual({
      ...{ subject: '01-040', event: 'SCR', form: 'LB', row: 1, item: 'lb_val', value: '24.6', relation: '>', number: 24.6, unit: 'mg/dL' },
      ...{ standardNumber: 246, standardUnit: 'mg/L', missing: null, derived: false, parked: false, version: 1 },
    });
  });
});

describe('check', () => {
  it('lists findings and ends with 0', async () => {
    await enter({ ...vitals, subject: '01-050', item: 'vs_sbp', value: '60' }, { ...vitals, subject: '01-050', item: 'vs_dbp', value: '90' });
    const { code, json } = await run(['check', ...site, '--subject', '01-050']);
    expect(code).toBe(0);
    expect(json()).toContainEqual({
      ...{ subject: '01-050', event: 'SCR', form: 'VS', row: 1, item: 'vs_sbp', check: 'EC19', version: 1, severity: 'hard', status: 'open' },
      message: { en: expect.any(String) as string, fr: expect.any(String) as string },
    });
  });

  it('of a subject that is not there is refused', async () => {
    expect((await run(['check', ...site, '--subject', '01-999'])).json()).toMatchObject({ error: { code: 'not-found' } });
  });
});

describe('history', () => {
  it('gives the trail of one field, oldest first', async () => {
    await enter({ ...vitals, subject: '01-060', item: 'vs_hr', value: '88' }, { ...vitals, subject: '01-060', item: 'vs_hr', value: '89', reason: 'TYPO' });
    const { json } = await run(['history', ...site, '--subject', '01-060', '--event', 'SCR', '--form', 'VS', '--item', 'vs_hr']);
    expect(json()).toMatchObject([
      { user: 'anne', role: 'coordinator', action: 'value.set', old: null, new: { text: '88' }, reason: null, origin: 'entry' },
      { old: { text: '88' }, new: { text: '89' }, reason: 'TYPO' },
    ]);
  });

  it.each(['0', 'one', '1.5', '-1', '99999999999'])('refuses row %s', async (row) => {
    const ran = await run(['history', ...site, '--subject', '01-060', '--event', 'SCR', '--form', 'VS', '--item', 'vs_hr', `--row=${row}`]);
    expect(ran).toMatchObject({ code: 1 });
  });
});

describe('verify', () => {
  it('is well with what was entered', async () => {
    const { code, json } = await run(['verify', ...site]);
    expect([code, json()]).toEqual([0, { ok: true, entries: expect.any(Number) as number, head: expect.stringMatching(/^[0-9a-f]{64}$/u) as string, problems: [] }]);
  });

  it.each([
    ['a folder that is no site', path.join(home, 'nowhere'), 'not-a-site'],
    ['a file in the place of the folder', '/etc/hosts', 'not-a-site'],
  ])('refuses %s', async (_, folder, code) => {
    expect((await run(['verify', '--dir', folder, '--json'])).json()).toMatchObject({ error: { code } });
  });

  it('refuses a wrong password and an unknown person alike', async () => {
    const [wrong, unknown] = [await run(['verify', ...site], { environment: { CAHIER_PASSWORD: 'wrong horse battery' } }), await run(['verify', ...site, '--user', 'mallory'])];
    expect(wrong.json()).toEqual(unknown.json());
    expect([wrong.code, wrong.json()]).toEqual([1, { error: { code: 'wrong-password', message: 'The user name or the password is wrong.' } }]);
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
