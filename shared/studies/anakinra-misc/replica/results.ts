/**
 * Laboratory results over the course, in the storage unit of each analyte (CRF 5): what is expected before the first dose,
 * by indication, and what becomes of it. Sizes are those of published MIS-C children [28][33][37].
 */
import type { Course } from './course.ts';

export type Point = 'SCR' | 'PRE' | 'H48' | 'D7' | 'DIS' | 'M1';
type Range = readonly [low: number, high: number];

interface Marker {
  /** Before the first dose. */
  readonly HF: Range;
  readonly MAS: Range;
  /** The same number at the other times, as a share of that. */
  readonly shares: Readonly<Partial<Record<Exclude<Point, 'PRE'>, Range>>>;
  /** In a child who has recovered: in place of a share that is not given. */
  readonly well: Range;
}

const steady = { SCR: [0.97, 1.03], H48: [0.98, 1.03] } as const;

export const markers: Readonly<Record<string, Marker>> = {
  crp: {
    HF: [120, 280],
    MAS: [95, 210],
    shares: { SCR: [0.75, 1.2], H48: [0.2, 0.42], D7: [0.04, 0.1] },
    well: [1, 8],
  },
  ferr: {
    HF: [310, 640],
    MAS: [2600, 8200],
    shares: { SCR: [0.7, 0.95], H48: [0.55, 0.8], D7: [0.3, 0.45], DIS: [0.2, 0.3] },
    well: [30, 120],
  },
  fib: { HF: [5, 7.4], MAS: [2.2, 3.3], shares: { SCR: [1, 1.15], H48: [0.75, 0.9] }, well: [2.4, 3.6] },
  ddim: {
    HF: [1.8, 5.5],
    MAS: [5.5, 13],
    shares: { SCR: [0.8, 1.2], H48: [0.45, 0.7], D7: [0.2, 0.3], DIS: [0.12, 0.2] },
    well: [0.15, 0.4],
  },
  tni: {
    HF: [140, 1600],
    MAS: [45, 120],
    shares: { SCR: [0.5, 1.1], H48: [0.12, 0.35], D7: [0.02, 0.06] },
    well: [2, 12],
  },
  tnt: {
    HF: [90, 620],
    MAS: [32, 70],
    shares: { SCR: [0.5, 1.1], H48: [0.15, 0.4], D7: [0.05, 0.12] },
    well: [4, 9],
  },
  ntbnp: {
    HF: [5200, 24000],
    MAS: [500, 1500],
    shares: { SCR: [0.5, 0.9], H48: [0.12, 0.3], D7: [0.03, 0.06] },
    well: [40, 110],
  },
  bnp: { HF: [900, 3600], MAS: [90, 260], shares: { SCR: [0.5, 0.9] }, well: [8, 30] },
  alb: {
    HF: [22, 28],
    MAS: [24, 29],
    shares: { SCR: [1, 1.1], H48: [1.02, 1.12], D7: [1.2, 1.3] },
    well: [37, 43],
  },
  na: { HF: [129, 134], MAS: [130, 134], shares: { SCR: [0.98, 1], H48: [1.01, 1.03] }, well: [137, 141] },
  k: { HF: [3.5, 4.3], MAS: [3.6, 4.3], shares: steady, well: [3.9, 4.6] },
  ldh: { HF: [290, 460], MAS: [620, 1100], shares: { SCR: [0.9, 1.1], H48: [0.75, 0.9] }, well: [190, 280] },
  tg: { HF: [1.1, 1.65], MAS: [2.3, 4.2], shares: { SCR: [0.9, 1.02], H48: [0.8, 0.95] }, well: [0.7, 1.3] },
  anc: { HF: [7.5, 15], MAS: [2.6, 5.2], shares: { SCR: [0.85, 1.1], H48: [0.6, 0.85] }, well: [3, 5.5] },
  alc: { HF: [0.5, 1.1], MAS: [0.6, 1], shares: { SCR: [0.75, 0.95], H48: [1.5, 2] }, well: [1.9, 3.4] },
  hb: {
    HF: [90, 112],
    MAS: [86, 100],
    shares: { SCR: [1.03, 1.1], H48: [0.95, 0.99], D7: [1, 1.05], DIS: [1, 1.08] },
    well: [118, 132],
  },
  plt: { HF: [135, 240], MAS: [78, 132], shares: { SCR: [0.8, 0.98], H48: [1.4, 1.8] }, well: [320, 520] },
  pct: { HF: [3, 40], MAS: [1, 8], shares: { SCR: [0.8, 1.1] }, well: [0.05, 0.2] },
  lact: { HF: [1.6, 3.8], MAS: [1, 1.8], shares: { SCR: [0.9, 1.3] }, well: [0.8, 1.4] },
  scd25: { HF: [1200, 2200], MAS: [3000, 7800], shares: {}, well: [400, 900] },
};

/** In the storage unit. */
export function resultOf(course: Course, test: string, point: Point): number {
  if (test === 'alt' || test === 'ast') return transaminase(course, test, point);
  if (test === 'creat') return creatinine(course, point);
  if (test === 'wbc') return 1.12 * (resultOf(course, 'anc', point) + resultOf(course, 'alc', point));
  const marker = markers[test];
  if (marker === undefined) throw new Error(`no course is known of ${test}`);
  const { child, chance } = course;
  const before =
    chance(`${test} before`).spread(...marker[child.disease.indication]) * severity(course, test);
  if (point === 'PRE') return before;
  const draw = chance(`${test} ${point}`);
  const share = marker.shares[point];
  return share === undefined ? draw.spread(...marker.well) : before * draw.between(...share);
}

/** The heart's markers are higher where the heart is weaker. */
function severity({ child }: Course, test: string): number {
  return ['tni', 'tnt', 'ntbnp', 'bnp'].includes(test) && child.lvef.PRE <= 28 ? 5 : 1;
}

/** From the eGFR: 36.5 · height / creatinine (Schwartz 2009 [24]). */
function creatinine({ child, chance }: Course, point: Point): number {
  const isIll = point === 'SCR' || point === 'PRE';
  const filtration =
    isIll && child.disease.shock !== null
      ? chance('filtration').between(58, 80)
      : 95 + chance(`filtration ${point}`).between(0, 25);
  return (36.5 * child.person.height) / filtration;
}

/** At or below what it was, but in the children in whom it rose on anakinra, and fell again without anything being done. */
function transaminase({ child, hasHeartFailure, chance }: Course, test: 'alt' | 'ast', point: Point): number {
  const { before, peak } = child.alt;
  const base = test === 'alt' ? before : hasHeartFailure ? before + 6 : Math.max(before, 62);
  const draw = chance(`${test} ${point}`);
  if (point === 'PRE') return base;
  if (point === 'SCR') return base * draw.between(0.88, 1);
  if (point === 'M1') return draw.between(16, 30);
  const risen = peak === null ? null : test === 'alt' ? peak : Math.max(base, peak * 0.72);
  if (risen === null)
    return (
      base *
      { H48: draw.between(0.9, 0.98), D7: draw.between(0.75, 0.9), DIS: draw.between(0.65, 0.8) }[point]
    );
  return point === 'H48'
    ? base + (risen - base) * 0.45
    : point === 'D7'
      ? risen
      : base + (risen - base) * 0.4;
}
