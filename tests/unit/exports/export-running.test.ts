import { mkdirSync, readFileSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ExportStatus } from '#shared/bridge.ts';
import { wholeWorkbook } from '#shared/export-choices.ts';
import { refuse } from '../../../electron/app-error.ts';
import { createLog } from '../../../electron/log.ts';
import type { ExportRunner } from '../../../electron/services/export-runner.ts';
import { createExports, type ExportSurroundings } from '../../../electron/services/exports.ts';
import { root, sleepDiary } from '../studies/folders.ts';
import { openSmallDisk, readOnlyFolder } from './full-disk.ts';
import { readByOpenpyxl, readPart, recordsOf, sheetNamed } from './read-workbook.ts';
import { openExportSite, password, user, type ExportSite } from './site.ts';

/** A site for the tests of a group, with one answer and so many subjects that an export takes its time. */
function useSite(subjects = 0): () => ExportSite {
  let site: ExportSite | null = null;
  const get = (): ExportSite => {
    if (site === null) throw new Error('the site is not open yet');
    return site;
  };
  beforeAll(async () => {
    site = await openExportSite(sleepDiary);
    site.enter('01-S01', [
      { event: 'BASE', form: 'INTAKE', row: 1, item: 'intake_start', value: '3/2/2024' },
    ]);
    site
      .actor()
      .site.db.prepare(
        `WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
         INSERT INTO subject (number, enrolled_at) SELECT printf('99-%06d', i), 0 FROM n WHERE i > 0`,
      )
      .run(subjects);
  });
  afterAll(() => {
    site?.close();
  });
  return get;
}

const runnerOf = (site: ExportSite): ExportRunner => site.services.exports.of(site.actor().site);
/** Names beside the site folder, half files too. */
const namesBeside = (site: ExportSite): readonly string[] =>
  readdirSync(site.folder).filter((name) => name !== 'site');
const recorded = (site: ExportSite): readonly unknown[] =>
  site
    .rows<{ detail: string }>(`SELECT detail FROM audit WHERE action = 'export.done' ORDER BY seq`)
    .map(({ detail }) => JSON.parse(detail) as unknown);
const refusalOf = (status: ExportStatus): string =>
  status.state === 'failed' ? status.error.key : status.state;

/** Starts an export and waits until it has begun to write rows. */
async function startWriting(
  site: ExportSite,
  name: string,
): Promise<{ readonly runner: ExportRunner; readonly job: string }> {
  const runner = runnerOf(site);
  const { job } = runner.start({ file: site.file(name), actor: site.actor(), ...wholeWorkbook });
  await expect
    .poll(
      () => {
        const status = runner.status(job);
        return status.state === 'running' ? status.cells > 0 : status.state;
      },
      { interval: 2, timeout: 15_000 },
    )
    .toBe(true);
  return { runner, job };
}

describe('a finished export', () => {
  const site = useSite();
  let done: Extract<ExportStatus, { state: 'done' }>;
  beforeAll(async () => {
    writeFileSync(site().file('a.xlsx'), 'old');
    done = await site().exportDone('a.xlsx');
  });

  it('is in the trail with its file, its cells and the head of the trail', () => {
    expect(recorded(site())).toMatchObject([{ file: 'a.xlsx', cells: done.cells, head: done.head }]);
  });
  it('takes the place of an older file, and leaves nothing else', () => {
    expect(readFileSync(site().file('a.xlsx')).subarray(0, 2).toString()).toBe('PK');
    expect(namesBeside(site())).toEqual(['a.xlsx']);
  });
  it('tells the rows, cells and hash of each sheet as MANIFEST does', () => {
    const manifest = recordsOf(sheetNamed(readByOpenpyxl(site().file('a.xlsx')), 'MANIFEST').rows);
    for (const { name, rows, cells, sha256 } of done.sheets.filter((sheet) => sheet.name !== 'MANIFEST')) {
      expect(
        manifest.find(({ SHEET }) => SHEET === name),
        name,
      ).toMatchObject({ ROWS: rows, CELLS: cells, SHA256: sha256 });
    }
  });
  it('can still be asked for', () => expect(runnerOf(site()).status(done.job)).toEqual(done));
  it('lets the next one begin', async () => {
    await site().exportDone('b.xlsx');
    expect(namesBeside(site())).toEqual(['a.xlsx', 'b.xlsx']);
  });
});

