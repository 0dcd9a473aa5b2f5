/**
 * Wilcoxon's signed-rank test for paired values, two-sided: does the second value tend to lie below or above the first?
 * Wilcoxon, Biometrics Bulletin 1945;1:80–83. Result for result as wilcox.test(first, second, paired = TRUE) of R 4.2:
 *
 *   pairs that don't differ            left out
 *   fewer than 50 left, none was left
 *   out and no two differ by the same  exact, over all 2ⁿ signs
 *   else                               normal, corrected for ties and for continuity
 *
 * Ties are differences whose absolute values are the same double, as in R.
 */
import { normalProbability } from './normal.ts';

export interface Pair {
  readonly first: number;
  readonly second: number;
}

export interface SignedRank {
  /** Pairs that were tested: those that differ. */
  readonly pairs: number;
  /** Pairs left out because both values are the same. */
  readonly zeros: number;
  /** R's V: the sum of the ranks of the pairs whose first value is the greater. */
  readonly statistic: number;
  /** Two-sided. */
  readonly p: number;
  readonly method: 'exact' | 'normal';
}

/** From this many pairs on, the normal approximation is used, as in R. */
const tooManyForExact = 50;

/** null when no pair differs: then there is nothing to test. */
export function signedRank(pairs: readonly Pair[]): SignedRank | null {
  const all = pairs.map(({ first, second }) => first - second);
  const differences = all.filter((difference) => difference !== 0);
  const count = differences.length;
  if (count === 0) return null;
  const { ranks, tieSizes } = rank(differences.map(Math.abs));
  const statistic = ranks.reduce(
    (sum, own, position) => ((differences[position] ?? 0) > 0 ? sum + own : sum),
    0,
  );
  const zeros = all.length - count;
  const isExact = count < tooManyForExact && zeros === 0 && tieSizes.every((size) => size === 1);
  return {
    pairs: count,
    zeros,
    statistic,
    p: isExact ? exactP(statistic, count) : normalP(statistic, count, tieSizes),
    method: isExact ? 'exact' : 'normal',
  };
}

interface Ranked {
  /** Equal sizes share the mean of their ranks. */
  readonly ranks: readonly number[];
  /** How many there are of each size. */
  readonly tieSizes: readonly number[];
}

function rank(sizes: readonly number[]): Ranked {
  const order = sizes.map((size, position) => ({ size, position })).sort((a, b) => a.size - b.size);
  const ranks: number[] = sizes.map(() => 0);
  const tieSizes: number[] = [];
  for (let from = 0; from < order.length;) {
    let to = from;
    while (to < order.length && order[to]?.size === order[from]?.size) to += 1;
    for (const { position } of order.slice(from, to)) ranks[position] = (from + 1 + to) / 2;
    tieSizes.push(to - from);
    from = to;
  }
  return { ranks, tieSizes };
}

/** Twice the smaller tail, never above 1. */
function exactP(statistic: number, count: number): number {
  const ways = waysToSum(count);
  const isHigh = statistic > (count * (count + 1)) / 4;
  const tail = isHigh ? ways.slice(statistic) : ways.slice(0, statistic + 1);
  return Math.min(1, (2 * tail.reduce((sum, own) => sum + own, 0)) / 2 ** count);
}

/** At s: how many of the 2ⁿ subsets of the ranks 1…n have the sum s. All are whole numbers that a double holds exactly. */
function waysToSum(count: number): readonly number[] {
  const ways: number[] = Array.from({ length: (count * (count + 1)) / 2 + 1 }, () => 0);
  ways[0] = 1;
  for (let own = 1; own <= count; own += 1) {
    for (let sum = ways.length - 1; sum >= own; sum -= 1)
      ways[sum] = (ways[sum] ?? 0) + (ways[sum - own] ?? 0);
  }
  return ways;
}

function normalP(statistic: number, count: number, tieSizes: readonly number[]): number {
  const away = statistic - (count * (count + 1)) / 4;
  const ties = tieSizes.reduce((sum, size) => sum + size ** 3 - size, 0);
  const deviation = Math.sqrt((count * (count + 1) * (2 * count + 1)) / 24 - ties / 48);
  const z = (away - Math.sign(away) * 0.5) / deviation;
  return 2 * Math.min(normalProbability(z), normalProbability(-z));
}
