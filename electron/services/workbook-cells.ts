/** What stands in a cell: texts that a file can hold, numbers and days as Excel counts them, and the line that is hashed. */
import type { Cell } from '#shared/export-plan/sheet.ts';
import { isoDay, isoMinute } from '#shared/partial-date.ts';

/** 1970-01-01 as Excel counts days. */
const dayZero = 25_569;

/** Characters that XML 1.0 has no way to hold, those that a parser changes (CR), and what reads like their escape. */
// eslint-disable-next-line no-control-regex -- they are what is looked for
const unfit = /[\u0000-\u0008\u000B-\u001F\u007F\uFFFE\uFFFF]|_x[0-9A-Fa-f]{4}_/u;
const everyUnfit = new RegExp(unfit, 'gu');

/**
 * The text as it can stand in a cell: ECMA-376 part 1, 22.9.2.19 writes what XML can't hold as _xHHHH_. Programs that
 * know it show the character, others the escape.
 */
export function fitText(text: string): string {
  if (!unfit.test(text)) return text;
  return text.replace(everyUnfit, (found) =>
    found.length > 1
      ? `_x005F${found}`
      : `_x${found.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`,
  );
}

/** Text that a spreadsheet program would run if it were typed: it is a text cell here, and counted. */
export const looksLikeFormula = (text: string): boolean => /^[=+\-@\t\r]/u.test(text);

/** Short, and letters, digits and little else, as codes, ids, dates and hashes are: needs no second look by anybody. */
export const isPlainText = (text: string): boolean =>
  text.length <= longestPlain && !/^-|_x|[^\w.:/-]/u.test(text);
const longestPlain = 200;

/** The number in an Excel cell that shows this day or minute. */
export function excelNumber(cell: Exclude<Cell, null | string | number>): number {
  return 'day' in cell ? cell.day + dayZero : cell.minute / 1440 + dayZero;
}

/** One line a row: cells joined by tabs; \ tab, line feed and return escaped; dates as ISO 8601; blank for nothing. */
export function canonicalRow(cells: readonly Cell[]): string {
  return `${cells.map(canonicalCell).join('\t')}\n`;
}

export function canonicalCell(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'string') return cell.replace(/[\\\t\n\r]/gu, (mark) => escapes[mark] ?? mark);
  if (typeof cell === 'number') return plainNumber(cell);
  return 'day' in cell ? isoDay(cell.day) : isoMinute(cell.minute);
}

const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

/** The shortest decimal that means the same double, without an exponent: "0.0000001". */
export function plainNumber(number: number): string {
  const shortest = String(number === 0 ? 0 : number);
  if (!shortest.includes('e')) return shortest;
  const [, sign = '', whole = '', fraction = '', exponent = ''] =
    /^(-?)(\d+)\.?(\d*)e([+-]\d+)$/u.exec(shortest) ?? [];
  const digits = whole + fraction;
  const point = whole.length + Number(exponent);
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`;
  return sign + digits.padEnd(point, '0');
}

export function columnLetter(column: number): string {
  let rest = column;
  let letters = '';
  while (rest > 0) {
    const digit = (rest - 1) % 26;
    letters = String.fromCharCode(65 + digit) + letters;
    rest = (rest - 1 - digit) / 26;
  }
  return letters;
}
