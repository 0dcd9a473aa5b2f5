import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Writable } from 'node:stream';
import exceljs from 'exceljs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SheetColumn } from '#shared/export-plan/sheet.ts';
import { countCells } from '../../../electron/services/workbook-count.ts';
import { createWorkbookWriter, maxCellText } from '../../../electron/services/workbook-writer.ts';
import { readByOpenpyxl, readPart, recordsOf, sheetNamed, type ReadBook } from './read-workbook.ts';
import {
  decimal,
  savedAt,
  temporaryFolder,
  text,
  writeBook,
  type BookSheet,
  type WrittenBook,
} from './written-book.ts';

const folder = temporaryFolder();
afterAll(() => {
  folder.remove();
});

const columns: readonly SheetColumn[] = [
  text('SUBJID'),
  decimal('vs_wt', { decimals: 2, bounds: { min: 1.5, max: 250 }, note: 'Weight (kg)' }),
  { name: 'born', kind: 'date', width: 12 },
  { name: 'seen', kind: 'date-time', width: 18 },
  text('sex', { list: 'LIST_SEX' }),
  text('words'),
];
const day = 18934; // 2021-11-03
const long = 'x'.repeat(40_000);
const sheets: readonly BookSheet[] = [
  {
    name: 'VS',
    columns,
    rows: [
      ['01-001', 32.05, { day }, { minute: day * 1440 + 860 }, 'M', '=SUM(A1:A9)'],
      ['007', null, null, null, null, long],
    ],
  },
  {
    name: 'CODELISTS',
    columns: [text('LIST'), text('CODE')],
    rows: [
      ['SEX', 'M'],
      ['SEX', 'F'],
    ],
  },
  { name: 'EMPTY', columns: [text('A'), text('B')], rows: [] },
  { name: '00_README', columns: [text('ABOUT')], rows: [['read me']] },
];
const write = (name: string): Promise<WrittenBook> =>
  writeBook(folder.file(name), sheets, { names: [['LIST_SEX', 'CODELISTS', 2, 2, 3]], first: ['00_README'] });

