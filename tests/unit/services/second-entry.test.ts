import { describe, expect, it } from 'vitest';
import {
  addPerson,
  anne,
  bea,
  become,
  dayMs,
  dora,
  night,
  nightAnswers,
  openDoubleEntry,
  samples,
  setShare,
  subject,
  toChanges,
} from './double-entry.ts';
import { openBench, type Bench } from './workbench.ts';

const list = async (bench: Bench) => bench.call('second.list', { offset: 0, limit: 10 });
const enterAsBea = async (bench: Bench, answers = nightAnswers): Promise<void> => {
  await become(bench, bea);
  await bench.call('second.begin', night);
  await bench.call('second.save', { ...night, changes: toChanges(answers) });
};
const standing = async (bench: Bench, item: string, row = 1) =>
  (await bench.call('subjects.open', { subject })).record.values.find(
    (value) => value.item === item && value.row === row,
  );

describe('a completed form', () => {
  it('is asked for when it is drawn, with an entry in the trail', async () => {
    const bench = await openDoubleEntry();
    expect((await list(bench)).rows).toMatchObject([
      { ...night, state: 'asked', first: [anne], second: null, eligibility: { kind: 'other-person' } },
    ]);
    expect(
      await bench.rows(
        `SELECT action, origin, json_extract(detail, '$.share') AS share FROM audit WHERE action = 'second.asked'`,
      ),
    ).toEqual([{ action: 'second.asked', origin: 'system', share: 1 }]);
  });

  it('is not asked for where nobody wants second entries', async () => {
    const bench = await openBench();
    await bench.call('subjects.enrol', { subject });
    await bench.call('forms.save', { ...night, changes: toChanges(nightAnswers) });
    await bench.call('forms.complete', night);
    expect((await list(bench)).total).toBe(0);
  });
});

describe('the second person', () => {
  it('starts with a blank form, and types it under the codec and the checks of a second entry', async () => {
    const bench = await openDoubleEntry();
    await become(bench, bea);
    expect((await list(bench)).mine).toEqual({ toEnter: 1, toDecide: 0 });
    const blank = await bench.call('second.begin', night);
    expect(blank.record.values.filter(({ form }) => form === 'NIGHT')).toEqual([]);
    expect(blank.findings).toEqual([]);

    const saved = await bench.call('second.save', { ...night, changes: toChanges({ night_temp: '35,0' }) });
    expect(saved.values).toMatchObject([{ item: 'night_temp', text: '35.0', number: 35, version: 1 }]);
    expect(saved.findings.map(({ check }) => check)).toContain('night_temp.soft');
    expect(
      (await bench.refusal('second.save', { ...night, changes: toChanges({ night_temp: 'warm' }) })).key,
    ).toBe('value-unreadable');
    expect(
      (
        await bench.refusal('second.save', {
          ...night,
          changes: [{ row: 1, item: 'night_temp', value: '3', baseVersion: 0 }],
        })
      ).key,
    ).toBe('value-changed-meanwhile');
  });

  it('goes on after a break where the work was left, and changes nothing in the record', async () => {
    const bench = await openDoubleEntry();
    await enterAsBea(bench, { night_wakes: '4' });
    await become(bench, anne);
    expect(await standing(bench, 'night_wakes')).toMatchObject({ text: '37', version: 1 });
    await become(bench, bea);
    expect((await bench.call('second.begin', night)).record.values).toMatchObject([
      { item: 'night_wakes', text: '4' },
    ]);
  });

  it('is not the first one, while there is somebody else', async () => {
    const bench = await openDoubleEntry();
    expect((await bench.refusal('second.begin', night)).key).toBe('second-other-person');
  });

  it('is only one', async () => {
    const bench = await openDoubleEntry();
    await addPerson(bench, 'carl', ['investigator']);
    await enterAsBea(bench);
    await become(bench, 'carl');
    expect((await bench.refusal('second.begin', night)).key).toBe('second-taken');
    expect(
      (await bench.refusal('second.save', { ...night, changes: toChanges({ night_wakes: '3' }) })).key,
    ).toBe('second-taken');
  });

  it('completes nothing blank, and nothing twice', async () => {
    const bench = await openDoubleEntry();
    await become(bench, bea);
    expect((await bench.refusal('second.complete', night)).key).toBe('second-not-begun');
    await bench.call('second.begin', night);
    expect((await bench.refusal('second.complete', night)).key).toBe('second-empty');
    await bench.call('second.save', { ...night, changes: toChanges({ night_wakes: '3' }) });
    await bench.call('second.complete', night);
    expect((await bench.refusal('second.complete', night)).key).toBe('second-taken');
  });
});

