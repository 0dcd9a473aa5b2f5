/**
 * Pooling: many sites with all their values taken in, and the same sites again with one value in a hundred changed: in the
 * children who were seen since (one of twenty), and once scattered over all of them.
 */
import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { promisify } from 'node:util';
import type { Figure } from './measure.ts';
import { report } from './report.ts';
import { openCopyOf, openPoolAt, type BenchSite } from './site.ts';

const sites = Number(process.env['CAHIER_BENCH_SITES'] ?? 23);
const subjects = Number(process.env['CAHIER_BENCH_SUBJECTS'] ?? 500);
const values = 600;
const run = promisify(execFile);

async function measure(folder: string): Promise<readonly Figure[]> {
  await writeFiles(folder);
  const files = filesIn(folder, 'first');
  const poolFolder = path.join(folder, 'pool');
  const peak = watchMemory();
  const pool = await openPoolAt(poolFolder);
  const firstMs = await take(pool, files);
  const firstMb = peak();
  const { sites: pooled } = await pool.call('pool.overview', {});
  const held = pooled.reduce((sum, one) => sum + one.values, 0);
  pool.services.session.close();
  const again = async (name: string): Promise<number> => {
    const copy = path.join(folder, `pool-${name}`);
    cpSync(poolFolder, copy, { recursive: true });
    const opened = await openCopyOf(copy);
    const ms = await take(opened, filesIn(folder, name));
    opened.services.session.close();
    return ms;
  };
  const visitedMs = await again('visited');
  const scatteredMs = await again('scattered');
  const megabytes = Math.round(files.reduce((sum, file) => sum + statSync(file).size, 0) / 1e6);
  const seen = { sites, subjects, values: held, files: files.length, megabytes };
  return [
    {
      ...{ name: 'pool', what: `${String(held)} values of ${String(sites)} sites pooled`, unit: 'ms' },
      ...{ ours: firstMs, baseline: null, limit: 90_000, seen },
    },
    {
      ...{ name: 'pool-memory', what: 'most memory of the process while they are pooled', unit: 'MB' },
      ...{ ours: firstMb, baseline: null, limit: 1000, seen: { withTheLaterOnesMb: peak() } },
    },
    {
      ...{ name: 'pool-again', what: 'again, 1 % changed, in one child of twenty : the first', unit: 'ms' },
      ...{ ours: visitedMs, baseline: firstMs, limit: 0.15, seen },
    },
    {
      ...{ name: 'pool-scattered', what: 'again, 1 % changed, scattered over all : the first', unit: 'ms' },
      ...{ ours: scatteredMs, baseline: firstMs, limit: 0.15, seen },
    },
  ];
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

async function take({ services }: Pick<BenchSite, 'services'>, files: readonly string[]): Promise<number> {
  const start = performance.now();
  const status = await services.pool.run(services.session.authorise('pool.receive'), files);
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
