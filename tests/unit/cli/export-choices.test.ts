import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { mkdtempSync, existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { readByOpenpyxl, recordsOf, sheetNamed } from '../exports/read-workbook.ts';
import { run } from './run.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'cahier-cli-export-'));
const dir = path.join(folder, 'site');
const nobody = { environment: {} };
const out = (name: string): string => path.join(folder, name);
const by = (password: string) => ({ environment: { CAHIER_PASSWORD: password } });
beforeAll(async () => {
  await run(['demo', '--dir', dir], nobody);
}, 120_000);

const subjectsIn = (file: string): readonly unknown[] =>
  recordsOf(sheetNamed(readByOpenpyxl(file), '01_SUBJECTS').rows).map(({ SUBJID }) => SUBJID);

describe('cahier export', () => {
  it('takes subjects and forms', async () => {
    const file = out('some.xlsx');
    const words = ['--subjects', '01-001, 01-002', '--forms', 'DM'];
    expect((await run(['export', '--dir', dir, '--out', file, ...words], nobody)).code).toBe(0);
    expect(subjectsIn(file)).toEqual(['01-001', '01-002']);
  }, 60_000);
  it('leaves out whose the data are', async () => {
    const file = out('closed.xlsx');
    expect((await run(['export', '--dir', dir, '--out', file, '--deidentify', 'shifted'], nobody)).code).toBe(
      0,
    );
    for (const subject of subjectsIn(file)) expect(String(subject)).toMatch(/^P[A-Z2-9]{8}$/u);
  }, 60_000);
  it.each([
    [['--scope', 'some'], '--scope can’t be some.'],
    [['--deidentify', 'a bit'], '--deidentify can’t be a bit.'],
    [['--cut', 'yesterday'], '--cut can’t be yesterday.'],
    [['--keep-numbers'], '--keep-numbers goes with --deidentify.'],
    [['--preset', 'None such'], 'There is no preset None such.'],
    [['--subjects', '01-999'], 'There is no subject 01-999 here.'],
    [['--forms', 'ZZ'], 'The study has no form ZZ.'],
  ])('refuses %j', async (words, said) => {
    const file = out('none.xlsx');
    const ran = await run(['export', '--dir', dir, '--out', file, ...words], nobody);
    expect([ran.code, existsSync(file)]).toEqual([1, false]);
    expect(ran.err).toContain(said);
  });
});

describe('cahier export-key', () => {
  it('is for an investigator, with a reason', async () => {
    const words = ['export-key', '--dir', dir, '--json'];
    expect((await run(words, nobody)).code).toBe(2);
    const key = [...words, '--reason', 'The centre asks about a value'];
    expect((await run([...key, '--user', 'monitor'], by('practice-2024-d'))).code).toBe(1);
    const read = await run([...key, '--user', 'investigator'], by('practice-2024-b'));
    expect(JSON.stringify(read.json())).toContain('"subject":"01-001"');
  });
});
