/** The cell rules of the workbook, each on a workbook of a real site, read back by openpyxl. */
import { createWriteStream, mkdirSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Change } from '#shared/record.ts';
import { fillWorkbook, sheetNamesOf } from '../../../electron/services/export-content.ts';
import { createExportReader } from '../../../electron/services/export-rows.ts';
import { createWorkbookWriter } from '../../../electron/services/workbook-writer.ts';
import { sleepDiary } from '../studies/folders.ts';
import { resaveByLibreOffice } from './libreoffice.ts';
import { readByOpenpyxl, recordsOf, sheetNamed, type ReadBook, type ReadCell } from './read-workbook.ts';
import { openExportSite, type ExportSite } from './site.ts';

const subject = '01-S01';
const old = '01-S02';
const warm = '01-S03';
const intake = (item: string, value: string | null): Change => {
  return { event: 'BASE', form: 'INTAKE', row: 1, item, value };
};
const night = (item: string, value: string | null): Change => {
  return { event: 'N1', form: 'NIGHT', row: 1, item, value };
};
const sample = (item: string, value: string | null, row = 1): Change => {
  return { event: 'JOURNAL', form: 'SAMPLE', row, item, value };
};
const formulas = ['=1+1', '+33 1 23 45', '-5 degrees outside', '@home', '=HYPERLINK("http://example.org")'];
/** As long as one may be. */
const reason = 'It was a warm night. '.repeat(95).trim();

let site: ExportSite;
let book: ReadBook;
beforeAll(async () => {
  site = await openExportSite(sleepDiary);
  site.enter(subject, [
    ...[intake('intake_start', '3/11/2021'), intake('intake_shift', '1'), intake('intake_since', '11/2020')],
    ...[intake('intake_mail', '07100'), intake('intake_born', '2/1990')],
    ...[
      night('night_bed', '3/11/2021 22:45'),
      night('night_up', '4/11/2021 6:30'),
      night('night_wakes', 'ND'),
    ],
    ...[night('night_temp', '18.0'), night('night_latency', '>55'), night('night_drinks', 'TEA, COFFEE')],
    ...[night('night_weight', '61.5 kg'), night('night_good', '1'), night('night_first', 'COFFEE')],
    ...[sample('sample_at', '4/11/2021 8:00'), sample('sample_assay', 'mel'), sample('sample_rel', '<')],
    ...[sample('sample_value', '0.25'), sample('sample_unit', 'ng/mL')],
  ]);
  site.enter(old, [
    ...[intake('intake_start', '28/2/1900'), intake('intake_shift', '1'), intake('intake_since', '1950')],
    night('night_bed', '31/1/1900 23:00'),
    ...formulas.map((reason, index): Change => ({ ...night('night_wakes', String(index)), reason })),
  ]);
  for (let degrees = 0; degrees < 19; degrees += 1) {
    site.enter(warm, [night('night_temp', (31 + degrees / 2).toFixed(1))]);
    const place = { subject: warm, event: 'N1', form: 'NIGHT', row: 1, item: 'night_temp' };
    await site.call('findings.confirm', { ...place, check: 'night_temp.soft', reason });
  }
  await site.exportDone('rules.xlsx');
  book = readByOpenpyxl(site.file('rules.xlsx'));
}, 60_000);
afterAll(() => {
  site.close();
});

/** Cells of the first row of a subject on a sheet, by the names of the columns. */
function cellsOf(sheet: string, of = subject): Readonly<Record<string, ReadCell>> {
  const [header = [], ...rows] = sheetNamed(book, sheet).rows;
  const names = header.map((cell) => String(cell?.value));
  const row = rows.find((cells) => cells[names.indexOf('SUBJID')]?.value === of) ?? [];
  return Object.fromEntries(names.map((name, index) => [name, row[index] ?? null]));
}
const textCell = (value: string): ReadCell => ({ kind: 'text', value, format: '@' });
const numberCell = (value: number, format: string): ReadCell => ({ kind: 'number', value, format });
const dateCell = (value: string, format = 'yyyy-mm-dd'): ReadCell => ({ kind: 'date', value, format });

