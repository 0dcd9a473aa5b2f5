import { createHash } from 'node:crypto';
import { createWriteStream, readFileSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createStudyModel } from '#shared/study-model.ts';
import type { Study } from '#shared/study.ts';
import type { Change } from '#shared/record.ts';
import { fillWorkbook, sheetNamesOf } from '../../../electron/services/export-content.ts';
import { createExportReader, type ExportReader } from '../../../electron/services/export-rows.ts';
import type { SheetReport } from '../../../electron/services/export-manifest.ts';
import { countCells } from '../../../electron/services/workbook-count.ts';
import { createWorkbookWriter } from '../../../electron/services/workbook-writer.ts';
import { sleepDiary } from '../studies/folders.ts';
import { expectedRows, rowKey, storedValues } from './expected-cells.ts';
import { readByExceljs, readByOpenpyxl, recordsOf, sheetNamed } from './read-workbook.ts';
import { openExportSite, password, user, type ExportSite } from './site.ts';
import { typedRow } from './typed-answers.ts';

let site: ExportSite;
beforeAll(async () => {
  site = await openExportSite(sleepDiary);
});
afterAll(() => {
  site.close();
});

let exports = 0;
type Records = readonly Readonly<Record<string, string | number>>[];
/** Exports the site and gives the records of its sheets by openpyxl. */
async function exported(): Promise<(sheet: string) => Records> {
  const name = `${(exports += 1)}.xlsx`;
  await site.exportDone(name);
  const book = readByOpenpyxl(site.file(name));
  return (sheet) => recordsOf(sheetNamed(book, sheet).rows);
}
const intake = (item: string, value: string | null): Change => ({
  event: 'BASE',
  form: 'INTAKE',
  row: 1,
  item,
  value,
});
const sample = (row: number, item: string, value: string | null): Change => ({
  event: 'JOURNAL',
  form: 'SAMPLE',
  row,
  item,
  value,
});

describe('a query', () => {
  const subject = '01-S07';
  const night = (value: string): Change => ({
    event: 'N1',
    form: 'NIGHT',
    row: 1,
    item: 'night_temp',
    value,
  });
  const day = 86_400_000;
  let before: Records;
  let after: Records;
  const ofSubject = (rows: Records): Records => rows.filter(({ SUBJID }) => SUBJID === subject);
  beforeAll(async () => {
    site.enter(subject, [night('35')]);
    site.clock.pass(60_000);
    const place = { subject, event: 'N1', form: 'NIGHT', row: 1, item: 'night_temp' };
    await site.call('findings.confirm', { ...place, check: 'night_temp.soft', reason: '=Heat wave' });
    before = ofSubject((await exported())('QUERIES'));
    site.clock.pass(3 * day);
    await site.call('session.unlock', { password });
    site.enter(subject, [night('20')]);
    site.clock.pass(day);
    await site.call('session.unlock', { password });
    after = ofSubject((await exported())('QUERIES'));
  });

  it('stands in QUERIES with its thread, check and message', () => {
    expect(before).toMatchObject([
      {
        ITEM: 'night_temp',
        REPEAT: 1,
        CHECK: 'night_temp.soft',
        SEVERITY: 'soft',
        STATE: 'answered',
        MESSAGES: 2,
      },
    ]);
    expect(String(before[0]?.['THREAD']).split('\n')).toEqual([
      expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z check night_temp\.soft: opened$/u),
      expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z coordinator anne: answered: =Heat wave$/u),
    ]);
  });
  it('counts its days to the data cut while it is open', () => expect(before[0]?.['DAYS_OPEN']).toBe(0));
  it('counts its days to its end, whenever the export is written', () =>
    expect(after).toMatchObject([{ STATE: 'closed', CLOSED_BY: 'correction', DAYS_OPEN: 3 }]));
});

