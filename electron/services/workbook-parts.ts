/**
 * What exceljs 4.4's streaming writer has no setting for: parts of a sheet in the order of the file format (it writes
 * the protection behind the validations, and Excel offers to repair such a file), the moment stamped on the zip
 * entries (it takes the clock's), tables, a locked structure, the order of sheets, the hash of a sheet's own part as it
 * is compressed, and streams that tell when they are full (its own take everything into memory).
 */
import { createHash } from 'node:crypto';
import { PassThrough, type Readable, type Writable } from 'node:stream';
import exceljs from 'exceljs';
import { tableContentType, tableRelation, tableXml, type SheetTable } from './workbook-table.ts';

export type StreamingWorkbook = PinnedWriter;
export type StreamingSheet = exceljs.Worksheet;

export interface BookOptions {
  readonly stream: Writable;
  /** Of the document and of every zip entry in it. */
  readonly savedAt: Date;
  readonly creator: string;
}

export function openStreamingWorkbook({ stream, savedAt, creator }: BookOptions): StreamingWorkbook {
  const book = new PinnedWriter({
    ...{ stream, created: savedAt, modified: savedAt, creator, lastModifiedBy: creator },
    ...{ useStyles: true, useSharedStrings: false, zip: { zlib: { level: 6, chunkSize: pieceBytes } } },
  });
  book.views = [
    { x: 0, y: 0, width: 24000, height: 14000, firstSheet: 0, activeTab: 0, visibility: 'visible' },
  ];
  return book;
}

/** The number under which cells refer to a style. */
export function styleNumber(book: StreamingWorkbook, style: Partial<exceljs.Style>): number {
  return insideBook(book).styles.addStyleModel(style);
}

/** Adds a row by exceljs, its texts as shared strings: a table wants such ones in its header. */
export function addHeaderRow(sheet: StreamingSheet, names: readonly string[]): exceljs.Row {
  insideSheet(sheet).useSharedStrings = true;
  return sheet.addRow([...names]);
}

/** What is written here follows the rows that were committed before. */
export function rowStream(sheet: StreamingSheet): PassThrough {
  return insideSheet(sheet).stream;
}

/**
 * SHA-256 of the sheet's part as it lies in the zip, compressed; comes when its last byte is there, after the sheet was
 * committed. Taken while the bytes go by: the part of a million cells is never in memory.
 */
export function packedHash(book: StreamingWorkbook, sheet: StreamingSheet): Promise<string> {
  return book.packed.of(partName(insideSheet(sheet).id));
}

/** `range`: "B2:B9". */
export function addValidation(
  sheet: StreamingSheet,
  range: string,
  validation: exceljs.DataValidation,
): void {
  insideSheet(sheet).dataValidations.add(range, validation);
}

/** ECMA-376 part 1, 18.3.1.99: sheetData, sheetProtection, …, dataValidations, …, legacyDrawing, …, tableParts. */
export function protectSheet(sheet: StreamingSheet, options: object): void {
  const inside = insideSheet(sheet);
  inside.sheetProtection = { sheet: true, ...options };
  const writeProtection = inside._writeSheetProtection.bind(sheet);
  const writeFilter = inside._writeAutoFilter.bind(sheet);
  inside._writeAutoFilter = () => {
    writeProtection();
    writeFilter();
  };
  inside._writeSheetProtection = () => undefined;
}

/** A table over the rows of the sheet, header included; just before the sheet is committed. */
export function addTable(book: StreamingWorkbook, sheet: StreamingSheet, table: SheetTable): void {
  const inside = insideSheet(sheet);
  const number = book.tables.push(table);
  const relation = inside._sheetRelsWriter.addRelationship({
    Type: tableRelation,
    Target: `../tables/table${number}.xml`,
  });
  const writeLegacyData = inside._writeLegacyData.bind(sheet);
  inside._writeLegacyData = () => {
    writeLegacyData();
    inside.stream.write(`<tableParts count="1"><tablePart r:id="${relation}"/></tableParts>`);
  };
}

/** Sheets in the order of `first`, then the others as they were written. Their parts and numbers stay as they are. */
export function orderSheets(book: StreamingWorkbook, first: readonly string[]): void {
  const inside = insideBook(book);
  const rank = (name: string): number => (first.includes(name) ? first.indexOf(name) : first.length);
  inside._worksheets = inside._worksheets
    .filter((sheet) => sheet !== undefined)
    .sort((a, b) => rank(a.name) - rank(b.name));
}

