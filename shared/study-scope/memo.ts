/**
 * What has been worked out from one index. An index never changes, so nothing in here goes stale.
 */
import type { Truth } from '../feel/compare.ts';
import type { FeelContext, FeelValue } from '../feel/value.ts';
import type { PlacedGroup, PlacedItem, StudyExpression } from '../study-model.ts';
import type { Cell, GroupRow } from '../subject-index.ts';
import type { DatedRow, DatedRows } from './time-order.ts';

/** By the answers that the rows share; as contexts once they have been asked for. */
export type AlikeRows = ReadonlyMap<
  string,
  { readonly rows: readonly DatedRow[]; contexts: readonly FeelValue[] | null }
>;

export interface RowsOfTest {
  readonly all: readonly DatedRow[];
  /** Those with a number in the storage unit; null until they are asked for. */
  results: readonly DatedRow[] | null;
}

export interface Memo {
  /** By position of the item in its group: see visibility.ts. */
  readonly hidden: Map<GroupRow, Uint8Array>;
  readonly inTime: Map<PlacedGroup, DatedRows>;
  readonly anchors: Map<string, FeelValue>;
  /** rows(G) and all(x): asked for once for each row of a table, the same each time. */
  readonly rows: Map<PlacedGroup, FeelValue>;
  readonly values: Map<PlacedItem, FeelValue>;
  /** alike(x, …), by the ids of the items. */
  readonly alike: Map<string, AlikeRows>;
  /** Criteria of classifications of the subject as a whole. */
  readonly truths: Map<StudyExpression, Truth>;
  /** Rows of a measurement by its test, and each as a context. */
  readonly contexts: Map<GroupRow, FeelContext>;
  readonly tests: Map<PlacedItem, ReadonlyMap<string, RowsOfTest>>;
  /**
   * Set while deriving: calculated items are then worked out where they are read, in place of what is recorded,
   * so that whatever rests on them sees their new value. Undefined: not yet worked out.
   */
  readonly derived: {
    readonly now: number;
    readonly cells: Map<GroupRow, (Cell | null | undefined)[]>;
  } | null;
}

export function emptyMemo(derivingAt: number | null = null): Memo {
  return {
    hidden: new Map(),
    inTime: new Map(),
    anchors: new Map(),
    rows: new Map(),
    values: new Map(),
    alike: new Map(),
    truths: new Map(),
    contexts: new Map(),
    tests: new Map(),
    derived: derivingAt === null ? null : { now: derivingAt, cells: new Map() },
  };
}
