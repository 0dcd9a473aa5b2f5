import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codingColumns, codingLines, createCoders, placeCodings } from '#shared/export-plan/codings.ts';
import { fillRow } from '#shared/export-plan/sheet.ts';
import { nothing } from '#shared/item-value/reading.ts';
import type { ItemValue } from '#shared/record.ts';
import { Study } from '#shared/study.ts';
import { readStudyFolder } from '../../../electron/services/studies.ts';
import { anakinra, sleepDiary } from '../studies/folders.ts';
import { readByOpenpyxl, recordsOf, sheetNamed } from './read-workbook.ts';
import { openExportSite, user, type ExportSite } from './site.ts';

type Records = readonly Readonly<Record<string, string | number>>[];

describe('CODING of the sleep diary', () => {
  let site: ExportSite;
  let rows: Records;
  beforeAll(async () => {
    site = await openExportSite(sleepDiary);
    const sample = { event: 'JOURNAL', form: 'SAMPLE', row: 2 };
    site.enter('01-S01', [
      { ...sample, item: 'sample_at', value: '4/2/2024 8:00' },
      { ...sample, item: 'sample_assay', value: 'caf' },
      { ...sample, item: 'sample_assay', value: 'mel' },
      { ...sample, item: 'sample_rel', value: '<' },
      { ...sample, item: 'sample_value', value: '0.25' },
      { ...sample, item: 'sample_unit', value: 'ng/mL' },
      { event: 'BASE', form: 'INTAKE', row: 1, item: 'intake_mail', value: '07100' },
    ]);
    await site.exportDone('coded.xlsx');
    rows = recordsOf(sheetNamed(readByOpenpyxl(site.file('coded.xlsx')), 'CODING').rows);
  }, 60_000);
  afterAll(() => {
    site.close();
  });
  const of = (item: string): Records[number] | undefined =>
    rows.find(({ VERBATIM_ITEM, TERM_ITEM }) => VERBATIM_ITEM === item || TERM_ITEM === item);

  it('has the words that were coded, the term, the dictionary and its version', () =>
    expect(of('sample_std')).toMatchObject({
      ...{ SITEID: '01', SUBJID: '01-S01', VISIT: 'JOURNAL', FORM: 'SAMPLE', REPEAT: 2 },
      ...{ VERBATIM: 'mel < 0.25 ng/mL', STATE: 'coded', TERM: '250.000' },
      ...{ DICTIONARY: 'Units of sleep', DICTIONARY_VERSION: '2' },
    }));
  it('says that a term was derived, not chosen', () =>
    expect(of('sample_std')).toMatchObject({ CODED_BY: 'derived by the study' }));
  it('says who chose a term, and when', () =>
    expect(of('sample_assay')).toMatchObject({
      ...{ TERM: 'mel', TERM_EN: 'Melatonin', TERM_FR: 'Mélatonine', CODED_BY: user, ROLE: 'coordinator' },
      ...{ CODED_UTC: '2024-03-05T09:30:00.000Z', ORIGIN: 'entry' },
    }));
  it('names the code list and the version of the study where no dictionary is named', () =>
    expect(of('sample_assay')).toMatchObject({
      DICTIONARY: 'sleep-diary CL_ASSAY',
      DICTIONARY_VERSION: '0.1.0',
    }));
  it('says where words are not coded in the record', () => {
    expect(of('intake_mail')).toMatchObject({
      ...{ VERBATIM: '07100', STATE: 'not coded here', DICTIONARY: 'Gazetteer', NOTE_EN: 'Done elsewhere.' },
    });
    expect(of('intake_mail')).not.toHaveProperty('TERM');
  });
  it('has no row where there is neither', () => expect(of('night_good')).toBeUndefined());
});

describe('a coding', () => {
  const study = readStudyFolder(sleepDiary);
  const codings = placeCodings(study);
  const answer = (text: string | null, more: Partial<ItemValue> = {}): ItemValue => ({
    ...nothing,
    text,
    ...more,
  });
  const lines = (form: string, values: Readonly<Record<string, ItemValue>>): readonly Records[number][] => {
    const row = { subject: '01-S01', event: 'N1', row: 1, values: new Map(Object.entries(values)) };
    return codingLines(codings.get(form) ?? [], row, '01', createCoders(codings)).map((line) => {
      const cells = fillRow(codingColumns, line);
      const named = codingColumns.map(({ name }, index) => [name, cells[index]] as const);
      return Object.fromEntries(named.filter(([, cell]) => cell !== null)) as Records[number]; // dates stand in no column
    });
  };

  it('says that words have no term yet', () =>
    expect(lines('SAMPLE', { sample_value: answer('3', { number: 3 }) })).toMatchObject([
      { VERBATIM: '3', STATE: 'not coded' },
    ]));
  it('says with which reason a term is missing', () =>
    expect(
      lines('SAMPLE', { sample_value: answer('3'), sample_std: answer(null, { missing: 'NK' }) }),
    ).toMatchObject([{ STATE: 'not coded', TERM_ND: 'NK' }]));
  it('of a classification has its name and edition', () =>
    expect(lines('NIGHT', { night_good: answer('1') })).toMatchObject([
      { STATE: 'coded', TERM: '1', DICTIONARY: 'Restful night', DICTIONARY_VERSION: 'fixture' },
    ]));
});

describe('what the study of anakinra codes', () => {
  const study = readStudyFolder(anakinra);
  const codings = study.codings ?? [];
  it('is an adverse event in words: its category and grade here, its MedDRA term elsewhere', () =>
    expect(
      codings
        .filter(({ verbatim }) => verbatim.includes('ae_term'))
        .map(({ term, dictionary, version }) => [term, dictionary, version]),
    ).toEqual([
      [undefined, 'MedDRA', undefined],
      ['ae_cat', undefined, undefined],
      ['ae_gr', 'CTCAE', '5.0'],
    ]));
  it('is graded by CTCAE wherever an item holds such a grade', () =>
    expect(codings.flatMap(({ term, dictionary }) => (dictionary === 'CTCAE' ? [term] : []))).toEqual([
      ...['ae_gr', 'ig_rx', 'anx_isr', 'lb_ctc'],
    ]));
});

describe('a definition that was written before codings could be said', () => {
  it('is read as it was, and gives CODING without rows', () => {
    const { codings, ...older } = readStudyFolder(sleepDiary);
    const read = Study.parse(JSON.parse(JSON.stringify(older)));
    expect([codings?.length, JSON.stringify(read)]).toEqual([4, JSON.stringify(older)]);
    expect(placeCodings(read).size).toBe(0);
  });
});
