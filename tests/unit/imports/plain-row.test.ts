/** Rows taken in one go read as the same rows tag by tag: a comment inside a row sends it the long way. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { SourceRow } from '#shared/import/cell.ts';
import { readPlainRow } from '../../../electron/services/import/plain-row.ts';
import { createSheetReader } from '../../../electron/services/import/sheet-reader.ts';

const around = {
  sharedTexts: ['', 'one', ' two '],
  kindOf: (style: number) => (['number', 'day', 'minute', 'percent'] as const)[style % 4] ?? 'number',
  dayZero: 25_569,
};

function read(chunks: readonly string[]): readonly SourceRow[] {
  const rows: SourceRow[] = [];
  const reader = createSheetReader({ ...around, onRow: (row) => rows.push(row) });
  for (const chunk of chunks) reader.write(chunk);
  reader.end();
  return rows;
}

const sheet = (rows: readonly string[]): string =>
  `<?xml version="1.0"?><worksheet><sheetData>${rows.join('')}</sheetData></worksheet>`;

const escaped = (text: string): string =>
  text.replace(/[&<>"]/gu, (mark) => `&#${String(mark.codePointAt(0))};`);
const written = fc
  .string({ unit: fc.constantFrom('a', 'é', '𝄞', ' ', '&', '<', '>', '"', '_x0041_', '\n'), maxLength: 12 })
  .map(escaped);
const style = fc.constantFrom('', ' s="0"', ' s="1"', ' s="6"', ' s="3"');
const number = fc.constantFrom('', '0', '12.5', '-3', '44927.5', '0.30000000000000004', ' 7 ');
const cell = fc.oneof(
  fc.tuple(style, number).map(
    ([s, n]) =>
      (at: string) =>
        `<c r="${at}"${s}><v>${n}</v></c>`,
  ),
  fc.tuple(style, number).map(
    ([s, n]) =>
      (at: string) =>
        `<c r="${at}"${s} t="n"><v>${n}</v></c>`,
  ),
  fc.constantFrom('0', '1', '2').map((n) => (at: string) => `<c r="${at}" t="s"><v>${n}</v></c>`),
  fc.constantFrom('0', '1').map((n) => (at: string) => `<c r="${at}" t="b"><v>${n}</v></c>`),
  written.map((t) => (at: string) => `<c r="${at}" t="str"><v>${t}</v></c>`),
  written.map((t) => (at: string) => `<c r="${at}" t="inlineStr"><is><t>${t}</t></is></c>`),
  written.map(
    (t) => (at: string) => `<c r="${at}" s="2" t="inlineStr"><is><t xml:space="preserve">${t}</t></is></c>`,
  ),
  written.map((t) => (at: string) => `<c r="${at}" t="inlineStr"><is><r><t>${t}</t></r></is></c>`),
  number.map((n) => (at: string) => `<c r="${at}"><f>A1+1</f><v>${n}</v></c>`),
  style.map((s) => (at: string) => `<c r="${at}"${s}/>`),
  style.map((s) => (at: string) => `<c${s} r="${at}"></c>`),
);
const row = fc.array(fc.tuple(fc.integer({ min: 0, max: 2 }), cell), { maxLength: 6 });

/** `mark` stands in each row before its end. */
function toRows(cells: readonly (readonly [number, (at: string) => string][])[], mark: string): string[] {
  return cells.map((own, index) => {
    const at = String(index * 2 + 1);
    let column = 0;
    const xml = own.map(([gap, write]) => {
      column += gap + 1;
      return write(`${String.fromCharCode(64 + column)}${at}`);
    });
    return own.length === 0 ? `<row r="${at}"/>` : `<row r="${at}" spans="1:9">${xml.join('')}${mark}</row>`;
  });
}

it('reads the same in one go and tag by tag, wherever the file is cut into pieces', () => {
  fc.assert(
    fc.property(fc.array(row, { maxLength: 5 }), fc.array(fc.nat(2000), { maxLength: 4 }), (cells, cuts) => {
      const text = sheet(toRows(cells, ''));
      const places = [0, ...cuts.map((cut) => cut % text.length).sort((a, b) => a - b), text.length];
      const pieces = places.slice(1).map((end, index) => text.slice(places[index], end));
      expect(read(pieces)).toEqual(read([sheet(toRows(cells, '<!-- -->'))]));
    }),
    { numRuns: 500 },
  );
});

const plain = (text: string, start = 0): unknown =>
  readPlainRow(text, start, (type, styled, value) => ({
    kind: 'text',
    text: `${type} ${String(styled)} ${value}`,
    isFormula: false,
  }));

it('takes a row as the application itself writes it', () => {
  const text = `<row r="3"><c r="A3" s="4" t="inlineStr"><is><t>a &amp; b</t></is></c><c r="C3"><v>1</v></c></row>`;
  expect(plain(`  ${text}  `, 2)).toEqual({
    number: 3,
    cells: [
      { kind: 'text', text: 'inlineStr 4 a & b', isFormula: false },
      null,
      { kind: 'text', text: 'n 0 1', isFormula: false },
    ],
    end: text.length + 2,
  });
});

it.each([
  ['a formula', '<row r="1"><c r="A1"><f>1</f><v>1</v></c></row>'],
  ['two runs of text', '<row r="1"><c r="A1" t="inlineStr"><is><r><t>a</t></r></is></c></row>'],
  ['a comment', '<row r="1"><!-- </row> --><c r="A1"><v>1</v></c></row>'],
  ['an empty row that closes itself', '<row r="1"/><row r="2"><c r="A2"><v>1</v></c></row>'],
  ['cells out of order', '<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>1</v></c></row>'],
  ['a column beyond the last', '<row r="1"><c r="XFE1"><v>1</v></c></row>'],
  ['another element of that beginning', '<rowBreaks count="0"></rowBreaks></row>'],
])('leaves %s to be read tag by tag', (_, text) => {
  expect(plain(text)).toBe(0);
});

it('waits for the end of a row, but not for ever', () => {
  expect(plain('<row r="1"><c r="A1">')).toBe(-1);
  expect(plain(`<row r="1"><c r="A1" t="str"><v>${'a'.repeat(2 ** 20)}`)).toBe(0);
});
