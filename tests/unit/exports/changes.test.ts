import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lastSubmission } from '#shared/export-plan/changes.ts';
import type { Change } from '#shared/record.ts';
import { readMoment } from '../../../electron/clock.ts';
import { sleepDiary } from '../studies/folders.ts';
import { readByOpenpyxl, recordsOf, sheetNamed } from './read-workbook.ts';
import { openExportSite, password, user, type ExportSite } from './site.ts';

type Records = readonly Readonly<Record<string, string | number>>[];

/** What the desk writes when an export is given away as a submission: the newest entry of the data that it held. */
function submit(site: ExportSite, cut: number): void {
  const { site: open, role } = site.actor();
  const detail = { file: 'submission.xlsx', submission: true, cut };
  open.db
    .transaction(() => {
      open.trail.note({ user, role }, readMoment(site.clock), 'export.done', { detail });
    })
    .immediate();
}

/** The newest entry about data. */
function dataCut(site: ExportSite): number {
  const [row] = site.rows<{ seq: number }>(
    `SELECT MAX(seq) AS seq FROM audit WHERE action NOT LIKE 'session.%' AND action NOT LIKE 'export.%'`,
  );
  return row?.seq ?? 0;
}

describe('a workbook after a submission', () => {
  const subject = '01-S01';
  let site: ExportSite;
  let first: (sheet: string) => Records;
  let sheets: (sheet: string) => Records;
  const bytes = (name: string): string =>
    createHash('sha256')
      .update(readFileSync(site.file(name)))
      .digest('hex');
  const exported = async (name: string): Promise<(sheet: string) => Records> => {
    await site.exportDone(name);
    const book = readByOpenpyxl(site.file(name));
    return (sheet) => recordsOf(sheetNamed(book, sheet).rows);
  };
  const intake = (item: string, value: string | null): Change => {
    return { event: 'BASE', form: 'INTAKE', row: 1, item, value };
  };
  const night = (item: string, value: string | null): Change => {
    return { event: 'N1', form: 'NIGHT', row: 1, item, value };
  };
  const sample = (row: number, item: string, value: string | null): Change => {
    return { event: 'JOURNAL', form: 'SAMPLE', row, item, value };
  };
  const of = (item: string): Readonly<Record<string, string | number>> | undefined =>
    sheets('CHANGES').find(({ ITEM }) => ITEM === item);

  beforeAll(async () => {
    site = await openExportSite(sleepDiary);
    site.enter(subject, [
      ...[intake('intake_start', '3/2/2024'), intake('intake_shift', '1'), intake('intake_since', '2020')],
      ...[night('night_wakes', '2'), night('night_temp', '18'), night('night_latency', '>55')],
      ...[night('night_good', '1'), night('night_first', 'TEA')],
      ...[sample(1, 'sample_at', '4/2/2024 8:00'), sample(2, 'sample_at', '5/2/2024 8:00')],
    ]);
    first = await exported('first.xlsx');
    submit(site, dataCut(site));
    site.clock.pass(3_600_000);
    await site.call('session.unlock', { password });
    site.enter(subject, [
      night('night_wakes', '3'),
      night('night_wakes', '4'),
      { ...night('night_latency', '<20'), reason: 'misread' },
      night('night_temp', 'ND'),
      night('night_good', null),
      ...[night('night_first', 'COFFEE'), night('night_first', 'TEA')],
      night('night_weight', '61.5 kg'),
      intake('intake_shift', '0'),
    ]);
    const row = {
      subject,
      event: 'JOURNAL',
      form: 'SAMPLE',
      group: 'SAMPLE',
      row: 2,
      reason: 'entered twice',
    };
    await site.call('forms.removeRow', row);
    sheets = await exported('second.xlsx');
  }, 60_000);
  afterAll(() => {
    site.close();
  });

  it('has CHANGES with its header alone while there was no submission', () => {
    expect(first('CHANGES')).toEqual([]);
    expect(sheetNamed(readByOpenpyxl(site.file('first.xlsx')), 'CHANGES').rows[0]?.[0]?.value).toBe('CHANGE');
  });
  it('says in 00_README that there was none', () =>
    expect(
      first('00_README').find(({ ABOUT }) => ABOUT === 'Changes since the last submission'),
    ).toMatchObject({
      CONTENT: 'No earlier submission is recorded: CHANGES has no row.',
    }));
  it('says in 00_README with which submission it is compared', () =>
    expect(
      String(
        sheets('00_README').find(({ ABOUT }) => ABOUT === 'Changes since the last submission')?.['CONTENT'],
      ),
    ).toMatch(/^Compared with the submission of 2024-03-05T09:30:00\.000Z \(trail up to entry \d+\)\.$/u));
  it('has a value that was added', () =>
    expect(of('night_weight')).toMatchObject({ CHANGE: 'added', NEW: '61.5', NEW_U: 'kg' }));
  it('has a value that was changed once, however often that happened, with the newest entry', () =>
    expect(of('night_wakes')).toMatchObject({
      CHANGE: 'changed',
      OLD: '2',
      NEW: '4',
      ENTRIES: 2,
      USER: user,
    }));
  it('has relation and unit of old and new value apart, with the reason', () =>
    expect(of('night_latency')).toMatchObject({
      ...{ CHANGE: 'changed', OLD: '55', OLD_REL: '>', NEW: '20', NEW_REL: '<' },
      REASON: 'misread',
    }));
  it('has a missing reason that took the place of a value', () =>
    expect(of('night_temp')).toMatchObject({ CHANGE: 'changed', OLD: '18', NEW_ND: 'ND' }));
  it('has a value that was emptied', () => {
    expect(of('night_good')).toMatchObject({ CHANGE: 'emptied', OLD: '1' });
    expect(of('night_good')).not.toHaveProperty('NEW');
  });
  it('has a value that is no longer asked as withdrawn', () =>
    expect(of('intake_since')).toMatchObject({ CHANGE: 'withdrawn', OLD: '2020', ORIGIN: 'system' }));
  it('has a value whose row was taken out as withdrawn, with the reason', () =>
    expect(sheets('CHANGES').find(({ REPEAT, FORM }) => REPEAT === 2 && FORM === 'SAMPLE')).toMatchObject({
      CHANGE: 'withdrawn',
      ITEM: 'sample_at',
      OLD: '2024-02-05T08:00',
      REASON: 'entered twice',
    }));
  it('has no value that came back to what it was', () => expect(of('night_first')).toBeUndefined());
  it('has no value that nobody touched', () => expect(of('intake_start')).toBeUndefined());
  it('has exactly the values that differ between the two workbooks', () => {
    const key = (row: Records[number]): string => `${row['VISIT']} ${row['REPEAT']} ${row['ITEM']}`;
    const changed = new Set(
      sheets('CHANGES')
        .filter(({ ITEM }) => ITEM !== undefined)
        .map(key),
    );
    expect(changed).toEqual(new Set(differing(first, sheets).map(key)));
  });

  it('compares an export of the same state with the same submission: the same bytes', async () => {
    submit(site, dataCut(site));
    await site.exportDone('third.xlsx');
    expect(bytes('third.xlsx')).toBe(bytes('second.xlsx'));
  });
  it('compares with the newer submission as soon as something changed', async () => {
    site.enter(subject, [night('night_wakes', '5')]);
    sheets = await exported('fourth.xlsx');
    expect(sheets('CHANGES').map(({ CHANGE, ITEM, OLD, NEW }) => [CHANGE, ITEM, OLD, NEW])).toEqual([
      ['changed', 'night_wakes', '4', '5'],
    ]);
  });
  it('has the form whose state is another', async () => {
    submit(site, dataCut(site));
    site.enter('01-S02', [night('night_wakes', '1')]);
    const rows = (await exported('fifth.xlsx'))('CHANGES').filter(({ CHANGE }) => CHANGE === 'state');
    expect(rows.map(({ SUBJID, FORM, OLD, NEW }) => [SUBJID, FORM, OLD, NEW])).toEqual([
      ['01-S02', 'NIGHT', 'empty', 'in-progress'],
    ]);
  });
});

