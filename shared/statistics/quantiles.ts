/**
 * Median, quartiles and range of a sample. Numbers come in one unit and the results are in it; nothing is rounded.
 * None of these throws: of no number the result is null.
 */

export interface Quartiles {
  readonly q1: number;
  readonly median: number;
  readonly q3: number;
}

export interface Range {
  readonly min: number;
  readonly max: number;
}

/**
 * R's quantile type 7, which is also Excel's QUARTILE.INC: of n sorted numbers the one at position 1 + (n − 1) · share, between
 * two neighbours by straight line. Hyndman and Fan, Am Stat 1996;50:361–365, definition 7.
 * SAS (type 2 there) and SPSS (type 6) give other quartiles of the same numbers.
 *
 * `share` from 0 to 1: 0.5 gives the median. null of no number, and of a share outside.
 */
export function quantile(numbers: readonly number[], share: number): number | null {
  return ofSorted(sorted(numbers), share);
}

/** As R's median(): the number in the middle, of an even count the mean of the two there. */
export function median(numbers: readonly number[]): number | null {
  return quantile(numbers, 0.5);
}

export function quartiles(numbers: readonly number[]): Quartiles | null {
  const inOrder = sorted(numbers);
  const [q1, middle, q3] = [ofSorted(inOrder, 0.25), ofSorted(inOrder, 0.5), ofSorted(inOrder, 0.75)];
  return q1 === null || middle === null || q3 === null ? null : { q1, median: middle, q3 };
}

export function range(numbers: readonly number[]): Range | null {
  const inOrder = sorted(numbers);
  const [min, max] = [inOrder[0], inOrder.at(-1)];
  return min === undefined || max === undefined ? null : { min, max };
}

function sorted(numbers: readonly number[]): readonly number[] {
  return [...numbers].sort((a, b) => a - b);
}

function ofSorted(inOrder: readonly number[], share: number): number | null {
  const position = (inOrder.length - 1) * share;
  const below = inOrder[Math.floor(position)];
  const above = inOrder[Math.ceil(position)];
  if (below === undefined || above === undefined) return null;
  const part = position - Math.floor(position);
  return part === 0 || below === above ? below : (1 - part) * below + part * above;
}