function ruleOf(
  sheet: string,
  column: string,
): ReadBook['sheets'][number]['validations'][number] | undefined {
  const { rows, validations } = sheetNamed(book, sheet);
  const index = rows[0]?.findIndex((cell) => cell?.value === column) ?? -1;
  return validations.find(({ range }) => new RegExp(`^${letters(index + 1)}2(?::|$)`, 'u').test(range));
}
function letters(column: number): string {
  const last = String.fromCharCode(65 + ((column - 1) % 26));
  return column > 26 ? letters(Math.floor((column - 1) / 26)) + last : last;
}

describe('rule 1', () => {
  it('an id is a text cell', () => {
    const { STUDYID, SITEID, SUBJID, VISIT, FORM } = cellsOf('NIGHT');
    expect([STUDYID, SITEID, SUBJID, VISIT, FORM]).toEqual(
      ['sleep-diary', '01', subject, 'N1', 'NIGHT'].map(textCell),
    );
  });
  it('a text of digits keeps its zeros', () =>
    expect(cellsOf('INTAKE')['intake_mail']).toEqual(textCell('07100')));
  it('a number is a numeric cell that shows the digits of its precision', () => {
    expect(cellsOf('NIGHT')['night_temp']).toEqual(numberCell(18, '0.0'));
    expect(cellsOf('NIGHT')['REPEAT']).toEqual(numberCell(1, '0'));
  });
  it('a date is a true date, shown as ISO 8601 shows it', () => {
    expect(cellsOf('INTAKE')['intake_start']).toEqual(dateCell('2021-11-03'));
    expect(cellsOf('NIGHT')['night_bed']).toEqual(dateCell('2021-11-03T22:45', 'yyyy-mm-dd hh:mm'));
  });
});

describe('rule 2', () => {
  it('a date has its ISO 8601 text and its precision beside it', () =>
    expect(cellsOf('INTAKE')).toMatchObject({
      intake_start_DTC: textCell('2021-11-03'),
      intake_start_PREC: textCell('day'),
    }));
  it('a date that is known in part is cut at its right, and is no date cell', () => {
    expect(cellsOf('INTAKE')).toMatchObject({
      ...{ intake_since: null, intake_since_DTC: textCell('2020-11'), intake_since_PREC: textCell('month') },
    });
    expect(cellsOf('INTAKE', old)).toMatchObject({
      ...{ intake_since: null, intake_since_DTC: textCell('1950'), intake_since_PREC: textCell('year') },
    });
  });
  it('a date before 1900-03-01 is text alone', () => {
    expect(cellsOf('INTAKE', old)).toMatchObject({
      intake_start: null,
      intake_start_DTC: textCell('1900-02-28'),
    });
    expect(cellsOf('NIGHT', old)).toMatchObject({
      night_bed: null,
      night_bed_DTC: textCell('1900-01-31T23:00'),
    });
  });
});

describe('rule 3', () => {
  it('a missing reason stands beside the number, never in it', () =>
    expect(cellsOf('NIGHT')).toMatchObject({ night_wakes: null, night_wakes_ND: textCell('ND') }));
});

describe('rule 4', () => {
  it('a censored result has relation, number, unit and standard value apart', () => {
    expect(cellsOf('NIGHT')).toMatchObject({
      ...{ night_latency_REL: textCell('>'), night_latency: numberCell(55, '0') },
      ...{ night_latency_U: textCell('min'), night_latency_STDU: textCell('min') },
    });
    expect(cellsOf('SAMPLE')).toMatchObject({
      ...{ sample_value_REL: textCell('<'), sample_value: numberCell(0.25, '0.000') },
      ...{ sample_value_U: textCell('ng/mL'), sample_value_STD: numberCell(250, 'General') },
      sample_value_STDU: textCell('ng/L'),
    });
  });
});

