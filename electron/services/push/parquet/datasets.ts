/**
 * The files of a push: forms and values by site and form, in folders whose names engines read as columns
 * ("site=01/form=VS"), each other table in a file of its own.
 */
import { mkdirSync, statSync } from 'node:fs';
import path from 'node:path';
import type * as Writing from 'hyparquet-writer';
import type { PushedState } from '#shared/push/standing.ts';
import type { PushContent, PushRow } from '../content.ts';
import { createParquetFile, readFooter, type ParquetFile, type WrittenFile } from './file.ts';
import { toMetadata } from './schema.ts';

export interface ListedFile extends WrittenFile {
  /** Within the folder, with forward slashes. */
  readonly path: string;
}

export interface DatasetWriter {
  /** All rows of one table; gives its files. */
  write(content: PushContent): readonly ListedFile[];
}

/** Cells that may wait in memory, over all files that are open at a time. */
const mostWaiting = 1_000_000;
/** Sites whose files are open at a time; beyond, the one that waited longest is closed and the next rows make part-1. */
const mostOpen = 200;

export function createDatasetWriter(
  writing: typeof Writing,
  folder: string,
  state: PushedState,
  appVersion: string,
): DatasetWriter {
  const openFile = (name: string, content: PushContent, columns: readonly number[]): ParquetFile => {
    const file = path.join(folder, ...name.split('/'));
    mkdirSync(path.dirname(file), { recursive: true });
    const { table } = content;
    return createParquetFile(writing, file, {
      columns: columns.flatMap((index) => table.columns[index] ?? []),
      metadata: toMetadata(state, appVersion, table),
    });
  };

  return {
    write: (content) => {
      const { table, kind, rows } = content;
      const at = (name: string): number => table.columns.findIndex((column) => column.name === name);
      const [site, form] = [at('siteid'), at('form')];
      // The form stands in the folder's name; the site does as well, but engines take "01" there for the number 1.
      const all = table.columns.map((_, index) => index);
      const columns = kind === 'other' ? all : all.filter((index) => index !== form);
      const folderOf = (row: PushRow): string =>
        kind === 'other'
          ? table.name
          : `${kind === 'form' ? 'forms' : 'values'}/site=${inPath(row[site])}/form=${inPath(row[form])}`;
      const isWhole = columns.length === all.length;
      const open = new Map<string, { readonly name: string; readonly file: ParquetFile }>();
      const parts = new Map<string, number>();
      const written: ListedFile[] = [];

      const fileFor = (place: string): ParquetFile => {
        const known = open.get(place);
        if (known !== undefined) return known.file;
        const [longest] = open.keys();
        if (open.size >= mostOpen && longest !== undefined) finish(longest);
        const part = parts.get(place) ?? 0;
        parts.set(place, part + 1);
        const name = `${place}/part-${part}.parquet`;
        const file = openFile(name, content, columns);
        open.set(place, { name, file });
        return file;
      };
      const finish = (place: string): void => {
        const known = open.get(place);
        open.delete(place);
        if (known !== undefined) written.push({ path: known.name, ...known.file.finish() });
      };

      try {
        let sinceLooked = 0;
        for (const row of rows()) {
          fileFor(folderOf(row)).add(isWhole ? row : columns.map((index) => row[index] ?? null));
          sinceLooked += columns.length;
          if (sinceLooked < mostWaiting / 4) continue;
          sinceLooked = 0;
          makeRoom([...open.values()].map(({ file }) => file));
        }
        // A table without rows is still a table.
        if (kind === 'other' && open.size === 0) fileFor(table.name);
        for (const place of [...open.keys()]) finish(place);
      } finally {
        for (const { file } of open.values()) file.abandon();
      }
      return written;
    },
  };
}

function makeRoom(files: readonly ParquetFile[]): void {
  let waiting = files.reduce((sum, file) => sum + file.waiting(), 0);
  for (const file of [...files].sort((a, b) => b.waiting() - a.waiting())) {
    if (waiting <= mostWaiting / 2) return;
    waiting -= file.waiting();
    file.flush();
  }
}

/** As Hive writes a value into the name of a folder: nothing in it leads out of the folder, or ends the name. */
function inPath(value: unknown): string {
  return encodeURIComponent(String(value)).replace(
    /[*'()!~]/gu,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** What stands on the disk is what was meant. */
export function requireFiles(
  folder: string,
  files: readonly ListedFile[],
  rowsOf: (footer: ArrayBuffer) => number,
): void {
  for (const listed of files) {
    const file = path.join(folder, ...listed.path.split('/'));
    const { size } = statSync(file);
    const rows = size === listed.bytes ? rowsOf(readFooter(file, size)) : -1;
    if (rows !== listed.rows)
      throw new Error(`the file ${listed.path} holds ${rows} of ${listed.rows} rows in ${size} bytes`);
  }
}
