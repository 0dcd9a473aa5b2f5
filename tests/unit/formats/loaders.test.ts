import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fitText } from '#shared/formats/fit-text.ts';
import { fitBytes, safeNames } from '#shared/formats/loaders/names.ts';
import { run } from '../cli/run.ts';
import { openExportSite, type ExportSite } from '../exports/site.ts';
import { root, sleepDiary } from '../studies/folders.ts';
import { exportFormats, hostileTexts, longText, putText } from './formats-site.ts';
import { readCsv } from './read-csv.ts';

const nobody = { environment: {} };
/** Where DICTIONARY says that the key columns stand. */
const keySheet = 'every form sheet';

/** In a locale that knows ASCII alone: nothing may rest on the language of the machine. */
function runR(script: string, ...words: readonly string[]): string {
  return execFileSync('Rscript', ['--vanilla', script, ...words], {
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C' },
    maxBuffer: 1 << 26,
  });
}

describe('the loaders of the replica', () => {
  const home = mkdtempSync(path.join(tmpdir(), 'cahier-loaders-'));
  const dir = path.join(home, 'site');
  const folder = path.join(home, 'data');

  beforeAll(async () => {
    await run(['demo', '--replica', '--dir', dir, '--json'], nobody);
    const words = ['export', '--dir', dir, '--format', 'loaders', '--out', folder, '--json'];
    expect((await run(words, nobody)).code).toBe(0);
  }, 180_000);
  afterAll(() => {
    rmSync(home, { recursive: true, force: true });
  });
  const program = (name: string): string => readFileSync(path.join(folder, name), 'utf8');

  it('in R give every sheet with as many rows as its file has, typed and labelled', () => {
    const script = path.join(home, 'classes.R');
    writeFileSync(
      script,
      `setwd(commandArgs(TRUE)[1]); source("load.R")
       for (set in names(cahier)) for (name in names(cahier[[set]])) {
         x <- cahier[[set]][[name]]
         cat(set, nrow(cahier[[set]]), name, class(x)[1], sum(!is.na(x)), attr(x, "label") != "", "\\n", sep = "\\t")
       }`,
    );
    const lines = runR(script, folder)
      .trim()
      .split('\n')
      .map((line) => line.split('\t'));
    const dictionary = readCsv(path.join(folder, 'DICTIONARY.csv'));
    const at = (row: readonly string[], name: string): string => row[dictionary.header.indexOf(name)] ?? '';
    const kinds = new Map(
      dictionary.rows.map((row) => [`${at(row, 'SHEET')} ${at(row, 'VARIABLE')}`, row] as const),
    );
    const classes = { integer: 'integer', decimal: 'numeric', date: 'Date', 'date-time': 'POSIXct' };
    const wrong: unknown[] = [];
    const found = new Set(lines.map(([set = '']) => set));
    for (const name of readdirSync(folder).filter((file) => file.endsWith('.csv'))) {
      const sheet = path.basename(name, '.csv');
      const { header, rows } = readCsv(path.join(folder, name));
      if (!found.has(sheet)) wrong.push(sheet);
      header.forEach((column, index) => {
        const filled = rows.filter((row) => row[index] !== '').length;
        const line = lines.find(([set, , variable]) => set === sheet && variable === column) ?? [];
        const row = kinds.get(`${sheet} ${column}`);
        const kind = row === undefined ? null : at(row, 'CELL_TYPE');
        const asked =
          row === undefined || kind === null
            ? line[3]
            : kind in classes
              ? classes[kind as keyof typeof classes]
              : at(row, 'CODELIST') === ''
                ? 'character'
                : 'factor';
        const expected = [String(rows.length), asked, String(filled), 'TRUE'];
        const seen = [line[1], line[3], line[4], line[5]];
        if (expected.join() !== seen.join()) wrong.push({ sheet, column, expected, seen });
      });
    }
    expect(wrong).toEqual([]);
  }, 120_000);

  it('in R give the figures of the study table', async () => {
    const table = (await run(['report', 'study-table', '--dir', dir, '--json'], nobody)).json() as {
      row: string;
      values: Record<string, unknown>;
    }[];
    const values = new Map(table.map((row) => [row.row, row.values]));
    const lines = runR(path.join(root, 'tests/unit/formats/study-table.R'), folder).trim().split('\n');
    const different = lines.filter((line) => {
      const [row = '', name = '', value = ''] = line.split('\t');
      const own = values.get(row)?.[name];
      return typeof own !== 'number' || Math.abs(own - Number(value)) > 1e-9 * Math.max(1, Math.abs(own));
    });
    expect(different).toEqual([]);
    expect(new Set(lines.map((line) => line.split('\t')[0]))).toEqual(new Set(values.keys()));
  }, 120_000);

  it('in SPSS syntax are run by PSPP without a fault, to one file for each sheet that has rows', () => {
    const printed = execFileSync('pspp', ['load.sps'], { cwd: folder, encoding: 'utf8' });
    expect(printed.split('\n').filter((line) => /error|warning/iu.test(line))).toEqual([]);
    const { header, rows } = readCsv(path.join(folder, 'DICTIONARY.csv'));
    const forms = new Set(
      rows.map((row) => row[header.indexOf('SHEET')]).filter((sheet) => sheet !== keySheet),
    );
    const filled = [...forms, '01_SUBJECTS'].filter(
      (name) => readCsv(path.join(folder, `${name}.csv`)).rows.length > 0,
    );
    expect(readdirSync(folder).filter((name) => name.endsWith('.sav'))).toHaveLength(filled.length);
  }, 60_000);

  it('keep to the lengths of lines that SPSS and SAS take', () => {
    const longest = (name: string): number =>
      Math.max(
        ...program(name)
          .split('\n')
          .map((line) => Buffer.byteLength(line)),
      );
    expect(longest('load.sps')).toBeLessThanOrEqual(256);
    expect(longest('load.sas')).toBeLessThanOrEqual(400);
  });

  it('name every variable as SAS, SPSS and Stata take it', () => {
    const sas = [...program('load.sas').matchAll(/^data (\w+) /gmu)].map(([, name = '']) => name);
    const stata = [...program('load.do').matchAll(/^rename v\d+ (\w+)$/gmu)].map(([, name = '']) => name);
    expect(sas.length).toBe(readdirSync(folder).filter((name) => name.endsWith('.csv')).length);
    expect([...sas, ...stata].filter((name) => !/^[A-Za-z]\w{0,31}$/u.test(name))).toEqual([]);
  });

  it('close every quote that they open', () => {
    for (const line of program('load.do').split('\n'))
      expect((line.match(/`"/gu) ?? []).length, line).toBe((line.match(/"'/gu) ?? []).length);
    const outside = program('load.sas').replaceAll(/'(?:[^']|'')*'|"[^"]*"/gu, '');
    expect(outside.match(/['"]/gu)).toBe(null);
  });
});

describe('the loader for R', () => {
  let site: ExportSite;
  beforeAll(async () => {
    site = await openExportSite(sleepDiary);
  });
  afterAll(() => {
    site.close();
  });

  it('gives every text back, whatever stands in it, and sheets without rows as well', async () => {
    const texts = [...hostileTexts, longText];
    texts.forEach((text, index) => {
      putText(site, `01-S${String(index + 10)}`, text);
    });
    await exportFormats(site, 'hostile', ['loaders']);
    const script = site.file('texts.R');
    writeFileSync(
      script,
      `source(file.path(commandArgs(TRUE)[1], "load.R"), chdir = TRUE)
       stopifnot(nrow(cahier$SAMPLE) == 0)
       for (x in cahier$INTAKE$intake_mail) cat(paste(utf8ToInt(x), collapse = " "), "\\n")`,
    );
    const read = runR(script, site.file('hostile'))
      .trim()
      .split('\n')
      .map((line) => String.fromCodePoint(...line.trim().split(' ').map(Number)));
    // A text of R ends at NUL, so that one is shown by the character that stands for what can't be.
    expect(read).toEqual(texts.map((text) => text.replaceAll('\u0000', '\uFFFD')));
    expect(texts.map(fitText)).not.toEqual(texts);
  }, 60_000);
});

describe('a name for SAS, SPSS and Stata', () => {
  it.each([
    [
      ['vs_wt', 'VS_WT'],
      ['vs_wt', 'VS_WT_2'],
    ],
    [
      ['00_README', 'all', 'by'],
      ['v_00_README', 'v_all', 'v_by'],
    ],
    [
      ['a-b', 'é'],
      ['a_b', 'v__'],
    ],
    [
      [`${'x'.repeat(40)}1`, `${'x'.repeat(40)}2`],
      ['x'.repeat(32), `${'x'.repeat(30)}_2`],
    ],
  ])('of %j is %j', (names, safe) => {
    expect(safeNames(names)).toEqual(safe);
  });

  it('is never cut within a character', () => {
    expect(fitBytes('aé𝒳z', 3)).toBe('aé');
    expect(fitBytes('aé𝒳z', 7)).toBe('aé𝒳');
  });
});
