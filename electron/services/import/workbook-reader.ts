/**
 * Reads an .xlsx file that may have been made by anybody: one part after the other, sheets as streams, nothing run,
 * nothing fetched, nothing written to the disk. What a file can't be trusted for is refused in one sentence.
 */
import { createHash } from 'node:crypto';
import { columnLetters, type SourceRow, type SourceSheet } from '#shared/import/cell.ts';
import { AppError, refuse } from '../../app-error.ts';
import { hashFile } from '../file-hash.ts';
import { canonicalCell } from '../workbook-cells.ts';
import { createFormatReader, type FormatReader } from './number-formats.ts';
import { createRowSieve, type RowFilter, type RowSieve } from './row-sieve.ts';
import { createSheetReader } from './sheet-reader.ts';
import { attributeOf, createXmlReader, XmlFault, type XmlReader } from './xml.ts';
import { openZip, type Zip } from './zip.ts';

export interface ReadSheet extends SourceSheet {
  /** Of its rows, by the recipe of 00_README. */
  readonly sha256: string;
  /** The first cell with a formula: "C5". */
  readonly formulaAt: string | null;
}

export interface ReadBook {
  readonly sheets: readonly ReadSheet[];
}

/** What is held in memory at once. */
const mostCells = 4_000_000;

/** A workbook whose sheets are read one at a time, each as often as it is wanted. What goes wrong is the file's fault, in one sentence. */
export interface OpenBook {
  readonly sheets: readonly string[];
  /** Rows that `only` leaves out may be left out. Gives the first cell with a formula: "C5". */
  rows(sheet: string, take: (row: SourceRow) => void, only?: RowFilter): Promise<string | null>;
  /** Hashing the cells costs as much as reading them. */
  rowsAndHash(sheet: string, take: (row: SourceRow) => void): Promise<SheetMarks>;
  /** The bytes of the sheet's own part, until `take` wants no more of them. */
  bytes(sheet: string, take: (bytes: Uint8Array) => 'more' | 'enough'): Promise<void>;
  /** SHA-256 of the sheet's own part as it lies in the file, compressed. */
  packedHash(sheet: string): Promise<string>;
  close(): void;
}

export interface SheetMarks {
  /** Of its rows, by the recipe of 00_README. */
  readonly sha256: string;
  /** The first cell with a formula: "C5". */
  readonly formulaAt: string | null;
}

/** The caller closes it. */
export async function openBook(file: string, name: string): Promise<OpenBook> {
  const zip = await openZip(file, name);
  try {
    requireHarmless(zip.names, name);
    const { sheets, dayZero } = await readOutline(zip, name);
    const formats = createFormatReader();
    if (zip.names.includes('xl/styles.xml')) await readPart(zip, 'xl/styles.xml', formats);
    else formats.end = () => undefined;
    const sharedTexts = zip.names.includes('xl/sharedStrings.xml')
      ? await readSharedTexts(zip, 'xl/sharedStrings.xml')
      : [];
    const context = { sharedTexts, formats, dayZero };
    const partOf = (sheet: string): SheetPart => {
      const found = sheets.find((candidate) => candidate.name === sheet);
      if (found === undefined) throw refuse('import-sheet-missing', { file: name, sheet });
      return found;
    };
    const blamingFile = async <T>(read: () => Promise<T>): Promise<T> => {
      try {
        return await read();
      } catch (error) {
        throw toFileFault(error, name);
      }
    };
    return {
      sheets: sheets.map((sheet) => sheet.name),
      rows: (sheet, take, only) => blamingFile(() => readSheet(zip, partOf(sheet), context, take, only)),
      rowsAndHash: async (sheet, take) => {
        const hash = createHash('sha256');
        let width = 0;
        const formulaAt = await blamingFile(() =>
          readSheet(zip, partOf(sheet), context, (row) => {
            if (row.number === 1) width = row.cells.length;
            hash.update(canonicalLine(row, width));
            take(row);
          }),
        );
        return { formulaAt, sha256: hash.digest('hex') };
      },
      bytes: (sheet, take) => blamingFile(() => readBytes(zip, partOf(sheet).part, take)),
      packedHash: (sheet) =>
        blamingFile(async () => hashFile(file, await zip.place(partOf(sheet).part)).sha256),
      close: zip.close,
    };
  } catch (error) {
    zip.close();
    throw toFileFault(error, name);
  }
}

/** `keep` says which rows are wanted; of the others only the hash of their sheet is given. */
export async function readWorkbook(
  file: string,
  name: string,
  keep: (sheet: string, row: SourceRow) => boolean = () => true,
): Promise<ReadBook> {
  const book = await openBook(file, name);
  try {
    const read: ReadSheet[] = [];
    let cells = 0;
    for (const sheet of book.sheets) {
      const rows: SourceRow[] = [];
      const { sha256, formulaAt } = await book.rowsAndHash(sheet, (row) => {
        if (!keep(sheet, row)) return;
        for (const cell of row.cells) if (cell !== null) cells += 1;
        if (cells > mostCells) throw refuse('import-too-large', { file: name });
        rows.push(row);
      });
      read.push({ name: sheet, rows, sha256, formulaAt });
    }
    return { sheets: read };
  } finally {
    book.close();
  }
}

