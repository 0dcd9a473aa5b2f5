/** A folder with one CSV file for every sheet of the workbook and, where they are wanted, the programs that load them. */
import path from 'node:path';
import { planFormSheets } from '#shared/export-plan.ts';
import { describeDatasets } from '#shared/formats/loaders/described.ts';
import { rLoader } from '#shared/formats/loaders/r.ts';
import { sasLoader } from '#shared/formats/loaders/sas.ts';
import { spssLoader } from '#shared/formats/loaders/spss.ts';
import { stataLoader } from '#shared/formats/loaders/stata.ts';
import type { Study } from '#shared/study.ts';
import { fillWorkbook, type ExportSource, type ExportWatch } from '../export-content.ts';
import { createCsvBook, type CsvSheet } from './csv-book.ts';
import { openTextFile } from './text-file.ts';
import type { WrittenFile } from './written-file.ts';

/** `folder` is there and empty. Throws when the values in the files are not those of the record. */
export async function writeCsvFolder(
  source: ExportSource,
  folder: string,
  withLoaders: boolean,
  watch: ExportWatch,
): Promise<readonly WrittenFile[]> {
  const book = createCsvBook(folder);
  try {
    await fillWorkbook(source, book, watch);
  } catch (error) {
    book.abandon();
    throw error;
  }
  const files = book.sheets().map(({ file, rows, bytes, sha256 }): WrittenFile => {
    return { file, format: 'csv', bytes, sha256, rows };
  });
  return withLoaders ? [...files, ...writeLoaders(source.study, book.sheets(), folder)] : files;
}

function writeLoaders(study: Study, sheets: readonly CsvSheet[], folder: string): readonly WrittenFile[] {
  const loaded = describeDatasets(study, sheets);
  const forms = new Set(planFormSheets(study).map(({ name }) => name));
  const isData = (name: string): boolean => forms.has(name) || name === '01_SUBJECTS';
  const programs = [
    ['load.R', rLoader(loaded)],
    ['load.sps', spssLoader(loaded, isData)],
    ['load.sas', sasLoader(loaded)],
    ['load.do', stataLoader(loaded)],
  ] as const;
  return programs.map(([file, text]) => {
    const out = openTextFile(path.join(folder, file));
    out.write(text);
    return { file, format: 'loaders', ...out.close(), rows: 0 };
  });
}
