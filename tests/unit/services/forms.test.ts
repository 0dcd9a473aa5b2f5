import { describe, expect, it } from 'vitest';
import { canonicalJson } from '#shared/audit.ts';
import type { SubjectRecord } from '#shared/record.ts';
import { createRecordReader } from '../../../electron/services/record-rows.ts';
import { openBench, type Bench } from './workbench.ts';

const subject = '01-S01';
const night = { subject, event: 'N1', form: 'NIGHT' };
const intake = { subject, event: 'BASE', form: 'INTAKE' };

async function openSubject(): Promise<Bench> {
  const bench = await openBench();
  await bench.call('subjects.enrol', { subject });
  return bench;
}

const save = (
  bench: Bench,
  place: typeof night,
  answers: Readonly<Record<string, string | null>>,
  more: { reason?: string } = {},
) =>
  bench.call('forms.save', {
    ...place,
    changes: Object.entries(answers).map(([item, value]) => ({ row: 1, item, value, ...more })),
  });

const storedValues =
  'SELECT item.name AS item, text, version FROM value JOIN item ON item.id = value.item_id ORDER BY item.name';
const trailOfValues = `SELECT item.name AS item, action, origin, old ->> 'text' AS old, new ->> 'text' AS new FROM audit JOIN item ON item.id = audit.item_id ORDER BY seq`;