describe('rule 5', () => {
  it('a coded answer is its code in the value column', () =>
    expect(cellsOf('NIGHT')['night_first']).toEqual(textCell('COFFEE')));
  it('an answer of several choices is 1 or 0 in a column for each', () =>
    expect(cellsOf('NIGHT')).toMatchObject({
      night_drinks_NONE: numberCell(0, '0'),
      night_drinks_TEA: numberCell(1, '0'),
      night_drinks_COFFEE: numberCell(1, '0'),
    }));
  it('an answer of several choices that was not asked is blank in all of them', () =>
    expect(cellsOf('NIGHT', old)).toMatchObject({ night_drinks_NONE: null, night_drinks_TEA: null }));
});

describe('rule 6', () => {
  it('the first row has the names of the variables, and no row of labels follows', () => {
    expect(
      sheetNamed(book, 'NIGHT')
        .rows[0]?.slice(6, 9)
        .map((cell) => cell?.value),
    ).toEqual([...['REPEAT', 'FORMSTATUS', 'night_bed']]);
    expect(sheetNamed(book, 'NIGHT').rows[1]?.[0]).toEqual(textCell('sleep-diary'));
  });
  it('the label of a variable stands in a note at its column', () =>
    expect(Object.values(sheetNamed(book, 'NIGHT').notes).join()).toContain('Réveils'));
  it('a sheet is one rectangular table without merged cells, formulas and hidden rows', () => {
    for (const { name, rows, merged, formulas: calculated, hidden, tables } of book.sheets) {
      expect([merged, calculated, hidden, Object.keys(tables).length], name).toEqual([[], 0, [], 1]);
      expect(new Set(rows.map((row) => row.length)).size, name).toBe(1);
    }
  });
  it('no colour means anything: only the header row has one', () => {
    for (const { name, filled } of book.sheets) expect(filled, name).toBe(0);
  });
});

describe('rule 7', () => {
  it('the header and the key columns stay in view', () =>
    expect(sheetNamed(book, 'NIGHT').freeze).toBe('I2'));
  it('a sheet is a table of Excel with a filter over all its columns', () => {
    for (const { name, tables } of book.sheets)
      for (const { ref, filter } of Object.values(tables)) expect(filter, name).toBe(ref);
  });
  it('a column is as wide as its content wants', () => {
    const { widths } = sheetNamed(book, 'INTAKE');
    expect(new Set(Object.values(widths)).size).toBeGreaterThan(2);
  });
  it('every code list has a name, and the cells of that name are its codes', () => {
    const codes = recordsOf(sheetNamed(book, 'CODELISTS').rows);
    const [, first = '', last = ''] = /\$B\$(\d+):\$B\$(\d+)$/u.exec(book.names['LIST_CL_DRINK'] ?? '') ?? [];
    expect(codes.slice(Number(first) - 2, Number(last) - 1).map(({ CODE }) => CODE)).toEqual([
      ...['NONE', 'TEA', 'COFFEE'],
    ]);
  });
  it('a coded column takes the codes of its list alone', () =>
    expect(ruleOf('NIGHT', 'night_first')).toMatchObject({
      type: 'list',
      formulas: ['LIST_CL_DRINK', null],
    }));
  it('a column with few entries of its own takes these alone', () => {
    expect(ruleOf('NIGHT', 'night_latency_REL')?.formulas[0]).toBe('"<,<=,=,>=,>"');
    expect(ruleOf('INTAKE', 'intake_start_PREC')?.formulas[0]).toBe('"year,month,day,minute"');
    expect(ruleOf('NIGHT', 'FORMSTATUS')?.type).toBe('list');
  });
  it('a number column takes numbers within its hard limits', () => {
    expect(ruleOf('NIGHT', 'night_temp')).toMatchObject({ type: 'decimal', formulas: ['0', '45'] });
    expect(ruleOf('NIGHT', 'night_wakes')).toMatchObject({ type: 'whole', formulas: ['0', '50'] });
  });
  it('a date column takes dates that Excel counts rightly', () =>
    expect(ruleOf('INTAKE', 'intake_start')).toMatchObject({ type: 'date', formulas: ['61', null] }));
});

