import exceljs from 'exceljs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ImportStatus } from '#shared/contract/imports.ts';
import { openExportSite, type ExportSite } from '../exports/site.ts';
import { anakinra, sleepDiary } from '../studies/folders.ts';
import { run } from '../cli/run.ts';
import { importFolder, type Folder } from './files.ts';

const night = { event: 'N1', form: 'NIGHT', row: 1 } as const;
const answers = [
  { ...night, item: 'night_bed', value: '03/11/2021 22:30' },
  { ...night, item: 'night_up', value: '04/11/2021 6:00' },
  { ...night, item: 'night_wakes', value: '3' },
  { ...night, item: 'night_temp', value: '18,0' },
  { ...night, item: 'night_latency', value: '>35' },
] as const;

let source: ExportSite;
let target: ExportSite;
let folder: Folder;
let file: string;

beforeAll(async () => {
  folder = importFolder();
  source = await openExportSite(sleepDiary);
  target = await openExportSite(sleepDiary);
  source.services.forms.enterAll(source.actor(), '01-S01', answers, [night]);
  await source.exportDone('book.xlsx');
  file = source.file('book.xlsx');
}, 60_000);
afterAll(() => {
  source.close();
  target.close();
  folder.remove();
});

function importing(
  path: string,
  more: { dryRun?: boolean; overwrite?: boolean; reason?: string } = {},
): Promise<ImportStatus> {
  const { dryRun = false, overwrite = false, reason = null } = more;
  const actor = target.services.session.authorise('imports.run');
  return target.services.imports.run({
    ...{ actor, file: path, mapping: null, dryRun, overwrite, reason, sha256: null },
  });
}
async function reportOf(path: string, more: Parameters<typeof importing>[1] = {}) {
  const status = await importing(path, more);
  if (status.state !== 'done') throw new Error(JSON.stringify(status));
  return status.report;
}
/** Opens the workbook in another program, as it were, and saves it. */
async function resaved(name: string, change: (book: exceljs.Workbook) => void): Promise<string> {
  const book = new exceljs.Workbook();
  await book.xlsx.readFile(file);
  change(book);
  const other = folder.file(name);
  await book.xlsx.writeFile(other);
  return other;
}
const everything = (): unknown =>
  ['subject', 'form', 'value', 'finding', 'meta'].map((table) => target.rows(`SELECT * FROM ${table}`));

describe('a workbook that is not what was exported', () => {
  const sheet = (book: exceljs.Workbook, name: string): exceljs.Worksheet => {
    const found = book.getWorksheet(name);
    if (found === undefined) throw new Error(`no sheet ${name}`);
    return found;
  };
  const readme = (book: exceljs.Workbook, about: string): exceljs.Cell => {
    const rows = sheet(book, '00_README');
    for (let row = 1; row <= rows.rowCount; row += 1)
      if (rows.getCell(row, 1).value === about) return rows.getCell(row, 2);
    throw new Error(`no line ${about}`);
  };
  const cells: readonly (readonly [string, string, RegExp, (book: exceljs.Workbook) => void])[] = [
    ['another site', 'import-other-site', /site 02/u, (book) => (readme(book, 'Site').value = '02 Ward 8')],
    [
      'another version of the study',
      'import-other-version',
      /0\.1\.0/u,
      (book) => (readme(book, 'Study definition (SHA-256)').value = 'f'.repeat(64)),
    ],
    [
      'a sheet missing',
      'import-sheet-missing',
      /sheet SAMPLE/u,
      (book) => {
        book.removeWorksheet(sheet(book, 'SAMPLE').id);
      },
    ],
    [
      'the manifest missing',
      'import-sheet-missing',
      /sheet MANIFEST/u,
      (book) => {
        book.removeWorksheet(sheet(book, 'MANIFEST').id);
      },
    ],
    [
      'a column renamed',
      'import-column-missing',
      /column night_wakes/u,
      (book) => {
        rename(sheet(book, 'NIGHT'), 'night_wakes', 'wakes');
      },
    ],
    [
      'a value changed',
      'import-sheet-changed',
      /: NIGHT\./u,
      (book) => {
        set(sheet(book, 'NIGHT'), 'night_wakes', 4);
      },
    ],
    [
      'a row taken out',
      'import-sheet-changed',
      /: NIGHT\./u,
      (book) => {
        sheet(book, 'NIGHT').spliceRows(2, 1);
      },
    ],
    [
      'a formula in a data cell',
      'import-formula',
      /Cell [A-Z]+2 of sheet NIGHT/u,
      (book) => {
        set(sheet(book, 'NIGHT'), 'night_wakes', { formula: '1+2', result: 3 });
      },
    ],
  ];

  it.each(cells)(
    'is refused in one sentence, and nothing is written: %s',
    async (name, key, words, change) => {
      const before = everything();
      const status = await importing(await resaved(`${name.replaceAll(' ', '-')}.xlsx`, change));
      expect(status).toMatchObject({ state: 'failed', error: { key } });
      const { message } = (status as Extract<ImportStatus, { state: 'failed' }>).error;
      expect(message).toMatch(words);
      expect(message).not.toMatch(/[{}]/u);
      expect(everything()).toEqual(before);
      expect(target.rows("SELECT * FROM audit WHERE action LIKE 'import%'")).toEqual([]);
    },
  );

  it('is refused when it belongs to another study', async () => {
    const other = await openExportSite(anakinra);
    try {
      await other.exportDone('other.xlsx');
      expect(await importing(other.file('other.xlsx'))).toMatchObject({
        state: 'failed',
        error: { key: 'import-other-study', params: { study: 'anakinra-misc', here: 'sleep-diary' } },
      });
    } finally {
      other.close();
    }
  });

  it('needs a mapping when it was never exported', async () => {
    const book = new exceljs.Workbook();
    book.addWorksheet('Patients').addRow(['id', 'age']);
    await book.xlsx.writeFile(folder.file('plain.xlsx'));
    expect(await importing(folder.file('plain.xlsx'))).toMatchObject({
      error: { key: 'import-mapping-needed' },
    });
  });
});