describe('saving', () => {
  it('writes value, trail entry and form state, and gives the value back', async () => {
    const bench = await openSubject();
    const saved = await save(bench, night, { night_wakes: '3' });
    expect(saved.values).toMatchObject([
      { item: 'night_wakes', text: '3', number: 3, version: 1, derived: false, parked: false },
    ]);
    expect(saved.formState).toBe('in-progress');
    expect(await bench.rows(storedValues)).toEqual([{ item: 'night_wakes', text: '3', version: 1 }]);
    expect(await bench.rows(trailOfValues)).toEqual([
      { item: 'night_wakes', action: 'value.set', origin: 'entry', old: null, new: '3' },
    ]);
  });

  it('writes derived values beside the typed ones, named as derived in the trail', async () => {
    const bench = await openSubject();
    const { values } = await save(bench, night, {
      night_bed: '2024-03-01 23:00',
      night_up: '2024-03-02 06:30',
    });
    expect(values.find(({ item }) => item === 'night_hours')).toMatchObject({ number: 7.5, derived: true });
    expect(await bench.rows(trailOfValues)).toContainEqual({
      item: 'night_hours',
      action: 'value.set',
      origin: 'derivation',
      old: null,
      new: '7.50',
    });
  });

  it('keeps every earlier value in the trail, and counts versions', async () => {
    const bench = await openSubject();
    await save(bench, night, { night_wakes: '3' });
    await save(bench, night, { night_wakes: '4' });
    await save(bench, night, { night_wakes: null });
    expect(await bench.rows(storedValues)).toEqual([{ item: 'night_wakes', text: null, version: 3 }]);
    const history = await bench.call('audit.history', { ...night, row: 1, item: 'night_wakes' });
    expect(history.map(({ old, new: after }) => [old?.text ?? null, after?.text ?? null])).toEqual([
      [null, '3'],
      ['3', '4'],
      ['4', null],
    ]);
  });

  it('keeps findings, list and worklist in step with the values', async () => {
    const bench = await openSubject();
    await save(bench, night, { night_wakes: '60', night_temp: '35' });
    const { rows } = await bench.call('subjects.list', { search: '', offset: 0, limit: 10 });
    expect(rows).toMatchObject([{ subject, status: 'in-progress', openHard: 1, openSoft: 1 }]);
    const hard = await bench.call('findings.list', {
      severity: 'hard',
      status: 'open',
      offset: 0,
      limit: 10,
    });
    expect(hard).toMatchObject({ total: 1, rows: [{ subject, check: 'night_wakes.hard' }] });
    await save(bench, night, { night_wakes: '6' });
    expect((await bench.call('findings.list', { severity: 'hard', offset: 0, limit: 10 })).total).toBe(0);
  });

  it('is all or nothing: one unreadable answer writes none', async () => {
    const bench = await openSubject();
    const changes = [
      { row: 1, item: 'night_wakes', value: '3' },
      { row: 1, item: 'night_temp', value: 'warm' },
    ];
    expect((await bench.refusal('forms.save', { ...night, changes })).code).toBe('unreadable');
    expect(await bench.rows(storedValues)).toEqual([]);
    expect(await bench.rows(trailOfValues)).toEqual([]);
  });

  it('refuses against a version that was changed meanwhile', async () => {
    const bench = await openSubject();
    await save(bench, night, { night_wakes: '3' });
    const stale = { ...night, changes: [{ row: 1, item: 'night_wakes', value: '5', baseVersion: 0 }] };
    expect((await bench.refusal('forms.save', stale)).code).toBe('conflict');
    expect(await bench.rows(storedValues)).toMatchObject([{ text: '3' }]);
  });

  it('parks a hidden answer, and takes it up again when it is asked again', async () => {
    const bench = await openSubject();
    const parked = 'SELECT text, parked FROM value JOIN item ON item.id = value.item_id WHERE name = ';
    await save(bench, intake, { intake_shift: '1', intake_since: '2020' });
    await save(bench, intake, { intake_shift: '0' });
    expect(await bench.rows(`${parked}'intake_since'`)).toEqual([{ text: '2020', parked: 1 }]);
    await save(bench, intake, { intake_shift: '1' });
    expect(await bench.rows(`${parked}'intake_since'`)).toEqual([{ text: '2020', parked: 0 }]);
    expect((await bench.call('audit.verify', {})).problems).toEqual([]);
  });

  it('that changes nothing leaves no trace', async () => {
    const bench = await openSubject();
    const first = await save(bench, night, { night_wakes: '3' });
    const before = await bench.rows(trailOfValues);
    bench.clock.pass(60_000);
    const again = await save(bench, night, { night_wakes: '3' });
    expect(again).toMatchObject({ values: [], savedAt: first.savedAt });
    expect(await bench.rows(trailOfValues)).toEqual(before);
  });

  it('goes on from what was committed, and from nothing that was refused or taken back', async () => {
    const bench = await openSubject();
    const { site } = bench.services.session.authorise('signed-in');
    const stored = () => createRecordReader(site.db, '01').record({ id: 1, number: subject });
    const sorted = (record: SubjectRecord) => ({
      forms: [...record.forms].map((form) => JSON.stringify(form)).sort(),
      values: [...record.values].map((value) => canonicalJson(value)).sort(),
    });
    const opened = async () => sorted((await bench.call('subjects.open', { subject })).record);

    await save(bench, night, {
      night_bed: '2024-03-01 23:00',
      night_up: '2024-03-02 06:30',
      night_temp: '35',
    });
    expect(await opened()).toEqual(sorted(stored()));
    await bench.refusal('forms.save', {
      ...night,
      changes: [{ row: 1, item: 'night_wakes', value: 'many' }],
    });
    expect(await opened()).toEqual(sorted(stored()));
    site.db.exec(
      `CREATE TEMP TRIGGER fault BEFORE INSERT ON finding BEGIN SELECT RAISE(ABORT, 'fault'); END`,
    );
    expect(
      (
        await bench.refusal('forms.save', {
          ...night,
          changes: [{ row: 1, item: 'night_wakes', value: '60' }],
        })
      ).code,
    ).toBe('internal');
    site.db.exec('DROP TRIGGER fault');
    expect(await opened()).toEqual(sorted(stored()));
    await bench.call('findings.confirm', {
      ...night,
      row: 1,
      item: 'night_temp',
      check: 'night_temp.soft',
      reason: 'Heat wave',
    });
    await save(bench, intake, { intake_shift: '1', intake_since: '2020' });
    await save(bench, intake, { intake_shift: '0' });
    expect(await opened()).toEqual(sorted(stored()));
  });

  it('of an unknown subject is refused', async () => {
    const bench = await openBench();
    expect(
      (
        await bench.refusal('forms.save', {
          ...night,
          changes: [{ row: 1, item: 'night_wakes', value: '3' }],
        })
      ).key,
    ).toBe('subject-unknown');
  });
});

