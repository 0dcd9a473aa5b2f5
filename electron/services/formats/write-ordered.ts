/** Everything that an export is asked for, out of one frozen cut: the workbook first, then the formats beside it. */
import { mkdir, rm } from 'node:fs/promises';
import type { ExportSource, ExportWatch } from '../export-content.ts';
import { writeWorkbookFile } from '../export-file.ts';
import { hashFile } from '../file-hash.ts';
import type { ExportOrder, WrittenNews } from '../export-messages.ts';
import { sideFormatsOf, writeFormats, type WrittenFile } from './write-formats.ts';

type Order = Pick<ExportOrder, 'partial' | 'partialFolder' | 'base' | 'formats'>;

/** Leaves whole files under their partial names, or nothing. */
export async function writeOrdered(
  order: Order,
  source: ExportSource,
  watch: ExportWatch,
): Promise<Omit<WrittenNews, 'kind' | 'cut'>> {
  const { partial, partialFolder, base, formats } = order;
  try {
    const book = formats.includes('xlsx') ? await writeWorkbookFile(source, partial, watch) : null;
    const files: WrittenFile[] = [];
    if (book !== null) {
      const rows = book.sheets.reduce((sum, sheet) => sum + sheet.rows, 0);
      files.push({ file: partial, format: 'xlsx', ...hashFile(partial), rows });
    }
    if (sideFormatsOf(formats).length > 0) {
      await mkdir(partialFolder);
      files.push(...(await writeFormats(source, partialFolder, base, formats, watch)));
    }
    const sheets = book?.sheets.map(({ name, rows, cells, sha256 }) => ({ name, rows, cells, sha256 })) ?? [];
    const cells = book?.cells ?? source.reader.countValues().exported;
    return { sheets, cells, head: source.reader.cut.head, files };
  } catch (error) {
    await rm(partial, { force: true });
    await rm(partialFolder, { recursive: true, force: true });
    throw error;
  }
}
