import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { csvField, escapeFormula, undoFormulaEscape } from '#shared/formats/csv.ts';
import { openExportSite, type ExportSite } from '../exports/site.ts';
import { sleepDiary } from '../studies/folders.ts';
import { parseCsv, readCsv } from './read-csv.ts';
import { exportFormats, hostileTexts, longText, putText } from './formats-site.ts';

describe('a field', () => {
  it.each([
    ['=1+1', "'=1+1"],
    ["'=1+1", "''=1+1"],
    ['-5 °C', "'-5 °C"],
    ['@cmd', "'@cmd"],
    ['\tx', "'\tx"],
    ['=', '='],
    ['<=', '<='],
    ["'tis", "'tis"],
    ['2021-11', '2021-11'],
  ])('%s is escaped as %s', (text, escaped) => {
    expect(escapeFormula(text)).toBe(escaped);
  });

  it('gives any text back once the escape is undone, and never begins like a formula that calculates', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom("'", '=', '+', '-', '@', 'a', ' ', '\t') }), (text) => {
        expect(undoFormulaEscape(escapeFormula(text))).toBe(text);
        expect(/^[=+\-@\t\r]./su.test(escapeFormula(text))).toBe(false);
      }),
    );
  });

  it('is read back as it was, among others', () => {
    const text = fc.string({ unit: fc.constantFrom('"', ',', '\r', '\n', ' ', 'a', 'é') });
    fc.assert(
      fc.property(fc.array(fc.array(text, { minLength: 2, maxLength: 3 }), { minLength: 1 }), (records) => {
        const written = records.map((fields) => `${fields.map(csvField).join(',')}\r\n`).join('');
        expect(parseCsv(written)).toEqual(records);
      }),
    );
  });
});

describe('the CSV files of a site', () => {
  let site: ExportSite;
  beforeAll(async () => {
    site = await openExportSite(sleepDiary);
    hostileTexts.forEach((text, index) => {
      putText(site, `01-S${String(index + 1).padStart(2, '0')}`, text);
    });
  });
  afterAll(() => {
    site.close();
  });

  it('are one for each sheet of the workbook, with the rows, cells and hash that it has there', async () => {
    const { sheets } = await site.exportDone('a.xlsx');
    const { files } = await exportFormats(site, 'sheets', ['csv']);
    const manifest = readCsv(site.file('sheets/MANIFEST.csv')).rows.map(([name, rows, , cells, , hash]) => ({
      name,
      rows: Number(rows),
      cells: Number(cells),
      sha256: hash,
    }));
    expect(files.map(({ file }) => path.basename(file, '.csv')).sort()).toEqual(
      sheets.map(({ name }) => name).sort(),
    );
    for (const sheet of sheets) {
      if (sheet.name !== 'MANIFEST') expect(manifest).toContainEqual(sheet);
    }
  });

  it('hold what those hashes are of, once the escapes are undone', async () => {
    await exportFormats(site, 'hashed', ['csv']);
    const manifest = readCsv(site.file('hashed/MANIFEST.csv'));
    const hashes = new Map(manifest.rows.map((row) => [row[0], row[5]]));
    for (const name of readdirSync(site.file('hashed'))) {
      const sheet = path.basename(name, '.csv');
      if (sheet === 'MANIFEST') continue;
      const { header, rows } = readCsv(site.file(`hashed/${name}`));
      const lines = [header, ...rows].map((row) => `${row.map(canonical).join('\t')}\n`);
      expect(createHash('sha256').update(lines.join('')).digest('hex'), sheet).toBe(hashes.get(sheet));
    }
  });

  it('are the same bytes when nothing has changed', async () => {
    const first = await exportFormats(site, 'one', ['csv']);
    site.clock.pass(60_000);
    const second = await exportFormats(site, 'two', ['csv']);
    expect(second.files.map(({ sha256 }) => sha256)).toEqual(first.files.map(({ sha256 }) => sha256));
  });

  it('keep a text whole that fits no cell of a workbook', async () => {
    putText(site, '01-S50', longText);
    await exportFormats(site, 'long', ['csv']);
    const { header, rows } = readCsv(site.file('long/INTAKE.csv'));
    expect(rows.map((row) => row[header.indexOf('intake_mail')])).toContain(longText);
  });

  it('are written to no folder that holds something, and leave it as it was', async () => {
    await exportFormats(site, 'taken', ['csv']);
    const before = readdirSync(site.file('taken'));
    await expect(exportFormats(site, 'taken', ['csv'])).rejects.toThrow('export-file-stuck');
    expect(readdirSync(site.file('taken'))).toEqual(before);
    expect(readdirSync(site.folder).filter((name) => name.endsWith('.part'))).toEqual([]);
  });
});

function canonical(field: string): string {
  const marks: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };
  return undoFormulaEscape(field).replace(/[\\\t\n\r]/gu, (mark) => marks[mark] ?? mark);
}