describe('a row', () => {
  const sample = { subject, event: 'JOURNAL', form: 'SAMPLE' };
  const fill = (row: number) => [
    { row, item: 'sample_at', value: '2024-03-01 08:00' },
    { row, item: 'sample_assay', value: 'mel' },
    { row, item: 'sample_value', value: '>12,5 ng/L' },
  ];

  it('is spread over relation, number and unit', async () => {
    const bench = await openSubject();
    const { values } = await bench.call('forms.save', { ...sample, changes: fill(1) });
    expect(values.map(({ item, text }) => [item, text])).toEqual(
      expect.arrayContaining([
        ['sample_rel', '>'],
        ['sample_value', '12.5'],
        ['sample_unit', 'ng/L'],
      ]),
    );
  });

  it('leaves the record when it is removed, stays in the trail, and its number can be used again', async () => {
    const bench = await openSubject();
    await bench.call('forms.save', { ...sample, changes: [...fill(1), ...fill(2)] });
    await bench.call('forms.removeRow', { ...sample, group: 'SAMPLE', row: 2 });
    const { record } = await bench.call('subjects.open', { subject });
    expect(new Set(record.values.map(({ row }) => row))).toEqual(new Set([1]));
    expect(await bench.call('audit.history', { ...sample, row: 2, item: 'sample_assay' })).toMatchObject([
      { action: 'value.set' },
      { action: 'row.removed' },
    ]);
    const again = await bench.call('forms.save', {
      ...sample,
      changes: fill(2).map((change) => ({ ...change, baseVersion: 0 })),
    });
    expect(again.values.find(({ item }) => item === 'sample_assay')).toMatchObject({ row: 2, version: 1 });
    expect((await bench.call('audit.verify', {})).problems).toEqual([]);
  });

  it('that is not there cannot be removed', async () => {
    const bench = await openSubject();
    expect((await bench.refusal('forms.removeRow', { ...sample, group: 'SAMPLE', row: 7 })).code).toBe(
      'not-found',
    );
  });
});

describe('completing a form', () => {
  const whole = { intake_born: '1990-05', intake_start: '2024-03-01', intake_shift: '0' };

  it('is refused while something required is open', async () => {
    const bench = await openSubject();
    await save(bench, intake, { intake_born: '1990-05' });
    expect((await bench.refusal('forms.complete', intake)).code).toBe('conflict');
  });

  it('is recorded, and from then on a change needs a reason', async () => {
    const bench = await openSubject();
    await save(bench, intake, whole);
    expect((await bench.call('forms.complete', intake)).formState).toBe('complete');
    const change = { ...intake, changes: [{ row: 1, item: 'intake_shift', value: '99' }] };
    expect((await bench.refusal('forms.save', change)).code).toBe('reason-needed');
    const saved = await save(bench, intake, { intake_shift: '99' }, { reason: 'TYPO' });
    expect(saved.formState).toBe('complete');
    expect(
      await bench.rows(
        `SELECT action, reason FROM audit WHERE action = 'form.completed' OR reason IS NOT NULL ORDER BY seq`,
      ),
    ).toEqual([
      { action: 'form.completed', reason: null },
      { action: 'value.set', reason: 'TYPO' },
    ]);
  });
});

describe('confirming a soft finding', () => {
  const warm = { ...night, row: 1, item: 'night_temp', check: 'night_temp.soft', reason: 'Heat wave' };

  it('keeps it listed as confirmed, with reason and person in the trail', async () => {
    const bench = await openSubject();
    await save(bench, night, { night_temp: '35' });
    const { findings } = await bench.call('findings.confirm', warm);
    expect(findings.find(({ check }) => check === warm.check)?.status).toBe('confirmed');
    expect((await bench.call('subjects.list', { search: '', offset: 0, limit: 1 })).rows).toMatchObject([
      { openSoft: 0 },
    ]);
    expect(
      await bench.rows(
        `SELECT reason, detail ->> 'check' AS finding FROM audit WHERE action = 'finding.confirmed'`,
      ),
    ).toEqual([{ reason: 'Heat wave', finding: warm.check }]);
  });

  it('is void when the value changes, and holds again when it is what it was', async () => {
    const bench = await openSubject();
    const statusNow = async (value: string) =>
      (await save(bench, night, { night_temp: value })).findings.find(({ check }) => check === warm.check)
        ?.status;
    await statusNow('35');
    await bench.call('findings.confirm', warm);
    expect(await statusNow('36')).toBe('open');
    expect(await statusNow('35')).toBe('confirmed');
  });

  it('is refused for a hard one, and for one that is not there', async () => {
    const bench = await openSubject();
    await save(bench, night, { night_wakes: '60' });
    expect(
      (await bench.refusal('findings.confirm', { ...warm, item: 'night_wakes', check: 'night_wakes.hard' }))
        .code,
    ).toBe('conflict');
    expect((await bench.refusal('findings.confirm', warm)).code).toBe('not-found');
    expect(await bench.rows('SELECT 1 FROM confirmation')).toEqual([]);
  });
});