/** Programs and links in a workbook do nothing here; a file that brings them along is still not what was asked for. */
function requireHarmless(names: readonly string[], file: string): void {
  if (names.some((name) => /vbaProject|\/macrosheets\//iu.test(name)))
    throw refuse('import-macros', { file });
  if (names.some((name) => /externalLinks\//iu.test(name))) throw refuse('import-external-links', { file });
  if (!names.includes('xl/workbook.xml')) throw refuse('import-not-a-workbook', { file });
}

interface SheetPart {
  readonly name: string;
  readonly part: string;
}

async function readOutline(
  zip: Zip,
  file: string,
): Promise<{ readonly sheets: readonly SheetPart[]; readonly dayZero: number }> {
  const listed: { name: string; relation: string }[] = [];
  let dayZero = 25_569;
  await readPart(
    zip,
    'xl/workbook.xml',
    opening((name, attributes) => {
      if (name === 'sheet')
        listed.push({
          name: attributeOf(attributes, 'name') ?? '',
          relation: attributeOf(attributes, 'r:id') ?? /:id="([^"]+)"/u.exec(attributes)?.[1] ?? '',
        });
      else if (name === 'workbookPr' && /^(?:1|true)$/u.test(attributeOf(attributes, 'date1904') ?? ''))
        dayZero = 24_107;
    }),
  );
  const targets = new Map<string, string>();
  await readPart(
    zip,
    'xl/_rels/workbook.xml.rels',
    opening((name, attributes) => {
      if (name !== 'Relationship') return;
      const target = attributeOf(attributes, 'Target') ?? '';
      targets.set(
        attributeOf(attributes, 'Id') ?? '',
        target.startsWith('/') ? target.slice(1) : `xl/${target.replace(/^\.\//u, '')}`,
      );
    }),
  );
  // Charts on sheets of their own have no cells.
  const sheets = listed.flatMap(({ name, relation }) => {
    const part = targets.get(relation);
    return part?.startsWith('xl/worksheets/') === true ? [{ name, part }] : [];
  });
  if (sheets.length === 0) throw refuse('import-not-a-workbook', { file });
  return { sheets, dayZero };
}

async function readSharedTexts(zip: Zip, part: string): Promise<readonly string[]> {
  const texts: string[] = [];
  let text: string | null = null;
  let isTaking = false;
  let phonetic = 0;
  await readPart(
    zip,
    part,
    createXmlReader({
      open: (name) => {
        if (name === 'si') text = '';
        else if (name === 'rPh') phonetic += 1;
        else if (name === 't') isTaking = phonetic === 0;
      },
      text: (piece) => {
        if (isTaking && text !== null) text += piece;
      },
      close: (name) => {
        if (name === 't') isTaking = false;
        else if (name === 'rPh') phonetic -= 1;
        else if (name === 'si') texts.push(text ?? '');
      },
    }),
  );
  return texts;
}

interface SheetContext {
  readonly sharedTexts: readonly string[];
  readonly formats: FormatReader;
  readonly dayZero: number;
}

async function readSheet(
  zip: Zip,
  { part }: SheetPart,
  { sharedTexts, formats, dayZero }: SheetContext,
  take: (row: SourceRow) => void,
  only?: RowFilter,
): Promise<string | null> {
  let formulaAt: string | null = null;
  const reader = createSheetReader({
    sharedTexts,
    dayZero,
    kindOf: (style) => formats.kindOf(style),
    onRow: (row) => {
      formulaAt ??= formulaIn(row);
      take(row);
    },
  });
  await readPart(zip, part, reader, only === undefined ? undefined : createRowSieve(only));
  return formulaAt;
}

async function readBytes(
  zip: Zip,
  part: string,
  take: (bytes: Uint8Array) => 'more' | 'enough',
): Promise<void> {
  for await (const chunk of await zip.stream(part)) if (take(bytesOf(chunk)) === 'enough') return;
}

function formulaIn({ number, cells }: SourceRow): string | null {
  const column = cells.findIndex((cell) => cell?.isFormula === true);
  return column === -1 ? null : `${columnLetters(column)}${number}`;
}

/** As canonicalRow() writes it, blank cells up to the width of the header included. */
function canonicalLine({ cells }: SourceRow, width: number): string {
  let line = '';
  for (let column = 0; column < Math.max(width, cells.length); column += 1) {
    if (column > 0) line += '\t';
    const cell = cells[column] ?? null;
    // A formula is not what was exported, whatever it gives.
    if (cell !== null)
      line += cell.isFormula ? '=' : cell.kind === 'text' ? canonicalCell(cell.text) : cell.text;
  }
  return `${line}\n`;
}

function opening(open: (name: string, attributes: string) => void): XmlReader {
  return createXmlReader({ open, close: () => undefined, text: () => undefined });
}

async function readPart(zip: Zip, part: string, reader: XmlReader, sieve?: RowSieve): Promise<void> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  for await (const chunk of await zip.stream(part)) {
    const bytes = bytesOf(chunk);
    reader.write(decoder.decode(sieve?.take(bytes) ?? bytes, { stream: true }));
  }
  reader.write(decoder.decode(sieve?.end()));
  reader.end();
}

function bytesOf(chunk: unknown): Uint8Array {
  if (!(chunk instanceof Uint8Array)) throw new TypeError('a byte stream gave text');
  return chunk;
}

/** What goes wrong while the bytes of somebody's file are read is the file's fault. */
function toFileFault(error: unknown, file: string): unknown {
  if (error instanceof AppError) return error;
  if (error instanceof XmlFault || error instanceof TypeError)
    return refuse('import-not-a-workbook', { file }, error);
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'EIO' || code === 'ENOMEM') return error;
  return refuse('import-cut-short', { file }, error);
}
