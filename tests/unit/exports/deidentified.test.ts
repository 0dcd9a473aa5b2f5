import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { everything, exportFormats, type Deidentification } from '#shared/export-choices.ts';
import { dateInterval, minuteNumber } from '#shared/partial-date.ts';
import type { Change } from '#shared/record.ts';
import { sleepDiary } from '../studies/folders.ts';
import { readByOpenpyxl, recordsOf, sheetNamed } from './read-workbook.ts';
import { openExportSite, user, type ExportSite } from './site.ts';

// Each writes whole workbooks, one after the other.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const strict: Deidentification = {
  dates: 'shifted',
  freeText: 'removed',
  subjects: 'replaced',
  oldestAge: 40,
};
const subjects = ['01-S01', '01-S02', '01-S03'];
/** In everything that a person can type; nothing of it may leave. */
const marker = 'Zebulon';
const postalCodes = ['75013', '69437', '31059'];

let site: ExportSite;
beforeAll(async () => {
  site = await openExportSite(sleepDiary);
  for (const [position, subject] of subjects.entries()) {
    const at = (event: string, form: string, row: number, answers: Readonly<Record<string, string>>) =>
      Object.entries(answers).map(([item, value]): Change => ({ event, form, row, item, value }));
    site.enter(subject, [
      ...at('BASE', 'INTAKE', 1, {
        intake_born: `${String(position + 3)}/19${String(60 + position * 15)}`,
        intake_start: `${String(3 + position)}/2/2024`,
        intake_shift: '1',
        intake_since: position === 0 ? '2019' : '5/2021',
        intake_mail: postalCodes[position] ?? '',
      }),
      ...at('N1', 'NIGHT', 1, {
        night_bed: '3/2/2024 22:40',
        night_up: '4/2/2024 6:15',
        night_temp: '35',
        night_latency: '>30',
      }),
      ...at('N2', 'NIGHT', 1, { night_bed: '29/2/2024 23:10', night_up: '1/3/2024 7:05' }),
      ...at('JOURNAL', 'SAMPLE', 1, { sample_at: '31/12/2023 8:00', sample_assay: 'caf' }),
    ]);
    const place = { subject, event: 'N1', form: 'NIGHT', row: 1, item: 'night_temp' };
    await site.call('findings.confirm', {
      ...place,
      check: 'night_temp.soft',
      reason: `${marker} had a fever`,
    });
    // A second thought: old and new of an identifier and of a date are in the trail.
    site.enter(subject, [
      {
        event: 'BASE',
        form: 'INTAKE',
        row: 1,
        item: 'intake_mail',
        value: '99999',
        reason: `${marker} moved`,
      },
      {
        event: 'N2',
        form: 'NIGHT',
        row: 1,
        item: 'night_up',
        value: '1/3/2024 7:45',
        reason: `${marker} woke`,
      },
    ]);
  }
}, 60_000);
afterAll(() => {
  site.close();
});

type Records = readonly Readonly<Record<string, string | number>>[];
interface Written {
  sheet(name: string): Records;
  readonly names: readonly string[];
  /** Every part of the file, as it lies in it. */
  readonly bytes: string;
}
let exports = 0;
async function exported(deidentification: Deidentification | null): Promise<Written> {
  const name = `${String((exports += 1))}.xlsx`;
  await site.exportDone(name, { deidentification });
  const book = readByOpenpyxl(site.file(name));
  return {
    sheet: (sheet) => recordsOf(sheetNamed(book, sheet).rows),
    names: book.sheets.map((sheet) => sheet.name),
    bytes: execFileSync('unzip', ['-p', site.file(name)], { maxBuffer: 1 << 28 }).toString('utf8'),
  };
}
interface Key {
  readonly subject: string;
  readonly replacement: string;
  readonly shift: number;
}
const keys = (): readonly Key[] =>
  site.rows<Key>(
    `SELECT subject.number AS subject, replacement, shift_days AS shift FROM pseudonym JOIN subject ON subject.id = pseudonym.subject_id ORDER BY 1`,
  );

