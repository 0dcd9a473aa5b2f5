import { describe, expect, it, test } from 'vitest';
import { intake, numberAt, rowsOf, sleeper, tableOf } from './sleepers.ts';

const night = (more: Readonly<Record<string, string>>) => ({ night_bed: '2024-03-01 22:00', ...more });
const latency = (...typed: readonly string[]) =>
  typed.map((night_latency) => ({ ...intake(), 'NIGHT@N1': night({ night_latency }) }));
const shift = (...typed: readonly string[]) => typed.map((intake_shift) => intake({ intake_shift }));
const born = (...typed: readonly string[]) => typed.map((intake_born) => intake({ intake_born }));
const temperatures = (...pairs: readonly (readonly [string, string])[]) =>
  pairs.map(([first, second]) => ({
    ...intake(),
    'NIGHT@N1': night({ night_temp: first }),
    'NIGHT@N2': night({ night_temp: second }),
  }));

describe('a row', () => {
  it('counts who is in the population, and nobody else', () => {
    expect(tableOf(intake(), intake(), { INTAKE: { intake_born: '1980-05' } })('sleepers')).toMatchObject({
      n: 2,
      missing: 0,
      values: { count: 2 },
      text: { en: '2', fr: '2' },
    });
  });

  it('gives a percentage of those whose answer is known, without decimals', () => {
    expect(tableOf(...shift('1', '0', '0', '99'), intake())('shift_work')).toMatchObject({
      n: 3,
      missing: 2,
      values: { count: 1, of: 3, percent: 100 / 3 },
      text: { en: '1/3 (33%)', fr: '1/3 (33\u00A0%)' },
    });
  });

  it('gives mean and standard deviation of the sample, n − 1', () => {
    const { n, text, values } = tableOf(...born('1984-03', '1974-03', '1964-03'))('age');
    expect(n).toBe(3);
    expect(values['sd']).toBeCloseTo(10, 1);
    expect(text).toEqual({ en: '50.0 ± 10.0', fr: '50,0 ± 10,0' });
  });

  it('gives the median with quartiles of type 7', () => {
    const hours = ['2024-03-02 06:00', '2024-03-02 07:00', '2024-03-02 08:00', '2024-03-02 10:00'];
    const row = tableOf(...hours.map((night_up) => ({ ...intake(), 'NIGHT@N1': night({ night_up }) })))(
      'hours',
    );
    expect(row.text).toEqual({ en: '9.5 [8.8–10.5]', fr: '9,5 [8,8–10,5]' });
    expect(row.values).toMatchObject({ q1: 8.75, median: 9.5, q3: 10.5 });
  });

  it('gives a range', () => expect(tableOf(...latency('5', '90', '12'))('latency').text.en).toBe('5–90'));

  it('sums events and says in how many subjects they were', () => {
    const samples = (count: number) => ({
      ...intake(),
      SAMPLE: Array.from({ length: count }, () => ({ sample_at: '2024-03-01 23:00', sample_assay: 'mel' })),
    });
    expect(tableOf(samples(2), samples(0), samples(1))('samples')).toMatchObject({
      values: { events: 3, subjects: 2 },
      text: { en: '3 in 2', fr: '3 chez 2' },
    });
  });

  it('tests a paired change, and says by which method', () => {
    const row = tableOf(
      ...temperatures(
        ['21.0', '19.0'],
        ['22.0', '19.5'],
        ['20.0', '19.0'],
        ['23.0', '19.2'],
        ['24.0', '19.1'],
        ['21.5', '18.0'],
      ),
    )('temperature');
    expect(row.values).toMatchObject({
      pairs: 6,
      falls: 6,
      rises: 0,
      statistic: 21,
      p: 0.03125,
      method: 'exact',
    });
    expect(row.text).toEqual({
      en: '21.8 → 19.1 (−14%), p = 0.031',
      fr: '21,8 → 19,1 (−14\u00A0%), p = 0,031',
    });
    expect(row.method?.en).toBe('Wilcoxon signed-rank, exact');
  });

  it('says why a test is not exact', () => {
    const row = tableOf(...temperatures(['21.0', '19.0'], ['22.0', '20.0'], ['20.0', '20.0']))('temperature');
    expect(row.method).toEqual({
      en: 'Wilcoxon signed-rank, normal approximation with continuity correction, 1 without a difference left out (not exact: some pairs don’t differ)',
      fr: 'Wilcoxon pour rangs signés, approximation normale avec correction de continuité, 1 sans différence exclue (non exact : des paires ne diffèrent pas)',
    });
  });

  it('carries its convention, its note and its source', () =>
    expect(tableOf()('age')).toMatchObject({
      convention: true,
      source: 'fixture',
      note: { en: 'Counted from the month of birth.' },
    }));

  it('names the subjects behind each number, with what was counted of them', () => {
    const row = tableOf(...latency('5', '>60', '12'))('latency');
    expect(row.counted).toEqual([
      { subject: numberAt(0), value: 5 },
      { subject: numberAt(2), value: 12 },
    ]);
    expect(row.missed).toEqual([{ subject: numberAt(1), cause: 'censored', item: 'night_latency' }]);
  });
});

