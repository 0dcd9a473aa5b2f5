/** Pooling: many sites with all their values taken in, and the same sites again with one value in a hundred changed. */
import { mkdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { openForReading } from '../../electron/db/open.ts';
import { createExportReader } from '../../electron/services/export-rows.ts';
import type { Figure } from './measure.ts';
import { report } from './report.ts';
import {
  enterChild,
  openBenchSite,
  openPoolAt,
  readChildren,
  subjectNumber,
  type BenchSite,
} from './site.ts';
import {
  isNumber,
  keyOf,
  patternOf,
  scatter,
  writeSiteWorkbook,
  type Pattern,
  type Telling,
} from '../fixtures/pool/told-sites.ts';

const sites = Number(process.env['CAHIER_BENCH_SITES'] ?? 23);
const subjects = Number(process.env['CAHIER_BENCH_SUBJECTS'] ?? 500);
const values = 600;

async function measure(site: BenchSite): Promise<readonly Figure[]> {
  const pattern = tellPattern(site);
  const first = await writeDelivery(site.folder, 'first', pattern, 0);
  const second = await writeDelivery(site.folder, 'second', pattern, 1);
  const pool = await openPoolAt(path.join(site.folder, 'pool'));
  try {
    const peak = watchMemory();
    const firstMs = await take(pool, first);
    const secondMs = await take(pool, second);
    const { sites: pooled } = await pool.call('pool.overview', {});
    const held = pooled.reduce((sum, one) => sum + one.values, 0);
    const seen = {
      ...{ sites, subjects, values: held, files: first.length + second.length },
      megabytes: Math.round([...first].reduce((sum, file) => sum + statSync(file).size, 0) / 2 ** 20),
      peakRssMb: peak(),
    };
    return [
      {
        ...{ name: 'pool', what: `${String(held)} values of ${String(sites)} sites pooled`, unit: 'ms' },
        ...{ ours: firstMs, baseline: null, limit: 90_000, seen },
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

function tellPattern(site: BenchSite): Pattern {
  const [longest = []] = [...readChildren()].sort((a, b) => b.flat().length - a.flat().length);
  enterChild(site, subjectNumber(1), longest);
  const { databaseFile, key, model, fingerprint } = site.actor().site;
  const db = openForReading(databaseFile, key);
  try {
    return patternOf(createExportReader(db), model, fingerprint, values);
  } finally {
    db.close();
  }
}

/** So many of a hundred values are other ones; numbers alone are changed, so that many more of them are. */
function changing({ model, rows }: Pattern, code: string, percent: number): Telling {
  const all = [...rows.values()].flat().flatMap((row) => [...row.values]);
  const share = all.filter(([item, value]) => isNumber(model, item, value)).length / all.length;
  return (place, value) => {
    if (!isNumber(model, place.item, value)) return value;
    if (scatter(`${keyOf(place)} ${code}`) % 10_000 >= (percent * 100) / share) return value;
    const number = (value.number ?? 0) + 7;
    return { ...value, number, text: String(number) };
  };
}

async function writeDelivery(
  folder: string,
  name: string,
  pattern: Pattern,
  changedPercent: number,
): Promise<readonly string[]> {
  mkdirSync(path.join(folder, name));
  const files: string[] = [];
  for (let n = 1; n <= sites; n += 1) {
    const code = String(n).padStart(2, '0');
    const file = path.join(folder, name, `site-${code}.xlsx`);
    await writeSiteWorkbook(file, pattern, {
      code,
      subjects,
      later: changing(pattern, code, changedPercent),
    });
    files.push(file);
  }
  return files;
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

/** Of this process, threads included, from now on. */
function watchMemory(): () => number {
  let most = 0;
  const timer = setInterval(() => {
    most = Math.max(most, process.memoryUsage.rss());
  }, 100);
  return () => {
    clearInterval(timer);
    return Math.round(most / 2 ** 20);
  };
}

await report(async () => {
  const site = await openBenchSite();
  try {
    return await measure(site);
  } finally {
    site.remove();
    rmSync(site.folder, { recursive: true, force: true });
  }
});
