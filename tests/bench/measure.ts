/** Measuring: the same machine, the same minute, ours and the baseline by turns, and the middle of what was seen. */
import { performance } from 'node:perf_hooks';

/** One line of the table that `npm run bench` prints. */
export interface Figure {
  /** Short, as `--only` takes it. */
  readonly name: string;
  readonly what: string;
  readonly unit: 'ms' | 'MB';
  readonly ours: number;
  /** What ours is held against; null where the limit is a time. */
  readonly baseline: number | null;
  /** Of the ratio ours / baseline, or of ours where there is no baseline. */
  readonly limit: number;
  /** More that was seen, for the JSON: how many runs, spread, memory. */
  readonly seen: Readonly<Record<string, string | number>>;
}

export interface Pair {
  readonly ours: readonly number[];
  readonly baseline: readonly number[];
}

/** Runs both by turns, so that whatever else the machine does falls on both; which goes first changes every time. */
export async function measurePairs(
  runs: number,
  ours: (run: number) => Promise<number>,
  baseline: (run: number) => Promise<number>,
): Promise<Pair> {
  const pair = { ours: [] as number[], baseline: [] as number[] };
  for (let run = 0; run < runs; run += 1) {
    if (run % 2 === 0) pair.ours.push(await ours(run));
    pair.baseline.push(await baseline(run));
    if (run % 2 === 1) pair.ours.push(await ours(run));
  }
  return pair;
}

export function timed(act: () => void): number {
  const start = performance.now();
  act();
  return performance.now() - start;
}

export async function timedAsync(act: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await act();
  return performance.now() - start;
}

export function median(numbers: readonly number[]): number {
  return quantile(numbers, 0.5);
}

/** The median of the ratios of what was measured side by side: a slow minute of the machine weighs on both. */
export function medianRatio({ ours, baseline }: Pair): number {
  return median(ours.map((own, run) => own / (baseline[run] ?? Number.NaN)));
}

/** `share` 0.99: as slow as the slowest but one in a hundred. */
export function quantile(numbers: readonly number[], share: number): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const index = Math.min(sorted.length - 1, Math.floor(share * sorted.length));
  return sorted[index] ?? Number.NaN;
}
