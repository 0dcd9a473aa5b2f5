/**
 * Exporting a million cells, against exceljs's streaming writer alone and Python's XlsxWriter in constant-memory mode, both
 * writing the same cells in the same styles; what memory it takes; and whether the main thread answers all the while.
 */
import { execFile } from 'node:child_process';
import { cpSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { serialize } from 'node:v8';
import { promisify } from 'node:util';
import { Worker } from 'node:worker_threads';
import { wholeWorkbook } from '#shared/export-choices.ts';
import type { BaselineNews, BaselineOrder } from './exceljs-alone.ts';
import { fillSite, wantedCells } from './million-cells.ts';
import { measurePairs, median, medianRatio, type Figure } from './measure.ts';
import { recordCells } from './record-cells.ts';
import { reportOnSite } from './report.ts';
import { hasXlsxWriter, writeForPython, xlsxWriterAlone } from './xlsxwriter-alone.ts';
import { type BenchSite } from './site.ts';

const runs = 5;
const run = promisify(execFile);

async function measure(site: BenchSite): Promise<readonly Figure[]> {
  const children = fillSite(site);
  const first = await exportOnce(site);
  const peakBefore = process.resourceUsage().maxRSS / 1024;
  const memoryMb = await memoryAlone(site);
  const cellsFile = path.join(site.folder, 'cells');
  const cells = await recordCells(site.actor().site);
  writeFileSync(cellsFile, serialize(cells));
  const pythonCells = path.join(site.folder, 'cells.json');
  const isXlsxWriterThere = await hasXlsxWriter();
  if (isXlsxWriterThere) writeForPython(cells, pythonCells);
  else console.error('XlsxWriter is not measured: install the Debian package python3-xlsxwriter.');

  const byPython: number[] = [];
  const answers: { delay: number; status: number }[] = [first];
  const pair = await measurePairs(
    runs,
    async () => {
      const done = await exportOnce(site);
      answers.push(done);
      return done.ms;
    },
    async () => {
      if (isXlsxWriterThere)
        byPython.push(await xlsxWriterAlone(pythonCells, path.join(site.folder, 'python.xlsx')));
      return exceljsAlone(cellsFile, path.join(site.folder, 'alone.xlsx'));
    },
  );
  const seen = {
    cells: first.cells,
    children,
    runs,
    ratio: medianRatio(pair),
  };
  const worstDelay = Math.max(...answers.map(({ delay }) => delay));
  const worstStatus = Math.max(...answers.map(({ status }) => status));
  return [
    {
      name: 'export',
      what: `export of ${first.cells} cells, by exceljs alone`,
      unit: 'ms',
      ours: median(pair.ours),
      baseline: median(pair.baseline),
      limit: 1.3,
      seen,
    },
    ...(isXlsxWriterThere
      ? [
          {
            name: 'export-python',
            what: `export of ${first.cells} cells, by XlsxWriter in constant-memory mode`,
            unit: 'ms' as const,
            ours: median(pair.ours),
            baseline: median(byPython),
            limit: 1,
            seen: { ratio: medianRatio({ ours: pair.ours, baseline: byPython }) },
          },
        ]
      : []),
    {
      name: 'export-memory',
      what: `most memory of a process that opens the site and exports ${first.cells} cells`,
      unit: 'MB',
      ours: memoryMb,
      baseline: null,
      limit: 400,
      seen: { children, ofTheBenchmarkMb: Math.round(peakBefore) },
    },
    {
      name: 'export-window',
      what: 'longest wait of the main thread during an export',
      unit: 'ms',
      ours: median(answers.map(({ delay, status }) => Math.max(delay, status))),
      baseline: null,
      limit: 50,
      seen: { worstLoopDelay: worstDelay, worstStatusCall: worstStatus, exports: answers.length },
    },
  ];
}

interface Exported {
  readonly file: string;
  readonly cells: number;
  readonly ms: number;
  readonly delay: number;
  readonly status: number;
}

async function exportOnce(site: BenchSite): Promise<Exported> {
  const file = path.join(site.folder, 'ours.xlsx');
  const loop = monitorEventLoopDelay({ resolution: 1 });
  loop.enable();
  let isRunning = true;
  const asked = askStatus(site, () => isRunning);
  const start = performance.now();
  const status = await site.services.exports
    .of(site.actor().site)
    .run({ file, actor: site.actor(), ...wholeWorkbook });
  const ms = performance.now() - start;
  isRunning = false;
  loop.disable();
  if (status.state !== 'done') throw new Error(`the export ended as ${status.state}`);
  if (status.cells < wantedCells) throw new Error(`the workbook has only ${status.cells} cells`);
  return { file, cells: status.cells, ms, delay: loop.max / 1e6, status: await asked };
}

/** Of an export in a process of its own, on a copy of the site: filling the site is no part of it. */
async function memoryAlone({ folder, siteFolder }: BenchSite): Promise<number> {
  const copy = path.join(folder, 'copy');
  cpSync(siteFolder, copy, { recursive: true });
  const script = path.join(import.meta.dirname, 'export-alone.ts');
  const { stdout } = await run(process.execPath, [script, copy, path.join(folder, 'memory.xlsx')]);
  rmSync(copy, { recursive: true });
  return Number(stdout);
}

/** The longest that a call of the window waited for its answer, in ms. */
async function askStatus(site: BenchSite, isRunning: () => boolean): Promise<number> {
  let longest = 0;
  while (isRunning()) {
    const start = performance.now();
    await site.call('site.status', {});
    longest = Math.max(longest, performance.now() - start);
    await wait(5);
  }
  return longest;
}

async function exceljsAlone(cellsFile: string, file: string): Promise<number> {
  const start = performance.now();
  const worker = new Worker(new URL('./exceljs-alone.ts', import.meta.url), {
    workerData: { cellsFile, file } satisfies BaselineOrder,
  });
  const ms = await new Promise<number>((resolve, reject) => {
    let loaded = 0;
    worker.on('error', reject);
    worker.on('message', (news: BaselineNews) => {
      if (news.kind === 'loaded') loaded = performance.now() - start;
      else resolve(loaded + news.ms);
    });
  });
  await worker.terminate();
  rmSync(file);
  return ms;
}

await reportOnSite(measure);
