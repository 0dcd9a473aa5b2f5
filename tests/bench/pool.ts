/** Pooling: many sites with all their values taken in, and the same sites again with one value in a hundred changed. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { promisify } from 'node:util';
import type { Figure } from './measure.ts';
import { report } from './report.ts';
import { openPoolAt } from './site.ts';

const sites = Number(process.env['CAHIER_BENCH_SITES'] ?? 23);
const subjects = Number(process.env['CAHIER_BENCH_SUBJECTS'] ?? 500);
const values = 600;
const run = promisify(execFile);

async function measure(folder: string): Promise<readonly Figure[]> {
  await writeFiles(folder);
  const [first, second] = [filesIn(folder, 'first'), filesIn(folder, 'second')];
  const pool = await openPoolAt(path.join(folder, 'pool'));
  try {
    const peak = watchMemory();
    const firstMs = await take(pool, first);
    const firstMb = peak();
    const secondMs = await take(pool, second);
    const { sites: pooled } = await pool.call('pool.overview', {});
    const held = pooled.reduce((sum, one) => sum + one.values, 0);
    const seen = {
      ...{ sites, subjects, values: held, files: first.length + second.length },
      megabytes: Math.round(first.reduce((sum, file) => sum + statSync(file).size, 0) / 1e6),
    };
    return [
      {
        ...{ name: 'pool', what: `${String(held)} values of ${String(sites)} sites pooled`, unit: 'ms' },
        ...{ ours: firstMs, baseline: null, limit: 90_000, seen },
      },
      {
        ...{ name: 'pool-memory', what: 'most memory of the process while they are pooled', unit: 'MB' },
        ...{ ours: firstMb, baseline: null, limit: 1000, seen: { withTheSecondMb: peak() } },
      },
      {
        ...{ name: 'pool-again', what: 'the same again with 1 % changed, by the first delivery', unit: 'ms' },
        ...{ ours: secondMs, baseline: firstMs, limit: 0.15, seen },
      },
    ];
  } finally {
    pool.services.session.close();
  }
}

/** Half of the sites in each of two processes. */
async function writeFiles(folder: string): Promise<void> {
  const script = path.join(import.meta.dirname, 'pool-files.ts');
  const half = Math.ceil(sites / 2);
  const write = (from: number, to: number): Promise<unknown> =>
    run(process.execPath, [script, folder, ...[from, to, subjects, values].map(String)]);
  await Promise.all([write(1, half), write(half + 1, sites)]);
}

function filesIn(folder: string, name: string): readonly string[] {
  return readdirSync(path.join(folder, name))
    .sort()
    .map((file) => path.join(folder, name, file));
}

async function take(pool: Awaited<ReturnType<typeof openPoolAt>>, files: readonly string[]): Promise<number> {
  const start = performance.now();
  const status = await pool.services.pool.run(pool.services.session.authorise('pool.receive'), files);
  const ms = performance.now() - start;
  const refused = status.outcomes.find(({ why }) => why !== null);
  if (status.state !== 'done' || refused !== undefined)
    throw new Error(`${status.state}: ${refused?.why?.message ?? status.error?.message ?? ''}`);
  return ms;
}

/** Of this process, threads included, from now on; in millions of bytes. */
function watchMemory(): () => number {
  let most = 0;
  setInterval(() => {
    most = Math.max(most, process.memoryUsage.rss());
  }, 100).unref();
  return () => Math.round(most / 1e6);
}

await report(async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'cahier-bench-pool-'));
  try {
    return await measure(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
