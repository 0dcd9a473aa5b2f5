import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createStudyModel, type StudyModel } from '#shared/study-model.ts';
import type { Study } from '#shared/study.ts';
import { anakinra, sleepDiary } from '../studies/folders.ts';
import { expectedRows, inFile, rowKey, storedValues, type ExpectedRows } from './expected-cells.ts';
import {
  readByExceljs,
  readByOpenpyxl,
  recordsOf,
  sheetNamed,
  type ReadBook,
  type ReadCell,
} from './read-workbook.ts';
import { openExportSite, type ExportSite } from './site.ts';
import { typedRow } from './typed-answers.ts';

const keys = ['STUDYID', 'SITEID', 'SUBJID', 'VISIT', 'VISITDATE', 'FORM', 'REPEAT', 'FORMSTATUS'];

/** Three subjects with every form in two events and, where they repeat, several rows; the same ones at every run. */
function fillSite(site: ExportSite, model: StudyModel, subjects: readonly string[]): void {
  subjects.forEach((subject, index) => {
    for (const { form, events } of model.forms) {
      const instances = events.flatMap((event) => model.instancesOf(event).slice(0, 2)).slice(0, 3);
      const repeats = form.groups.some(({ repeating }) => repeating) ? [1, 2, 4] : [1];
      for (const { id: event } of instances) {
        for (const row of repeats) {
          const [changes = []] = fc.sample(typedRow(model, { event, form: form.id, row }), {
            numRuns: 1,
            seed: 7 * index + row,
          });
          if (changes.length > 0) site.services.forms.enterAll(site.actor(), subject, changes);
        }
      }
    }
  });
}