describe('an answer that no longer applies', () => {
  const subject = '01-S01';
  let sheets: (sheet: string) => Records;
  beforeAll(async () => {
    site.enter(subject, [
      intake('intake_start', '3/2/2024'),
      intake('intake_shift', '1'),
      intake('intake_since', '2020'),
      intake('intake_shift', '0'),
    ]);
    sheets = await exported();
  });
  const row = (): Readonly<Record<string, unknown>> =>
    sheets('INTAKE').find(({ SUBJID }) => SUBJID === subject) ?? {};

  it('is kept in the site', () =>
    expect(storedValues(site).find(({ item }) => item === 'intake_since')).toMatchObject({
      text: '2020',
      parked: 1,
    }));
  it('is left out of the form sheet', () =>
    expect(Object.keys(row()).filter((name) => name.startsWith('intake_since'))).toEqual([]));
  it('leaves the other answers there', () =>
    expect(row()).toMatchObject({ intake_shift: '0', intake_start: '2024-02-03' }));
  it('is counted in MANIFEST', () =>
    expect(sheets('MANIFEST').find(({ SHEET }) => SHEET === '(hidden answers left out)')).toMatchObject({
      VALUES: 1,
    }));
  it('stands in AUDIT', () =>
    expect(
      sheets('AUDIT')
        .filter(({ ITEM }) => ITEM === 'intake_since')
        .map(({ ACTION }) => ACTION),
    ).toEqual(['value.set', 'value.parked', 'query.opened']));
});

describe('an answer that was emptied', () => {
  const subject = '01-S02';
  it('is blank, and so is its row when nothing else is in it', async () => {
    site.enter(subject, [
      sample(1, 'sample_at', '4/2/2024 8:00'),
      sample(2, 'sample_at', '5/2/2024 8:00'),
      sample(2, 'sample_at', null),
    ]);
    const sheets = await exported();
    expect(
      sheets('SAMPLE')
        .filter(({ SUBJID }) => SUBJID === subject)
        .map(({ REPEAT }) => REPEAT),
    ).toEqual([1]);
    expect(
      sheets('AUDIT')
        .filter(({ SUBJID, REPEAT, ITEM }) => SUBJID === subject && REPEAT === 2 && ITEM === 'sample_at')
        .map(({ OLD, NEW }) => [OLD, NEW]),
    ).toEqual([
      [undefined, '2024-02-05T08:00'],
      ['2024-02-05T08:00', undefined],
    ]);
  });
});

describe('a row that was taken out', () => {
  const subject = '01-S03';
  it('is in AUDIT alone; the others keep their numbers', async () => {
    site.enter(subject, [
      sample(1, 'sample_at', '4/2/2024 8:00'),
      sample(2, 'sample_at', '5/2/2024 8:00'),
      sample(3, 'sample_at', '6/2/2024 8:00'),
    ]);
    await site.call('forms.removeRow', {
      subject,
      event: 'JOURNAL',
      form: 'SAMPLE',
      group: 'SAMPLE',
      row: 2,
      reason: 'entered twice',
    });
    const sheets = await exported();
    expect(
      sheets('SAMPLE')
        .filter(({ SUBJID }) => SUBJID === subject)
        .map(({ REPEAT }) => REPEAT),
    ).toEqual([1, 3]);
    expect(
      sheets('AUDIT').find(({ ACTION, ITEM }) => ACTION === 'row.removed' && ITEM === 'sample_at'),
    ).toMatchObject({ SUBJID: subject, OLD: '2024-02-05T08:00', REASON: 'entered twice' });
  });
});

describe('a finding that was confirmed', () => {
  const subject = '01-S04';
  it('is counted in CHECKS with its reason', async () => {
    const at = { event: 'N1', form: 'NIGHT', row: 1 };
    site.enter(subject, [intake('intake_start', '3/2/2024'), { ...at, item: 'night_wakes', value: '20' }]);
    await site.call('findings.confirm', {
      subject,
      ...at,
      item: 'night_wakes',
      check: 'night_wakes.soft',
      reason: 'a newborn in the house',
    });
    const checks = (await exported())('CHECKS');
    expect(checks.find(({ CHECK }) => CHECK === 'night_wakes.soft')).toMatchObject({
      EACH: 'item',
      SEVERITY: 'soft',
      FIRED: 1,
      CONFIRMED: 1,
      REASONS: 'a newborn in the house',
    });
  });
});