describe('a workbook that is what was exported', () => {
  it('is still so after another program has saved it', async () => {
    const other = await resaved('same.xlsx', () => undefined);
    const report = await reportOf(other, { dryRun: true });
    expect([report.counts.accepted, report.counts.refused]).toEqual([answers.length, 0]);
  });

  it('brings its values, and its forms complete', async () => {
    const { counts, notCompleted } = await reportOf(file);
    expect([counts.accepted, counts.completed, notCompleted]).toEqual([answers.length, 1, []]);
    const select = `SELECT form.form, form.event, form.state, item.name, value.text FROM value JOIN form ON form.id = value.form_id
      JOIN item ON item.id = value.item_id ORDER BY item.name`;
    expect(target.rows(select)).toEqual(source.rows(select));
    expect(target.rows("SELECT action FROM audit WHERE action = 'form.completed'")).toHaveLength(1);
  });

  it('overwrites nothing that stands in a complete form, and takes it with a reason', async () => {
    const change = { ...night, item: 'night_wakes', value: '5', reason: 'Read again' };
    target.services.forms.enter(target.actor(), '01-S01', change);
    const left = await reportOf(file);
    expect(left.counts).toMatchObject({ accepted: 0, conflicts: 1, same: answers.length - 1 });
    expect(left.conflicts).toMatchObject([
      { item: 'night_wakes', standing: { text: '5' }, incoming: { text: '3' } },
    ]);
    expect(await importing(file, { overwrite: true })).toMatchObject({
      error: { key: 'import-reason-needed' },
    });
    const taken = await reportOf(file, { overwrite: true, reason: 'The workbook is right' });
    expect(taken.counts).toMatchObject({ accepted: 1, overwritten: 1, conflicts: 0 });
    expect(
      target.rows(
        "SELECT old ->> '$.text' AS old, new ->> '$.text' AS new, reason, origin FROM audit WHERE reason LIKE 'The w%'",
      ),
    ).toEqual([{ old: '5', new: '3', reason: 'The workbook is right', origin: 'import' }]);
  });

  it('adds nothing to a complete form without a reason', async () => {
    const emptied = { ...night, item: 'night_temp', value: null, reason: 'Thermometer broken' };
    target.services.forms.enter(target.actor(), '01-S01', emptied);
    const left = await reportOf(file);
    expect(left.refused).toMatchObject([{ code: 'reason-needed', place: { item: 'night_temp' } }]);
    expect((await reportOf(file, { reason: 'It was mended' })).counts).toMatchObject({
      accepted: 1,
      refused: 0,
    });
  });
});

describe('a practice site', () => {
  it('comes back with its values, and every complete form complete', async () => {
    const home = importFolder();
    const [from, into] = [home.file('from'), home.file('into')];
    try {
      await run(['demo', '--dir', from], { environment: {} });
      await run(['init', '--dir', into, '--site-code', '01', '--site-name', 'Empty', '--user', 'anne']);
      const book = home.file('book.xlsx');
      await run(['export', '--dir', from, '--out', book], { environment: {} });
      const report = (await run(['import', book, '--dir', into, '--json'])).json() as {
        accepted: number;
        completed: number;
        refused: readonly unknown[];
        conflicts: readonly unknown[];
        notCompleted: readonly unknown[];
      };
      expect([report.refused, report.conflicts, report.notCompleted]).toEqual([[], [], []]);
      expect(report.completed).toBeGreaterThan(50);
      const valuesOf = async (dir: string): Promise<readonly unknown[]> =>
        (
          (
            await run(['values', '--dir', dir, '--json'], {
              environment: dir === from ? {} : { CAHIER_PASSWORD: 'correct horse battery' },
            })
          ).json() as Record<string, unknown>[]
        )
          .filter(({ parked }) => parked === false)
          .map(({ version, ...value }) => ({ ...value, isWritten: Number(version) > 0 }));
      expect(await valuesOf(into)).toEqual(await valuesOf(from));
      expect((await run(['verify', '--dir', into, '--json'])).json()).toMatchObject({ ok: true });
    } finally {
      home.remove();
    }
  }, 240_000);
});

function columnOf(sheet: exceljs.Worksheet, name: string): number {
  for (let column = 1; column <= sheet.columnCount; column += 1)
    if (sheet.getCell(1, column).value === name) return column;
  throw new Error(`no column ${name}`);
}
function rename(sheet: exceljs.Worksheet, from: string, to: string): void {
  sheet.getCell(1, columnOf(sheet, from)).value = to;
}
function set(sheet: exceljs.Worksheet, column: string, value: exceljs.CellValue): void {
  sheet.getCell(2, columnOf(sheet, column)).value = value;
}
