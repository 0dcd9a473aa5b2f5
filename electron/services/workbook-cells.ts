/** What stands in a cell: texts that a file can hold, numbers and days as Excel counts them, and the line that is hashed. */
import type { Cell } from '#shared/export-plan/sheet.ts';
import { isoDay, isoMinute } from '#shared/partial-date.ts';

export { fitText } from '#shared/formats/fit-text.ts';

/** 1970-01-01 as Excel counts days. */
const dayZero = 25_569;

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
