/** The contract of double data entry: asked forms, the blind second entry, and the decision where the two differ. */
import { z } from 'zod';
import type { OpenSubject, SaveResult } from '../bridge.ts';
import type { ItemValue } from '../record.ts';
import type { Decision, FormRate, PersonRate } from '../second-entry/error-rates.ts';
import type { Eligibility } from '../second-entry/eligible.ts';
import { Id, Place, Reason, Row, gives } from './method.ts';

export interface SecondEntryRow {
  readonly subject: string;
  readonly event: string;
  readonly form: string;
  readonly state: 'asked' | 'in-progress' | 'complete' | 'adjudicated';
  /** UTC, ISO 8601: when the form was drawn, which is when it was completed. */
  readonly askedAt: string;
  readonly first: readonly string[];
  /** null until somebody has begun. */
  readonly second: string | null;
  /** The same person typed it twice, days apart. */
  readonly isSelf: boolean;
  /** Of the person who asks. */
  readonly eligibility: Eligibility;
  /** Once both entries are complete. */
  readonly differences: { readonly total: number; readonly open: number; readonly compared: number } | null;
}
export interface SecondEntryList {
  readonly rows: readonly SecondEntryRow[];
  readonly total: number;
  /** How many the person who asks could enter, or decide, now. */
  readonly mine: { readonly toEnter: number; readonly toDecide: number };
}
export interface Difference {
  /** From 1, in the order of the form. */
  readonly position: number;
  readonly item: string;
  /** In the record; a row that only the second person typed has the number that it would get. */
  readonly row: number;
  readonly firstRow: number | null;
  readonly secondRow: number | null;
  readonly first: ItemValue | null;
  readonly second: ItemValue | null;
  /** Who typed the first answer. */
  readonly firstUser: string;
  /** What stands in the record now: it may have been changed since the entries were compared. */
  readonly standing: ItemValue | null;
  readonly decided: {
    readonly which: Decision;
    readonly final: ItemValue | null;
    readonly user: string;
    readonly at: string;
    readonly reason: string | null;
  } | null;
}
export interface Comparison {
  readonly row: SecondEntryRow;
  readonly differences: readonly Difference[];
  readonly mayDecide: boolean;
}

const SecondChange = z.strictObject({
  row: Row,
  item: Id,
  value: z.string().max(40_000).nullable(),
  missing: z.string().max(10).optional(),
  baseVersion: z.int().min(0).optional(),
});

export const secondEntryContract = {
  /** Forms that are still to be entered or decided first, the oldest of them before the newer ones. */
  'second.list': gives<SecondEntryList>()(
    'subjects.read',
    z.strictObject({ offset: z.int().min(0), limit: z.int().min(1).max(500) }),
  ),
  /** Begins, or goes on with, a second entry: the subject as this person may see it meanwhile. */
  'second.begin': gives<OpenSubject>()('second.enter', z.strictObject({ ...Place })),
  'second.save': gives<SaveResult>()(
    'second.enter',
    z.strictObject({ ...Place, changes: z.array(SecondChange).min(1).max(2000) }),
  ),
  'second.removeRow': gives<SaveResult>()('second.enter', z.strictObject({ ...Place, group: Id, row: Row })),
  /** From here on nothing of it changes; it is compared with what stands in the record at this moment. */
  'second.complete': gives<{ readonly compared: number; readonly differences: number }>()(
    'second.enter',
    z.strictObject({ ...Place }),
  ),
  /** Leaves it to somebody else: what was typed goes, and whoever gave it back knows or will know the first entry. */
  'second.giveBack': gives<null>()('second.enter', z.strictObject({ ...Place })),
  'second.compare': gives<Comparison>()('second.adjudicate', z.strictObject({ ...Place })),
  /** `value` or `missing` only for "other". Writes what was decided through the one write path. */
  'second.decide': gives<Comparison>()(
    'second.adjudicate',
    z.strictObject({
      ...Place,
      position: z.int().min(1).max(100_000),
      which: z.enum(['first', 'second', 'other']),
      value: z.string().max(40_000).nullable().optional(),
      missing: z.string().max(10).optional(),
      reason: Reason,
    }),
  ),
  /** Over forms whose differences are all decided. Of people, those who can't decide see only themselves. */
  'second.rates': gives<{ readonly people: readonly PersonRate[]; readonly forms: readonly FormRate[] }>()(
    'subjects.read',
    z.strictObject({}),
  ),
} as const;
