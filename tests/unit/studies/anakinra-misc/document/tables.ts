/** The study document as tables: what stands under which heading, row by row, under the names of its columns. */
import { readFileSync } from 'node:fs';
import path from 'node:path';

export interface DocumentTable {
  /** "4.6 `VS` Vital signs and anthropometry (repeating)" */
  readonly heading: string;
  readonly columns: readonly string[];
  /** As written, Markdown and all; a bar that is written \| is a bar. */
  readonly rows: readonly (readonly string[])[];
}

const file = path.resolve(import.meta.dirname, '../../../../fixtures/study-document/anakinra-misc-crf.md');
const allTables = tablesOf(readFileSync(file, 'utf8'));

/** Tables whose heading begins with the number of the section, or of a part of it: "4" is 4.1 to 4.22. */
export function tablesIn(section: string): readonly DocumentTable[] {
  return allTables.filter(
    ({ heading }) => heading.startsWith(`${section}.`) || heading.startsWith(`${section} `),
  );
}

/** The first table of the section that has all these columns. */
export function tableWith(section: string, ...columns: readonly string[]): DocumentTable {
  const found = tablesIn(section).find((table) => columns.every((column) => table.columns.includes(column)));
  if (found === undefined) throw new Error(`section ${section} has no table with ${columns.join(', ')}`);
  return found;
}

/** A row by the names of its columns. */
export function cellsOf(table: DocumentTable, row: readonly string[]): ReadonlyMap<string, string> {
  return new Map(table.columns.map((column, index) => [column, row[index] ?? '']));
}

/** The cell in the column; every table of a kind has it, so a missing one is a fault of the reading. */
export function cell(cells: ReadonlyMap<string, string>, column: string): string {
  const found = cells.get(column);
  if (found === undefined) throw new Error(`the table has no column ${column}`);
  return found;
}

function tablesOf(text: string): readonly DocumentTable[] {
  const tables: DocumentTable[] = [];
  let heading = '';
  let block: string[][] = [];
  const close = (): void => {
    const [columns, line, ...rows] = block;
    if (columns !== undefined && line !== undefined) tables.push({ heading, columns, rows });
    block = [];
  };
  for (const line of text.split('\n')) {
    if (line.startsWith('|')) {
      block.push(splitRow(line));
      continue;
    }
    close();
    const title = /^#{2,3} (.*)$/u.exec(line)?.[1];
    if (title !== undefined) heading = title;
  }
  close();
  return tables;
}

function splitRow(line: string): string[] {
  return line
    .trim()
    .replace(/^\||\|$/gu, '')
    .split(/(?<!\\)\|/u)
    .map((text) => text.replaceAll(String.raw`\|`, '|').trim());
}
