/** What passes between the main thread and the thread that writes a workbook. */
import type { ExportPreview, ExportSheet } from '#shared/bridge.ts';
import type { ExportChoices, ExportFormat } from '#shared/export-choices.ts';
import type { WrittenFile } from './formats/written-file.ts';
import type { ThreadFault } from './thread-faults.ts';

export interface ExportOrder {
  /** preview: counts what would be written, and writes nothing. */
  readonly purpose: 'write' | 'preview';
  readonly databaseFile: string;
  readonly key: Uint8Array;
  /** Where the workbook is written; the main thread gives it its name. */
  readonly partial: string;
  readonly formats: readonly ExportFormat[];
  readonly choices: ExportChoices;
  /** Where the formats beside the workbook are written, each named by `base`; not there before. */
  readonly partialFolder: string;
  readonly base: string;
  readonly fingerprint: string;
  readonly siteCode: string;
  readonly siteName: string;
  readonly appVersion: string;
  /** One 32-bit word; 1 asks the thread to stop. */
  readonly cancel: SharedArrayBuffer;
}

/** Progress any number of times, then one of the others, and nothing after it. */
export type ExportNews =
  | { readonly kind: 'progress'; readonly sheet: string; readonly cells: number; readonly totalCells: number }
  | WrittenNews
  | { readonly kind: 'previewed'; readonly preview: ExportPreview }
  | { readonly kind: 'cancelled' }
  | ThreadFault;

export interface WrittenNews {
  readonly kind: 'written';
  readonly sheets: readonly ExportSheet[];
  readonly cells: number;
  readonly head: string;
  /** Of the newest entry that the file holds. */
  readonly cut: number;
  /** The workbook, where there is one, is called by its format alone; the others by their path below the folder. */
  readonly files: readonly WrittenFile[];
}
