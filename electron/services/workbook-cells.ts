/** A row of cells as the XML of a sheet (ECMA-376 part 1, 18.3.1.4) and as the line that is hashed. */
import type { Cell } from '#shared/export-plan/sheet.ts';
import { isoDay, isoMinute } from '#shared/partial-date.ts';

/** 1970-01-01 as Excel counts days. */
const dayZero = 25_569;

/** Characters that XML 1.0 has no way to hold, those that a parser changes (CR), and what reads like their escape. */
const unfit = /[\u0000-\u0008\u000B-\u001F\u007F\uFFFE\uFFFF]|_x[0-9A-Fa-f]{4}_/u; // eslint-disable-line no-control-regex -- they are what is looked for
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

/** Blank cells are left out. `letters` and `styles`: of each column. Texts have to be fit. */
export function rowXml(
  row: number,
  cells: readonly Cell[],
  letters: readonly string[],
  styles: readonly number[],
): string {
  let xml = `<row r="${row}">`;
  for (let index = 0; index < letters.length; index += 1) {
    const cell = cells[index] ?? null;
    if (cell === null) continue;
    xml += `<c r="${letters[index] ?? ''}${row}" s="${styles[index] ?? 0}"${contentXml(cell)}</c>`;
  }
  return `${xml}</row>`;
}

function contentXml(cell: Exclude<Cell, null>): string {
  if (typeof cell === 'string') return textXml(cell);
  if (typeof cell === 'number') return `><v>${cell}</v>`;
  return `><v>${'day' in cell ? cell.day + dayZero : cell.minute / 1440 + dayZero}</v>`;
}

const special = /[&<>]|^\s|\s$|\n/u;

function textXml(text: string): string {
  if (!special.test(text)) return ` t="inlineStr"><is><t>${text}</t></is>`;
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return ` t="inlineStr"><is><t xml:space="preserve">${escaped}</t></is>`;
}

/** One line a row: cells joined by tabs; \ tab, line feed and return escaped; dates as ISO 8601; blank for nothing. */
export function canonicalRow(cells: readonly Cell[]): string {
  let line = '';
  for (let index = 0; index < cells.length; index += 1) {
    if (index > 0) line += '\t';
    line += canonicalCell(cells[index] ?? null);
  }
  return `${line}\n`;
}

function canonicalCell(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'string') return cell.replace(/[\\\t\n\r]/gu, (mark) => escapes[mark] ?? mark);
  if (typeof cell === 'number') return plainNumber(cell);
  return 'day' in cell ? isoDay(cell.day) : isoMinute(cell.minute);
}

const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

/** The shortest decimal that means the same double, without an exponent: "0.0000001". */
export function plainNumber(number: number): string {
  const shortest = String(number === 0 ? 0 : number);
  const [mantissa = '', exponent] = shortest.split('e');
  if (exponent === undefined) return shortest;
  const [, sign = '', whole = '', fraction = ''] = /^(-?)(\d+)\.?(\d*)$/u.exec(mantissa) ?? [];
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
