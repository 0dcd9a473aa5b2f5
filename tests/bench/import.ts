/**
 * Importing the workbook of a million cells into an empty site – read, held against its own hashes, every value entered
 * with its checks and its entry in the trail – against exceljs's streaming reader, which only reads the same file.
 */
import { statSync } from 'node:fs';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { Worker } from 'node:worker_threads';
import { wholeWorkbook } from '#shared/export-choices.ts';
import type { ReadNews } from './exceljs-reading.ts';
import { measurePairs, median, medianRatio, type Figure } from './measure.ts';
import { fillSite, wantedCells } from './million-cells.ts';
import { reportOnSite } from './report.ts';
import { openBenchSite, type BenchSite } from './site.ts';

const runs = 3;

async function measure(site: BenchSite): Promise<readonly Figure[]> {
  const children = fillSite(site);
  const file = path.join(site.folder, 'million.xlsx');
  const actor = site.actor();
  const status = await site.services.exports.of(actor.site).run({ file, actor, ...wholeWorkbook });
  if (status.state !== 'done') throw new Error(`the export ended as ${status.state}`);
  if (status.cells < wantedCells) throw new Error(`the workbook has only ${String(status.cells)} cells`);
  const values = countValues(site);
  const pair = await measurePairs(
    runs,
    () => importInto(file, values),
    () => readByExceljs(file),
  );
  const ours = median(pair.ours);
  return [
    {
      ...{
        name: 'import',
        what: `import of ${String(status.cells)} cells, by exceljs reading them`,
        unit: 'ms',
      },
      ...{ ours, baseline: median(pair.baseline), limit: 2 },
      seen: {
        ...{ children, values, runs, cells: status.cells, ratio: medianRatio(pair) },
        microsecondsPerValue: Math.round((ours * 1000) / values),
        megabytes: Math.round(statSync(file).size / 2 ** 20),
      },
    },
  ];
}

function countValues(site: BenchSite): number {
  const { db } = site.actor().site;
  return db.prepare<[], number>('SELECT COUNT(*) FROM value').pluck().get() ?? 0;
}

/** The empty site is there beforehand: making it is no part of an import. */
async function importInto(file: string, values: number): Promise<number> {
  const site = await openBenchSite();
  try {
    const start = performance.now();
    const status = await site.services.imports.run({
      ...{ actor: site.actor(), file, mapping: null, dryRun: false, overwrite: false },
      ...{ reason: null, sha256: null },
    });
    const ms = performance.now() - start;
    if (status.state !== 'done') throw new Error(`the import ended as ${status.state}`);
    const held = countValues(site);
    if (held !== values) throw new Error(`${String(held)} values of ${String(values)} arrived`);
    return ms;
  } finally {
    site.remove();
  }
}

function readByExceljs(file: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const thread = new Worker(new URL('./exceljs-reading.ts', import.meta.url), { workerData: file });
    thread.on('error', reject);
    thread.on('message', ({ ms, cells }: ReadNews) => {
      if (cells < wantedCells / 2) reject(new Error(`exceljs saw only ${String(cells)} cells`));
      else resolve(ms);
    });
  });
}

await reportOnSite(measure);
