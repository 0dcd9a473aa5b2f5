/**
 * A row of a worksheet as nearly every program writes it: cells with a place, a style and a type in this order, and in
 * them a value or one inline text, no formula. Taken in one go, it costs a quarter of what it does tag by tag; anything
 * else is left to that way, which decides what is at fault.
 */
import type { SourceCell } from '#shared/import/cell.ts';
import { attributeOf, decodeXml } from './xml.ts';

export interface PlainRow {
  readonly number: number;
  readonly cells: readonly (SourceCell | null)[];
  /** Behind its closing tag. */
  readonly end: number;
}

/** A row whose end lies farther away than this is read tag by tag, so that it needn't be held as one text. */
const longestRow = 2 ** 20;
/** Excel's own limit. */
export const mostColumns = 16_384;
const slash = 0x2f;
const [quote, zero, nine, letterA, letterZ] = [0x22, 0x30, 0x39, 0x41, 0x5a];
const closing = '</row>';

/** Where the row doesn't end yet: -1. Where it is none of these: `start`. */
export function readPlainRow(
  text: string,
  start: number,
  toCell: (type: string, style: number, value: string) => SourceCell | null,
): PlainRow | number {
  if (!text.startsWith('<row ', start)) return start;
  const wait = text.length - start > longestRow ? start : -1;
  const first = text.indexOf('>', start) + 1;
  if (first === 0) return wait;
  const number = Number(attributeOf(text.slice(start + 4, first - 1), 'r'));
  if (text.charCodeAt(first - 2) === slash || !Number.isInteger(number)) return start;
  const end = text.indexOf(closing, first);
  if (end === -1) return wait;

  const cells: (SourceCell | null)[] = [];
  let at = first;
  while (at < end) {
    if (!text.startsWith('<c r="', at)) return start;
    at += 6;
    let column = 0;
    let code = text.charCodeAt(at);
    for (; code >= letterA && code <= letterZ; code = text.charCodeAt((at += 1)))
      column = column * 26 + code - letterA + 1;
    while (code >= zero && code <= nine) code = text.charCodeAt((at += 1));
    if (code !== quote || column <= cells.length || column > mostColumns) return start;
    at += 1;
    let style = 0;
    if (text.startsWith(' s="', at)) {
      at += 4;
      for (code = text.charCodeAt(at); code >= zero && code <= nine; code = text.charCodeAt((at += 1)))
        style = style * 10 + code - zero;
      if (code !== quote) return start;
      at += 1;
    }
    let type = 'n';
    if (text.startsWith(' t="', at)) {
      const close = text.indexOf('"', at + 4);
      type = text.slice(at + 4, close);
      at = close + 1;
    }
    if (text.startsWith('/>', at)) {
      at += 2;
      continue;
    }
    const [opening, ending] = type === 'inlineStr' ? inline : value;
    if (!text.startsWith(opening, at)) return start;
    at += opening.length;
    if (type === 'inlineStr') {
      if (text.startsWith(spaced, at)) at += spaced.length;
      else if (text.charCodeAt(at) !== 0x3e) return start;
      else at += 1;
    }
    const close = text.indexOf('<', at);
    if (!text.startsWith(ending, close)) return start;
    const cell = toCell(type, style, decodeXml(text.slice(at, close)));
    at = close + ending.length;
    if (cell === null) continue;
    while (cells.length < column - 1) cells.push(null);
    cells.push(cell);
  }
  return at === end ? { number, cells, end: end + closing.length } : start;
}

const inline = ['><is><t', '</t></is></c>'] as const;
const value = ['><v>', '</v></c>'] as const;
const spaced = ' xml:space="preserve">';
