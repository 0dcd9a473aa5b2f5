/** Exports: what is chosen, what that would hold, the file and how far it is. The choices are in export-choices.ts. */
import { z } from 'zod';
import type { Refusal } from '../bridge.ts';
import { ExportWish } from '../export-choices.ts';
import { Nothing, gives } from './method.ts';

export interface ExportSheet {
  readonly name: string;
  readonly rows: number;
  readonly cells: number;
  readonly sha256: string;
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
      readonly sheets: readonly ExportSheet[];
      readonly cells: number;
      readonly head: string;
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

const Job = z.strictObject({ job: z.string().min(1).max(64) });

export const exportContract = {
  /** Shows the save dialog; null when it was cancelled. */
  'exports.chooseFile': gives<{ file: string } | null>()('exports.run', Nothing),
  'exports.start': gives<{ job: string }>()(
    'exports.run',
    ExportWish.extend({ file: z.string().min(1).max(4000) }),
  ),
  'exports.status': gives<ExportStatus>()('exports.run', Job),
  'exports.cancel': gives<null>()('exports.run', Job),
} as const;