const formSheets = ['INTAKE', 'NIGHT', 'SAMPLE'];
/** Every date of a subject that is known to the day, by where it stands, as minutes. */
function datesOf(written: Written, subject: string): ReadonlyMap<string, number> {
  return new Map(
    formSheets.flatMap((sheet) =>
      written
        .sheet(sheet)
        .filter(({ SUBJID }) => SUBJID === subject)
        .flatMap((row) =>
          Object.entries(row).flatMap(([column, cell]): readonly [string, number][] => {
            const text = String(cell);
            const days = column.endsWith('_DTC') ? dateInterval(text) : null;
            if (days === null || days.first !== days.last) return [];
            const minute = minuteNumber(text) ?? days.first * 1440;
            return [[`${sheet} ${String(row['VISIT'])} ${String(row['REPEAT'])} ${column}`, minute]];
          }),
        ),
    ),
  );
}

describe('a de-identified workbook', () => {
  let open: Written;
  let closed: Written;
  beforeAll(async () => {
    open = await exported(null);
    closed = await exported(strict);
  }, 60_000);

  it('holds nothing that identifies, in none of its bytes', () => {
    const secrets = [marker, ...postalCodes, '99999', ...subjects, user, 'a:1960-03'];
    for (const secret of secrets.slice(0, -1)) expect(closed.bytes.includes(secret), secret).toBe(false);
    // The scan can find: all of it stands in the open one.
    for (const secret of secrets.slice(0, -1)) expect(open.bytes.includes(secret), secret).toBe(true);
  });
  it('holds no date of the record as it was', () => {
    const dates = subjects.flatMap((subject) => [...datesOf(open, subject).keys()]).length;
    expect(dates).toBe(3 * 6);
    for (const day of ['2024-02-03T22:40', '2024-02-29T23:10', '2023-12-31T08:00', '1960-03']) {
      expect(open.bytes.includes(day), day).toBe(true);
      expect(closed.bytes.includes(day), day).toBe(false);
    }
  });
  it('keeps every interval between the dates of a subject', () => {
    for (const { subject, replacement, shift } of keys()) {
      const [before, after] = [datesOf(open, subject), datesOf(closed, replacement)];
      expect([...after.keys()].sort()).toEqual([...before.keys()].sort());
      const moved = [...after].map(([place, minute]) => (minute - (before.get(place) ?? 0)) / 1440);
      expect(new Set(moved)).toEqual(new Set([shift]));
    }
  });
  it('moves each subject by days of its own, never by none', () => {
    for (const { shift } of keys()) expect(Math.abs(shift)).toBeGreaterThanOrEqual(1);
    expect(keys()).toHaveLength(3);
  });
  it('keeps how far a date is known', () => {
    const known = (written: Written): readonly unknown[] =>
      written
        .sheet('INTAKE')
        .map((row) => row['intake_since_PREC'])
        .sort();
    expect(known(closed)).toEqual(known(open));
    expect(known(closed)).toEqual(['month', 'month', 'year']);
  });
  it('keeps the columns of what it leaves out', () => {
    const header = (written: Written): readonly string[] =>
      written.sheet('DICTIONARY').map((row) => `${String(row['SHEET'])} ${String(row['VARIABLE'])}`);
    expect(header(closed)).toEqual(header(open));
    for (const row of closed.sheet('INTAKE')) {
      expect(row).not.toHaveProperty('intake_mail');
      expect(row).not.toHaveProperty('intake_born_DTC');
      expect(row).toHaveProperty('intake_start_DTC');
    }
  });
  it('limits ages', () => {
    const ages = (written: Written): readonly number[] =>
      written.sheet('INTAKE').map((row) => Number(row['intake_age']));
    expect(Math.max(...ages(open))).toBeGreaterThan(40);
    expect(Math.max(...ages(closed))).toBe(40);
    expect(ages(closed).filter((age) => age < 40)).toEqual(
      expect.arrayContaining(ages(open).filter((age) => age < 40)),
    );
  });
  it('holds no time of the record-keeping and no hash of an entry', () => {
    for (const row of closed.sheet('AUDIT'))
      for (const column of ['AT_UTC', 'OFFSET_MIN', 'USER', 'HASH']) expect(row).not.toHaveProperty(column);
    for (const { DETAIL } of closed.sheet('AUDIT'))
      expect(String(DETAIL ?? '')).toMatch(
        /^(?:\{(?:"(?:from|to)":"[a-z-]+"|"(?:parked|derived)":(?:true|false)|"check":"[a-z_.]+"|,)+\})?$/u,
      );
    for (const row of closed.sheet('QUERIES')) {
      expect(row).not.toHaveProperty('OPENED_UTC');
      expect(String(row['THREAD'])).not.toMatch(/\d{4}-\d\d/u);
    }
    const entries = site.rows<{ hash: string }>(
      'SELECT lower(hex(hash)) AS hash FROM audit WHERE subject_id IS NOT NULL',
    );
    const cut = closed.sheet('00_README').find(({ ABOUT }) => ABOUT === 'Trail head (SHA-256)')?.['CONTENT'];
    for (const { hash } of entries) if (hash !== cut) expect(closed.bytes.includes(hash)).toBe(false);
  });
  it('has each subject in AUDIT by itself, numbered anew', () => {
    const rows = closed.sheet('AUDIT');
    expect(rows.map(({ SEQ }) => SEQ)).toEqual(rows.map((_, position) => position + 1));
    const names = rows.map(({ SUBJID }) => String(SUBJID));
    expect(names).toEqual([...names].sort());
  });
  it('shows in AUDIT of a value what its sheet shows', () => {
    const newest = closed.sheet('AUDIT').filter(({ ITEM, NEW }) => ITEM === 'night_up' && NEW !== undefined);
    const shown = new Set(closed.sheet('NIGHT').map((row) => row['night_up_DTC']));
    expect(newest.length).toBeGreaterThan(0);
    for (const at of shown) expect(newest.map(({ NEW }) => NEW)).toContain(at);
  });
  it('reconciles, and says how many values it leaves out', () => {
    const manifest = new Map(closed.sheet('MANIFEST').map((row) => [row['SHEET'], Number(row['VALUES'])]));
    const sum = formSheets.reduce((total, sheet) => total + (manifest.get(sheet) ?? 0), 0);
    const out = manifest.get('(values left out by de-identification)') ?? 0;
    expect(out).toBe(3 * 2);
    expect(sum + out).toBe(manifest.get('(values in the database)'));
  });
  it('reports what was done to which column', () => {
    const report = new Map(closed.sheet('DEIDENTIFICATION').map((row) => [row['ITEM'], row]));
    expect(report.get('intake_mail')).toMatchObject({ LEFT_OUT: 3, CHANGED: 0 });
    expect(report.get('night_bed')).toMatchObject({ LEFT_OUT: 0, CHANGED: 6 });
    expect(report.get('intake_age')).toMatchObject({ LEFT_OUT: 0, CHANGED: 2 });
    expect(report.has('night_temp')).toBe(false);
  });
  it('names small cells and their size', () => {
    const report = closed.sheet('DEIDENTIFICATION');
    const cells = report.filter(({ ABOUT }) => ABOUT === 'small cell');
    expect(report.find(({ ABOUT }) => ABOUT === 'k')?.['SUBJECTS']).toBe(1);
    expect(cells.map(({ SUBJECTS }) => Number(SUBJECTS)).sort()).toEqual([1, 2]);
    expect(cells.map(({ COMBINATION }) => String(COMBINATION)).join('\n')).toMatch(
      /intake_age [\d–]+; SITEID 01; intake_shift 1/u,
    );
  });
  it('is the same when it is made again', async () => {
    const again = await exported(strict);
    expect(again.bytes).toBe(closed.bytes);
    expect(keys()).toHaveLength(3);
  });
  it('draws for a subject that came later, and leaves the others as they were', async () => {
    const before = keys();
    site.enter('01-S07', [
      { event: 'BASE', form: 'INTAKE', row: 1, item: 'intake_start', value: '9/2/2024' },
    ]);
    await exported(strict);
    expect(keys().slice(0, 3)).toEqual(before);
    expect(keys()).toHaveLength(4);
  });
});

