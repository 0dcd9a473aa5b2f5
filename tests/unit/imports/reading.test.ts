import exceljs from 'exceljs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AppError } from '../../../electron/app-error.ts';
import { readCsv } from '../../../electron/services/import/csv-reader.ts';
import { kindOfFormat } from '../../../electron/services/import/number-formats.ts';
import { readWorkbook } from '../../../electron/services/import/workbook-reader.ts';
import { writeBook, text as textColumn, decimal } from '../exports/written-book.ts';
import { bookParts, importFolder, zipOf, type Folder } from './files.ts';

let folder: Folder;
beforeAll(() => {
  folder = importFolder();
});
afterAll(() => {
  folder.remove();
});

async function keyOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    if (error instanceof AppError) return error.refusal.key;
    throw error;
  }
  return 'read';
}
const read = (file: string) => readWorkbook(file, 'data.xlsx');

describe('a workbook of anybody', () => {
  it('is read by cell: texts, numbers, days, times, percents, errors and formulas', async () => {
    const book = new exceljs.Workbook();
    const sheet = book.addWorksheet('Patients');
    sheet.addRow(['  trailing  ', 12.5, '>55', true]);
    sheet.addRow([]);
    const row = sheet.addRow([
      new Date(Date.UTC(2021, 10, 3)),
      new Date(Date.UTC(2021, 10, 3, 14, 20)),
      0.55,
      { formula: 'B1*2', result: 25 },
      { error: '#N/A' },
      { richText: [{ text: 'two ' }, { text: 'parts' }] },
      0.1 + 0.2,
    ]);
    row.getCell(1).numFmt = 'dd/mm/yyyy';
    row.getCell(2).numFmt = 'dd/mm/yyyy hh:mm';
    row.getCell(3).numFmt = '0 %';
    await book.xlsx.writeFile(folder.file('cells.xlsx'));
    const { sheets } = await read(folder.file('cells.xlsx'));
    const shown = sheets[0]?.rows.map(({ number, cells }) => [
      number,
      ...cells.map(
        (cell) => `${cell?.kind ?? ''} ${cell?.text ?? ''}${cell?.isFormula === true ? ' =' : ''}`,
      ),
    ]);
    expect(shown).toEqual([
      [1, 'text   trailing  ', 'number 12.5', 'text >55', 'truth 1'],
      [
        3,
        'day 2021-11-03',
        'minute 2021-11-03T14:20',
        'percent 55',
        'number 25 =',
        'error #N/A',
        'text two parts',
        'number 0.30000000000000004',
      ],
    ]);
  });

  it('has the hash of each sheet that its writer gave it', async () => {
    const written = await writeBook(folder.file('own.xlsx'), [
      {
        name: 'A',
        columns: [
          textColumn('T'),
          decimal('N'),
          { name: 'D', kind: 'date', width: 9 },
          { name: 'M', kind: 'date-time', width: 9 },
        ],
        rows: [
          ['a\tb & <c> _x0041_', 0.1 + 0.2, { day: 19_000 }, { minute: 19_000 * 1440 + 861 }],
          [null, 1e-7, null, null],
          ['=1+1', null, { day: -25_508 }, { minute: 60 * 24 * 365 }],
        ],
      },
    ]);
    const { sheets } = await read(written.file);
    expect(sheets.map(({ sha256 }) => sha256)).toEqual(written.totals.map(({ sha256 }) => sha256));
  });

  it('is read to its last row', async () => {
    const rows = Array.from(
      { length: 1_048_576 },
      (_, index) => `<row r="${index + 1}"><c r="A${index + 1}"><v>${index}</v></c></row>`,
    );
    const file = folder.write('long.xlsx', zipOf(bookParts(rows.join(''))));
    const { sheets } = await read(file);
    expect(sheets[0]?.rows.length).toBe(1_048_576);
    expect(sheets[0]?.rows.at(-1)?.cells[0]?.text).toBe('1048575');
  }, 60_000);
});