describe('a single coordinator', () => {
  it('is the second person of the own entry, a week after the newest value', async () => {
    const bench = await openBench();
    setShare(bench, 1);
    await bench.call('subjects.enrol', { subject });
    await bench.call('forms.save', { ...night, changes: toChanges(nightAnswers) });
    await bench.call('forms.complete', night);
    bench.clock.pass(6 * dayMs);
    await become(bench, anne);
    expect((await bench.refusal('second.begin', night)).key).toBe('second-too-early');
    bench.clock.pass(dayMs);
    await become(bench, anne);
    await bench.call('second.begin', night);
    expect((await list(bench)).rows).toMatchObject([{ isSelf: true, second: anne }]);
  });
});

describe('a difference', () => {
  const differing = { ...nightAnswers, night_wakes: '73', night_temp: '18.50', night_good: '' };

  it('is listed field by field, with both answers; another spelling of a number is none', async () => {
    const bench = await openDoubleEntry();
    const { night_good: _, ...typed } = { ...differing };
    await enterAsBea(bench, { ...typed, night_temp: '18.5' });
    expect(await bench.call('second.complete', night)).toEqual({ compared: 6, differences: 2 });
    await become(bench, dora);
    expect((await list(bench)).mine).toEqual({ toEnter: 0, toDecide: 1 });
    const { differences, mayDecide } = await bench.call('second.compare', night);
    expect(mayDecide).toBe(true);
    expect(differences).toMatchObject([
      {
        position: 1,
        item: 'night_wakes',
        first: { text: '37' },
        second: { text: '73' },
        firstUser: anne,
        decided: null,
      },
      { position: 2, item: 'night_good', first: { text: '1' }, second: null },
    ]);
  });

  it('is decided through the one write path with a reason, and both answers stay in the trail', async () => {
    const bench = await openDoubleEntry();
    await enterAsBea(bench, { ...nightAnswers, night_wakes: '73', night_temp: '19', night_latency: '>90' });
    await bench.call('second.complete', night);
    await become(bench, dora);
    const decide = (position: number, more: object) =>
      bench.call('second.decide', { ...night, position, which: 'first', reason: 'Source seen', ...more });
    await decide(1, { which: 'second' });
    await decide(2, { which: 'first' });
    const done = await decide(3, { which: 'other', value: '18.6' });
    expect(done.row).toMatchObject({ state: 'adjudicated', differences: { total: 3, open: 0, compared: 6 } });
    expect(await standing(bench, 'night_wakes')).toMatchObject({ text: '73', version: 2 });
    expect(await standing(bench, 'night_latency')).toMatchObject({ text: '91', relation: '>', version: 1 });
    expect(await standing(bench, 'night_temp')).toMatchObject({ text: '18.6', version: 2 });

    const history = await bench.call('audit.history', { ...night, row: 1, item: 'night_wakes' });
    // Queries of checks come and go with the answers.
    const answers = history.filter(({ query }) => query === null);
    expect(
      answers.map(({ action, user, old, new: after, reason, origin }) => [
        action,
        user,
        old?.text ?? null,
        after?.text ?? null,
        reason,
        origin,
      ]),
    ).toEqual([
      ['value.set', anne, null, '37', null, 'entry'],
      ['second.value', bea, null, '73', null, 'second-entry'],
      ['second.differs', bea, '37', '73', null, 'second-entry'],
      ['value.set', dora, '37', '73', 'Source seen', 'second-entry'],
      ['second.decided', dora, '37', '73', 'Source seen', 'second-entry'],
    ]);
    expect(
      (
        await bench.call('audit.origins', {
          subject,
          places: [{ event: 'N1', form: 'NIGHT', row: 1, item: 'night_latency' }],
        })
      )[0],
    ).toMatchObject({ user: anne, origin: 'entry' });
    expect(await bench.call('audit.verify', {})).toMatchObject({ ok: true });

    const rates = await bench.call('second.rates', {});
    expect(rates.people).toMatchObject([
      { user: anne, as: 'first', errors: 2, fields: 6 },
      { user: bea, as: 'second', errors: 2, fields: 6 },
    ]);
    expect(rates.forms).toMatchObject([{ form: 'NIGHT', entered: 1, differences: 3, errors: 2, fields: 6 }]);
    await become(bench, bea);
    expect((await bench.call('second.rates', {})).people.map(({ user }) => user)).toEqual([bea]);
  });

  it('typed anew as what one of the two said is that one', async () => {
    const bench = await openDoubleEntry();
    await enterAsBea(bench, { ...nightAnswers, night_wakes: '73' });
    await bench.call('second.complete', night);
    await become(bench, dora);
    const done = await bench.call('second.decide', {
      ...night,
      position: 1,
      which: 'other',
      value: '73',
      reason: 'Source',
    });
    expect(done.differences[0]?.decided).toMatchObject({ which: 'second', user: dora });
  });

  it.each([
    ['without a value for another answer', { which: 'other' }, 'second-value-unfit'],
    ['with a value beside a choice', { which: 'first', value: '3' }, 'second-value-unfit'],
    ['that is not there', { position: 9 }, 'second-unknown'],
    ['with a value that is none', { which: 'other', value: 'many' }, 'value-unreadable'],
  ])('is refused %s, and stays open', async (_, more, key) => {
    const bench = await openDoubleEntry();
    await enterAsBea(bench, { ...nightAnswers, night_wakes: '73' });
    await bench.call('second.complete', night);
    await become(bench, dora);
    const refusal = await bench.refusal('second.decide', {
      ...night,
      position: 1,
      which: 'first',
      reason: 'x',
      ...more,
    });
    expect(refusal.key).toBe(key);
    expect((await bench.call('second.compare', night)).row.differences?.open).toBe(1);
  });

  it('is decided by nobody who typed one of the two, and only once', async () => {
    const bench = await openDoubleEntry();
    await addPerson(bench, 'carl', ['data-entry', 'data-manager']);
    await become(bench, 'carl');
    await bench.call('second.begin', night);
    await bench.call('second.save', { ...night, changes: toChanges({ ...nightAnswers, night_wakes: '73' }) });
    await bench.call('second.complete', night);
    const decision = { ...night, position: 1, which: 'second', reason: 'Source' } as const;
    expect((await bench.refusal('second.decide', decision)).key).toBe('second-own-work');
    await become(bench, dora);
    await bench.call('second.decide', decision);
    expect((await bench.refusal('second.decide', decision)).key).toBe('second-decided');
  });
});

