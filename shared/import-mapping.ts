/**
 * How somebody's own table becomes answers of the study: which column (or line, where patients are columns) answers which
 * item, and how its words are meant. A mapping is JSON of this schema, kept with the study under the hash of its content.
 */
import { z } from 'zod';

/** A header as it stands in the table, in any case; "#3" is the third column where headers are blank or alike. */
const Header = z.string().min(1).max(300);
const Word = z.string().max(300);
const Id = z.string().regex(/^[A-Za-z][A-Za-z0-9_]{0,44}$/);
const Row = z.int().min(1).max(9999);

/** Order of the parts of a date that is written as text. Date cells and ISO 8601 need none. */
export const DateOrder = z.enum(['dmy', 'mdy', 'ymd']);
export type DateOrder = z.infer<typeof DateOrder>;

/** Word in the table (without regard to case) → reason of the study's list; null: the cell counts as empty. */
const MissingWords = z.record(Word, z.string().max(20).nullable());

export const MappedColumn = z.strictObject({
  column: Header,
  item: Id,
  /** Where the answer goes, when it is another event than the table's. The form is the item's own. */
  event: Id.optional(),
  /** Of a repeating group: which row the column fills, for tables with one line a subject. */
  row: Row.optional(),
  /** Word in the table → code; null: not decided yet, such cells are refused. Words not named are read as typed. */
  values: z.record(Word, z.string().max(300).nullable()).optional(),
  /** Put after a number that is written without a unit: "mg/L". Nothing is converted by the import itself. */
  unit: z.string().min(1).max(40).optional(),
  /** The column that holds the unit, where it differs from line to line. */
  unitColumn: Header.optional(),
  dateOrder: DateOrder.optional(),
  /** Days counted from 1899-12-30, as Excel stores them, where they are written as plain numbers. */
  serialDates: z.boolean().optional(),
  missing: MissingWords.optional(),
  /** Other items of the same row that are answered whenever this cell is: a fixed answer, or another column's. */
  with: z.record(Id, z.union([Word, z.strictObject({ column: Header })])).optional(),
});
export type MappedColumn = z.infer<typeof MappedColumn>;

export const MappedTable = z.strictObject({
  /** Absent: the first sheet. */
  sheet: z.string().max(100).optional(),
  /** columns: each patient is a column, and what is asked stands in a column at the left. */
  orientation: z.enum(['rows', 'columns']).default('rows'),
  /** The line (or column, for patients as columns) with the headers, counted from 1. */
  header: z.int().min(1).max(1_048_576).default(1),
  /** First and last line (column) of data, counted from 1; by default all after the headers. */
  first: z.int().min(1).max(1_048_576).optional(),
  last: z.int().min(1).max(1_048_576).optional(),
  subject: z.strictObject({
    column: Header,
    /** Put before the number: "01-" makes "01-007" of 7, with `digits` 3. */
    prefix: z.string().max(20).optional(),
    digits: z.int().min(1).max(12).optional(),
    /** Number in the table → number of the study. */
    numbers: z.record(Word, z.string().max(40)).optional(),
    /** A blank cell means the subject of the line before, as in merged cells. */
    fillDown: z.boolean().optional(),
  }),
  /** Not needed for forms that belong to one event only. */
  event: z.union([Id, z.strictObject({ column: Header, events: z.record(Word, Id) })]).optional(),
  /** Of repeating groups: the first row, the n-th line of the subject, or the number in a column. */
  row: z.union([z.enum(['first', 'counted']), z.strictObject({ column: Header })]).default('first'),
  dateOrder: DateOrder.default('dmy'),
  missing: MissingWords.default({}),
  columns: z.array(MappedColumn).min(1).max(5000),
  /** Columns that are known and left out; only to say so. */
  ignored: z.array(Header).max(16_384).default([]),
});
export type MappedTable = z.infer<typeof MappedTable>;

export const ImportMapping = z.strictObject({
  /** Version of this format. */
  cahierMapping: z.literal(1),
  name: z.string().min(1).max(120),
  /** Id of the study that it was made for. */
  study: z.string().max(40),
  tables: z.array(MappedTable).min(1).max(50),
});
export type ImportMapping = z.infer<typeof ImportMapping>;
