/** Rows in the text format of COPY: cells apart by tabs, \N for a blank, and a backslash before what would end a cell. */
import type { Cell } from '#shared/export-plan/sheet.ts';
import type { PushRow } from '../content.ts';

/** Characters that are handed on together. */
const fullLength = 1 << 16;

/** Chunks of UTF-8; nothing is read ahead of who asks for them. */
export function* copyText(rows: Iterable<PushRow>): Generator<Buffer> {
  let text = '';
  for (const row of rows) {
    let before = '';
    for (const cell of row) {
      text += before + toField(cell);
      before = '\t';
    }
    text += '\n';
    if (text.length < fullLength) continue;
    yield Buffer.from(text, 'utf8');
    text = '';
  }
  if (text !== '') yield Buffer.from(text, 'utf8');
}

export function toField(cell: Cell): string {
  if (cell === null) return String.raw`\N`;
  if (typeof cell === 'number') return String(cell);
  if (typeof cell === 'string') return special.test(cell) ? cell.replace(everySpecial, escaped) : cell;
  return 'day' in cell ? isoOf(cell.day * dayMs).slice(0, 10) : isoOf(cell.minute * minuteMs).slice(0, 16);
}

const dayMs = 86_400_000;
const minuteMs = 60_000;

function isoOf(ms: number): string {
  return new Date(ms).toISOString();
}

/** The characters that COPY gives a meaning to, and the one that it can't take. */
const special = /[\\\t\n\r\0]/u;
const everySpecial = /[\\\t\n\r\0]/gu;

/** PostgreSQL has no text with U+0000; it is written as the workbook writes what it can't hold. */
function escaped(character: string): string {
  switch (character) {
    case '\\':
      return String.raw`\\`;
    case '\t':
      return String.raw`\t`;
    case '\n':
      return String.raw`\n`;
    case '\r':
      return String.raw`\r`;
    default:
      return '_x0000_';
  }
}
