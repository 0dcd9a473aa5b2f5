import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { ExportChoices } from '#shared/export-choices.ts';
import { sleepDiary } from '../studies/folders.ts';
import { readByOpenpyxl, recordsOf, sheetNamed } from './read-workbook.ts';
import type { Actor } from '../../../electron/services/site.ts';
import { night, openSigned, save, whole } from '../services/reviewed-subject.ts';
import { withSource } from './read-source.ts';
import { openExportSite, type ExportSite } from './site.ts';

// Each writes whole workbooks, one after the other.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let site: ExportSite;
beforeAll(async () => {
  site = await openExportSite(sleepDiary);
  for (const subject of ['01-S01', '01-S02', '01-S03']) {
    const intake = { event: 'BASE', form: 'INTAKE', row: 1 };
    const night = { event: 'N1', form: 'NIGHT', row: 1 };
    site.enter(subject, [
      { ...intake, item: 'intake_start', value: '3/2/2024' },
      { ...intake, item: 'intake_shift', value: '0' },
      { ...night, item: 'night_temp', value: '35' },
      { ...night, item: 'night_wakes', value: '2' },
    ]);
  }
});
afterAll(() => {
  site.close();
});

type Records = readonly Readonly<Record<string, string | number>>[];
let exports = 0;
async function exported(choices: Partial<ExportChoices>): Promise<(sheet: string) => Records> {
  const name = `${String((exports += 1))}.xlsx`;
  await site.exportDone(name, choices);
  const book = readByOpenpyxl(site.file(name));
  return (sheet) => recordsOf(sheetNamed(book, sheet).rows);
}
const subjectsIn = (rows: Records): readonly unknown[] => [...new Set(rows.map(({ SUBJID }) => SUBJID))];
const perSubject = ['01_SUBJECTS', 'INTAKE', 'NIGHT', 'QUERIES', 'AUDIT'];

describe('an export of some subjects', () => {
  let sheets: (sheet: string) => Records;
  beforeAll(async () => {
    sheets = await exported({ subjects: ['01-S02'] });
  });
  it.each(perSubject)('is about them alone in %s', (sheet) =>
    expect(subjectsIn(sheets(sheet))).toEqual(['01-S02']),
  );
  it('counts their values alone', async () => {
    const all = await exported({});
    const valuesIn = (rows: Records): number =>
      Number(rows.find(({ SHEET }) => SHEET === '(values in the database)')?.['VALUES']);
    expect(valuesIn(sheets('MANIFEST')) * 3).toBe(valuesIn(all('MANIFEST')));
  });
  it('counts in CHECKS what fired for them alone', async () => {
    const all = await exported({});
    const fired = (rows: Records): number => rows.reduce((sum, { FIRED }) => sum + Number(FIRED), 0);
    expect(fired(sheets('CHECKS'))).toBeGreaterThan(0);
    expect(fired(sheets('CHECKS')) * 3).toBe(fired(all('CHECKS')));
  });
  it('says so in 00_README', () =>
    expect(sheets('00_README').find(({ ABOUT }) => ABOUT === 'Filter')?.['CONTENT']).toContain(
      'Subjects: 01-S02.',
    ));
});

describe('an export of some forms', () => {
  let sheets: (sheet: string) => Records;
  beforeAll(async () => {
    sheets = await exported({ forms: ['INTAKE'] });
  });
  it('leaves the sheets of the others empty', () => {
    expect(sheets('NIGHT')).toEqual([]);
    expect(sheets('INTAKE')).toHaveLength(3);
  });
  it('holds no entry, query or finding of the others', () => {
    const forms = [...sheets('AUDIT'), ...sheets('QUERIES')].map(({ FORM }) => FORM);
    expect(new Set(forms)).toEqual(new Set([undefined, 'INTAKE']));
    expect(sheets('01_SUBJECTS').map(({ OPEN_SOFT }) => OPEN_SOFT)).toEqual([0, 0, 0]);
  });
});

describe('an export of signed data', () => {
  it('holds nothing of a site where nothing is signed', async () => {
    const sheets = await exported({ scope: 'signed' });
    for (const sheet of perSubject) expect(sheets(sheet), sheet).toEqual([]);
  });

  const signedBy = async (scope: typeof night | typeof whole): Promise<readonly string[]> => {
    const bench = await openSigned(scope);
    const actor = (): Actor => bench.services.session.authorise('exports.run');
    return withSource({ actor }, { scope: 'signed' }, ({ reader, study }) => {
      expect([...reader.signatures()].length, 'signatures').toBe(1);
      const rows = study.forms.flatMap(({ id }) =>
        [...reader.formRows(id, () => 0)].map((row) => `${row.event} ${id}`),
      );
      expect([...reader.countFormValues().keys()].length).toBe(
        new Set(rows.map((row) => row.split(' ')[1])).size,
      );
      return rows.sort();
    });
  };
  it('holds the form that was signed', async () => expect(await signedBy(night)).toEqual(['N1 NIGHT']));
  it('holds every form of a subject that was signed', async () =>
    expect(await signedBy(whole)).toEqual(['BASE INTAKE', 'N1 NIGHT', 'N2 NIGHT']));
  it('holds nothing under a signature that was broken', async () => {
    const bench = await openSigned(night);
    await save(bench, night, { night_wakes: '4' }, 'Read again');
    const actor = (): Actor => bench.services.session.authorise('exports.run');
    const subjects = withSource({ actor }, { scope: 'signed' }, ({ reader }) => [...reader.subjects()]);
    expect(subjects).toEqual([]);
  });
});

it('leaves in the trail what was chosen', async () => {
  await exported({ subjects: ['01-S01', '01-S03'], forms: ['NIGHT'] });
  const [entry] = site.rows<{ detail: string }>(
    `SELECT detail FROM audit WHERE action = 'export.done' ORDER BY seq DESC LIMIT 1`,
  );
  expect(JSON.parse(entry?.detail ?? '')).toMatchObject({
    scope: 'all',
    subjects: 2,
    forms: 'NIGHT',
    cutAt: null,
    submission: false,
    formats: 'xlsx',
    deidentified: false,
  });
});
