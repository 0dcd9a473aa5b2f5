/** What a cell of somebody's table means for the item that its column answers: as it would be typed. */
import type { DateOrder, MappedColumn } from '../import-mapping.ts';
import type { Item, Text } from '../study.ts';
import { isoDay } from '../partial-date.ts';
import { cellText, type SourceCell } from './cell.ts';
import { foldWord } from './lines.ts';

export type CellReading =
  | { readonly kind: 'empty' }
  | { readonly kind: 'answer'; readonly value: string }
  | { readonly kind: 'missing'; readonly reason: string }
  | { readonly kind: 'refused'; readonly key: string; readonly words: Text };

export interface CellRules extends Pick<MappedColumn, 'values' | 'unit' | 'serialDates'> {
  /** Folded word → reason, or null for empty. */
  readonly missing: ReadonlyMap<string, string | null>;
  readonly dateOrder: DateOrder;
}

export function readMappedCell(item: Item, cell: SourceCell | null, rules: CellRules): CellReading {
  const text = cellText(cell);
  if (cell === null || (text === '' && !cell.isFormula)) return { kind: 'empty' };
  if (cell.isFormula) return { kind: 'refused', ...formulaCell };
  if (cell.kind === 'error') return { kind: 'refused', ...errorCell };
  const word = foldWord(text);
  const missing = rules.missing.get(word);
  if (missing !== undefined)
    return missing === null ? { kind: 'empty' } : { kind: 'missing', reason: missing };
  const mapped = Object.entries(rules.values ?? {}).find(([known]) => foldWord(known) === word);
  if (mapped !== undefined)
    return mapped[1] === null ? { kind: 'refused', ...undecided } : { kind: 'answer', value: mapped[1] };
  return { kind: 'answer', value: asTyped(item, cell, text, rules) };
}

function asTyped(item: Item, cell: SourceCell, text: string, rules: CellRules): string {
  switch (item.type) {
    case 'date':
    case 'date-time':
    case 'year-month':
    case 'partial-date':
      return dateText(item, cell, text, rules);
    case 'integer':
    case 'decimal':
    case 'comparator':
    case 'measurement':
      return withUnit(cell, text, rules.unit);
    default:
      return cell.kind === 'number' ? shortNumber(text) : text;
  }
}

/** Excel shows 15 digits and stores more: 0.1 + 0.2 is 0.3 to whoever looks at it. */
function shortNumber(text: string): string {
  return String(Number(Number(text).toPrecision(15)));
}

/** A unit that was written stays; nothing is converted. A percent cell shows a hundred times what it holds. */
function withUnit(cell: SourceCell, text: string, unit: string | undefined): string {
  if (cell.kind === 'percent') return `${text} %`;
  const number = cell.kind === 'number' ? shortNumber(text) : text;
  return unit !== undefined && /\d\s*$/u.test(number) ? `${number} ${unit}` : number;
}

function dateText(item: Item, cell: SourceCell, text: string, { dateOrder, serialDates }: CellRules): string {
  const isSerial = serialDates === true && /^\d{1,6}$/u.test(text);
  const iso = isSerial ? isoDay(Number(text) - 25_569) : text;
  if (isSerial || cell.kind === 'day' || cell.kind === 'minute') {
    // The day of a birth is not recorded, however exact the sheet is; midnight is how a spreadsheet stores a day.
    if (item.type === 'year-month') return iso.slice(0, 7);
    return item.type !== 'date-time' && iso.endsWith('T00:00') ? iso.slice(0, 10) : iso;
  }
  if (dateOrder !== 'mdy') return text;
  return text.replace(/^(\d{1,2})([-/. ])(\d{1,2})\2(\d{4})/u, '$3$2$1$2$4');
}

const formulaCell = {
  key: 'import-cell-formula',
  words: {
    en: 'The cell holds a formula: put the value in its place.',
    fr: 'La cellule contient une formule : mettre la valeur à sa place.',
  },
};
const errorCell = {
  key: 'import-cell-error',
  words: {
    en: 'The cell holds an error of the spreadsheet: put the value in its place.',
    fr: 'La cellule contient une erreur du tableur : mettre la valeur à sa place.',
  },
};
const undecided = {
  key: 'import-word-undecided',
  words: {
    en: 'The mapping has no code for this word yet: decide which one it means.',
    fr: 'La correspondance n’a pas encore de code pour ce mot : décider lequel il désigne.',
  },
};
