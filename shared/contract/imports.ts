/** Import: a file is chosen, looked at, tried, and only then written; every value of it is accounted for. */
import { z } from 'zod';
import type { Refusal } from '../bridge.ts';
import { ImportMapping, type ImportMapping as Mapping } from '../import-mapping.ts';
import type { TableView } from '../import/guess.ts';
import type { ImportConflict, NotCompleted } from '../import/plan.ts';
import type { RefusedValue } from '../import/values.ts';
import type { Finding } from '../record.ts';
import { Nothing, Reason, gives } from './method.ts';

/** read = accepted + same + conflicts + refused + empty. */
export interface ImportCounts {
  readonly read: number;
  readonly accepted: number;
  /** Of the accepted ones, those that took the place of another value. */
  readonly overwritten: number;
  readonly same: number;
  readonly conflicts: number;
  readonly refused: number;
  readonly empty: number;
  /** Cells of items that are worked out or filled in here; not among those read. */
  readonly calculated: number;
  readonly subjects: number;
  readonly newSubjects: number;
  readonly completed: number;
  readonly findings: number;
}
export interface ImportFinding extends Finding {
  readonly subject: string;
}
export interface ImportReport {
  /** Its name, without the folder. */
  readonly file: string;
  readonly sha256: string;
  readonly dryRun: boolean;
  /** Id of the mapping; null for a workbook of Cahier's own. */
  readonly mapping: string | null;
  /** False when it was stopped: what is counted is in, the rest of the file is not. */
  readonly isWhole: boolean;
  readonly counts: ImportCounts;
  readonly conflicts: readonly ImportConflict[];
  readonly refused: readonly RefusedValue[];
  readonly notCompleted: readonly NotCompleted[];
  /** That come up with the import. */
  readonly findings: readonly ImportFinding[];
}
/** What stands in a file, before anything is decided. */
export interface ImportLook {
  readonly file: string;
  readonly sha256: string;
  readonly bytes: number;
  /** own: written by Cahier for this study and site, and unchanged since. */
  readonly kind: 'own' | 'table';
  readonly sheets: readonly ImportLookSheet[];
  /** For a table: its fields, and what could be told from their headers. */
  readonly table: TableView | null;
  /** Kept with the study, newest first. */
  readonly mappings: readonly SavedMapping[];
}
export interface ImportLookSheet {
  readonly name: string;
  readonly rows: number;
  readonly columns: number;
}
export interface SavedMapping {
  readonly id: string;
  readonly mapping: Mapping;
}
export type ImportStatus =
  | {
      readonly state: 'running';
      readonly job: string;
      readonly step: 'reading' | 'saving';
      readonly done: number;
      readonly total: number;
    }
  | { readonly state: 'done'; readonly job: string; readonly report: ImportReport }
  | { readonly state: 'cancelled'; readonly job: string }
  | { readonly state: 'failed'; readonly job: string; readonly error: Refusal };

const File = z.string().min(1).max(4000);
/** What becomes of values that differ from what stands. */
const Differing = z.enum(['leave', 'overwrite']);
const Job = z.strictObject({ job: z.string().min(1).max(64) });

export const importContract = {
  /** Shows the open dialog; null when it was cancelled. */
  'imports.chooseFile': gives<{ file: string } | null>()('imports.run', Nothing),
  'imports.read': gives<ImportLook>()(
    'imports.run',
    z.strictObject({
      file: File,
      /** Which table of the file to lay open; absent: the one whose words say most to the study. */
      layout: z
        .strictObject({
          sheet: z.string().max(100),
          orientation: z.enum(['rows', 'columns']),
          header: z.int().min(1).max(1_048_576),
        })
        .optional(),
    }),
  ),
  /** Plans all of it and writes nothing. */
  'imports.dryRun': gives<{ job: string }>()(
    'imports.run',
    z.strictObject({
      file: File,
      mapping: ImportMapping.optional(),
      differing: Differing,
      reason: Reason.optional(),
    }),
  ),
  'imports.run': gives<{ job: string }>()(
    'imports.run',
    z.strictObject({
      file: File,
      mapping: ImportMapping.optional(),
      /** Of the file as it was tried: another file of that name is refused. */
      sha256: z.string().regex(/^[0-9a-f]{64}$/u),
      differing: Differing,
      reason: Reason.optional(),
    }),
  ),
  'imports.status': gives<ImportStatus>()('imports.run', Job),
  'imports.cancel': gives<null>()('imports.run', Job),
} as const;
