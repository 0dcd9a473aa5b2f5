/** R beside our own statistics: its results kept in a file, and R itself where it is installed. */
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { root } from '../studies/folders.ts';

/** JSON has no NaN: sprintf writes R's NA as such, for the standard deviation of one number. */
const Result = z.strictObject({
  mean: z.number(),
  sd: z.number().nullable(),
  median: z.number(),
  quartiles: z.array(z.number()),
  /** Shares 0, 0.1 … 1. */
  deciles: z.array(z.number()),
  range: z.array(z.number()),
  statistic: z.number(),
  p: z.number(),
  method: z.enum(['exact', 'normal']),
});
export type RResult = z.infer<typeof Result>;

const Kept = z.strictObject({
  'made by': z.string(),
  sets: z.array(
    z.strictObject({
      name: z.string(),
      first: z.array(z.number()),
      second: z.array(z.number()),
      r: Result,
    }),
  ),
});
export type DataSet = z.infer<typeof Kept>['sets'][number];

export const keptSets: readonly DataSet[] = Kept.parse(
  JSON.parse(readFileSync(path.join(root, 'tests/fixtures/statistics/r-results.json'), 'utf8')),
).sets;

export const hasR = spawnSync('Rscript', ['--version'], { stdio: 'ignore' }).status === 0;

export function askR(first: readonly number[], second: readonly number[]): RResult {
  const script = path.join(import.meta.dirname, 'reference.R');
  const printed = execFileSync('Rscript', ['--vanilla', script, first.join(), second.join()], {
    encoding: 'utf8',
  });
  return Result.parse(JSON.parse(printed.replaceAll(':NA', ':null')));
}

/** What `pnorm` gives. */
export function askRNormal(zs: readonly number[]): readonly number[] {
  const printed = execFileSync(
    'Rscript',
    ['--vanilla', '-e', `cat(sprintf("%.17g", pnorm(c(${zs.join()}))))`],
    { encoding: 'utf8' },
  );
  return printed.split(' ').map(Number);
}

/** Both ends of what `prop.test` without continuity correction gives: Wilson's interval. */
export function askRWilson(
  shares: readonly (readonly [number, number])[],
): readonly (readonly [number, number])[] {
  const counts = shares.map(([count]) => count).join();
  const wholes = shares.map(([, of]) => of).join();
  const printed = execFileSync(
    'Rscript',
    [
      '--vanilla',
      '-e',
      `invisible(mapply(function(x, n) cat(sprintf("%.17g ", suppressWarnings(prop.test(x, n, correct = FALSE))$conf.int)), c(${counts}), c(${wholes})))`,
    ],
    { encoding: 'utf8' },
  );
  const ends = printed.trim().split(/\s+/u).map(Number);
  return shares.map((_, position) => [
    ends[2 * position] ?? Number.NaN,
    ends[2 * position + 1] ?? Number.NaN,
  ]);
}