describe('CHANGES of a de-identified workbook', () => {
  it('tells what changed since a submission, and not whose it is', async () => {
    await site.exportDone('submission.xlsx', { submission: true });
    site.clock.pass(1000);
    const place = { event: 'N2', form: 'NIGHT', row: 1 };
    site.enter('01-S01', [
      { ...place, item: 'night_up', value: '1/3/2024 7:50', reason: `${marker} again` },
      { event: 'BASE', form: 'INTAKE', row: 1, item: 'intake_mail', value: '13001', reason: marker },
    ]);
    site.clock.pass(1000);
    const written = await exported(strict);
    const changes = written.sheet('CHANGES');
    const name = keys()[0]?.replacement;
    expect(changes.map(({ CHANGE, ITEM, SUBJID }) => [CHANGE, ITEM, SUBJID])).toEqual([
      ['changed', 'night_up', name],
      ['changed', 'night_hours', name],
    ]);
    const shown = written.sheet('NIGHT').find(({ SUBJID, VISIT }) => SUBJID === name && VISIT === 'N2');
    expect(changes[0]?.['NEW']).toBe(shown?.['night_up_DTC']);
    for (const row of changes)
      for (const column of ['USER', 'AT_UTC', 'REASON']) expect(row).not.toHaveProperty(column);
    for (const secret of [marker, '13001', '01-S01'])
      expect(written.bytes.includes(secret), secret).toBe(false);
  });
});