describe('a written workbook', () => {
  const book = new exceljs.Workbook();
  let written: WrittenBook;
  let byOpenpyxl: ReadBook;
  beforeAll(async () => {
    written = await write('first.xlsx');
    await book.xlsx.readFile(written.file);
    byOpenpyxl = readByOpenpyxl(written.file);
  });
  const cell = (address: string): exceljs.Cell | undefined => book.getWorksheet('VS')?.getCell(address);

  it('keeps the leading zeros of an id', () => expect(cell('A3')?.value).toBe('007'));
  it('keeps an id in a text cell', () => expect(cell('A3')?.numFmt).toBe('@'));
  it('keeps a number a number', () => expect(cell('B2')?.value).toBe(32.05));
  it('shows a number with its decimals', () => expect(cell('B2')?.numFmt).toBe('0.00'));
  it('keeps a day a date', () => expect(cell('C2')?.value).toEqual(new Date(Date.UTC(2021, 10, 3))));
  it('shows a day as ISO 8601 does', () => expect(cell('C2')?.numFmt).toBe('yyyy-mm-dd'));
  it('keeps the minute of a date-time', () =>
    expect(cell('D2')?.value).toEqual(new Date(Date.UTC(2021, 10, 3, 14, 20))));
  it('leaves a blank cell out', () => expect(cell('B3')?.value).toBeNull());
  it('writes text that looks like a formula as text', () => expect(cell('F2')?.value).toBe('=SUM(A1:A9)'));
  it('says how many texts look like a formula, and where', () =>
    expect(written.lookalikes).toEqual({ count: 1, first: [{ sheet: 'VS', row: 2, column: 'words' }] }));
  it('points from a cell to a text that is too long for it', () =>
    expect(cell('F3')?.value).toBe('see LONGTEXT VS row 3 words'));
  it('keeps a text that is too long for a cell', () =>
    expect(written.longTexts).toEqual([{ sheet: 'VS', row: 3, column: 'words', text: long }]));
  it('shows first what is to be first', () =>
    expect(book.worksheets.map(({ name }) => name)).toEqual(['00_README', 'VS', 'CODELISTS', 'EMPTY']));
  it('allows a code by the name of its list', () =>
    expect(cell('E2')?.dataValidation).toMatchObject({ type: 'list', formulae: ['LIST_SEX'] }));
  it('knows the cells of that name', () =>
    expect(byOpenpyxl.names).toEqual({ LIST_SEX: 'CODELISTS!$B$2:$B$3' }));
  it('allows a number within its hard bounds', () =>
    expect(cell('B2')?.dataValidation).toMatchObject({ type: 'decimal', formulae: [1.5, 250] }));
  it('allows dates that Excel counts rightly', () =>
    expect(cell('C2')?.dataValidation).toMatchObject({ type: 'date', operator: 'greaterThanOrEqual' }));
  it('freezes the header and the key columns', () =>
    expect(book.getWorksheet('VS')?.views[0]).toMatchObject({ state: 'frozen', xSplit: 1, ySplit: 1 }));
  it('makes a table of a sheet', () =>
    expect(sheetNamed(byOpenpyxl, 'VS').tables).toEqual({
      TABLE_VS: {
        ref: 'A1:F3',
        filter: 'A1:F3',
        columns: ['SUBJID', 'vs_wt', 'born', 'seen', 'sex', 'words'],
      },
    }));
  it('makes a table of a sheet without rows, with the one row that a table must have', () =>
    expect(sheetNamed(byOpenpyxl, 'EMPTY').tables['TABLE_EMPTY']?.ref).toBe('A1:B2'));
  it('notes at a header what the column is', () =>
    expect(sheetNamed(byOpenpyxl, 'VS').notes['B1']).toBe('Weight (kg)'));
  it('has columns as wide as they were meant', () =>
    expect(sheetNamed(byOpenpyxl, 'VS').widths['D']).toBe(18));

  it('holds on disk the cells that were written', async () => {
    expect(await countCells(written.file)).toEqual(
      written.totals.map((sheet) => sheet.cells + sheet.columns),
    );
  });

  it('puts the parts of a sheet in the order of the file format', async () => {
    const xml = await readPart(written.file, 'xl/worksheets/sheet1.xml');
    const order = [
      '<sheetViews',
      '<sheetFormatPr',
      '<cols',
      '<sheetData',
      '<sheetProtection',
      '<dataValidations',
      '<pageMargins',
      '<pageSetup',
      '<legacyDrawing',
      '<tableParts',
    ];
    const places = order.map((part) => xml.indexOf(part));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(places).not.toContain(-1);
  });

  it('names every part of the file in its list of contents', async () => {
    const types = await readPart(written.file, '[Content_Types].xml');
    for (const number of [1, 2, 3, 4]) {
      expect(types).toContain(`/xl/worksheets/sheet${number}.xml`);
      expect(types).toContain(`/xl/tables/table${number}.xml`);
    }
    expect(types).toContain('/xl/sharedStrings.xml');
  });

  it('locks the structure of the workbook', async () => {
    expect(await readPart(written.file, 'xl/workbook.xml')).toContain(
      '<workbookProtection lockStructure="1"/><bookViews>',
    );
  });

  it('is the same bytes when it is written again', async () => {
    const again = await write('second.xlsx');
    expect(sha256(again.file)).toBe(sha256(written.file));
  });

  it('is the same bytes in another zone of the world', async () => {
    const zone = process.env['TZ'];
    process.env['TZ'] = 'Pacific/Kiritimati';
    try {
      const elsewhere = await write('elsewhere.xlsx');
      expect(sha256(elsewhere.file)).toBe(sha256(written.file));
    } finally {
      if (zone === undefined) delete process.env['TZ'];
      else process.env['TZ'] = zone;
    }
  });

  it('gives the hash that openpyxl works out from the cells', () => {
    for (const { name, sha256: told } of written.totals)
      expect(sheetNamed(byOpenpyxl, name).sha256, name).toBe(told);
  });

  it('gives the hash of each sheet as it lies in the file', () => {
    expect([...written.packed.keys()]).toEqual(written.totals.map(({ name }) => name));
    for (const [name, told] of written.packed)
      expect(sheetNamed(byOpenpyxl, name).zipSha256, name).toBe(told);
  });
});

describe('text in a workbook', () => {
  const texts = [
    '  spaces  ',
    'two\nlines',
    '<b>&amp;"\'</b>',
    'l’été',
    '🫀',
    '-1',
    '_x0041_',
    'tab\there',
    'back\\slash',
    'control\u0001',
    'return\rhere',
    '0012',
    '1e5',
    'TRUE',
  ];
  let book: ReadBook;
  beforeAll(async () => {
    const { file } = await writeBook(folder.file('texts.xlsx'), [
      { name: 'T', columns: [text('TEXT')], rows: texts.map((one) => [one]) },
    ]);
    book = readByOpenpyxl(file);
  });
  const asWritten: Readonly<Record<string, string>> = {
    _x0041_: '_x005F_x0041_',
    'control\u0001': 'control_x0001_',
    'return\rhere': 'return_x000D_here',
  };
  it.each(texts.map((one, index) => [one, index] as const))('%j is read as it was written', (one, index) => {
    expect(sheetNamed(book, 'T').rows[index + 1]?.[0]).toEqual({
      kind: 'text',
      value: asWritten[one] ?? one,
      format: '@',
    });
  });
});

