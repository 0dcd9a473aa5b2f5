/** A file as the values that it brings, or as what a person needs to see of it before a mapping is made. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import path from 'node:path';
import type { ImportLookSheet } from '#shared/contract/imports.ts';
import type { ImportMapping } from '#shared/import-mapping.ts';
import type { SourceSheet } from '#shared/import/cell.ts';
import { guessMapping, viewTable, type TableLayout, type TableView } from '#shared/import/guess.ts';
import { readMappedTables } from '#shared/import/mapped-table.ts';
import { isTrailSheet, readOwnWorkbook } from '#shared/import/own-workbook.ts';
import type { ImportSource } from '#shared/import/values.ts';
import { refuse } from '../../app-error.ts';
import { readCsv } from './csv-reader.ts';
import { createExactNumbers, isOwnWorkbook, requireOwnWorkbook, type HomeSite } from './own-workbook-file.ts';
import { readWorkbook, type ReadBook } from './workbook-reader.ts';

export interface FileFacts {
  /** Without its folder: a path may name people. */
  readonly name: string;
  readonly sha256: string;
  readonly bytes: number;
}
export interface LookedFile extends FileFacts {
  readonly kind: 'own' | 'table';
  readonly sheets: readonly ImportLookSheet[];
  readonly table: TableView | null;
}
export interface SourceFile extends FileFacts {
  readonly source: ImportSource;
}

export async function readSource(
  file: string,
  home: HomeSite,
  mapping: ImportMapping | null,
): Promise<SourceFile> {
  const facts = await factsOf(file);
  if (mapping !== null) {
    const mapped = readMappedTables(home.study, mapping, await readSheets(file, facts.name));
    if (!mapped.ok) throw refuse(mapped.fault.key, mapped.fault.params);
    return { ...facts, source: mapped.source };
  }
  if (isText(file)) throw refuse('import-mapping-needed', { file: facts.name });
  const { book, exact } = await readOwn(file, facts.name);
  if (!isOwnWorkbook(book)) throw refuse('import-mapping-needed', { file: facts.name });
  requireOwnWorkbook(book, home, facts.name);
  const sheets = new Map(book.sheets.map((sheet) => [sheet.name, sheet]));
  return { ...facts, source: readOwnWorkbook(home.study, { sheets, exact }) };
}

/** A mapping for all sheets of a file, to be corrected by hand; null when nothing of it could be told. */
export async function guessAt(file: string, home: HomeSite): Promise<ImportMapping | null> {
  const { name } = await factsOf(file);
  return guessMapping(home.study, await readSheets(file, name), path.parse(name).name, home.siteCode);
}

export async function lookAt(file: string, home: HomeSite, layout: TableLayout | null): Promise<LookedFile> {
  const facts = await factsOf(file);
  const book = isText(file) ? null : (await readOwn(file, facts.name)).book;
  if (book !== null && isOwnWorkbook(book)) {
    requireOwnWorkbook(book, home, facts.name);
    return { ...facts, kind: 'own', sheets: book.sheets.map(lookAtSheet), table: null };
  }
  const sheets = book?.sheets ?? (await readSheets(file, facts.name));
  return {
    ...{ ...facts, kind: 'table', sheets: sheets.map(lookAtSheet) },
    table: viewTable(home.study, home.siteCode, sheets, layout),
  };
}
function isText(file: string): boolean {
  return /\.(?:csv|tsv|txt)$/iu.test(file);
}

async function readSheets(file: string, name: string): Promise<readonly SourceSheet[]> {
  return isText(file) ? [await readCsv(file, name)] : (await readWorkbook(file, name)).sheets;
}

/** The trail of a site is far longer than its forms, and only its numbers are wanted. */
async function readOwn(
  file: string,
  name: string,
): Promise<{ readonly book: ReadBook; readonly exact: ReadonlyMap<string, string> }> {
  const numbers = createExactNumbers();
  let isOwn = false;
  const book = await readWorkbook(file, name, (sheet, row) => {
    if (sheet === '00_README') isOwn = true;
    if (!isOwn || !isTrailSheet(sheet)) return true;
    numbers.take(sheet, row);
    return row.number === 1;
  });
  return { book, exact: numbers.exact };
}

async function factsOf(file: string): Promise<FileFacts> {
  const name = path.basename(file);
  const hash = createHash('sha256');
  let bytes = 0;
  try {
    for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) {
      const part: unknown = chunk;
      if (!(part instanceof Uint8Array)) throw new TypeError('a byte stream gave text');
      hash.update(part);
      bytes += part.length;
      if (bytes > mostBytes) throw refuse('import-too-large', { file: name });
    }
  } catch (error) {
    if (error instanceof Error && 'code' in error) throw refuse('file-unreadable', { file: name }, error);
    throw error;
  }
  return { name, sha256: hash.digest('hex'), bytes };
}

const mostBytes = 512 * 2 ** 20;
function lookAtSheet({ name, rows }: SourceSheet): ImportLookSheet {
  const columns = rows.reduce((most, { cells }) => Math.max(most, cells.length), 0);
  return { name, rows: rows.at(-1)?.number ?? 0, columns };
}