/** Values of the form sheets that are in one workbook alone, or otherwise in the other. */
function differing(one: (sheet: string) => Records, other: (sheet: string) => Records): Records {
  const items = ['INTAKE', 'NIGHT', 'SAMPLE'].flatMap((form) =>
    [...new Set([...one(form), ...other(form)].flatMap(Object.keys))]
      .map((name) => name.replace(/_(?:DTC|PREC|REL|U|ND|STD|STDU)$/u, ''))
      .filter((name) => /^(?:intake|night|sample)_[a-z]+$/u.test(name))
      .flatMap((item) => {
        const places = [...one(form), ...other(form)].map(
          ({ VISIT = '', REPEAT = '' }) => [VISIT, REPEAT] as const,
        );
        return places.map(([VISIT, REPEAT]) => ({ form, item, VISIT, REPEAT }));
      }),
  );
  const part = (sheets: (sheet: string) => Records, at: (typeof items)[number]): string => {
    const row = sheets(at.form).find(({ VISIT, REPEAT }) => VISIT === at.VISIT && REPEAT === at.REPEAT) ?? {};
    return JSON.stringify(
      ['', '_REL', '_U', '_ND', '_DTC'].map((suffix) => row[`${at.item}${suffix}`] ?? null),
    );
  };
  return items
    .filter((at) => part(one, at) !== part(other, at))
    .map(({ item, VISIT, REPEAT }) => ({ ITEM: item, VISIT, REPEAT }));
}

describe('the submission that a state is compared with', () => {
  const [old, recent] = [
    { seq: 11, at: 1, cut: 10, head: 'aa' },
    { seq: 21, at: 2, cut: 20, head: 'bb' },
  ];
  const all = [old, recent];
  it.each([
    ['the newest one that is older than the state', 30, recent],
    ['the one before, for the very state that was submitted last', 20, old],
    ['none, for the first one', 10, null],
    ['none, for a state before it', 5, null],
  ])('is %s', (_, cut, expected) => {
    expect(lastSubmission(all, cut)).toBe(expected);
  });
  it('is none whose entry is not yet part of the state', () =>
    expect(lastSubmission([{ seq: 40, at: 3, cut: 10, head: 'aa' }], 30)).toBeNull());
});
