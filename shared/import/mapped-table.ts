/** Reads somebody's tables by a mapping: every cell of a mapped column becomes a value, is empty, or is refused with its why. */
import type { ImportMapping, MappedColumn, MappedTable } from '../import-mapping.ts';
import type { Study } from '../study.ts';
import { cellText, type SourceSheet } from './cell.ts';
import { createHeaderFinder, foldWord, linesOf, type FindHeader, type Line, type Lines } from './lines.ts';
import { readMappedCell, type CellReading } from './mapped-cell.ts';
import { studyItems, type StudyItem } from './study-items.ts';
import {
  createCollector,
  refusedValue,
  type ImportSource,
  type RefusedValue,
  type SourcePlace,
  type SubjectCollector,
} from './values.ts';

/** Keys are those of refusals: what is wrong with the mapping itself, or that it does not fit the file. */
export interface MappingFault {
  readonly key:
    | 'import-mapping-other-study'
    | 'import-mapping-no-sheet'
    | 'import-mapping-no-column'
    | 'import-mapping-two-columns'
    | 'import-mapping-no-item'
    | 'import-mapping-no-event';
  readonly params: Readonly<Record<string, string>>;
}
export type MappedSource =
  { readonly ok: true; readonly source: ImportSource } | { readonly ok: false; readonly fault: MappingFault };

export function readMappedTables(
  study: Study,
  mapping: ImportMapping,
  sheets: readonly SourceSheet[],
): MappedSource {
  if (mapping.study !== study.id)
    return fault('import-mapping-other-study', { study: mapping.study, here: study.id });
  const items = studyItems(study);
  const sink: Sink = { collected: createCollector(), refused: [], empty: 0, said: new Map() };
  for (const table of mapping.tables) {
    const sheet = table.sheet === undefined ? sheets[0] : sheets.find(({ name }) => name === table.sheet);
    if (sheet === undefined) return fault('import-mapping-no-sheet', { sheet: table.sheet ?? '1' });
    const placed = placeTable(table, sheet, items);
    if ('key' in placed) return { ok: false, fault: placed };
    readTable(table, placed, sink);
  }
  const { collected, refused, empty } = sink;
  return { ok: true, source: { subjects: collected.subjects(), refused, empty, calculated: 0 } };
}

interface Sink {
  readonly collected: SubjectCollector;
  readonly refused: RefusedValue[];
  empty: number;
  /** What was said at a place: several columns of a row may bring the same sampling date along. */
  readonly said: Map<string, string>;
}

interface PlacedColumn {
  readonly column: MappedColumn;
  readonly field: number;
  readonly unitField: number | null;
  readonly item: StudyItem;
  readonly with: readonly { readonly item: StudyItem; readonly answer: string | number }[];
}
interface PlacedTable {
  readonly lines: Lines;
  readonly subject: number;
  readonly event: number | null;
  readonly row: number | null;
  readonly columns: readonly PlacedColumn[];
}

function placeTable(
  table: MappedTable,
  sheet: SourceSheet,
  items: ReadonlyMap<string, StudyItem>,
): PlacedTable | MappingFault {
  const lines = linesOf(sheet, table.orientation);
  const find = createHeaderFinder(lines.all.find(({ number }) => number === table.header));
  const faults: MappingFault[] = [];
  const field = (header: string): number => fieldOf(find, header, faults);
  const item = (id: string): StudyItem | undefined => {
    const known = items.get(id);
    if (known === undefined) faults.push({ key: 'import-mapping-no-item', params: { item: id } });
    return known;
  };
  const columns = table.columns.flatMap((column): readonly PlacedColumn[] => {
    const own = item(column.item);
    if (own === undefined) return [];
    if (column.event === undefined && table.event === undefined && own.onlyEvent === null)
      faults.push({ key: 'import-mapping-no-event', params: { column: column.column, item: column.item } });
    const others = Object.entries(column.with ?? {}).flatMap(([id, answer]) => {
      const other = item(id);
      return other === undefined
        ? []
        : [{ item: other, answer: typeof answer === 'string' ? answer : field(answer.column) }];
    });
    const unitField = column.unitColumn === undefined ? null : field(column.unitColumn);
    return [{ column, field: field(column.column), unitField, item: own, with: others }];
  });
  const placed = {
    ...{ lines, columns, subject: field(table.subject.column) },
    event: typeof table.event === 'object' ? field(table.event.column) : null,
    row: typeof table.row === 'object' ? field(table.row.column) : null,
  };
  return faults[0] ?? placed;
}

function fieldOf(find: FindHeader, header: string, faults: MappingFault[]): number {
  const found = find(header);
  if (found.ok) return found.field;
  const key = found.fault === 'none' ? 'import-mapping-no-column' : 'import-mapping-two-columns';
  faults.push({ key, params: { column: header } });
  return -1;
}

function readTable(table: MappedTable, placed: PlacedTable, sink: Sink): void {
  const { first = table.header + 1, last = Number.MAX_SAFE_INTEGER } = table;
  const counted = new Map<string, number>();
  let before: string | null = null;
  for (const line of placed.lines.all) {
    if (line.number < first || line.number > last || line.number === table.header) continue;
    const subject = subjectOf(table, line, placed.subject, before);
    before = subject;
    const event = eventOf(table, line, placed.event);
    const key = `${subject ?? ''}|${event ?? ''}`;
    counted.set(key, (counted.get(key) ?? 0) + 1);
    const row = rowOf(table, line, placed.row, counted.get(key) ?? 1);
    for (const column of placed.columns)
      readColumn(table, placed, line, { subject, event, row, column }, sink);
  }
}

