/**
 * Which rows of a repeating group, typed by two people, are the same row: the second person can't know in which order
 * the first one typed.
 *
 * 1. The study names key items of the group: rows with the same answers to all of them are the same, in their order
 *    where several have the same key.
 * 2. What is left is paired so that as many answers as possible agree in all (of several such ways the one that keeps the
 *    order). A pair has to agree in at least half of what either of its rows answers: two different events that share
 *    a "no" are not one.
 * 3. What is left then, when it is as many rows on both sides, is paired in order: nothing is missing or added, so that
 *    a row was typed wrong throughout.
 *
 * Any other row is missing on one side.
 */
import { cheapestAssignment } from './assignment.ts';

/** A row and its answers by item, as answerKey gives them; items without an answer are left out. */
export interface MatchedRow {
  readonly row: number;
  readonly answers: ReadonlyMap<string, string>;
}
export interface RowPair {
  readonly first: number | null;
  readonly second: number | null;
}

/** In the order of the first rows, then those that only the second person typed. */
export function matchRows(
  first: readonly MatchedRow[],
  second: readonly MatchedRow[],
  key: readonly string[],
): readonly RowPair[] {
  const pairOf = new Map<MatchedRow, MatchedRow>();
  const left = (): { ones: readonly MatchedRow[]; others: readonly MatchedRow[] } => {
    const taken = new Set(pairOf.values());
    return {
      ones: first.filter((row) => !pairOf.has(row)),
      others: second.filter((row) => !taken.has(row)),
    };
  };
  if (key.length > 0) pairByKey(first, second, key, pairOf);
  const rest = left();
  pairByAgreement(rest.ones, rest.others, pairOf);
  const last = left();
  if (last.ones.length === last.others.length)
    last.ones.forEach((one, position) => {
      const other = last.others[position];
      if (other !== undefined) pairOf.set(one, other);
    });
  return [
    ...first.map((one) => ({ first: one.row, second: pairOf.get(one)?.row ?? null })),
    ...left().others.map((other) => ({ first: null, second: other.row })),
  ];
}

function pairByKey(
  first: readonly MatchedRow[],
  second: readonly MatchedRow[],
  key: readonly string[],
  pairOf: Map<MatchedRow, MatchedRow>,
): void {
  const byKey = Map.groupBy(second, (row) => keyOf(row, key));
  for (const one of first) {
    const wanted = keyOf(one, key);
    const other = wanted === null ? undefined : byKey.get(wanted)?.shift();
    if (other !== undefined) pairOf.set(one, other);
  }
}

/** null when one of the key items has no answer: such a row is known by its other answers. */
function keyOf({ answers }: MatchedRow, key: readonly string[]): string | null {
  const parts = key.map((item) => answers.get(item));
  return parts.includes(undefined) ? null : JSON.stringify(parts);
}

function pairByAgreement(
  first: readonly MatchedRow[],
  second: readonly MatchedRow[],
  pairOf: Map<MatchedRow, MatchedRow>,
): void {
  if (first.length === 0 || second.length === 0) return;
  const isTurned = first.length > second.length;
  const [fewer, more] = isTurned ? [second, first] : [first, second];
  // One answer more is worth more than all that order can be out of place.
  const worth = 2 * more.length * more.length;
  const costs = fewer.map((one, position) =>
    more.map((other, at) => Math.abs(position - at) - worth * agreement(one, other).same),
  );
  cheapestAssignment(costs).forEach((column, position) => {
    const one = fewer[position];
    const other = more[column];
    if (one === undefined || other === undefined) return;
    const { same, of } = agreement(one, other);
    if (same === 0 || 2 * same < of) return;
    if (isTurned) pairOf.set(other, one);
    else pairOf.set(one, other);
  });
}

function agreement(one: MatchedRow, other: MatchedRow): { readonly same: number; readonly of: number } {
  const items = new Set([...one.answers.keys(), ...other.answers.keys()]);
  const same = [...items].filter((item) => one.answers.get(item) === other.answers.get(item)).length;
  return { same, of: items.size };
}