describe('the day of a row', () => {
  it('is that of the item that dates its group', async () => {
    const rows = (await exported())('SAMPLE').filter(({ SUBJID }) => SUBJID === '01-S03');
    expect(rows.map(({ VISITDATE }) => VISITDATE)).toEqual(['2024-02-04', '2024-02-06']);
  });
});

describe('two exports', () => {
  const bytes = (name: string): string =>
    createHash('sha256')
      .update(readFileSync(site.file(name)))
      .digest('hex');

  it('of one state are the same bytes, whoever signed in between, whenever and wherever', async () => {
    await site.exportDone('first.xlsx');
    const zone = process.env['TZ'];
    process.env['TZ'] = 'America/St_Johns';
    try {
      site.clock.pass(3_600_000);
      await site.call('session.signOut', {});
      await site.call('session.signIn', { user, password });
      await site.exportDone('second.xlsx');
    } finally {
      if (zone === undefined) delete process.env['TZ'];
      else process.env['TZ'] = zone;
    }
    expect(bytes('second.xlsx')).toBe(bytes('first.xlsx'));
  });
  it('differ when a value was changed in between', async () => {
    site.enter('01-S01', [intake('intake_start', '4/2/2024')]);
    const { head } = await site.exportDone('third.xlsx');
    expect(bytes('third.xlsx')).not.toBe(bytes('first.xlsx'));
    expect(head).toBe(
      site.rows<{ head: string }>(
        `SELECT lower(hex(hash)) AS head FROM audit WHERE action = 'value.set' ORDER BY seq DESC LIMIT 1`,
      )[0]?.head,
    );
  });
});