describe('a running export', () => {
  const site = useSite(40_000);

  it('tells how far it is, and never less than before', async () => {
    const { runner, job } = await startWriting(site(), 'progress.xlsx');
    const seen: number[] = [];
    await expect
      .poll(
        () => {
          const status = runner.status(job);
          if (status.state === 'running') {
            seen.push(status.cells);
            expect(status.cells).toBeLessThanOrEqual(status.totalCells);
          }
          return status.state;
        },
        { interval: 2, timeout: 30_000 },
      )
      .toBe('done');
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
  });
  it('lets no second one begin', async () => {
    const { runner } = await startWriting(site(), 'first.xlsx');
    expect(() =>
      runner.start({ file: site().file('second.xlsx'), actor: site().actor(), ...wholeWorkbook }),
    ).toThrow('An export is running already');
    await runner.idle();
    expect(namesBeside(site())).not.toContain('second.xlsx');
  });
  it('shows the state at its beginning, whatever is entered meanwhile', async () => {
    const { runner } = await startWriting(site(), 'frozen.xlsx');
    site().enter('01-S02', [
      { event: 'BASE', form: 'INTAKE', row: 1, item: 'intake_start', value: '4/2/2024' },
    ]);
    await runner.idle();
    const intake = await readPart(site().file('frozen.xlsx'), 'xl/worksheets/sheet1.xml');
    expect([intake.includes('01-S01'), intake.includes('01-S02')]).toEqual([true, false]);
  });
});

describe('a cancelled export', () => {
  const site = useSite(100_000);

  it('leaves neither a file nor a part of one, and no entry in the trail', async () => {
    const { runner, job } = await startWriting(site(), 'a.xlsx');
    runner.cancel(job);
    await runner.idle();
    expect(runner.status(job)).toEqual({ state: 'cancelled', job });
    expect(namesBeside(site())).toEqual([]);
    expect(recorded(site())).toEqual([]);
  });
  it('that had not begun leaves nothing either', async () => {
    const runner = runnerOf(site());
    const { job } = runner.start({ file: site().file('a.xlsx'), actor: site().actor(), ...wholeWorkbook });
    runner.cancel(job);
    await runner.idle();
    expect([runner.status(job).state, namesBeside(site())]).toEqual(['cancelled', []]);
  });
  it('leaves an older file as it was', async () => {
    writeFileSync(site().file('older.xlsx'), 'old');
    const { runner, job } = await startWriting(site(), 'older.xlsx');
    runner.cancel(job);
    await runner.idle();
    expect(readFileSync(site().file('older.xlsx'), 'utf8')).toBe('old');
    expect(namesBeside(site())).toEqual(['older.xlsx']);
  });
  it('is what signing out makes of one that runs', async () => {
    site().services.exports.allow(site().file('a.xlsx'));
    const { job } = site().services.exports.startAllowed({
      file: site().file('a.xlsx'),
      actor: site().actor(),
      ...wholeWorkbook,
    });
    const runner = runnerOf(site());
    await expect
      .poll(() => runner.status(job), { interval: 2, timeout: 15_000 })
      .toMatchObject({ sheet: '01_SUBJECTS' });
    await site().call('session.signOut', {});
    await runner.idle();
    expect(runner.status(job).state).toBe('cancelled');
    await site().call('session.signIn', { user, password });
    expect([namesBeside(site()), recorded(site())]).toEqual([['older.xlsx'], []]);
  });
});

describe('an export that fails', () => {
  const site = useSite(20_000);

  it('says that the folder is not there', async () => {
    const folder = site().file('nowhere');
    expect(await site().export(path.join(folder, 'a.xlsx'))).toMatchObject({
      state: 'failed',
      error: { code: 'not-found', key: 'export-folder-missing', params: { folder } },
    });
  });
  it('says that the folder takes no file', async () => {
    expect(refusalOf(await site().export(path.join(readOnlyFolder, 'a.xlsx')))).toBe('export-read-only');
  });
  it('says that the disk is full, and leaves nothing on it', async () => {
    const disk = openSmallDisk();
    try {
      expect(refusalOf(await site().export(path.join(disk.folder, 'a.xlsx')))).toBe('export-disk-full');
      expect(readdirSync(disk.folder)).toEqual([]);
    } finally {
      disk.remove();
    }
  });
  it('says that the name is too long', async () => {
    expect(refusalOf(await site().export(site().file(`${'a'.repeat(300)}.xlsx`)))).toBe('export-file-stuck');
  });
  it('says that there is a folder of that name, and leaves it', async () => {
    mkdirSync(site().file('folder.xlsx'));
    expect(refusalOf(await site().export(site().file('folder.xlsx')))).toBe('export-file-stuck');
  });
  it('leaves no half file and no entry in the trail', () => {
    expect([namesBeside(site()), recorded(site())]).toEqual([['folder.xlsx'], []]);
  });
  it('lets the next one begin', async () => {
    await site().exportDone('a.xlsx');
  });
});

