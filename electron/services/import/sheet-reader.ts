/** Rows of one worksheet as its XML streams in (ECMA-376 part 1, 18.3.1). */
import { isoDay, isoMinute } from '#shared/partial-date.ts';
import type { SourceCell, SourceRow } from '#shared/import/cell.ts';
import { plainNumber } from '../workbook-cells.ts';
import type { NumberKind } from './number-formats.ts';
import { mostColumns, readPlainRow } from './plain-row.ts';
import { attributeOf, createXmlReader, XmlFault, type XmlReader } from './xml.ts';

export interface SheetSurroundings {
  readonly sharedTexts: readonly string[];
  kindOf(style: number): NumberKind;
  /** Days between 1970-01-01 and the day that the workbook counts from. */
  readonly dayZero: number;
  onRow(row: SourceRow): void;
}

const mostRows = 1_048_576;

export function createSheetReader({ onRow, ...around }: SheetSurroundings): XmlReader {
  let row: { number: number; cells: (SourceCell | null)[] } | null = null;
  let lastRow = 0;
  let cell: { column: number; type: string; style: number } | null = null;
  let isFormula = false;
  let value: string | null = null;
  let isTaking = false;
  let phonetic = 0;

  function beginRow(attributes: string): void {
    const number = Number(attributeOf(attributes, 'r') ?? lastRow + 1);
    if (!Number.isInteger(number) || number <= lastRow || number > mostRows)
      throw new XmlFault('rows out of order');
    lastRow = number;
    row = { number, cells: [] };
  }

  function beginCell(attributes: string): void {
    if (row === null) throw new XmlFault('a cell outside a row');
    const reference = attributeOf(attributes, 'r');
    const column = reference === undefined ? row.cells.length : columnOf(reference);
    if (column < row.cells.length || column >= mostColumns) throw new XmlFault('cells out of order');
    cell = {
      column,
      type: attributeOf(attributes, 't') ?? 'n',
      style: Number(attributeOf(attributes, 's') ?? 0),
    };
    value = null;
    isFormula = false;
  }

  function endCell(): void {
    if (row === null || cell === null) return;
    const read =
      value === null && !isFormula ? null : toCell(cell.type, cell.style, value ?? '', isFormula, around);
    if (read !== null) {
      while (row.cells.length < cell.column) row.cells.push(null);
      row.cells.push(read);
    }
    cell = null;
  }

  const toPlainCell = (type: string, style: number, text: string): SourceCell | null =>
    toCell(type, style, text, false, around);

  return createXmlReader({
    whole: (text, start) => {
      const plain = row === null ? readPlainRow(text, start, toPlainCell) : start;
      if (typeof plain === 'number') return plain;
      // Out of its order: read tag by tag, it is refused.
      if (plain.number <= lastRow || plain.number > mostRows) return start;
      const { end, ...whole } = plain;
      lastRow = whole.number;
      if (whole.cells.length > 0) onRow(whole);
      return end;
    },
    open: (name, attributes) => {
      if (name === 'row') beginRow(attributes);
      else if (name === 'c') beginCell(attributes);
      else if (cell !== null) {
        if (name === 'f') isFormula = true;
        else if (name === 'rPh') phonetic += 1;
        else if (name === 'v' || (name === 't' && phonetic === 0)) {
          isTaking = true;
          value ??= '';
        }
      }
    },
    text: (text) => {
      if (isTaking) value = (value ?? '') + text;
    },
    close: (name) => {
      if (name === 'v' || name === 't') isTaking = false;
      else if (name === 'rPh') phonetic -= 1;
      else if (name === 'c') endCell();
      else if (name === 'row' && row !== null) {
        if (row.cells.length > 0) onRow(row);
        row = null;
      }
    },
  });
}

function columnOf(reference: string): number {
  let column = 0;
  for (const letter of /^[A-Z]{1,3}/u.exec(reference)?.[0] ?? '')
    column = column * 26 + letter.charCodeAt(0) - 64;
  if (column === 0) throw new XmlFault('a cell without a place');
  return column - 1;
}

function toCell(
  type: string,
  style: number,
  value: string,
  isFormula: boolean,
  { sharedTexts, kindOf, dayZero }: Omit<SheetSurroundings, 'onRow'>,
): SourceCell | null {
  switch (type) {
    case 's': {
      const text = sharedTexts[Number(value)];
      if (text === undefined) throw new XmlFault('a text that is not there');
      return text === '' && !isFormula ? null : { kind: 'text', text, isFormula };
    }
    case 'inlineStr':
    case 'str':
      return value === '' && !isFormula ? null : { kind: 'text', text: value, isFormula };
    case 'b':
      return { kind: 'truth', text: value.trim(), isFormula };
    case 'e':
      return { kind: 'error', text: value, isFormula };
    case 'd':
      return { kind: value.includes('T') ? 'minute' : 'day', text: value.slice(0, 16), isFormula };
    default:
      return value.trim() === ''
        ? isFormula
          ? { kind: 'text', text: '', isFormula }
          : null
        : { ...toNumber(Number(value), kindOf(style), dayZero), isFormula };
  }
}

/** Excel shows 15 digits and stores more: 0.1 + 0.2 is 0.3 to whoever typed it. */
function toNumber(number: number, kind: NumberKind, dayZero: number): Omit<SourceCell, 'isFormula'> {
  if (!Number.isFinite(number)) throw new XmlFault('a number that is none');
  switch (kind) {
    case 'day':
    case 'minute': {
      const minute = Math.round((number - dayZero) * 1440);
      // Below a day it is a time alone, and above the last day of Excel no date.
      if (number < 1 || number > 2_958_466) return { kind: 'number', text: plainNumber(number) };
      return kind === 'day' && minute % 1440 === 0
        ? { kind: 'day', text: isoDay(minute / 1440) }
        : { kind: 'minute', text: isoMinute(minute) };
    }
    case 'percent':
      return { kind: 'percent', text: plainNumber(Number((number * 100).toPrecision(15))) };
    case 'number':
      return { kind: 'number', text: plainNumber(number) };
  }
}