describe.each([
  { name: 'anakinra-misc', folder: anakinra, subjects: ['01-003', '01-001', '01-002'] },
  { name: 'sleep-diary', folder: sleepDiary, subjects: ['01-S02', '01-S01', '01-S10'] },
])('a workbook of the study $name', ({ folder, subjects }) => {
  let site: ExportSite;
  let study: Study;
  let book: ReadBook;
  let expected: ExpectedRows;
  let byExceljs: Awaited<ReturnType<typeof readByExceljs>>;

  beforeAll(async () => {
    site = await openExportSite(folder);
    ({ study } = await site.call('studies.current', {}));
    fillSite(site, createStudyModel(study).model, subjects);
    expected = expectedRows(study, storedValues(site));
    await site.exportDone('first.xlsx');
    book = readByOpenpyxl(site.file('first.xlsx'));
    byExceljs = await readByExceljs(site.file('first.xlsx'));
  }, 120_000);
  afterAll(() => {
    site.close();
  });

  const formRows = (): readonly (readonly [string, Record<string, ReadCell>])[] =>
    study.forms.flatMap((form) => {
      const [header = [], ...rows] = sheetNamed(book, form.id).rows;
      return rows.map((row) => {
        const cells = Object.fromEntries(
          row.flatMap((cell, index) => (cell === null ? [] : [[String(header[index]?.value), cell]])),
        ) as Record<string, NonNullable<ReadCell>>; // blank cells are left out
        const at = {
          form: form.id,
          subject: String(cells['SUBJID']?.value),
          event: String(cells['VISIT']?.value),
          row: Number(cells['REPEAT']?.value),
        };
        return [rowKey(at), cells] as const;
      });
    });

  it('holds values of every type that the study asks for', () => {
    const types = new Set(
      study.forms.flatMap((form) => form.groups.flatMap((group) => group.items.map(({ type }) => type))),
    );
    const stored = new Set(
      storedValues(site)
        .filter(({ parked }) => parked === 0)
        .map(({ item }) => item),
    );
    const held = new Set(
      study.forms.flatMap((form) =>
        form.groups.flatMap((group) =>
          group.items.filter(({ id }) => stored.has(id)).map(({ type }) => type),
        ),
      ),
    );
    expect(held).toEqual(types);
  });

  it('has a row for every subject, event and repeat that holds an answer, and no other', () => {
    expect(
      formRows()
        .map(([key]) => key)
        .sort(),
    ).toEqual([...expected.keys()].sort());
  });

  it('holds every recorded value, cell by cell, and nothing else', () => {
    for (const [key, cells] of formRows()) {
      const own = Object.fromEntries(Object.entries(cells).filter(([name]) => !keys.includes(name)));
      expect(own, key).toEqual(expected.get(key));
    }
  });

  it('is read the same by exceljs and by openpyxl', () => {
    for (const sheet of book.sheets) expect(byExceljs.get(sheet.name), sheet.name).toEqual(sheet.rows);
  });

  it('lists subjects by number, and their events in the order of the study', () => {
    const order = study.events.flatMap(({ id, repeating }) =>
      repeating === undefined ? [id] : Array.from({ length: repeating.last }, (_, n) => `${id}${n + 1}`),
    );
    for (const form of study.forms) {
      const rows = recordsOf(sheetNamed(book, form.id).rows).map(
        (row) => [String(row['SUBJID']), order.indexOf(String(row['VISIT'])), Number(row['REPEAT'])] as const,
      );
      const sorted = [...rows].sort(([a, b, c], [x, y, z]) => (a < x ? -1 : a > x ? 1 : b - y || c - z));
      expect(rows, form.id).toEqual(sorted);
    }
  });

  it('keeps ids as text', () => {
    const columns = ['STUDYID', 'SITEID', 'SUBJID', 'VISIT', 'FORM', 'FORMSTATUS'];
    for (const [key, cells] of formRows()) {
      for (const column of columns)
        expect(cells[column], `${key} ${column}`).toMatchObject({ kind: 'text', format: '@' });
    }
  });

  it('says in MANIFEST the hash that openpyxl works out by the recipe of 00_README', () => {
    const manifest = recordsOf(sheetNamed(book, 'MANIFEST').rows);
    const told = new Map(manifest.map((row) => [row['SHEET'], row['SHA256']]));
    for (const sheet of book.sheets) {
      if (sheet.name !== 'MANIFEST') expect(sheet.sha256, sheet.name).toBe(told.get(sheet.name));
    }
  });

  it('says in MANIFEST the hash of each sheet as it lies in the file, and of MANIFEST itself none', () => {
    const manifest = recordsOf(sheetNamed(book, 'MANIFEST').rows);
    const told = manifest
      .filter((row) => row['ZIP_SHA256'] !== undefined)
      .map((row) => [row['SHEET'], row['ZIP_SHA256']]);
    const others = book.sheets.filter(({ name }) => name !== 'MANIFEST');
    expect(told.sort()).toEqual(others.map(({ name, zipSha256 }) => [name, zipSha256]).sort());
  });

  it('says in MANIFEST how many rows and cells each sheet has', () => {
    const manifest = recordsOf(sheetNamed(book, 'MANIFEST').rows);
    for (const { name, rows } of book.sheets.filter((sheet) => sheet.name !== 'MANIFEST')) {
      const cells = rows
        .slice(1)
        .flat()
        .filter((cell) => cell !== null).length;
      expect(
        manifest.find((row) => row['SHEET'] === name),
        name,
      ).toMatchObject({ ROWS: rows.length - 1, COLUMNS: rows[0]?.length, CELLS: cells });
    }
  });

  it('reconciles the values of the form sheets with those of the database', () => {
    const manifest = recordsOf(sheetNamed(book, 'MANIFEST').rows);
    const inSheets = study.forms.map((form) =>
      Number(manifest.find((row) => row['SHEET'] === form.id)?.['VALUES']),
    );
    const kept = storedValues(site).filter(
      ({ parked, text, missing }) => parked === 0 && (text !== null || missing !== null),
    );
    expect(inSheets.reduce((sum, values) => sum + values, 0)).toBe(kept.length);
    expect(manifest.find((row) => row['SHEET'] === '(values in the database)')).toMatchObject({
      VALUES: kept.length,
    });
  });

  it('explains every column of every form sheet in DICTIONARY', () => {
    const explained = new Set(
      recordsOf(sheetNamed(book, 'DICTIONARY').rows).map((row) => `${row['SHEET']} ${row['VARIABLE']}`),
    );
    for (const form of study.forms) {
      const header = sheetNamed(book, form.id).rows[0] ?? [];
      for (const cell of header) {
        const name = String(cell?.value);
        expect(explained, name).toContain(`${keys.includes(name) ? 'every form sheet' : form.id} ${name}`);
      }
    }
  });

  it('allows in each coded column exactly the codes of its list', () => {
    const codes = Map.groupBy(recordsOf(sheetNamed(book, 'CODELISTS').rows), (row) => String(row['LIST']));
    const dictionary = new Map(
      recordsOf(sheetNamed(book, 'DICTIONARY').rows).map((row) => [
        `${row['SHEET']} ${row['VARIABLE']}`,
        row['CODELIST'],
      ]),
    );
    for (const form of study.forms) {
      const sheet = sheetNamed(book, form.id);
      (sheet.rows[0] ?? []).forEach((cell, index) => {
        const list = dictionary.get(`${form.id} ${cell?.value}`);
        if (list === undefined) return;
        const letter = columnLetter(index + 1);
        const rule = sheet.validations.find(
          ({ range }) => range === `${letter}2` || range.startsWith(`${letter}2:`),
        );
        expect(rule?.type, `${form.id} ${cell?.value}`).toBe('list');
        const allowed = cellsAt(book, book.names[rule?.formulas[0] ?? ''] ?? '');
        expect(allowed, `${form.id} ${cell?.value}`).toEqual(
          codes.get(String(list))?.map((row) => row['CODE']),
        );
      });
    }
  });

  it('validates every row of a column', () => {
    for (const sheet of book.sheets) {
      for (const { range } of sheet.validations) {
        const [first = '', last = first] = range.split(':');
        expect(first, `${sheet.name} ${range}`).toMatch(/^[A-Z]+2$/u);
        expect(Number(/\d+$/u.exec(last)?.[0]), `${sheet.name} ${range}`).toBe(
          Math.max(sheet.rows.length, 2),
        );
      }
    }
  });

  it('gives no validation a title longer than Excel takes', () => {
    const titles = book.sheets.flatMap(({ validations }) => validations.map(({ title }) => title ?? ''));
    expect(Math.max(...titles.map((title) => title.length))).toBeLessThanOrEqual(32);
  });

  it('has the trail in AUDIT up to the data cut, entry by entry', () => {
    const stored = site.rows<{ seq: number; hash: string; action: string }>(
      'SELECT seq, lower(hex(hash)) AS hash, action FROM audit ORDER BY seq',
    );
    const cut = stored.findLast(({ action }) => !/^(?:session|export)\./u.test(action))?.seq ?? 0;
    const rows = recordsOf(sheetNamed(book, 'AUDIT').rows);
    expect(rows.map((row) => [row['SEQ'], row['ACTION'], row['HASH']])).toEqual(
      stored.filter(({ seq }) => seq <= cut).map(({ seq, action, hash }) => [seq, action, hash]),
    );
  });

  it('has old and new value of an entry in AUDIT, relation, unit and missing reason apart', () => {
    const stored = site.rows<{ seq: number; new: string | null }>(
      `SELECT seq, new FROM audit WHERE action = 'value.set' ORDER BY seq`,
    );
    const rows = new Map(recordsOf(sheetNamed(book, 'AUDIT').rows).map((row) => [row['SEQ'], row]));
    for (const { seq, new: json } of stored) {
      const value = (json === null ? {} : JSON.parse(json)) as Record<string, unknown>; // as the trail stores it
      const row = rows.get(seq) ?? {};
      expect([row['NEW'], row['NEW_REL'], row['NEW_U'], row['NEW_ND']], `entry ${seq}`).toEqual(
        [value['text'], value['relation'], value['unit'], value['missing']].map((part) =>
          typeof part === 'string' ? inFile(part) : undefined,
        ),
      );
    }
  });

  it('lists every subject in 01_SUBJECTS with its findings and queries', () => {
    const stored = site.rows<{ number: string; hard: number; soft: number; queries: number }>(
      `SELECT number, open_hard AS hard, open_soft AS soft,
        (SELECT COUNT(*) FROM query WHERE subject_id = subject.id AND state <> 'closed') AS queries
       FROM subject ORDER BY number`,
    );
    const rows = recordsOf(sheetNamed(book, '01_SUBJECTS').rows);
    expect(
      rows.map((row) => [row['SUBJID'], row['OPEN_HARD'], row['OPEN_SOFT'], row['OPEN_QUERIES']]),
    ).toEqual(stored.map(({ number, hard, soft, queries }) => [number, hard, soft, queries]));
  });

  it('has every query in QUERIES, and counts them in MANIFEST', () => {
    const stored = site.rows<{ id: number; check: string | null; state: string }>(
      'SELECT id, check_id AS "check", state FROM query ORDER BY id',
    );
    const rows = recordsOf(sheetNamed(book, 'QUERIES').rows);
    expect(rows.map((row) => [row['QUERY'], row['CHECK'], row['STATE']])).toEqual(
      stored.map(({ id, check, state }) => [id, check ?? undefined, state]),
    );
    const manifest = recordsOf(sheetNamed(book, 'MANIFEST').rows);
    const counted = manifest.find((row) => row['SHEET'] === '(queries in the database)');
    expect([stored.length > 0, counted?.['ROWS']]).toEqual([true, stored.length]);
  });

  it('counts in CHECKS how often each check fired', () => {
    const stored = new Map(
      site
        .rows<{ id: string; count: number }>(
          `SELECT body ->> '$.check' AS id, COUNT(*) AS count FROM finding GROUP BY 1`,
        )
        .map(({ id, count }) => [id, count]),
    );
    const rows = recordsOf(sheetNamed(book, 'CHECKS').rows);
    const ids = new Set([...study.checks.map(({ id }) => id), ...stored.keys()]);
    expect(new Set(rows.map((row) => row['CHECK']))).toEqual(ids);
    for (const row of rows)
      expect(row['FIRED'], String(row['CHECK'])).toBe(stored.get(String(row['CHECK'])) ?? 0);
  });

  it('names the sheets of the design, the read-me first and the manifest last', () => {
    const forms = study.forms.map(({ id }) => id);
    expect(book.sheets.map(({ name }) => name)).toEqual([
      '00_README',
      '01_SUBJECTS',
      ...forms,
      'DICTIONARY',
      'CODELISTS',
      'MISSING',
      'UNITS',
      'CHECKS',
      'QUERIES',
      'AUDIT',
      'SIGNATURES',
      'CODING',
      'CHANGES',
      'MANIFEST',
    ]);
  });

  it('has one rectangular table on every sheet, without merged cells, formulas or hidden rows', () => {
    for (const sheet of book.sheets) {
      const width = sheet.rows[0]?.length ?? 0;
      const letter = columnLetter(width);
      expect(sheet, sheet.name).toMatchObject({ state: 'visible', merged: [], formulas: 0, hidden: [] });
      expect(Object.values(sheet.tables), sheet.name).toEqual([
        {
          ref: `A1:${letter}${Math.max(sheet.rows.length, 2)}`,
          filter: `A1:${letter}${Math.max(sheet.rows.length, 2)}`,
          columns: sheet.rows[0]?.map((cell) => cell?.value),
        },
      ]);
    }
  });

  it('names each column of a sheet once, whatever the case', () => {
    for (const sheet of book.sheets) {
      const names = (sheet.rows[0] ?? []).map((cell) => String(cell?.value).toLowerCase());
      expect(new Set(names).size, sheet.name).toBe(names.length);
    }
  });

  it('freezes the header row and the key columns', () => {
    expect(sheetNamed(book, study.forms[0]?.id ?? '').freeze).toBe('I2');
    for (const sheet of book.sheets) expect(sheet.freeze, sheet.name).toMatch(/^[B-I]2$/u);
  });

  it('protects every sheet and the structure without a password', () => {
    expect(book.locked).toBe(true);
    for (const sheet of book.sheets)
      expect(sheet, sheet.name).toMatchObject({ protected: true, password: null });
  });

  it('notes the label of an item at its column', () => {
    const form = study.forms[0];
    const notes = Object.values(sheetNamed(book, form?.id ?? '').notes).join('\n');
    for (const { label } of form?.groups.flatMap(({ items }) => items) ?? [])
      expect(notes).toContain(label.fr);
  });

  it('says what it is in 00_README', () => {
    const lines = new Map(
      recordsOf(sheetNamed(book, '00_README').rows).map((row) => [row['ABOUT'], row['CONTENT']]),
    );
    expect(lines.get('Study')).toContain(`${study.id} ${study.version}`);
    expect(lines.get('Site')).toBe('01 Ward 7');
    expect(lines.get('Data cut (UTC)')).toBe('2024-03-05T09:30:00.000Z');
  });
});

function columnLetter(column: number): string {
  return column > 26
    ? columnLetter(Math.floor((column - 1) / 26)) + columnLetter(((column - 1) % 26) + 1)
    : String.fromCharCode(64 + column);
}

/** Contents of "CODELISTS!$B$2:$B$5". */
function cellsAt(book: ReadBook, reference: string): readonly unknown[] {
  const [, sheet = '', letter = '', first = '', last = first] =
    /^'?([^'!]+)'?!\$([A-Z]+)\$(\d+)(?::\$\2\$(\d+))?$/u.exec(reference) ?? [];
  const column = letter.charCodeAt(0) - 65;
  return sheetNamed(book, sheet)
    .rows.slice(Number(first) - 1, Number(last))
    .map((row) => row[column]?.value);
}
