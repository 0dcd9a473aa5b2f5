/** What passes between the main thread and the thread that reads a file. */
import type { ImportMapping } from '#shared/import-mapping.ts';
import type { TableLayout } from '#shared/import/guess.ts';
import type { LookedFile, SourceFile } from './source-file.ts';
import type { HomeSite } from './own-workbook-file.ts';
import type { ThreadFault } from '../thread-faults.ts';

export interface ImportOrder {
  readonly file: string;
  readonly home: HomeSite;
  readonly want: 'look' | 'guess' | 'source';
  readonly mapping: ImportMapping | null;
  /** For a look: which table of the file. */
  readonly layout: TableLayout | null;
}

export type ImportNews =
  | { readonly kind: 'looked'; readonly looked: LookedFile }
  | { readonly kind: 'guessed'; readonly guess: ImportMapping | null }
  | { readonly kind: 'read'; readonly read: SourceFile }
  | ThreadFault;
