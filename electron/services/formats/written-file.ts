/** What is said of every file of an export, on the command line and in the trail. */
import type { ExportFormat } from '#shared/export-choices.ts';

export interface WrittenFile {
  /** Below the folder of the export, with "/": "anakinra-misc_01_csv/VS.csv". */
  readonly file: string;
  readonly format: ExportFormat;
  readonly bytes: number;
  readonly sha256: string;
  /** Rows of data, the header left out; subjects in ODM; 0 for a program that loads others. */
  readonly rows: number;
}
