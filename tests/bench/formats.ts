/**
 * Writing a million cells as CSV and a million values as ODM, against a plain loop that writes the same bytes; and how
 * much memory it takes. The loop has nothing to look up, to format, to count or to hash: the ratio is what all that costs.
 */
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import type { ExportFormat } from '#shared/export-choices.ts';
import { openForReading } from '../../electron/db/open.ts';
import { createExportReader } from '../../electron/services/export-rows.ts';
import { writeFormats } from '../../electron/services/formats/write-formats.ts';
import type { ExportSource } from '../../electron/services/export-content.ts';
import { repeatSubjects } from './many-subjects.ts';
import { measurePairs, median, medianRatio, timed, timedAsync, type Figure } from './measure.ts';
import { reportOnSite } from './report.ts';
import { enterChild, readChildren, subjectNumber, type BenchSite } from './site.ts';

const wanted = 1_000_000;
const runs = 3;

interface Case {
  readonly format: ExportFormat;
  readonly what: string;
  readonly limit: number;
  /** Cells or values of the practice site, found by counting. */
  readonly ofOne: (source: ExportSource, folder: string) => Promise<number>;
}

const cases: readonly Case[] = [
  { format: 'csv', what: 'cells as CSV', limit: 60, ofOne: countCsvCells },
  {
    format: 'odm',
    what: 'values as ODM',
    limit: 15,
    ofOne: ({ reader }) => Promise.resolve(reader.countValues().exported),
  },
];

async function measure(site: BenchSite): Promise<readonly Figure[]> {
  readChildren().forEach((child, index) => {
    enterChild(site, subjectNumber(index + 1), child);
  });
  const { databaseFile, key, model, fingerprint, siteCode, siteName } = site.actor().site;
  const db = openForReading(databaseFile, key);
  const figures: Figure[] = [];
  try {
    const reader = createExportReader(db);
    const one: ExportSource = { reader, study: model.study, siteCode, siteName, fingerprint, appVersion: '' };
    for (const { format, what, limit, ofOne } of cases) {
      const times = Math.ceil(wanted / (await ofOne(one, site.folder)));
      const source = { ...one, reader: repeatSubjects(reader, times) };
      const folder = path.join(site.folder, format);
      const write = async (): Promise<number> => {
        rmSync(folder, { recursive: true, force: true });
        mkdirSync(folder);
        return timedAsync(() => writeFormats(source, folder, 'a', [format], { progress: () => undefined }));
      };
      const rssBeforeMb = peakMb();
      await write();
      const peakRssMb = peakMb();
      const blocks = readBlocks(folder);
      const pair = await measurePairs(runs, write, () =>
        Promise.resolve(writePlainly(blocks, path.join(site.folder, 'plain'))),
      );
      const bytes = blocks.reduce((sum, block) => sum + block.length, 0);
      figures.push({
        ...{ name: `format-${format}`, what: `${wanted} ${what}, by a plain loop`, unit: 'ms', limit },
        ...{ ours: median(pair.ours), baseline: median(pair.baseline) },
        seen: {
          ratio: medianRatio(pair),
          rssBeforeMb,
          peakRssMb,
          megabytes: Math.round(bytes / 2 ** 20),
          runs,
          repeated: times,
        },
      });
      rmSync(folder, { recursive: true, force: true });
    }
    return figures;
  } finally {
    db.close();
  }
}

async function countCsvCells(source: ExportSource, folder: string): Promise<number> {
  const own = path.join(folder, 'counted');
  mkdirSync(own);
  await writeFormats(source, own, 'a', ['csv'], { progress: () => undefined });
  const manifest = readFileSync(path.join(own, 'a_csv', 'MANIFEST.csv'), 'utf8')
    .trim()
    .split('\r\n')
    .slice(1);
  rmSync(own, { recursive: true });
  return manifest.reduce((sum, line) => sum + Number(line.split(',')[3]), 0);
}

/** Of this process so far. */
const peakMb = (): number => Math.round(process.resourceUsage().maxRSS / 1024);

const blockLength = 1 << 18;

/** What was written, as texts of the size in which it was. */
function readBlocks(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => path.join(folder, name))
    .filter((file) => statSync(file).isFile())
    .flatMap((file) => {
      const text = readFileSync(file, 'utf8');
      return Array.from({ length: Math.ceil(text.length / blockLength) }, (_, index) =>
        text.slice(index * blockLength, (index + 1) * blockLength),
      );
    });
}

function writePlainly(blocks: readonly string[], file: string): number {
  const ms = timed(() => {
    const handle = openSync(file, 'w');
    for (const block of blocks) writeSync(handle, block);
    fsyncSync(handle);
    closeSync(handle);
  });
  rmSync(file);
  return ms;
}

await reportOnSite(measure);
