/** Copies of the record on paper: what can be asked for, and how far the work has come. */
import { z } from 'zod';
import type { Refusal } from '../bridge.ts';
import { gives, Id, SubjectNumber } from './method.ts';

/** What a copy is of. */
export const CopyOrder = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('casebook'),
    /** null: every subject of the site. */
    subject: SubjectNumber.nullable(),
    /** An event instance of that subject; null: all of them. */
    event: Id.nullable(),
    history: z.boolean(),
  }),
  /** The study's forms, to be filled in by hand. */
  z.strictObject({ kind: z.literal('blank-crf') }),
  /** The study's forms with the names of their variables. */
  z.strictObject({ kind: z.literal('annotated-crf') }),
]);
export type CopyOrder = z.infer<typeof CopyOrder>;

export type CopyStatus =
  | {
      readonly state: 'running';
      readonly job: string;
      /** reading: `done` of `total` subjects. printing: the pages are being laid out, and nobody knows how many. */
      readonly stage: 'reading' | 'printing';
      readonly done: number;
      readonly total: number;
    }
  | {
      readonly state: 'done';
      readonly job: string;
      readonly file: string;
      readonly bytes: number;
      /** Of the trail when the copy was read: printed on each page. */
      readonly seq: number;
      readonly head: string;
      /** Of the file. */
      readonly sha256: string;
    }
  | { readonly state: 'cancelled'; readonly job: string }
  | { readonly state: 'failed'; readonly job: string; readonly error: Refusal };

const Job = z.strictObject({ job: z.string().min(1).max(64) });
const Language = z.enum(['en', 'fr']);

export const copiesContract = {
  /** Shows the save dialog; null when it was cancelled. */
  'copies.chooseFile': gives<{ file: string } | null>()('copies.print', z.strictObject({ order: CopyOrder })),
  'copies.start': gives<{ job: string }>()(
    'copies.print',
    z.strictObject({ order: CopyOrder, language: Language, file: z.string().min(1).max(4000) }),
  ),
  'copies.status': gives<CopyStatus>()('copies.print', Job),
  'copies.cancel': gives<null>()('copies.print', Job),
} as const;
