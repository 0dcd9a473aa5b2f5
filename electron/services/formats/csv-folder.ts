/** A folder with one CSV file for every sheet of the workbook and, where they are wanted, the programs that load them. */
import { fillWorkbook, type ExportSource, type ExportWatch } from '../export-content.ts';
import { createCsvBook } from './csv-book.ts';
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
  return withLoaders ? files : files;
}
