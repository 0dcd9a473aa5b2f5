/** Writes a report beside the place where it is wanted and gives it its name last: no half file stays, whatever goes wrong. */
import { createWriteStream, renameSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { once } from 'node:events';
import path from 'node:path';
import type { Language } from '#shared/study.ts';
import type { StudyReport } from '#shared/summary-table/report.ts';
import { syncFolder } from '../db/durable-file.ts';
import { toFileRefusal } from './export-faults.ts';
import { flushToDisk, partialFile } from './partial-file.ts';
import { reportPage } from './report-page.ts';
import { fillReportBook, reportSheetNames } from './report-workbook.ts';

export const reportFormats = ['xlsx', 'html'] as const;
export type ReportFormat = (typeof reportFormats)[number];

export interface ReportOrder {
  readonly report: StudyReport;
  readonly format: ReportFormat;
  readonly language: Language;
  readonly appVersion: string;
}

/** `record` writes the report into the trail and calls its argument in the same transaction. Throws what a person can act on. */
export async function writeReportFile(
  order: ReportOrder,
  file: string,
  id: string,
  record: (giveName: () => void) => void,
): Promise<void> {
  const partial = partialFile(file, id);
  let written = partial;
  try {
    if (order.format === 'html')
      await writeFile(partial, reportPage(order), { encoding: 'utf8', flag: 'wx' });
    else await writeBook(order, partial);
    await flushToDisk(partial);
    record(() => {
      renameSync(partial, file);
      written = file;
      syncFolder(path.dirname(file));
    });
  } catch (error) {
    rmSync(written, { force: true });
    throw toFileRefusal(error, file) ?? error;
  }
}

async function writeBook(order: ReportOrder, partial: string): Promise<void> {
  const stream = createWriteStream(partial, { flags: 'wx' });
  await once(stream, 'open');
  try {
    // Larger than all the rest of the main process: loaded when a workbook is asked for, not when the window opens.
    const { createWorkbookWriter } = await import('./workbook-writer.ts');
    const book = createWorkbookWriter({
      ...{ stream, savedAt: new Date(order.report.cut.at), creator: 'Cahier' },
      sheetNames: reportSheetNames,
    });
    fillReportBook(order, book);
    await book.finish();
  } finally {
    stream.destroy();
    if (!stream.closed) await once(stream, 'close').catch(() => undefined); // the first error is the one that counts
  }
}