describe('rows of a repeating group', () => {
  const row = (at: string, assay: string, value: string) => ({
    sample_at: at,
    sample_assay: assay,
    sample_value: value,
    sample_unit: 'ng/L',
  });
  const one = row('2024-03-01T22:00', 'mel', '35');
  const two = row('2024-03-02T22:00', 'mel', '41');

  async function openSamples(second: readonly Readonly<Record<string, string>>[]): Promise<Bench> {
    const bench = await openDoubleEntry();
    await bench.call('forms.save', { ...samples, changes: [...toChanges(one, 1), ...toChanges(two, 2)] });
    await bench.call('forms.complete', samples);
    await become(bench, bea);
    await bench.call('second.begin', samples);
    for (const [position, answers] of second.entries())
      await bench.call('second.save', { ...samples, changes: toChanges(answers, position + 1) });
    await bench.call('second.complete', samples);
    await become(bench, dora);
    return bench;
  }

  it('are found again in whatever order', async () => {
    const bench = await openSamples([two, { ...one, sample_value: '36' }]);
    expect((await bench.call('second.compare', samples)).differences).toMatchObject([
      {
        item: 'sample_value',
        row: 1,
        firstRow: 1,
        secondRow: 2,
        first: { text: '35' },
        second: { text: '36' },
      },
    ]);
  });

  it('that only the second person typed get the next number when they are decided to stand', async () => {
    const three = row('2024-03-03T22:00', 'caf', '2');
    const bench = await openSamples([one, two, { ...three, sample_unit: 'mg/L' }]);
    const { differences } = await bench.call('second.compare', samples);
    expect(differences.map(({ item, row: at, firstRow }) => [item, at, firstRow])).toEqual([
      ['sample_at', 3, null],
      ['sample_assay', 3, null],
      ['sample_rel', 3, null],
      ['sample_value', 3, null],
      ['sample_unit', 3, null],
    ]);
    for (const { position } of differences)
      await bench.call('second.decide', { ...samples, position, which: 'second', reason: 'Source' });
    expect(await standing(bench, 'sample_value', 3)).toMatchObject({ text: '2' });
    expect(await standing(bench, 'sample_unit', 3)).toMatchObject({ text: 'mg/L' });
  });

  it('that only the first person typed leave the record when they are decided against', async () => {
    const bench = await openSamples([one]);
    const { differences } = await bench.call('second.compare', samples);
    expect(differences.map(({ row: at, secondRow }) => [at, secondRow])).toEqual([
      [2, null],
      [2, null],
      [2, null],
      [2, null],
      [2, null],
    ]);
    for (const { position } of differences)
      await bench.call('second.decide', {
        ...samples,
        position,
        which: 'second',
        reason: 'Not in the source',
      });
    const { record } = await bench.call('subjects.open', { subject });
    expect(record.values.filter(({ form, row: at }) => form === 'SAMPLE' && at === 2)).toEqual([]);
    expect(await bench.call('audit.verify', {})).toMatchObject({ ok: true });
  });
});
