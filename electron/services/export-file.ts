/**
 * Writes a workbook under a name of its own beside the place where it is wanted, and reads it back: it is handed over
 * only when every count agrees. Whatever goes wrong or is cancelled, no half file stays.
 */
import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import { readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { fillWorkbook, sheetNamesOf, type ExportSource, type ExportWatch } from './export-content.ts';
import type { SheetReport } from './export-manifest.ts';
import { flushToDisk, isPartialFile } from './partial-file.ts';
import { countCells } from './workbook-count.ts';
import { createWorkbookWriter } from './workbook-writer.ts';

export interface WrittenWorkbook {
  readonly sheets: readonly SheetReport[];
  readonly cells: number;
  readonly head: string;
}

const dayMs = 24 * 60 * 60 * 1000;

/** Leaves a whole workbook in `partial`, or nothing. */
export async function writeWorkbookFile(
  source: ExportSource,
  partial: string,
  watch: ExportWatch,
): Promise<WrittenWorkbook> {
  const stream = createWriteStream(partial, { flags: 'wx', highWaterMark: 1 << 18 });
  await once(stream, 'open');
  try {
    await removeLeftovers(partial);
    const book = createWorkbookWriter({
      ...{ stream, savedAt: new Date(source.reader.cut.at), creator: 'Cahier' },
      sheetNames: sheetNamesOf(source.study),
    });
    const sheets = await fillWorkbook(source, book, watch);
    await flushToDisk(partial);
    await reconcileFile(partial, sheets);
    const cells = sheets.reduce((sum, sheet) => sum + sheet.cells, 0);
    watch.progress(sheets.at(-1)?.name ?? '', cells);
    return { sheets, cells, head: source.reader.cut.head };
  } catch (error) {
    await closeStream(stream);
    await rm(partial, { force: true });
    throw error;
  }
}

/** What stands on the disk is what was meant: every sheet holds its header and its cells, no more and no less. */
async function reconcileFile(file: string, sheets: readonly SheetReport[]): Promise<void> {
  const found = [...(await countCells(file))].sort((a, b) => a - b);
  const meant = sheets.map((sheet) => sheet.cells + sheet.columns).sort((a, b) => a - b);
  if (found.length !== meant.length || found.some((count, index) => count !== meant[index])) {
    throw new Error(`the file holds ${found.join(' ')} cells where ${meant.join(' ')} were written`);
  }
}

/** An open file can't be removed everywhere. */
async function closeStream(stream: WriteStream): Promise<void> {
  stream.destroy();
  if (!stream.closed) await once(stream, 'close').catch(() => undefined); // the first error is the one that counts
}

/** Half files of processes that were killed: nobody has written to them for a day. */
async function removeLeftovers(partial: string): Promise<void> {
  const folder = path.dirname(partial);
  const now = (await stat(partial)).mtimeMs;
  for (const name of await readdir(folder)) {
    const leftover = path.join(folder, name);
    if (!isPartialFile(name) || leftover === partial) continue;
    const { mtimeMs } = await stat(leftover);
    if (now - mtimeMs > dayMs) await rm(leftover, { recursive: true, force: true });
  }
}