describe('a workbook that does not reconcile', () => {
  const study = (): Study => site.actor().site.model.study;
  const write = (
    name: string,
    change: (reader: ExportReader) => ExportReader,
    of: Study = study(),
  ): Promise<readonly SheetReport[]> => {
    const { db, siteCode, siteName, fingerprint } = site.actor().site;
    const reader = change(createExportReader(db));
    const book = createWorkbookWriter({
      stream: createWriteStream(site.file(name)),
      savedAt: new Date(0),
      creator: 'Cahier',
      sheetNames: sheetNamesOf(of),
    });
    return fillWorkbook({ reader, study: of, siteCode, siteName, fingerprint, appVersion: '0' }, book, {
      progress: () => undefined,
    });
  };

  it('because a form has more values than its sheet is never finished', async () => {
    const more = new Map([['INTAKE', 9999]]);
    await expect(
      write('more.xlsx', (reader) => ({ ...reader, countFormValues: () => more })),
    ).rejects.toThrow(/sheet INTAKE holds \d+ of 9999 values/u);
  });
  it('because a value belongs to no form of the study is never finished', async () => {
    await expect(
      write('other.xlsx', (reader) => ({
        ...reader,
        countValues: () => ({ ...reader.countValues(), exported: 9999 }),
      })),
    ).rejects.toThrow(/the form sheets hold \d+ of 9999 values/u);
  });
  it('because a row of a form was lost on its way is never finished', async () => {
    const lossy = (reader: ExportReader): ExportReader => ({
      ...reader,
      formRows: (form, order) => [...reader.formRows(form, order)].slice(1),
    });
    await expect(write('lossy.xlsx', lossy)).rejects.toThrow(/sheet INTAKE holds \d+ of \d+ values/u);
  });
  it('because a row of a form came twice is never finished', async () => {
    const doubled = (reader: ExportReader): ExportReader => ({
      ...reader,
      formRows: (form, order) => [...reader.formRows(form, order)].flatMap((row) => [row, row]),
    });
    await expect(write('doubled.xlsx', doubled)).rejects.toThrow(/sheet INTAKE holds \d+ of \d+ values/u);
  });
  it('because a query is missing is never finished', async () => {
    await expect(
      write('queries.xlsx', (reader) => ({ ...reader, countQueries: () => 9999 })),
    ).rejects.toThrow(/sheet QUERIES holds \d+ of 9999 queries/u);
  });
  it('because a byte of a sheet is another on the disk is seen', async () => {
    await write('damaged.xlsx', (reader) => reader);
    const file = site.file('damaged.xlsx');
    const bytes = readFileSync(file);
    const name = bytes.indexOf('xl/worksheets/sheet2.xml');
    bytes.writeUInt8(bytes.readUInt8(name + 200) ^ 1, name + 200);
    writeFileSync(file, bytes);
    await expect(countCells(file)).rejects.toThrow();
  });
  it('is one of the study only: others are written', async () => {
    expect((await write('whole.xlsx', (reader) => reader)).map(({ name }) => name)).toContain('MANIFEST');
  });

  it('puts a text that fits no cell into LONGTEXT, in pieces that make it whole', async () => {
    const [check, ...others] = study().checks;
    if (check === undefined) throw new Error('the diary has no check');
    const long = Array.from({ length: 9000 }, (_, index) => `rule ${index}`).join(' ');
    const wordy = { ...study(), checks: [{ ...check, rule: { ...check.rule, en: long } }, ...others] };
    await write('long.xlsx', (reader) => reader, wordy);
    const book = readByOpenpyxl(site.file('long.xlsx'));
    expect(recordsOf(sheetNamed(book, 'CHECKS').rows)[0]).toMatchObject({
      RULE_EN: 'see LONGTEXT CHECKS row 2 RULE_EN',
    });
    const pieces = recordsOf(sheetNamed(book, 'LONGTEXT').rows);
    expect(pieces.map(({ SHEET, ROW, COLUMN, PIECE }) => [SHEET, ROW, COLUMN, PIECE])).toEqual(
      pieces.map((_, index) => ['CHECKS', 2, 'RULE_EN', index + 1]),
    );
    expect(pieces.map(({ TEXT }) => TEXT).join('')).toBe(long);
  });
});

describe('any answers', () => {
  it('come back from the workbook as they are in the database', async () => {
    const { study } = await site.call('studies.current', {});
    const { model } = createStudyModel(study);
    let subjects = 9;
    const places = [
      { event: 'BASE', form: 'INTAKE', row: 1 },
      { event: 'N3', form: 'NIGHT', row: 1 },
      { event: 'END', form: 'NIGHT', row: 1 },
      { event: 'JOURNAL', form: 'SAMPLE', row: 1 },
      { event: 'JOURNAL', form: 'SAMPLE', row: 7 },
    ];
    await fc.assert(
      fc.asyncProperty(fc.tuple(...places.map((place) => typedRow(model, place))), async (rows) => {
        const subject = `01-S${(subjects += 1)}`;
        for (const changes of rows)
          if (changes.length > 0) site.services.forms.enterAll(site.actor(), subject, changes);
        await site.exportDone('any.xlsx');
        const expected = expectedRows(study, storedValues(site));
        const sheets = await readByExceljs(site.file('any.xlsx'));
        const found = new Map(
          study.forms.flatMap(({ id: form }) => {
            const [header = [], ...lines] = sheets.get(form) ?? [];
            return lines.map((line) => {
              const cells = line.map((cell, index) => [String(header[index]?.value), cell] as const);
              const key = (name: string): unknown => cells.find(([column]) => column === name)?.[1]?.value;
              const at = {
                form,
                subject: String(key('SUBJID')),
                event: String(key('VISIT')),
                row: Number(key('REPEAT')),
              };
              return [
                rowKey(at),
                Object.fromEntries(cells.slice(8).filter(([, cell]) => cell !== null)),
              ] as const;
            });
          }),
        );
        expect(found).toEqual(expected);
      }),
      { numRuns: 6 },
    );
  }, 120_000);
});