/** exceljs's typings show only the public face of these objects. */
interface BookInside {
  readonly zip: {
    append(source: unknown, entry: { readonly name: string; readonly date?: Date }): unknown;
    readonly _module: { readonly engine: ZipEngine };
  };
  readonly created: Date;
  readonly styles: { addStyleModel(style: object): number };
  _worksheets: ({ readonly name: string } | undefined)[];
}
interface SheetInside {
  readonly id: number;
  readonly stream: PassThrough;
  readonly dataValidations: { add(range: string, validation: exceljs.DataValidation): void };
  readonly _sheetRelsWriter: { addRelationship(relation: { Type: string; Target: string }): string };
  sheetProtection: object | null;
  useSharedStrings: boolean;
  _writeAutoFilter: () => void;
  _writeSheetProtection: () => void;
  _writeLegacyData: () => void;
}
const insideBook = (book: object): BookInside => book as BookInside; // see above
const insideSheet = (sheet: object): SheetInside => sheet as SheetInside; // see above

/** Of compress-commons, behind archiver: gives the stream that compresses an entry. */
interface ZipEngine {
  _smartStream(entry: { getName(): string }, done: unknown): Readable;
}

const partName = (sheet: number): string => `xl/worksheets/sheet${String(sheet)}.xml`;

/** How much may wait to be compressed before a stream says that it is full. */
const streamBytes = 1 << 20;
/** What is compressed is handed on in pieces of this size: a turn of the loop for each 16 KB of them would leave it waiting. */
const pieceBytes = 1 << 17;

/** A class because the first entries are written by the constructor of the class behind it. */
class PinnedWriter extends exceljs.stream.xlsx.WorkbookWriter {
  readonly tables: SheetTable[] = [];
  readonly packed = createPackedHashes();

  // Called by that constructor, after the options are taken over and before any entry is written.
  override addThemes(): Promise<void> {
    const { zip, created } = insideBook(this);
    const append = zip.append.bind(zip);
    zip.append = (source, entry) => append(corrected(source, entry.name, this), { ...entry, date: created });
    const { engine } = zip._module;
    const compress = engine._smartStream.bind(engine);
    engine._smartStream = (entry, done) => {
      const compressed = compress(entry, done);
      this.packed.take(entry.getName(), compressed);
      return compressed;
    };
    return super.addThemes();
  }

  override async commit(): Promise<void> {
    this.tables.forEach((table, index) => {
      insideBook(this).zip.append(tableXml(table, index + 1), { name: `xl/tables/table${index + 1}.xml` });
    });
    await super.commit();
  }

  // For every part that isn't written at once. exceljs writes strings, and buffers of a kind of its own.
  _openStream(name: string): PassThrough {
    const stream = new PassThrough({ highWaterMark: streamBytes });
    const write = stream.write.bind(stream);
    const writePart = (part: string | Uint8Array | { toBuffer(): Buffer }): boolean => write(toBytes(part));
    insideBook(this).zip.append(stream, { name });
    return Object.assign(stream, { write: writePart });
  }
}

/** By the name of the part. */
interface PackedHashes {
  take(part: string, compressed: Readable): void;
  of(part: string): Promise<string>;
}

function createPackedHashes(): PackedHashes {
  const known = new Map<string, PromiseWithResolvers<string>>();
  const find = (part: string): PromiseWithResolvers<string> => {
    const found = known.get(part) ?? Promise.withResolvers<string>();
    known.set(part, found);
    return found;
  };
  return {
    take: (part, compressed) => {
      const hash = createHash('sha256');
      compressed.on('data', (bytes: Uint8Array) => hash.update(bytes));
      compressed.once('end', () => {
        find(part).resolve(hash.digest('hex'));
      });
    },
    of: (part) => find(part).promise,
  };
}

function toBytes(part: string | Uint8Array | { toBuffer(): Buffer }): Uint8Array {
  if (typeof part === 'string') return Buffer.from(part);
  return 'toBuffer' in part ? part.toBuffer() : part;
}

function corrected(source: unknown, name: string, book: PinnedWriter): unknown {
  if (typeof source !== 'string') return source;
  if (name.endsWith('xl/workbook.xml')) return lockStructure(source);
  if (name.endsWith('xl/styles.xml')) return markQuoted(source);
  if (name === '[Content_Types].xml') return addTableTypes(source, book.tables.length);
  return source;
}

/** ECMA-376 part 1, 18.2.27: … workbookPr, workbookProtection, bookViews, sheets. */
function lockStructure(xml: string): string {
  return xml.replace(/<(bookViews|sheets)>/u, '<workbookProtection lockStructure="1"/><$1>');
}

/** ECMA-376 part 1, 18.8.45. No other style is aligned. */
function markQuoted(xml: string): string {
  return xml.replaceAll(/<xf ([^>]*)>(<alignment horizontal="left"\/>)/gu, '<xf $1 quotePrefix="1">$2');
}

function addTableTypes(xml: string, count: number): string {
  const types = Array.from(
    { length: count },
    (_, index) => `<Override PartName="/xl/tables/table${index + 1}.xml" ContentType="${tableContentType}"/>`,
  );
  return xml.replace('</Types>', `${types.join('')}</Types>`);
}