describe('rule 8', () => {
  it('every sheet is protected without a password, and its cells can be selected', () => {
    for (const sheet of book.sheets)
      expect(sheet, sheet.name).toMatchObject({ protected: true, password: null, selectable: true });
  });
  it('the structure of the workbook is locked', () => expect(book.locked).toBe(true));
});

describe('rule 9', () => {
  it('a sheet has a name of 31 characters at most that no other has, whatever the case', () => {
    const names = book.sheets.map(({ name }) => name.toLowerCase());
    expect(Math.max(...names.map((name) => name.length))).toBeLessThanOrEqual(31);
    expect(new Set(names).size).toBe(names.length);
  });
  it('a text longer than a cell is in LONGTEXT as a whole, and its cell says where', () => {
    const thread = recordsOf(sheetNamed(book, 'QUERIES').rows).find(({ SUBJID }) => SUBJID === warm);
    expect(thread?.['THREAD']).toMatch(/^see LONGTEXT QUERIES row \d+ THREAD$/u);
    const whole = recordsOf(sheetNamed(book, 'LONGTEXT').rows)
      .filter(({ SHEET }) => SHEET === 'QUERIES')
      .map(({ TEXT }) => String(TEXT))
      .join('');
    expect(whole.length).toBeGreaterThan(32_767);
    expect(whole.split('\n')).toHaveLength(Number(thread?.['MESSAGES']));
    expect(whole.endsWith(reason)).toBe(true);
  });
  it('no cell holds more than Excel takes', () => {
    const longest = book.sheets.flatMap(({ rows }) =>
      rows.flat().map((cell) => String(cell?.value ?? '').length),
    );
    expect(Math.max(...longest)).toBeLessThanOrEqual(32_767);
  });
  it('a sheet with more rows than fit goes on in another, without a loss', async () => {
    const { db, siteCode, siteName, fingerprint, model } = site.actor().site;
    const { study } = model;
    const file = site.file('parts.xlsx');
    const writer = createWorkbookWriter({
      ...{ stream: createWriteStream(file), savedAt: new Date(0), creator: 'Cahier' },
      ...{ maxRows: 20, sheetNames: sheetNamesOf(study) },
    });
    const reader = createExportReader(db);
    const source = { reader, study, siteCode, siteName, fingerprint, appVersion: '0' };
    await fillWorkbook(source, writer, { progress: () => undefined });
    const parts = readByOpenpyxl(file);
    const seqs = parts.sheets
      .filter(({ name }) => /^AUDIT(?:_\d+)?$/u.test(name))
      .map(({ rows }) => recordsOf(rows).map(({ SEQ }) => SEQ));
    expect(seqs.length).toBeGreaterThan(2);
    expect(Math.max(...seqs.map(({ length }) => length))).toBe(19);
    expect(seqs.flat()).toEqual(recordsOf(sheetNamed(book, 'AUDIT').rows).map(({ SEQ }) => SEQ));
    const names = parts.sheets.map(({ name }) => name);
    expect(names.slice(names.indexOf('AUDIT'), names.indexOf('AUDIT') + 2)).toEqual(['AUDIT', 'AUDIT_2']);
  });
});

