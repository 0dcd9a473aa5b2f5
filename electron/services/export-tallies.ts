/**
 * What sheets that are shown early say of rows that are written later: counted while those rows go by, so that nothing is
 * read twice and no sheet is kept in memory.
 */
import { detailOf, type TrailLine } from '#shared/export-plan/trail-line.ts';
import type { Query } from '#shared/query.ts';
import type { Signature } from '#shared/signature.ts';

/** Of one subject. */
export interface SignatureTally {
  readonly valid: number;
  readonly broken: number;
  /** Whether the subject as a whole carries a signature, and whether the newest one holds. */
  readonly whole: 'valid' | 'broken' | null;
}

export interface SignatureTallies {
  take(signature: Signature): void;
  of(subject: string): SignatureTally;
}

const unsigned: SignatureTally = { valid: 0, broken: 0, whole: null };

export function createSignatureTallies(): SignatureTallies {
  const tallies = new Map<string, SignatureTally>();
  const of = (subject: string): SignatureTally => tallies.get(subject) ?? unsigned;
  return {
    of,
    take: ({ subject, event, validity: { state } }) => {
      const { valid, broken, whole } = of(subject);
      tallies.set(subject, {
        valid: valid + (state === 'valid' ? 1 : 0),
        broken: broken + (state === 'valid' ? 0 : 1),
        whole: event === null ? state : whole,
      });
    },
  };
}

/** How often a check was raised as a query, and with which reasons its findings were let stand, over the whole time. */
export interface CheckTallies {
  takeQuery(query: Query): void;
  takeEntry(line: TrailLine): void;
  queries(check: string): number;
  /** One for each time; null where it is left out of the export. */
  overrides(check: string): readonly (string | null)[];
}

export function createCheckTallies(): CheckTallies {
  const queries = new Map<string, number>();
  const overrides = new Map<string, (string | null)[]>();
  return {
    takeQuery: ({ check }) => {
      if (check !== null) queries.set(check, (queries.get(check) ?? 0) + 1);
    },
    takeEntry: ({ entry }) => {
      if (entry.action !== 'finding.confirmed') return;
      const { check } = detailOf(entry);
      if (typeof check !== 'string') return;
      const reasons = overrides.get(check) ?? [];
      overrides.set(check, reasons);
      reasons.push(entry.reason);
    },
    queries: (check) => queries.get(check) ?? 0,
    overrides: (check) => overrides.get(check) ?? [],
  };
}