describe('what is not counted says why', () => {
  test.each([
    ['a censored number', 'latency', latency('>60'), 'censored', 'night_latency'],
    ['a missing reason', 'shift_work', shift('ND'), 'missing-reason', 'intake_shift'],
    ['an empty field', 'shift_work', [intake()], 'not-entered', 'intake_shift'],
    ['a form that was never begun', 'latency', [intake()], 'not-entered', 'night_latency'],
    [
      'a missing reason where the value is looked for',
      'latency',
      latency('ND'),
      'missing-reason',
      'night_latency',
    ],
    ['a calculated item without a result', 'age', [intake()], 'not-evaluable', 'intake_age'],
    [
      'a partly known date',
      'early_shifts',
      [intake({ intake_shift: '1', intake_since: '2020' })],
      'partial',
      'intake_since',
    ],
    ['a population that can’t be told', 'early_shifts', shift('99'), 'not-evaluable', null],
    [
      'one of two values',
      'temperature',
      [{ ...intake(), 'NIGHT@N1': night({ night_temp: '20' }) }],
      'not-entered',
      'night_temp',
    ],
  ] as const)('%s', (_, id, given, cause, item) => {
    const row = tableOf(...given)(id);
    expect(row).toMatchObject({ n: 0, missing: 1, missed: [{ cause, item }] });
    expect(row.text).toEqual({ en: 'not evaluable', fr: 'non évaluable' });
  });

  it('a partly known date that decides all the same is counted', () =>
    expect(tableOf(intake({ intake_shift: '1', intake_since: '2019' }))('early_shifts').text.en).toBe(
      '1/1 (100%)',
    ));

  it('a value under an open hard finding', () => {
    const place = { event: 'N1', form: 'NIGHT', row: 1, item: 'night_latency' };
    const row = rowsOf([
      sleeper('01-S01', latency('700')[0] ?? {}, [place]),
      sleeper('01-S02', latency('7')[0] ?? {}),
    ])('latency');
    expect(row).toMatchObject({ n: 1, missing: 1, text: { en: '7–7' } });
    expect(row.missed).toEqual([{ subject: '01-S01', cause: 'contradicted', item: 'night_latency' }]);
  });

  it('a calculated value that rests on one under an open hard finding', () => {
    const place = { event: 'BASE', form: 'INTAKE', row: 1, item: 'intake_born' };
    const row = rowsOf([sleeper('01-S01', born('2030-01')[0] ?? {}, [place])])('age');
    expect(row.missed).toEqual([{ subject: '01-S01', cause: 'contradicted', item: 'intake_born' }]);
  });

  it('and a finding elsewhere changes nothing', () => {
    const place = { event: 'N2', form: 'NIGHT', row: 1, item: 'night_latency' };
    expect(rowsOf([sleeper('01-S01', latency('7')[0] ?? {}, [place])])('latency').n).toBe(1);
  });
});

describe('a tiny data set says what it can’t give', () => {
  test.each([
    ['no subject', 'age', [], 'A mean needs at least 1 value.', 'Une moyenne demande au moins 1 valeur.'],
    [
      'no answer',
      'shift_work',
      [],
      'A percentage needs at least 1 value.',
      'Un pourcentage demande au moins 1 valeur.',
    ],
    [
      'one age',
      'age',
      born('1980-05'),
      'A standard deviation needs at least 2 values.',
      'Un écart-type demande au moins 2 valeurs.',
    ],
    [
      'no pair',
      'temperature',
      [],
      'A paired change needs at least 1 pair.',
      'Une variation appariée demande au moins 1 paire.',
    ],
    [
      'pairs that are the same',
      'temperature',
      temperatures(['20', '20']),
      'No test: no pair differs.',
      'Pas de test : aucune paire ne diffère.',
    ],
    [
      'three pairs',
      'temperature',
      temperatures(['20', '19'], ['20', '18'], ['20', '17']),
      'With 3 pairs that differ, an exact p below 0.250 is not possible.',
      'Avec 3 paires qui diffèrent, un p exact inférieur à 0,250 n’est pas possible.',
    ],
  ] as const)('%s', (_, id, given, en, fr) => {
    expect(tableOf(...given)(id).shortfalls).toEqual([{ en, fr }]);
  });

  it('one night has a median but no quartiles', () => {
    const row = tableOf({ ...intake(), 'NIGHT@N1': night({ night_up: '2024-03-02 06:00' }) })('hours');
    expect(row).toMatchObject({ values: { median: 8, q1: null, q3: null }, text: { en: '8.0 [–]' } });
    expect(row.shortfalls[0]?.en).toBe('Quartiles need at least 2 values.');
  });

  it('one age has a mean and a dash for its spread', () =>
    expect(tableOf(...born('1974-03'))('age').text).toEqual({ en: '50.0 ± –', fr: '50,0 ± –' }));
});