describe('a text as long as a cell takes', () => {
  it('stays in its cell', async () => {
    const { file, longTexts } = await writeBook(folder.file('longest.xlsx'), [
      { name: 'T', columns: [text('TEXT')], rows: [['a'.repeat(maxCellText)]] },
    ]);
    expect(longTexts).toEqual([]);
    expect(recordsOf(sheetNamed(readByOpenpyxl(file), 'T').rows)[0]?.['TEXT']).toBe('a'.repeat(maxCellText));
  });
});

describe('a sheet with more rows than Excel takes', () => {
  const rows = Array.from({ length: 9 }, (_, index) => [`row ${index}`, index]);
  let written: WrittenBook;
  let book: ReadBook;
  beforeAll(async () => {
    written = await writeBook(
      folder.file('parts.xlsx'),
      [
        { name: 'LB', columns: [text('NAME'), decimal('NUMBER', { bounds: { min: 0 } })], rows },
        { name: 'LB_2', columns: [text('NAME')], rows: [['another form']] },
      ],
      { maxRows: 5, sheetNames: ['LB', 'LB_2'] },
    );
    book = readByOpenpyxl(written.file);
  });

  it('goes on in parts of its name, none of them the name of another sheet', () =>
    expect(book.sheets.map(({ name }) => name)).toEqual(['LB', 'LB_3', 'LB_4', 'LB_2']));
  it('fills each part to the limit', () =>
    expect(written.totals.map(({ rows: count }) => count)).toEqual([4, 4, 1, 1]));
  it('repeats the header in each part', () =>
    expect(sheetNamed(book, 'LB_3').rows[0]?.map((cell) => cell?.value)).toEqual(['NAME', 'NUMBER']));
  it('loses no row', () =>
    expect(['LB', 'LB_3', 'LB_4'].flatMap((name) => recordsOf(sheetNamed(book, name).rows))).toEqual(
      rows.map(([NAME, NUMBER]) => ({ NAME, NUMBER })),
    ));
  it('validates each part', () =>
    expect(sheetNamed(book, 'LB_4').validations.map(({ range }) => range)).toEqual(['B2']));
  it('keeps names within what Excel takes', async () => {
    const name = 'A_FORM_WITH_A_NAME_OF_31_LETTERS'.slice(0, 31);
    const { totals } = await writeBook(
      folder.file('names.xlsx'),
      [{ name, columns: [text('A')], rows: [['1'], ['2']] }],
      { maxRows: 2 },
    );
    expect(totals.map((sheet) => sheet.name)).toEqual([name, `${name.slice(0, 29)}_2`]);
  });
});

describe('a workbook that can not be written', () => {
  it('tells the error of its stream while rows are added', async () => {
    const fault = new Error('no space left');
    const stream = new Writable({ write: (_chunk, _encoding, done) => done(fault) });
    const book = createWorkbookWriter({ stream, savedAt, creator: 'Cahier' });
    const sheet = book.addSheet('A', [text('A')], 1);
    await expect(
      (async () => {
        for (let row = 0; row < 1_000_000; row += 1) {
          sheet.addRow([`row ${row} ${Math.sin(row)}`]);
          if (row % 100 === 0) await book.room();
        }
      })(),
    ).rejects.toBe(fault);
  });

  it('tells the error of its stream at the end', async () => {
    const fault = new Error('no space left');
    const stream = new Writable({ write: (_chunk, _encoding, done) => done(fault) });
    const book = createWorkbookWriter({ stream, savedAt, creator: 'Cahier' });
    book.addSheet('A', [text('A')], 1).close();
    await expect(book.finish()).rejects.toBe(fault);
  });
});

describe('room for more rows', () => {
  it('keeps what waits to be compressed small, however many rows there are', async () => {
    let most = 0;
    const stream = new Writable({ write: (_chunk, _encoding, done) => setImmediate(done) });
    const book = createWorkbookWriter({ stream, savedAt, creator: 'Cahier' });
    const sheet = book.addSheet(
      'A',
      Array.from({ length: 20 }, (_, index) => text(`C${index}`)),
      1,
    );
    const before = process.memoryUsage().arrayBuffers;
    for (let row = 0; row < 40_000; row += 1) {
      sheet.addRow(Array.from({ length: 20 }, (_, column) => `${row}.${column}`));
      if (row % 250 === 0) {
        await book.room();
        most = Math.max(most, process.memoryUsage().arrayBuffers - before);
      }
    }
    sheet.close();
    await book.finish();
    // The XML of these rows is 50 MB.
    expect(most).toBeLessThan(16 * 1024 * 1024);
  });
});

function sha256(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}
