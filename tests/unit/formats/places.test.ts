import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exportFormats as allFormats } from '#shared/export-choices.ts';
import { giveNames } from '../../../electron/services/formats/give-names.ts';
import { placesOf } from '../../../electron/services/formats/places.ts';
import { run } from '../cli/run.ts';
import { openExportSite, type ExportSite } from '../exports/site.ts';
import { sleepDiary } from '../studies/folders.ts';
import { exportFormats, putText } from './formats-site.ts';

describe('what an export is to become', () => {
  it.each([
    [['xlsx'], '/d/a.xlsx', ['/d/a.xlsx']],
    [['xlsx', 'odm', 'csv'], '/d/a.xlsx', ['/d/a.xlsx', '/d/a_csv', '/d/a.odm.xml']],
    [['odm'], '/d/a.xml', ['/d/a.xml']],
    [['loaders'], '/d/a', ['/d/a']],
    [['dataset-json'], '/d/a', ['/d/a']],
    [allFormats, '/d/a', ['/d/a/a.xlsx', '/d/a/a_csv', '/d/a/a.odm.xml', '/d/a/a_dataset-json']],
  ] as const)('%j at %s stands at %j', (formats, file, expected) => {
    const { workbook, sides } = placesOf(file, formats);
    expect([...(workbook === null ? [] : [workbook]), ...sides.map(({ place }) => place)]).toEqual(expected);
  });
});

describe('names are given', () => {
  const home = mkdtempSync(path.join(tmpdir(), 'cahier-names-'));
  afterAll(() => {
    rmSync(home, { recursive: true, force: true });
  });
  const at = (name: string): string => path.join(home, name);

  it('to all or to none: a folder that holds something stays as it is', () => {
    writeFileSync(at('one.part'), '1');
    mkdirSync(at('two.part'));
    mkdirSync(at('two'));
    writeFileSync(at('two/kept'), 'mine');
    const namings = ['one', 'two'].map((name) => ({ from: at(`${name}.part`), to: at(name) }));
    expect(() => {
      giveNames(namings);
    }).toThrow('ENOTEMPTY');
    expect([existsSync(at('one')), readFileSync(at('two/kept'), 'utf8')]).toEqual([false, 'mine']);
  });

  it('over an empty folder', () => {
    mkdirSync(at('new.part'));
    writeFileSync(at('new.part/a'), 'a');
    mkdirSync(at('new'));
    giveNames([{ from: at('new.part'), to: at('new') }]);
    expect(readdirSync(at('new'))).toEqual(['a']);
  });

  it('in no folder more than one level away', () => {
    writeFileSync(at('deep.part'), '1');
    expect(() => {
      giveNames([{ from: at('deep.part'), to: at('not/there/deep') }]);
    }).toThrow('ENOENT');
  });
});

describe('an export in several formats', () => {
  let site: ExportSite;
  beforeAll(async () => {
    site = await openExportSite(sleepDiary);
    putText(site, '01-S01', '75001');
  });
  afterAll(() => {
    site.close();
  });
  const beside = (): readonly string[] => readdirSync(site.folder).filter((name) => name !== 'site');

  it('puts each beside the workbook and says of every file what it is', async () => {
    const done = await exportFormats(site, 'a.xlsx', allFormats);
    expect(beside().toSorted()).toEqual(['a.odm.xml', 'a.xlsx', 'a_csv', 'a_dataset-json']);
    expect(new Set(done.files.map(({ format }) => format))).toEqual(new Set(allFormats));
    for (const { file, bytes, sha256 } of done.files) {
      const content = readFileSync(file);
      expect([content.length, createHash('sha256').update(content).digest('hex')], file).toEqual([
        bytes,
        sha256,
      ]);
    }
  });

  it('leaves nothing when one of them has no room for its name', async () => {
    mkdirSync(site.file('b_csv'));
    writeFileSync(site.file('b_csv/mine.txt'), 'mine');
    await expect(exportFormats(site, 'b.xlsx', ['xlsx', 'csv', 'odm'])).rejects.toThrow('export-file-stuck');
    expect(beside().filter((name) => !name.startsWith('a'))).toEqual(['b_csv']);
    expect(readdirSync(site.file('b_csv'))).toEqual(['mine.txt']);
  });

  it('writes into the trail what was exported, once', () => {
    const notes = site.rows<{ detail: string }>(
      `SELECT detail FROM audit WHERE action = 'export.done' ORDER BY seq`,
    );
    expect(notes.map(({ detail }) => JSON.parse(detail) as unknown)).toEqual([
      expect.objectContaining({ file: 'a.xlsx' }),
    ]);
  });
});

describe('export on the command line', () => {
  const home = mkdtempSync(path.join(tmpdir(), 'cahier-formats-'));
  const dir = path.join(home, 'site');
  const nobody = { environment: {} };
  beforeAll(async () => {
    await run(['demo', '--dir', dir, '--json'], nobody);
  }, 120_000);
  afterAll(() => {
    rmSync(home, { recursive: true, force: true });
  });

  it('writes everything into one folder', async () => {
    const out = path.join(home, 'all');
    const ran = await run(['export', '--dir', dir, '--format', 'all', '--out', out, '--json'], nobody);
    expect([ran.code, readdirSync(out).sort()]).toEqual([
      0,
      ['all.odm.xml', 'all.xlsx', 'all_csv', 'all_dataset-json'],
    ]);
    const { files } = ran.json() as { files: { file: string; format: string; rows: number }[] };
    expect(files.find(({ format }) => format === 'odm')).toMatchObject({
      file: path.join(out, 'all.odm.xml'),
      rows: 10,
    });
    expect(files.every(({ file }) => existsSync(file))).toBe(true);
  }, 60_000);

  it('says for people what it wrote', async () => {
    const { out } = await run(
      ['export', '--dir', dir, '--format', 'csv', '--out', path.join(home, 'csv')],
      nobody,
    );
    expect(out).toMatch(/csv\/VS\.csv +csv +\d+/u);
    expect(out).toContain('head of the trail');
  });

  it.each(['sas', 'xml', ''])('knows no format "%s"', async (format) => {
    const ran = await run(
      ['export', '--dir', dir, '--format', format, '--out', path.join(home, 'none'), '--json'],
      nobody,
    );
    expect([ran.code, ran.json()]).toMatchObject([1, { error: { code: 'invalid-input' } }]);
    expect(existsSync(path.join(home, 'none'))).toBe(false);
  });

  it('refuses a folder that does not stand where it says', async () => {
    const out = path.join(home, 'not/there/csv');
    const ran = await run(['export', '--dir', dir, '--format', 'csv', '--out', out, '--json'], nobody);
    expect([ran.code, ran.json()]).toMatchObject([1, { error: { code: 'not-found' } }]);
  });
});
