/** Committing one field as the window does, against a bare encrypted transaction that writes the same rows of the same schema. */
import { cpSync } from 'node:fs';
import path from 'node:path';
import type { SaveResult } from '#shared/bridge.ts';
import { openForWriting } from '../../electron/db/open.ts';
import { captureRows, createBareWriter, type WrittenRow } from './captured-rows.ts';
import { measurePairs, median, quantile, timed, timedAsync, type Figure } from './measure.ts';
import { reportOnSite } from './report.ts';
import { childOf, enterChild, openCopyOf, readChildren, subjectNumber, type BenchSite } from './site.ts';

const subject = subjectNumber(500);
const values = 300;
const warmUp = 40;
const runs = 400;

type Save = (run: number) => Promise<void>;

async function measure(site: BenchSite): Promise<Figure> {
  readChildren().forEach((forms, index) => {
    enterChild(site, subjectNumber(index + 1), forms);
  });
  enterChild(site, subject, childOf(values));
  await site.signOut();
  const copy = (name: string): string => {
    const folder = path.join(site.folder, name);
    cpSync(site.siteFolder, folder, { recursive: true });
    return folder;
  };
  const bareFile = path.join(site.folder, 'bare.cahier');
  const rows = await countRows(copy('counted'), bareFile);
  const window = await openCopyOf(copy('ours'));
  const save = createSaves(window);
  const db = openForWriting(bareFile, window.actor().site.key, () => undefined);
  const write = createBareWriter(db);
  const pair = await measurePairs(
    warmUp + runs,
    (run) => timedAsync(() => save(run)),
    (run) =>
      Promise.resolve(
        timed(() => {
          write(rows[run] ?? []);
        }),
      ),
  );
  db.close();
  window.services.session.close();
  const [own, baseline] = [pair.ours.slice(warmUp), pair.baseline.slice(warmUp)];
  const perSave = rows.slice(warmUp).map(({ length }) => length);
  return {
    name: 'commit',
    what: `one field of a child with ${values} values saved, by a bare transaction that writes the same rows`,
    unit: 'ms',
    ours: median(own),
    baseline: median(baseline),
    limit: 2,
    seen: {
      runs,
      rowsPerSave: median(perSave),
      mostRows: Math.max(...perSave),
      ours95: quantile(own, 0.95),
      baseline95: quantile(baseline, 0.95),
      ...byTable(rows.slice(warmUp)),
    },
  };
}

/** The rows of each save of the sequence; `bareFile` becomes the database that they were written to, as it was before. */
async function countRows(folder: string, bareFile: string): Promise<readonly (readonly WrittenRow[])[]> {
  const copy = await openCopyOf(folder);
  const { db, databaseFile } = copy.actor().site;
  db.pragma('wal_checkpoint(TRUNCATE)');
  cpSync(databaseFile, bareFile);
  const take = captureRows(db);
  const save = createSaves(copy);
  const rows: (readonly WrittenRow[])[] = [];
  for (let run = 0; run < warmUp + runs; run += 1) {
    await save(run);
    rows.push(take());
  }
  copy.services.session.close();
  return rows;
}

/** Fields that are answered over and over, each time otherwise: what a person corrects in a day, in one hour. */
const fields = [
  { event: 'SCR', form: 'VS', row: 1, item: 'vs_hr', answers: ['121', '122', '123'] },
  { event: 'SCR', form: 'VS', row: 1, item: 'vs_temp', answers: ['38,5', '38.6', '38,7'] },
  { event: 'SCR', form: 'VS', row: 1, item: 'vs_wt', answers: ['32,0', '32,4', '32,9'] },
  { event: 'SCR', form: 'DM', row: 1, item: 'dm_country', answers: ['FR', 'BE', 'CH'] },
  { event: 'SCR', form: 'LB', row: 1, item: 'lb_lab', answers: ['CHU central', 'CHU nord', 'CHU sud'] },
  { event: 'SCR', form: 'LB', row: 1, item: 'lb_val', answers: ['240 mg/L', '241 mg/L', '>242 mg/L'] },
  { event: 'SCR', form: 'EC', row: 1, item: 'ec_fs', answers: ['28', '29', '30'] },
  {
    event: 'SCR',
    form: 'ENR',
    row: 1,
    item: 'enr_infodat',
    answers: ['3/11/2021', '4/11/2021', '5/11/2021'],
  },
] as const;

function createSaves({ call }: Pick<BenchSite, 'call'>): Save {
  const versions = new Map<string, number>();
  return async (run) => {
    const field = fields[run % fields.length];
    if (field === undefined) return;
    const { event, form, row, item, answers } = field;
    const value = answers[Math.floor(run / fields.length) % answers.length] ?? null;
    const baseVersion = versions.get(item);
    const change = { row, item, value, ...(baseVersion === undefined ? {} : { baseVersion }) };
    const result: SaveResult = await call('forms.save', { subject, event, form, changes: [change] });
    for (const saved of result.values) versions.set(saved.item, saved.version);
  };
}

function byTable(rows: readonly (readonly WrittenRow[])[]): Readonly<Record<string, number>> {
  const all = rows.flat();
  const tables = [...new Set(all.map(({ table }) => table))];
  return Object.fromEntries(
    tables.map((table) => [
      `rowsOf_${table}`,
      Number((all.filter((row) => row.table === table).length / rows.length).toFixed(2)),
    ]),
  );
}

await reportOnSite(async (site) => [await measure(site)]);
