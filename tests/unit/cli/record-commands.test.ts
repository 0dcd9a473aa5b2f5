import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
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

const enter = async (...lines: readonly unknown[]) =>
  (
    await run(['enter', ...site, '-'], {
      stdin: lines.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`).join(''),
    })
  ).lines();

describe('enter', () => {
  it('answers each line with its version and the findings that rest on it', async () => {
    const answers = await enter(
      { ...vitals, item: 'vs_hr', value: '130' },
      { ...vitals, row: 1, item: 'vs_hr', value: '131' },
      { ...vitals, item: 'vs_temp', value: '42,5' },
    );
    expect(answers).toEqual([
      { line: 1, ok: true, version: 1, findings: [] },
      { line: 2, ok: true, version: 2, findings: [] },
      {
        line: 3,
        ok: true,
        version: 1,
        findings: [
          expect.objectContaining({
            check: 'vs_temp.soft',
            severity: 'soft',
            status: 'open',
            message: { en: expect.any(String) as string, fr: expect.any(String) as string },
          }),
        ],
      },
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
      ...[
        'not-found',
        'not-found',
        'unreadable',
        'invalid-input',
        'not-found',
        'not-found',
        'invalid-input',
        'invalid-input',
        'invalid-input',
        'ok',
      ],
    ]);
    for (const line of ran.lines()) expect(line).toMatchObject({ line: expect.any(Number) as number });
  });

  it('enrols an unknown subject with its first value, and not with a refused one', async () => {
    await enter(
      { ...vitals, subject: '01-020', item: 'vs_hr', value: 'fast' },
      { ...vitals, subject: '01-021', item: 'vs_hr', value: '99' },
    );
    const subjects = new Set(
      ((await run(['values', ...site])).json() as { subject: string }[]).map(({ subject }) => subject),
    );
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
    const rows = (await run(['values', ...site, '--subject', '01-030'])).json() as {
      item: string;
      value: string | null;
      missing: string | null;
    }[];
    expect(
      rows
        .filter(({ item }) => !['enr_site', 'enr_subj'].includes(item))
        .map(({ item, value, missing }) => [item, value, missing]),
    ).toEqual([
      ['enr_picu', null, 'NK'],
      ['enr_misc', '1', null],
      ['enr_defs', '["WHO20","CDC20"]', null],
    ]);
  });

  it('reads a file with Windows line ends, a byte order mark, empty lines and no end of line', async () => {
    const file = path.join(home, 'lines.jsonl');
    writeFileSync(
      file,
      `\uFEFF${JSON.stringify({ ...vitals, item: 'vs_rr', value: '30' })}\r\n\r\n${JSON.stringify({ ...vitals, item: 'vs_rr', value: '31' })}`,
    );
    expect((await run(['enter', ...site, file])).lines()).toMatchObject([
      { line: 1, version: 1 },
      { line: 3, version: 2 },
    ]);
  });

  it('takes the password from the first line, the changes from the rest', async () => {
    const stdin = `${password}\n${JSON.stringify({ ...vitals, item: 'vs_sbp', value: '92' })}\n`;
    expect(
      (await run(['enter', ...site, '--password-stdin', '-'], { stdin, environment: {} })).lines(),
    ).toMatchObject([{ line: 1, ok: true }]);
  });

  it('refuses a line of 10 MB and bytes that are no text, and goes on', async () => {
    const good = Buffer.from(`${JSON.stringify({ ...vitals, item: 'vs_dbp', value: '50' })}\n`);
    const stdin = [
      Buffer.from(`{"value":"${'x'.repeat(10_000_000)}"}\n`),
      Buffer.from([0xff, 0xfe, 0x0a]),
      good.subarray(0, 20),
      good.subarray(20),
    ];
    expect((await run(['enter', ...site, '-'], { stdin })).lines()).toMatchObject([
      { line: 1, ok: false },
      { line: 2, ok: false },
      { line: 3, ok: true },
    ]);
  });

  it('says that a file is not there, with nothing on standard output', async () => {
    expect(await run(['enter', '--dir', dir, path.join(home, 'none.jsonl')])).toMatchObject({
      code: 1,
      out: '',
    });
  });

  it('is a sentence a line for people, with the findings under it', async () => {
    const stdin = [
      { ...vitals, item: 'vs_spo2', value: '97' },
      'x',
      { ...vitals, item: 'vs_spo2', value: '80' },
    ];
    const { out } = await run(['enter', '--dir', dir, '-'], {
      stdin: stdin.map((line) => `${JSON.stringify(line)}\n`).join(''),
    });
    expect(out.split('\n')).toEqual([
      'line 1: saved, version 1',
      'line 2: refused (invalid-input): The line is not a JSON object.',
      'line 3: saved, version 2',
      expect.stringMatching(/^ {4}soft: .*80/u) as string,
      '',
    ]);
  });
});

describe('values', () => {
  it('gives number, unit and standard number of a measurement, and leaves emptied ones out', async () => {
    const lab = { subject: '01-040', event: 'SCR', form: 'LB' };
    await enter(
      { ...lab, item: 'lb_test', value: 'crp' },
      { ...lab, item: 'lb_val', value: '>24,6 mg/dL' },
      { ...lab, item: 'lb_lab', value: 'x' },
      { ...lab, item: 'lb_lab', value: null },
    );
    const rows = (await run(['values', ...site, '--subject', '01-040'])).json() as { item: string }[];
    expect(rows.map(({ item }) => item)).not.toContain('lb_lab');
    expect(rows.find(({ item }) => item === 'lb_val')).toEqual({
      ...{
        subject: '01-040',
        event: 'SCR',
        form: 'LB',
        row: 1,
        item: 'lb_val',
        value: '24.6',
        relation: '>',
        number: 24.6,
        unit: 'mg/dL',
      },
      ...{
        standardNumber: 246,
        standardUnit: 'mg/L',
        missing: null,
        derived: false,
        parked: false,
        version: 1,
      },
    });
  });
});

describe('check', () => {
  it('lists findings and ends with 0', async () => {
    await enter(
      { ...vitals, subject: '01-050', item: 'vs_sbp', value: '60' },
      { ...vitals, subject: '01-050', item: 'vs_dbp', value: '90' },
    );
    const { code, json } = await run(['check', ...site, '--subject', '01-050']);
    expect(code).toBe(0);
    expect(json()).toContainEqual({
      ...{
        subject: '01-050',
        event: 'SCR',
        form: 'VS',
        row: 1,
        item: 'vs_sbp',
        check: 'EC19',
        version: 1,
        severity: 'hard',
        status: 'open',
      },
      message: { en: expect.any(String) as string, fr: expect.any(String) as string },
    });
  });

  it('of a subject that is not there is refused', async () => {
    expect((await run(['check', ...site, '--subject', '01-999'])).json()).toMatchObject({
      error: { code: 'not-found' },
    });
  });
});

describe('history', () => {
  it('gives the trail of one field, oldest first', async () => {
    await enter(
      { ...vitals, subject: '01-060', item: 'vs_hr', value: '88' },
      { ...vitals, subject: '01-060', item: 'vs_hr', value: '89', reason: 'TYPO' },
    );
    const { json } = await run([
      'history',
      ...site,
      '--subject',
      '01-060',
      '--event',
      'SCR',
      '--form',
      'VS',
      '--item',
      'vs_hr',
    ]);
    expect(json()).toMatchObject([
      {
        user: 'anne',
        role: 'coordinator',
        action: 'value.set',
        old: null,
        new: { text: '88' },
        reason: null,
        origin: 'entry',
      },
      { old: { text: '88' }, new: { text: '89' }, reason: 'TYPO' },
    ]);
  });

  it('tells between two answers that a check fired, and what it said', async () => {
    await enter(
      { ...vitals, subject: '01-061', item: 'vs_crt', value: '4' },
      { ...vitals, subject: '01-061', item: 'vs_crt', value: '2', reason: 'TYPO' },
    );
    const words = ['--subject', '01-061', '--event', 'SCR', '--form', 'VS', '--item', 'vs_crt'];
    expect((await run(['history', ...site, ...words])).json()).toMatchObject([
      { action: 'value.set', new: { text: '4' }, query: null, check: null },
      { action: 'query.opened', old: null, new: null, check: 'vs_crt.soft', origin: 'system' },
      { action: 'value.set', new: { text: '2' } },
      { action: 'query.closed', old: null, new: null, check: 'vs_crt.soft' },
    ]);
    const shown = await run(['history', ...site.filter((word) => word !== '--json'), ...words]);
    expect(shown.out).toMatch(/query\.opened +vs_crt\.soft: /u);
  });

  it.each([
    ['XXX', 'VS', 'vs_hr'],
    ['SCR', 'XX', 'vs_hr'],
    ['SCR', 'VS', 'nothing'],
    ['SCR', 'DM', 'vs_hr'],
    ['SCR', 'VS', 'constructor'],
  ])('refuses a field that the study does not have: %s %s %s', async (event, form, item) => {
    const words = ['--subject', '01-060', '--event', event, '--form', form, '--item', item];
    expect((await run(['history', ...site, ...words])).json()).toMatchObject({
      error: { code: 'not-found' },
    });
  });

  it.each(['0', 'one', '1.5', '-1', '99999999999'])('refuses row %s', async (row) => {
    const ran = await run([
      'history',
      ...site,
      '--subject',
      '01-060',
      '--event',
      'SCR',
      '--form',
      'VS',
      '--item',
      'vs_hr',
      `--row=${row}`,
    ]);
    expect(ran).toMatchObject({ code: 1 });
  });
});

describe('verify --against', () => {
  it('holds the trail against the head that a workbook shows', { timeout: 60_000 }, async () => {
    const out = path.join(home, 'book.xlsx');
    await run(['export', ...site, '--out', out]);
    const verified = await run(['verify', ...site, '--against', out]);
    expect(verified.json()).toMatchObject({ ok: true, problems: [] });
  });

  it('tells that the file is older, or another one, than a manifest says; and of a file without a head', async () => {
    const manifest = path.join(home, 'manifest.json');
    writeFileSync(manifest, JSON.stringify({ seq: 9_999_999, head: 'a'.repeat(64) }));
    const older = await run(['verify', ...site, '--against', manifest]);
    expect(older.code).toBe(1);
    expect(JSON.stringify(older.json())).toContain('The file is older than');
    writeFileSync(manifest, JSON.stringify({ seq: 2, head: 'a'.repeat(64) }));
    expect(JSON.stringify((await run(['verify', ...site, '--against', manifest])).json())).toContain(
      'was written anew',
    );
    writeFileSync(manifest, '{}');
    expect((await run(['verify', ...site, '--against', manifest])).json()).toMatchObject({
      error: { code: 'not-found' },
    });
  });
});
