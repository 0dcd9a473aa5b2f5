/** Reads delimited text (RFC 4180): comma, semicolon or tab, quotes or none, UTF-8 or what Windows writes in Western Europe. */
import { readFile, stat } from 'node:fs/promises';
import type { SourceCell, SourceRow, SourceSheet } from '#shared/import/cell.ts';
import { refuse } from '../../app-error.ts';

const mostBytes = 64 * 2 ** 20;
const mostCells = 4_000_000;

export async function readCsv(file: string, name: string): Promise<SourceSheet> {
  const size = await stat(file).then(
    (found) => found.size,
    (error: unknown) => {
      throw refuse('file-unreadable', { file: name }, error);
    },
  );
  if (size > mostBytes) throw refuse('import-too-large', { file: name });
  const bytes = await readFile(file).catch((error: unknown) => {
    throw refuse('file-unreadable', { file: name }, error);
  });
  const text = decodeText(bytes);
  if (text === null) throw refuse('import-not-a-workbook', { file: name });
  const rows = readRows(text, name);
  return { name: 'CSV', rows };
}

/** null when it is no text at all. */
function decodeText(bytes: Buffer): string | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes.includes(0)) return null;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    // Not UTF-8: the other encoding in which French and English spreadsheets save.
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

/** Of the three, the one that the first line has most of, outside quotes. */
function delimiterOf(text: string): string {
  const [first = ''] = text.replace(/"(?:[^"]|"")*"/gu, '').split(/\r?\n/u, 1);
  const counts = [';', '\t', ','].map((mark) => ({ mark, count: first.split(mark).length }));
  return counts.reduce((best, next) => (next.count > best.count ? next : best)).mark;
}

function readRows(text: string, file: string): readonly SourceRow[] {
  const delimiter = delimiterOf(text);
  const rows: SourceRow[] = [];
  let cells: (SourceCell | null)[] = [];
  let cellCount = 0;
  let number = 1;
  let at = 0;

  const take = (field: string): void => {
    cells.push(field.trim() === '' ? null : { kind: 'text', text: field, isFormula: false });
    cellCount += 1;
    if (cellCount > mostCells) throw refuse('import-too-large', { file });
  };
  while (at < text.length) {
    let field: string;
    if (text[at] === '"') {
      const end = endOfQuoted(text, at + 1);
      if (end === -1) throw refuse('import-cut-short', { file });
      field = text.slice(at + 1, end).replaceAll('""', '"');
      at = end + 1;
    } else {
      let end = at;
      while (end < text.length && text[end] !== delimiter && text[end] !== '\n' && text[end] !== '\r')
        end += 1;
      field = text.slice(at, end);
      at = end;
    }
    take(field);
    if (text[at] === delimiter) {
      at += 1;
      if (at === text.length) take('');
      continue;
    }
    if (text[at] === '\r') at += 1;
    if (text[at] === '\n') at += 1;
    if (cells.some((cell) => cell !== null)) rows.push({ number, cells });
    number += 1;
    cells = [];
  }
  if (cells.some((cell) => cell !== null)) rows.push({ number, cells });
  return rows;
}

/** The quote that ends the field; two in a row stand for one. */
function endOfQuoted(text: string, from: number): number {
  for (let at = text.indexOf('"', from); at !== -1; at = text.indexOf('"', at + 2))
    if (text[at + 1] !== '"') return at;
  return -1;
}
