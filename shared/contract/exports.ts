/** Exports: what is chosen, what that would hold, the file and how far it is. The choices are in export-choices.ts. */
import { z } from 'zod';
import type { Refusal } from '../bridge.ts';
import { ExportChoices, ExportWish, type ExportFormat } from '../export-choices.ts';
import { Nothing, Reason, gives } from './method.ts';

export interface ExportSheet {
  readonly name: string;
  readonly rows: number;
  readonly cells: number;
  readonly sha256: string;
}
/** A file of an export. `file` is its full path; `rows` are rows of data, subjects in ODM. */
export interface ExportedFile {
  readonly file: string;
  readonly format: ExportFormat;
  readonly bytes: number;
  readonly sha256: string;
  readonly rows: number;
}
export type ExportStatus =
  | {
      readonly state: 'running';
      readonly job: string;
      readonly sheet: string;
      readonly cells: number;
      readonly totalCells: number;
    }
  | {
      readonly state: 'done';
      readonly job: string;
      readonly file: string;
      /** Of the workbook, or of the CSV files; none where neither was asked for. */
      readonly sheets: readonly ExportSheet[];
      /** Of the workbook; without one, the values that the files hold. */
      readonly cells: number;
      readonly head: string;
      readonly files: readonly ExportedFile[];
    }
  | { readonly state: 'cancelled'; readonly job: string }
  | { readonly state: 'failed'; readonly job: string; readonly error: Refusal };

export interface SavedPreset {
  readonly name: string;
  readonly wish: ExportWish;
  /** Who saved it, and when (UTC, ISO 8601 with milliseconds). */
  readonly user: string;
  readonly savedAt: string;
}

/** What an export of these choices would hold, counted in the record as it stands. */
export interface ExportPreview {
  readonly subjects: number;
  /** Forms that were begun. */
  readonly forms: number;
  readonly values: number;
  /** Values of which nothing would leave; 0 unless it is de-identified. */
  readonly withheld: number;
  readonly queries: number;
  /** UTC, ISO 8601 with milliseconds: the newest change that it would hold. */
  readonly cutAt: string;
  /** How many subjects share the rarest combination; null unless it is de-identified. */
  readonly k: number | null;
}

/** What leads a de-identified export back to its subjects. */
export interface KeyLine {
  readonly subject: string;
  readonly replacement: string;
  /** Days that were added to every date of the subject. */
  readonly shiftDays: number;
}

const PresetName = z.string().trim().min(1).max(80);
const Job = z.strictObject({ job: z.string().min(1).max(64) });

export const exportContract = {
  /** Shows the save dialog; null when it was cancelled. */
  'exports.chooseFile': gives<{ file: string } | null>()('exports.run', Nothing),
  'exports.start': gives<{ job: string }>()(
    'exports.run',
    ExportWish.extend({ file: z.string().min(1).max(4000) }),
  ),
  'exports.preview': gives<ExportPreview>()('exports.run', z.strictObject({ choices: ExportChoices })),
  'exports.presets': gives<{ presets: readonly SavedPreset[] }>()('exports.run', Nothing),
  /** One of the same name is replaced. */
  'exports.savePreset': gives<{ presets: readonly SavedPreset[] }>()(
    'exports.run',
    z.strictObject({ name: PresetName, wish: ExportWish }),
  ),
  'exports.removePreset': gives<{ presets: readonly SavedPreset[] }>()(
    'exports.run',
    z.strictObject({ name: PresetName }),
  ),
  /** Read inside the site only, with a reason that the trail keeps. */
  'exports.key': gives<{ key: readonly KeyLine[] }>()(
    'exports.reidentify',
    z.strictObject({ reason: Reason }),
  ),
  'exports.status': gives<ExportStatus>()('exports.run', Job),
  'exports.cancel': gives<null>()('exports.run', Job),
} as const;