describe('rule 10', () => {
  const column = (): number =>
    sheetNamed(book, 'AUDIT').rows[0]?.findIndex((cell) => cell?.value === 'REASON') ?? -1;
  it('a text that looks like a formula is a text', () => {
    const reasons = sheetNamed(book, 'AUDIT').rows.map((row) => row[column()]);
    for (const formula of formulas.slice(1)) expect(reasons).toContainEqual(textCell(formula));
  });
  it('it is marked as text, and nothing else is', () => {
    const { rows, quoted } = sheetNamed(book, 'AUDIT');
    const meant = rows.flatMap((row, index) =>
      row.flatMap((cell, at) =>
        cell?.kind === 'text' && /^[=+\-@\t\r]/u.test(String(cell.value))
          ? [`${letters(at + 1)}${index + 1}`]
          : [],
      ),
    );
    expect(meant.length).toBeGreaterThanOrEqual(formulas.length - 1);
    expect(quoted).toEqual(meant);
  });
  it('00_README says how many there are, and where', () => {
    const line = recordsOf(sheetNamed(book, '00_README').rows).find(
      ({ ABOUT }) => ABOUT === 'Text that looks like a formula',
    );
    const marked = book.sheets.reduce((sum, { quoted }) => sum + quoted.length, 0);
    expect(line?.['CONTENT']).toMatch(new RegExp(`^${marked} cells; .* AUDIT row \\d+ REASON`, 'u'));
  });
});

describe('rule 11', () => {
  it('every time of an act is UTC', () => {
    for (const sheet of ['AUDIT', 'QUERIES', '01_SUBJECTS']) {
      for (const row of recordsOf(sheetNamed(book, sheet).rows))
        for (const [name, value] of Object.entries(row))
          if (name.endsWith('_UTC')) expect(value).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/u);
    }
  });
});

describe('rule 12', () => {
  it('00_README and MANIFEST say that the values of the database are those of the form sheets', () => {
    const [{ count } = { count: 0 }] = site.rows<{ count: number }>(
      'SELECT COUNT(*) AS count FROM value WHERE parked = 0 AND (text IS NOT NULL OR missing IS NOT NULL)',
    );
    const readme = recordsOf(sheetNamed(book, '00_README').rows).find(
      ({ ABOUT }) => ABOUT === 'Reconciliation',
    );
    expect(readme?.['CONTENT']).toContain(`${count} values in the database, ${count} in the form sheets`);
    const manifest = recordsOf(sheetNamed(book, 'MANIFEST').rows);
    const inSheets = manifest.flatMap(({ SHEET, VALUES }) =>
      String(SHEET).startsWith('(') ? [] : [Number(VALUES ?? 0)],
    );
    expect(inSheets.reduce((sum, values) => sum + values, 0)).toBe(count);
  });
});

describe('LibreOffice', () => {
  let resaved: ReadBook;
  beforeAll(() => {
    const folder = path.join(site.folder, 'libreoffice');
    mkdirSync(folder);
    resaved = readByOpenpyxl(resaveByLibreOffice(site.file('rules.xlsx'), folder));
  }, 300_000);

  it('opens every sheet under its name, in its order', () =>
    expect(resaved.sheets.map(({ name }) => name)).toEqual(book.sheets.map(({ name }) => name)));
  it('reads every cell of every sheet as it is', () => {
    const contents = ({ rows }: ReadBook['sheets'][number]): unknown =>
      rows.map((row) => row.map((cell) => (cell === null ? null : [cell.kind, cell.value])));
    for (const sheet of book.sheets)
      expect(contents(sheetNamed(resaved, sheet.name)), sheet.name).toEqual(contents(sheet));
  });
  it('keeps the protection and the names of the code lists', () => {
    for (const { name } of book.sheets)
      expect(sheetNamed(resaved, name), name).toMatchObject({ protected: true });
    expect(Object.keys(resaved.names)).toEqual(expect.arrayContaining(Object.keys(book.names)));
  });
  it('knows the validations of the columns', () => {
    for (const { name, validations } of book.sheets)
      expect(sheetNamed(resaved, name).validations.length > 0, name).toBe(validations.length > 0);
  });
});