describe('every other format', () => {
  it('holds nothing that identifies either, in none of its files', async () => {
    const file = path.join(site.folder, 'all.xlsx');
    const choices = { ...everything, deidentification: strict };
    const actor = site.actor();
    const status = await site.services.exports
      .of(actor.site)
      .run({ file, formats: exportFormats, choices, actor });
    if (status.state !== 'done') throw new Error(`${JSON.stringify(status)} ${site.logged.join('\n')}`);
    expect(status.files.map(({ format }) => format)).toEqual(expect.arrayContaining(['csv', 'odm']));
    const secrets = [marker, ...postalCodes, '99999', ...subjects, '2024-02-03T22:40', '1960-03'];
    for (const written of status.files.filter(({ format }) => format !== 'xlsx')) {
      const text = readFileSync(written.file).toString('latin1');
      for (const secret of secrets) expect(text.includes(secret), `${written.file} ${secret}`).toBe(false);
      expect(text.includes(`"${user}"`) || text.includes(`>${user}<`), written.file).toBe(false);
    }
  });
});

describe('days from the first dose', () => {
  it('stand as whole numbers where the dates were', async () => {
    const written = await exported({ ...strict, dates: 'first-dose', subjects: 'kept' });
    const [first] = written.sheet('NIGHT');
    expect(first).toMatchObject({ SUBJID: '01-S01', night_bed: 0, night_up: 1 });
    expect(written.sheet('SAMPLE').map((row) => row['sample_at'])).toEqual([-34, -35, -36]);
    expect(Object.keys(first ?? {})).not.toContain('VISITDATE');
    const dates = written
      .sheet('DICTIONARY')
      .filter((row) => row['IDENTIFIER'] === 0 && row['ITEM'] !== undefined)
      .filter((row) => String(row['CELL_TYPE']).startsWith('date'));
    expect(dates).toEqual([]);
  });
});

it('leaves in the trail that a stand-in was drawn, and nothing of what it is', () => {
  const entries = site.rows<{ detail: string }>(`SELECT detail FROM audit WHERE action = 'pseudonym.drawn'`);
  expect(entries).toHaveLength(4);
  for (const { detail } of entries) expect(detail).toMatch(/^\{"sha256":"[0-9a-f]{64}"\}$/u);
});