describe('a file that is refused', () => {
  it.each([
    ['empty', () => Buffer.alloc(0), 'import-not-a-workbook'],
    ['a picture', () => Buffer.from('\u0089PNG\r\n not a zip at all'), 'import-not-a-workbook'],
    [
      'an old .xls renamed .xlsx',
      () => Buffer.from('d0cf11e0a1b11ae10000000000000000', 'hex'),
      'import-old-or-locked',
    ],
    ['copied only in part', () => zipOf(bookParts('<row r="1"/>')).subarray(0, 300), 'import-cut-short'],
    [
      'a zip of something else',
      () => zipOf([{ name: 'word/document.xml', content: '<w/>' }]),
      'import-not-a-workbook',
    ],
    [
      'with macros',
      () => zipOf([...bookParts(''), { name: 'xl/vbaProject.bin', content: 'x' }]),
      'import-macros',
    ],
    [
      'with links to other files',
      () => zipOf([...bookParts(''), { name: 'xl/externalLinks/externalLink1.xml', content: '<x/>' }]),
      'import-external-links',
    ],
    [
      'a zip bomb',
      () => zipOf([...bookParts(''), { name: 'xl/media/a.bin', content: new Uint8Array(40 * 2 ** 20) }]),
      'import-too-large',
    ],
    [
      'one that claims to be small',
      () => zipOf(bookParts('<row r="1"/>'.padEnd(30 * 2 ** 20)).map((part) => ({ ...part, claimed: 200 }))),
      'import-cut-short',
    ],
    [
      'an XML bomb',
      () => zipOf(bookParts('', '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]>')),
      'import-not-a-workbook',
    ],
    ['unclosed', () => zipOf(bookParts('<row r="1"><c r="A1"><v>1</v>')), 'import-not-a-workbook'],
    ['with a row too many', () => zipOf(bookParts('<row r="1048577"/>')), 'import-not-a-workbook'],
    ['with the same part twice', () => zipOf([...bookParts(''), ...bookParts('')]), 'import-not-a-workbook'],
  ])('is told why: %s', async (name, content, key) => {
    const file = folder.write(`${name.replaceAll(' ', '-')}.xlsx`, content());
    expect(await keyOf(read(file))).toBe(key);
  });

  it('is told that it is not there', async () => {
    expect(await keyOf(read(folder.file('nowhere.xlsx')))).toBe('file-unreadable');
  });
});

describe('a text table', () => {
  const cellsOf = async (content: string | Uint8Array) =>
    (await readCsv(folder.write('table.csv', content), 'table.csv')).rows.map(({ cells }) =>
      cells.map((cell) => cell?.text ?? null),
    );

  it('is read with comma, semicolon or tab, quotes and line ends of any kind', async () => {
    expect(await cellsOf('a;b\r\n"x;1";"say ""hi"""\r\n;2\r\n')).toEqual([
      ['a', 'b'],
      ['x;1', 'say "hi"'],
      [null, '2'],
    ]);
    expect(await cellsOf('\uFEFFa,b\n1,"two\nlines"')).toEqual([
      ['a', 'b'],
      ['1', 'two\nlines'],
    ]);
    expect(await cellsOf('a\tb\n1,5\t2')).toEqual([
      ['a', 'b'],
      ['1,5', '2'],
    ]);
  });

  it('is read in the encoding of Western Windows where it is not UTF-8', async () => {
    expect(await cellsOf(Buffer.from('âge;sexe\n3;f', 'latin1'))).toEqual([
      ['âge', 'sexe'],
      ['3', 'f'],
    ]);
  });

  it('is refused when its last quote is missing', async () => {
    expect(await keyOf(cellsOf('a,b\n"1,2'))).toBe('import-cut-short');
  });
});

describe('a number format', () => {
  it.each([
    ['General', 'number'],
    ['0.00', 'number'],
    ['dd/mm/yyyy', 'day'],
    ['[$-40C]d mmm yyyy;@', 'day'],
    ['jj/mm/aaaa', 'day'],
    ['yyyy\\-mm\\-dd\\ hh:mm', 'minute'],
    ['h:mm', 'number'],
    ['[h]:mm', 'number'],
    ['0.0%', 'percent'],
    ['"day "0', 'number'],
    ['mmm yy', 'day'],
    ['[Red]0.0', 'number'],
    ['#,##0 "mg/L"', 'number'],
  ])('%s shows a %s', (code, kind) => {
    expect(kindOfFormat(code)).toBe(kind);
  });
});
