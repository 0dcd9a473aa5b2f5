import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import type { Cell, ColumnKind, SheetColumn } from '#shared/export-plan/sheet.ts';
import { isoDay, isoMinute } from '#shared/partial-date.ts';
import { countCells } from '../../../electron/services/workbook-count.ts';
import { readByExceljs, type ReadCell } from './read-workbook.ts';
import { temporaryFolder, writeBook } from './written-book.ts';

const folder = temporaryFolder();
afterAll(() => {
  folder.remove();
});

const firstDay = -25508; // 1900-03-01
const lastDay = 2_932_896; // 9999-12-31
const formats: Readonly<Record<ColumnKind, string>> = {
  text: '@',
  integer: '0',
  decimal: 'General',
  date: 'yyyy-mm-dd',
  'date-time': 'yyyy-mm-dd hh:mm',
};

const cellOf: Readonly<Record<ColumnKind, fc.Arbitrary<Cell>>> = {
  // What a codec lets through: nothing that can't be shown, no space at an end.
  text: fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
    .map((one) => `${one.replaceAll(/[\p{Cc}\p{Cs}]/gu, '')}.`),
  integer: fc.integer(),
  decimal: fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => (number === 0 ? 0 : number)),
  date: fc.integer({ min: firstDay, max: lastDay }).map((day) => ({ day })),
  'date-time': fc.integer({ min: firstDay * 1440, max: lastDay * 1440 }).map((minute) => ({ minute })),
};

const sheet = fc
  .array(fc.constantFrom<ColumnKind>('text', 'integer', 'decimal', 'date', 'date-time'), {
    minLength: 1,
    maxLength: 40,
  })
  .chain((kinds) =>
    fc.record({
      columns: fc.constant(kinds.map((kind, index): SheetColumn => ({ name: `C${index}`, kind, width: 10 }))),
      rows: fc.array(fc.tuple(...kinds.map((kind) => fc.option(cellOf[kind], { nil: null }))), {
        maxLength: 12,
      }),
    }),
  );

describe('cells of any content', () => {
  it('are read as they were written', async () => {
    let runs = 0;
    await fc.assert(
      fc.asyncProperty(sheet, async ({ columns, rows }) => {
        const written = await writeBook(folder.file(`${(runs += 1)}.xlsx`), [{ name: 'S', columns, rows }]);
        const read = (await readByExceljs(written.file)).get('S') ?? [];
        const meant = rows.map((row) =>
          row.map((cell, index) => toRead(cell, formats[columns[index]?.kind ?? 'text'])),
        );
        const found = rows.map((_, row) => columns.map((__, column) => read[row + 1]?.[column] ?? null));
        expect(found).toEqual(meant);
        const cells = rows.flat().filter((cell) => cell !== null).length;
        expect(written.totals[0]?.cells).toBe(cells);
        expect(await countCells(written.file)).toEqual([cells + columns.length]);
      }),
      { numRuns: 60 },
    );
  }, 60_000);
});

function toRead(cell: Cell, format: string): ReadCell {
  if (cell === null) return null;
  if (typeof cell === 'number') return { kind: 'number', value: cell, format };
  if (typeof cell === 'string') return { kind: 'text', value: cell, format };
  return { kind: 'date', value: 'day' in cell ? isoDay(cell.day) : isoMinute(cell.minute), format };
}