/** null: the cell says none. */
function subjectOf(
  { subject }: MappedTable,
  { cells }: Line,
  field: number,
  before: string | null,
): string | null {
  const text = cellText(cells[field]);
  if (text === '') return subject.fillDown === true ? before : null;
  const named = Object.entries(subject.numbers ?? {}).find(
    ([word]) => foldWord(word) === foldWord(text),
  )?.[1];
  if (named !== undefined) return named;
  const digits = /^\d+$/u.test(text) ? text.padStart(subject.digits ?? 0, '0') : text;
  return (subject.prefix ?? '') + digits;
}

/** null: the cell names no event of the mapping. undefined: the column or the form says it. */
function eventOf({ event }: MappedTable, { cells }: Line, field: number | null): string | null | undefined {
  if (typeof event !== 'object' || field === null) return typeof event === 'string' ? event : undefined;
  const word = foldWord(cellText(cells[field]));
  return Object.entries(event.events).find(([known]) => foldWord(known) === word)?.[1] ?? null;
}

function rowOf({ row }: MappedTable, { cells }: Line, field: number | null, count: number): number | null {
  if (field === null) return row === 'counted' ? count : 1;
  const text = cellText(cells[field]);
  return /^\d{1,4}$/u.test(text) && Number(text) > 0 ? Number(text) : null;
}

interface LinePlace {
  readonly subject: string | null;
  readonly event: string | null | undefined;
  readonly row: number | null;
  readonly column: PlacedColumn;
}

function readColumn(
  table: MappedTable,
  { lines }: PlacedTable,
  line: Line,
  { subject, event: ofLine, row: rowOfLine, column: placed }: LinePlace,
  sink: Sink,
): void {
  const { column, item, field } = placed;
  const from = lines.placeOf(line, field);
  const reading = readOne(table, placed, line, item, field, column);
  if (reading.kind === 'empty') {
    sink.empty += 1;
    return;
  }
  const event = column.event ?? (ofLine === undefined ? item.onlyEvent : ofLine);
  const row = column.row ?? (item.isRepeating ? rowOfLine : 1);
  const refuse = (key: string, words: Parameters<typeof refusedValue>[1]): void => {
    sink.refused.push(refusedValue(key, words, { subject, from }));
  };
  if (reading.kind === 'refused') refuse(reading.key, reading.words);
  else if (subject === null) refuse('import-no-subject', noSubject);
  else if (event === null) refuse('import-no-event', noEvent);
  else if (row === null) refuse('import-no-row', noRow);
  else {
    const add = (
      of: StudyItem,
      said: Extract<CellReading, { kind: 'answer' | 'missing' }>,
      at: SourcePlace = from,
    ): void => {
      const place = { event, form: of.form, row: of.isRepeating ? row : 1, item: of.item.id };
      const value = said.kind === 'answer' ? said.value : null;
      const missing = said.kind === 'missing' ? said.reason : null;
      const key = `${subject}|${place.event}|${place.form}|${place.row}|${place.item}`;
      if (sink.said.get(key) === `${value ?? ''}|${missing ?? ''}` && of !== item) return;
      sink.said.set(key, `${value ?? ''}|${missing ?? ''}`);
      sink.collected.add(subject, { place, value, missing, alone: false, from: at });
    };
    for (const other of placed.with) {
      const said = readWith(table, placed, line, other);
      if (said.kind === 'answer' || said.kind === 'missing')
        add(other.item, said, typeof other.answer === 'number' ? lines.placeOf(line, other.answer) : from);
    }
    add(item, reading);
  }
}

function readWith(
  table: MappedTable,
  { column }: PlacedColumn,
  line: Line,
  { item, answer }: PlacedColumn['with'][number],
): CellReading {
  if (typeof answer === 'string') return { kind: 'answer', value: answer };
  const { dateOrder, serialDates, missing } = column;
  const own = {
    ...(dateOrder === undefined ? {} : { dateOrder }),
    ...(serialDates === undefined ? {} : { serialDates }),
    ...(missing === undefined ? {} : { missing }),
  };
  return readOne(table, null, line, item, answer, own);
}

function readOne(
  table: MappedTable,
  placed: PlacedColumn | null,
  line: Line,
  { item }: StudyItem,
  field: number,
  column: Partial<MappedColumn>,
): CellReading {
  const ofLine = placed?.unitField == null ? '' : cellText(line.cells[placed.unitField]);
  const unit = ofLine === '' ? column.unit : ofLine;
  const missing = { ...table.missing, ...column.missing };
  return readMappedCell(item, line.cells[field] ?? null, {
    missing: new Map(Object.entries(missing).map(([word, reason]) => [foldWord(word), reason])),
    dateOrder: column.dateOrder ?? table.dateOrder,
    ...(column.values === undefined ? {} : { values: column.values }),
    ...(unit === undefined ? {} : { unit }),
    ...(column.serialDates === undefined ? {} : { serialDates: column.serialDates }),
  });
}

function fault(key: MappingFault['key'], params: MappingFault['params']): MappedSource {
  return { ok: false, fault: { key, params } };
}

const noSubject = {
  en: 'The line names no subject: fill in its number, or end the table before it.',
  fr: 'La ligne n’indique pas de sujet : compléter son numéro ou arrêter le tableau avant elle.',
};
const noEvent = {
  en: 'The line names no event that the mapping knows: add its word to the mapping.',
  fr: 'La ligne n’indique aucune visite connue de la correspondance : y ajouter ce mot.',
};
const noRow = {
  en: 'The line names no row: the column has to hold a number from 1.',
  fr: 'La ligne n’indique pas de rang : la colonne doit contenir un nombre à partir de 1.',
};