describe('an export that can not be handed over', () => {
  const site = useSite();
  const exportWith = async (
    surroundings: Partial<ExportSurroundings>,
    more: Partial<ExportSurroundings['order']> = {},
  ): Promise<{ readonly status: ExportStatus; readonly logged: string }> => {
    const { databaseFile, key, fingerprint, siteCode, siteName } = site().actor().site;
    const logged: string[] = [];
    const runner = createExports({
      order: { databaseFile, key, fingerprint, siteCode, siteName, appVersion: '0', ...more },
      workerUrl: pathToFileURL(path.join(root, 'electron/workers/export.ts')),
      newId: () => 'an-id',
      record: (_request, _done, giveName) => {
        giveName();
      },
      log: createLog(
        (line) => logged.push(line),
        () => 0,
      ),
      ...surroundings,
    });
    const status = await runner.run({ file: site().file('a.xlsx'), actor: site().actor(), ...wholeWorkbook });
    return { status, logged: logged.join() };
  };
  const refusing = (): never => {
    throw refuse('disk-full');
  };

  it('because the trail takes no entry is none: no file appears', async () => {
    const { status } = await exportWith({ record: refusing });
    expect([refusalOf(status), namesBeside(site())]).toEqual(['disk-full', []]);
  });
  it('leaves an older file as it was', async () => {
    writeFileSync(site().file('a.xlsx'), 'old');
    await exportWith({ record: refusing });
    expect(readFileSync(site().file('a.xlsx'), 'utf8')).toBe('old');
    expect(namesBeside(site())).toEqual(['a.xlsx']);
  });
  it('for a reason that nobody foresaw refers to the log', async () => {
    const { status, logged } = await exportWith({
      record: () => {
        throw new Error('unforeseen');
      },
    });
    expect(status).toMatchObject({ state: 'failed', error: { code: 'internal', reference: 'an-id' } });
    expect(logged).toContain('an-id');
  });
  it('because its thread ends early refers to the log', async () => {
    const { status, logged } = await exportWith({
      workerUrl: pathToFileURL(path.join(root, 'shared/assert-never.ts')),
    });
    expect(status).toMatchObject({ state: 'failed', error: { code: 'internal', reference: 'an-id' } });
    expect(logged).toContain('an-id');
  });
  it('because its study is not in the database refers to the log', async () => {
    expect((await exportWith({}, { fingerprint: 'f'.repeat(64) })).status).toMatchObject({
      error: { code: 'internal' },
    });
  });
  it('because its database is gone says so', async () => {
    expect(refusalOf((await exportWith({}, { databaseFile: site().file('gone') })).status)).toBe(
      'database-missing',
    );
  });
});

describe('half files', () => {
  const site = useSite();
  const leave = (name: string, hoursAgo: number): void => {
    writeFileSync(site().file(name), '');
    const at = Date.now() / 1000 - hoursAgo * 3600;
    utimesSync(site().file(name), at, at);
  };

  it('of processes that were killed go with the next export; what may still be written to, or is not ours, stays', async () => {
    leave('.cahier-export-killed.part', 25);
    leave('.cahier-export-running.part', 1);
    leave('.other.part', 100);
    await site().exportDone('a.xlsx');
    expect(namesBeside(site())).toEqual(['.cahier-export-running.part', '.other.part', 'a.xlsx']);
  });
});

describe('the window', () => {
  const site = useSite();

  it.each(['relative.xlsx', '/tmp/a.txt', '/tmp/a.xlsx\0.txt', ''])(
    'can not have a workbook written to %j',
    async (file) => {
      expect(await site().services.dispatch('exports.start', { file, ...wholeWorkbook })).toMatchObject({
        ok: false,
        error: { code: 'invalid-input' },
      });
    },
  );
  it('can not have a workbook written where no person chose to', async () => {
    expect(
      await site().services.dispatch('exports.start', { file: site().file('a.xlsx'), ...wholeWorkbook }),
    ).toMatchObject({
      ok: false,
      error: { key: 'export-file-not-chosen' },
    });
    expect(namesBeside(site())).toEqual([]);
  });
});
