/**
 * Growth references by the LMS method (Cole).
 *
 *   z(x) = ((x/M)^L − 1) / (L·S), and ln(x/M)/S when L is 0
 *
 * L, M and S are interpolated linearly between the two tabulated ages around an age, and are the tabulated ones at
 * a tabulated age. An age outside the table, or a size that is not positive, has no z-score.
 *
 * The modified z-score (CDC) measures the distance to the median in halves of the distance between the median and
 * the value at z = +2 (above) or z = −2 (below). Unlike z it does not saturate: a slipped decimal point stands out.
 */
import type { LmsTable } from '../study.ts';

export interface Lms {
  readonly l: number;
  readonly m: number;
  readonly s: number;
}

type Row = readonly [age: number, l: number, m: number, s: number];

/** `age` in the unit of the table, `sex` one of its codes. */
export function lmsAt(table: LmsTable, sex: string, age: number): Lms | null {
  const rows = Object.hasOwn(table.rows, sex) ? table.rows[sex] : undefined;
  if (rows === undefined) return null;
  const after = firstNotBefore(rows, age);
  const upper = rows[after];
  if (upper === undefined || Number.isNaN(age)) return null;
  if (upper[0] === age) return { l: upper[1], m: upper[2], s: upper[3] };
  const lower = rows[after - 1];
  return lower === undefined ? null : between(lower, upper, (age - lower[0]) / (upper[0] - lower[0]));
}

export function zScore({ l, m, s }: Lms, size: number): number | null {
  if (!(size > 0)) return null;
  return l === 0 ? Math.log(size / m) / s : ((size / m) ** l - 1) / (l * s);
}

export function modifiedZScore(lms: Lms, size: number): number | null {
  if (!(size > 0)) return null;
  const far = sizeAt(lms, size >= lms.m ? 2 : -2);
  return far === null ? null : (size - lms.m) / (Math.abs(far - lms.m) / 2);
}

/** The size at a z-score; null where the distribution has no such size (1 + L·S·z not positive). */
export function sizeAt({ l, m, s }: Lms, z: number): number | null {
  if (l === 0) return m * Math.exp(s * z);
  const base = 1 + l * s * z;
  return base > 0 ? m * base ** (1 / l) : null;
}

function between(lower: Row, upper: Row, part: number): Lms {
  const at = (column: 1 | 2 | 3): number => lower[column] + (upper[column] - lower[column]) * part;
  return { l: at(1), m: at(2), s: at(3) };
}

function firstNotBefore(rows: readonly Row[], age: number): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((rows[middle]?.[0] ?? Number.POSITIVE_INFINITY) < age) low = middle + 1;
    else high = middle;
  }
  return low;
}
