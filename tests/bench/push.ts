/**
 * Loading a million values into PostgreSQL by the command line, by psql's \copy of the same bytes into the same tables with
 * the same keys: what a data centre would do by hand with files that it had already. And as Parquet.
 */
import { spawn } from 'node:child_process';
import { createWriteStream, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { openForReading } from '../../electron/db/open.ts';
import { createExportReader } from '../../electron/services/export-rows.ts';
import { pushContents } from '../../electron/services/push/content.ts';
import { createPoolReader } from '../../electron/services/push/pool-sheets.ts';
import { copyText } from '../../electron/services/push/postgres/copy-text.ts';
import { completeTable, copyInto, createTable, inSchema } from '../../electron/services/push/postgres/sql.ts';
import { startPostgres, type PostgresServer } from '../unit/push/postgres-server.ts';
import { measurePairs, median, medianRatio, type Figure } from './measure.ts';
import { report } from './report.ts';
import { enterChild, openBenchSite, person, readChildren, subjectNumber, type BenchSite } from './site.ts';

const wantedValues = 1_000_000;
const runs = 3;
const schema = 'anakinra_misc';
const cli = path.resolve(import.meta.dirname, '..', '..', 'electron', 'cli.ts');

interface Ran {
  readonly ms: number;
  /** 0 where the system does not tell, and so for the time of its processor. */
  readonly peakRssMb: number;
  readonly cpuMs: number;
}

async function measure(site: BenchSite, server: PostgresServer): Promise<readonly Figure[]> {
  const values = fillSite(site);
  const script = await writeByHand(site);
  const { siteFolder, folder } = site;
  const emptied = async (): Promise<void> => {
    await server.rows(`DROP SCHEMA IF EXISTS ${schema} CASCADE`);
    await server.rows('CHECKPOINT');
  };
  const push = (words: readonly string[]): Promise<Ran> =>
    run(process.execPath, [
      '--disable-warning=ExperimentalWarning',
      cli,
      'pool',
      'push',
      '--dir',
      siteFolder,
      ...words,
    ]);
  const ours: Ran[] = [];
  const byHand: Ran[] = [];
  const again: number[] = [];

  const pair = await measurePairs(
    runs,
    async () => {
      await emptied();
      const ran = await push(['--postgres', server.url()]);
      ours.push(ran);
      again.push((await push(['--postgres', server.url()])).ms);
      return ran.ms;
    },
    async () => {
      await emptied();
      const words = ['-X', '-q', '-v', 'ON_ERROR_STOP=1', '-d', server.url(), '-f', script];
      const ran = await run(path.join(server.programs, 'psql'), words);
      byHand.push(ran);
      return ran.ms;
    },
  );
  const parquet = await push(['--parquet', path.join(folder, 'parquet')]);
  return [
    {
      name: 'push-postgres',
      what: `${Math.round(values / 1000)}k values into PostgreSQL, by psql \\copy of the same bytes`,
      unit: 'ms',
      ours: median(pair.ours),
      baseline: median(pair.baseline),
      // psql reads no encrypted record and joins no rows: it only sends.
      limit: 4,
      seen: {
        ...{ ratio: medianRatio(pair), runs, values, againMs: median(again) },
        ...{ peakRssMb: peakOf(ours), cpuMs: median(ours.map(({ cpuMs }) => cpuMs)) },
        ...{ psqlRssMb: peakOf(byHand), psqlCpuMs: median(byHand.map(({ cpuMs }) => cpuMs)) },
      },
    },
    {
      name: 'push-parquet',
      what: `${Math.round(values / 1000)}k values as Parquet`,
      unit: 'ms',
      ours: parquet.ms,
      baseline: null,
      limit: 60_000,
      seen: { values, peakRssMb: parquet.peakRssMb, cpuMs: parquet.cpuMs },
    },
  ];
}

/** A few children through the write path, then copies of them in the tables of values alone; gives how many there are. */
function fillSite(site: BenchSite): number {
  const children = readChildren();
  children.forEach((child, index) => enterChild(site, subjectNumber(index + 1), child));
  const { db } = site.actor().site;
  const columns = (table: string): readonly string[] =>
    db.prepare<[string], string>('SELECT name FROM pragma_table_info(?)').pluck().all(table);
  const cloned = (table: string, moved: Readonly<Record<string, string>>): string => {
    const names = columns(table);
    const cells = names.map((name) => moved[name] ?? `"${name}"`).join(', ');
    const first = table === 'value' ? 'form_id' : 'id';
    return `INSERT INTO ${table} (${names.map((name) => `"${name}"`).join(', ')})
      SELECT ${cells} FROM ${table} WHERE ${first} < 1000000`;
  };
  const statements = [
    cloned('subject', { id: 'id + @by', number: `number || '-' || (@by / 1000000)` }),
    cloned('form', { id: 'id + @by', subject_id: 'subject_id + @by' }),
    cloned('value', { form_id: 'form_id + @by' }),
  ].map((sql) => db.prepare<[{ by: number }]>(sql));
  const count = db.prepare<[], number>(
    'SELECT count(*) FROM value WHERE parked = 0 AND (text IS NOT NULL OR missing IS NOT NULL)',
  );
  const each = count.pluck().get() ?? 0;
  const copies = Math.ceil(wantedValues / each) - 1;
  db.transaction(() => {
    for (let n = 1; n <= copies; n += 1)
      for (const statement of statements) statement.run({ by: n * 1_000_000 });
  })();
  db.pragma('wal_checkpoint(TRUNCATE)');
  const values = count.pluck().get() ?? 0;
  site.services.session.close();
  return values;
}

/** The files of every table and the script that loads them: no reading, no checking, the same statements. */
async function writeByHand(site: BenchSite): Promise<string> {
  const { folder } = site;
  await site.signIn();
  const { databaseFile, key, model, siteCode, siteName, fingerprint } = site.actor().site;
  const db = openForReading(databaseFile, key);
  db.exec('BEGIN');
  const facts = { study: model.study, siteCode, siteName, fingerprint, appVersion: '' };
  const contents = pushContents({ ...facts, reader: createExportReader(db), pool: createPoolReader(db) });
  const lines = ['BEGIN;', `CREATE SCHEMA ${schema};`];
  for (const { table, rows } of contents) {
    const file = path.join(folder, `${table.name}.copy`);
    await pipeline(Readable.from(copyText(rows())), createWriteStream(file));
    lines.push(
      `${createTable(schema, table)};`,
      `\\${copyInto(schema, table).replace('COPY', 'copy').replace('STDIN', `'${file}'`)}`,
    );
  }
  for (const { table } of contents)
    lines.push(...completeTable(schema, table).map((statement) => `${statement};`));
  lines.push(`ANALYZE ${contents.map(({ table }) => inSchema(schema, table.name)).join(', ')};`, 'COMMIT;');
  db.close();
  site.services.session.close();
  const script = path.join(folder, 'load.sql');
  writeFileSync(script, `${lines.join('\n')}\n`);
  return script;
}

/** Until it ends; throws unless it ends well. */
function run(program: string, words: readonly string[]): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const start = performance.now();
    const child = spawn(program, words, {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, CAHIER_PASSWORD: person.password },
    });
    let seen = { peakRssMb: 0, cpuMs: 0 };
    const watch = setInterval(() => (seen = costOf(child.pid) ?? seen), 20);
    child.on('error', reject);
    child.on('exit', (code) => {
      clearInterval(watch);
      if (code === 0) resolve({ ms: performance.now() - start, ...seen });
      else reject(new Error(`${path.basename(program)} ended with ${String(code)}`));
    });
  });
}

/** The most that a process ever held and what it took of the processor, where the system says so (proc(5)). */
function costOf(pid: number | undefined): Omit<Ran, 'ms'> | null {
  try {
    const status = readFileSync(`/proc/${String(pid)}/status`, 'utf8');
    const peak = /VmHWM:\s+(\d+)/u.exec(status)?.[1];
    if (peak === undefined) return null;
    const ticks = readFileSync(`/proc/${String(pid)}/stat`, 'utf8')
      .replace(/^.*\) /u, '')
      .split(' ')
      .slice(11, 13);
    // A hundred ticks a second.
    return {
      peakRssMb: Math.round(Number(peak) / 1024),
      cpuMs: ticks.reduce((sum, tick) => sum + Number(tick), 0) * 10,
    };
  } catch {
    return null; // ended, or another system
  }
}

function peakOf(runs: readonly Ran[]): number {
  return Math.max(...runs.map(({ peakRssMb }) => peakRssMb));
}

await report(async () => {
  const site = await openBenchSite();
  const server = await startPostgres();
  try {
    return await measure(site, server);
  } finally {
    server.stop();
    site.remove();
    rmSync(site.folder, { recursive: true, force: true });
  }
});
