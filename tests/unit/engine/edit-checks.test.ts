import { describe, expect, test } from 'vitest';
import { confirmationBasis, findingKey, runChecks } from '#shared/edit-checks.ts';
import { findingsOf, indexOf, modelOf, now, type Answers } from './run.ts';
import { both, check, sleepWith, type CheckInput } from './sleep-study.ts';

/** Where the check C1 fires: "N1/NIGHT/1/n_hours". */
function fires(
  more: Partial<CheckInput> & Pick<CheckInput, 'each' | 'fires'>,
  answers: Answers,
  run = {},
): readonly string[] {
  return findingsOf([check(more)], answers, run)
    .filter((finding) => finding.check === 'C1')
    .map(({ event, form, row, item }) => [event, form, row, item].join('/'));
}

const nights: Answers = {
  'N1/NIGHT/n_hours': '6',
  'N2/NIGHT/n_hours': '9',
  'N3/NIGHT/n_hours': 'ND',
  'N7/NIGHT/n_coffee': '1',
};

describe('a check fires when it is true, and neither when it is false nor when it can’t be told', () => {
  const asked: Pick<CheckInput, 'each' | 'items'> = { each: 'form', items: ['n_hours'] };
  const lines: readonly [fires: string, at: readonly string[]][] = [
    ['n_hours < 8', ['N1/NIGHT/1/n_hours']],
    ['n_hours >= 8', ['N2/NIGHT/1/n_hours']],
    ['not(n_hours < 8)', ['N2/NIGHT/1/n_hours']],
    ['n_hours = null', ['N3/NIGHT/1/n_hours', 'N7/NIGHT/1/n_hours']],
    ['n_hours', []],
    ['null', []],
  ];
  test.each(lines)('%s', (condition, at) => {
    expect(fires({ ...asked, fires: condition }, nights)).toEqual(at);
  });
});

describe('a check runs', () => {
  const rows: Answers = {
    'N1/NIGHT/n_hours': '6',
    'N1/NIGHT/2/w_minutes': '5',
    'N1/NIGHT/4/w_cause': 'noise',
    'LOG/DOSE/1/d_mg': '1',
  };
  const lines: readonly [
    what: string,
    check: Parameters<typeof fires>[0],
    answers: Answers,
    at: readonly string[],
  ][] = [
    [
      'for each row that holds an answer',
      { each: 'row', group: 'WAKE', fires: 'true', items: ['w_at'] },
      rows,
      ['N1/NIGHT/2/w_at', 'N1/NIGHT/4/w_at'],
    ],
    [
      'for the group of its first item',
      { each: 'row', fires: 'true', items: ['w_at'] },
      rows,
      ['N1/NIGHT/2/w_at', 'N1/NIGHT/4/w_at'],
    ],
    [
      'shown at the head of the form',
      { each: 'row', group: 'WAKE', fires: 'w_minutes > 4', items: ['n_hours', 'w_minutes'] },
      rows,
      ['N1/NIGHT/1/n_hours'],
    ],
    [
      'for each form that was begun',
      { each: 'form', form: 'NIGHT', fires: 'true', items: ['n_bed'] },
      rows,
      ['N1/NIGHT/1/n_bed'],
    ],
    [
      'for a group that does not repeat',
      { each: 'row', group: 'BED', fires: 'true', items: ['n_bed'] },
      rows,
      ['N1/NIGHT/1/n_bed'],
    ],
    [
      'once for the subject, in the only event',
      { each: 'subject', fires: 'true', items: ['s_start'] },
      rows,
      ['SCR/ENR/1/s_start'],
    ],
    [
      'once for the subject, at what it looked at',
      { each: 'subject', fires: 'last(all(n_hours)) = 9', items: ['n_hours'] },
      { ...nights, 'N1/NIGHT/n_hours': 'ND' },
      ['N2/NIGHT/1/n_hours'],
    ],
    [
      'once for the subject, in the event that it names',
      { each: 'subject', events: ['N7'], fires: 'count(all(n_hours)) = 2', items: ['n_hours'] },
      nights,
      ['N7/NIGHT/1/n_hours'],
    ],
    [
      'once for the subject, in the first event begun',
      { each: 'subject', fires: 'has_values("NIGHT")', items: ['n_hours'] },
      { 'N2/NIGHT/n_coffee': '1' },
      ['N2/NIGHT/1/n_hours'],
    ],
    [
      'once for the subject that has nothing',
      { each: 'subject', fires: 'not(has_values("NIGHT"))', items: ['n_hours'] },
      {},
      ['N1/NIGHT/1/n_hours'],
    ],
    [
      'only in its events',
      { each: 'form', events: ['N7'], fires: 'true', items: ['n_bed'] },
      nights,
      ['N7/NIGHT/1/n_bed'],
    ],
  ];
  test.each(lines)('%s', (_, checked, answers, at) => {
    expect(fires(checked, answers)).toEqual(at);
  });
  test('only in its phases', () => {
    const checked: Parameters<typeof fires>[0] = {
      each: 'form',
      fires: 'true',
      items: ['n_bed'],
      phases: ['batch'],
    };
    expect(fires(checked, rows)).toEqual([]);
    expect(fires(checked, rows, { phase: 'batch' })).toEqual(['N1/NIGHT/1/n_bed']);
  });
  test('only at the forms asked for', () => {
    const checked: Parameters<typeof fires>[0] = { each: 'form', fires: 'true', items: ['n_bed'] };
    expect(fires(checked, nights, { only: [{ event: 'N2', form: 'NIGHT' }] })).toEqual(['N2/NIGHT/1/n_bed']);
  });
  test('not for a form of another version of the study', () => {
    expect(
      findingsOf([], {
        'N1/GONE/x': '1',
        'GONE/NIGHT/n_hours': '99',
        'N1/NIGHT/gone': '1',
        'SCR/NIGHT/s_weight': '999',
      }),
    ).toEqual([]);
  });
});

describe('the values that a finding rests on', () => {
  const used = (condition: string, answers: Answers): readonly string[] => {
    const found = findingsOf([check({ each: 'form', fires: condition, items: ['n_bed'] })], answers).filter(
      (finding) => finding.check === 'C1',
    );
    return (found[0]?.used ?? []).map(
      (value) => `${value.event}/${value.item} ${value.text ?? value.missing ?? 'nothing'}`,
    );
  };
  const answers: Answers = {
    'N1/NIGHT/n_hours': '6',
    'SCR/ENR/s_weight': '70',
    'N1/NIGHT/n_coffee': 'ND',
    'LOG/DOSE/1/d_at': '2021-11-01T08:00',
    'LOG/DOSE/1/d_mg': '5',
  };
  const lines: readonly [condition: string, used: readonly string[]][] = [
    ['n_hours < s_weight', ['N1/n_hours 6', 'SCR/s_weight 70']],
    ['n_hours < 7 and n_hours > 5', ['N1/n_hours 6']],
    ['n_hours < 7 or s_weight > 5', ['N1/n_hours 6']],
    ['n_coffee = null', ['N1/n_coffee ND']],
    ['n_cups = null', ['N1/n_cups nothing']],
    ['s_start = null', ['SCR/s_start nothing']],
    ['sum(all(d_mg)) > 4', ['LOG/d_mg 5']],
    ['before(d_mg, date("2021-12-01")) = 5', ['LOG/d_at 2021-11-01T08:00', 'LOG/d_mg 5']],
    ['T0 != null', ['LOG/d_at 2021-11-01T08:00']],
    ['some r in rows(DOSES) satisfies r.d_mg > 4', ['LOG/d_mg 5']],
    ['is_typed(n_hours)', ['N1/n_hours 6']],
    ['true', []],
  ];
  test.each(lines)('%s', (condition, expected) => {
    expect(used(condition, answers)).toEqual(expected);
  });
});

describe('a confirmed finding', () => {
  const checks = [check({ each: 'form', fires: 'n_hours < 7 and s_weight > 60', items: ['n_hours'] })];
  const answers: Answers = { 'N1/NIGHT/n_hours': '6', 'SCR/ENR/s_weight': '70', 'N1/NIGHT/n_coffee': '0' };
  const [first] = findingsOf(checks, answers);
  const confirmed = new Map(first === undefined ? [] : [[findingKey(first), confirmationBasis(first)]]);
  const status = (changed: Answers, by = checks): string | undefined =>
    findingsOf(by, { ...answers, ...changed }, { confirmed }).find((finding) => finding.check === 'C1')
      ?.status;

  test('is identified by place and check', () => {
    expect([...confirmed.keys()]).toEqual(['N1|NIGHT|1|n_hours|C1']);
  });
  test.each<[string, Answers, string]>([
    ['stays confirmed', {}, 'confirmed'],
    [
      'stays confirmed when something else changes',
      { 'N1/NIGHT/n_coffee': '1', 'SCR/ENR/s_start': '2021-11-01T10:00' },
      'confirmed',
    ],
    ['lapses when the value at which it is shown changes', { 'N1/NIGHT/n_hours': '5' }, 'open'],
    ['lapses when another value that it rests on changes', { 'SCR/ENR/s_weight': '71' }, 'open'],
    ['lapses when a value is written otherwise', { 'N1/NIGHT/n_hours': '6.0' }, 'open'],
  ])('%s', (_, changed, expected) => {
    expect(status(changed)).toBe(expected);
  });
  test('lapses with a new version of the check', () => {
    expect(
      status(
        {},
        checks.map((known) => ({ ...known, version: 2 })),
      ),
    ).toBe('open');
  });
  test('is never a hard one', () => {
    expect(
      status(
        {},
        checks.map((known) => ({ ...known, severity: 'hard' as const })),
      ),
    ).toBe('open');
  });
});

describe('a message', () => {
  const answers: Answers = {
    'SCR/ENR/s_sex': 'F',
    'SCR/ENR/s_weight': '70.5',
    'N1/NIGHT/n_hours': '<=6.5',
    'N1/NIGHT/n_signs': ['snore', 'dream'],
    'N1/NIGHT/n_bed': '2021-11-01T22:00',
    'N1/NIGHT/n_coffee': '0',
    'LOG/DOSE/1/d_at': '2021-11-01T08:00',
    'LOG/DOSE/1/d_mg': '5',
    'LOG/DOSE/1/d_route': 'SC',
  };
  const lines: readonly [text: string, en: string, fr: string][] = [
    ['Weight {s_weight}.', 'Weight 70.5\u00A0kg.', 'Weight 70,5\u00A0kg.'],
    ['{ s_sex }', 'F en', 'F fr'],
    ['{n_hours}', '≤6.5\u00A0h', '≤6,5\u00A0h'],
    ['{n_signs}', 'snore en, dream en', 'snore fr, dream fr'],
    ['{n_bed}', '01 Nov 2021 22:00', '01 nov. 2021 22:00'],
    ['{n_coffee}', 'No', 'Non'],
    ['{n_cups}', '–', '–'],
    ['{s_weight / 3}', '23.5', '23,5'],
    ['{s_weight / 7}', '10.07', '10,07'],
    ['{s_weight / 100000}', '0.000705', '0,000705'],
    ['{s_weight > 70}', 'yes', 'oui'],
    ['{before(d_route, n_bed)}', 'SC en', 'SC fr'],
    ['{before(d_mg, n_bed)}', '5\u00A0mg', '5\u00A0mg'],
    ['{n_bed - T0}', '14\u00A0h', '14\u00A0h'],
    ['{duration("P5D")}', '5\u00A0days', '5\u00A0j'],
    ['{T0}', '01 Nov 2021 08:00', '01 nov. 2021 08:00'],
    ['{if s_weight > 70 then "heavy {}" else ""}', 'heavy {}', 'heavy {}'],
    ['{1}{2}', '12', '12'],
    ['no braces', 'no braces', 'no braces'],
  ];
  test.each(lines)('%s', (text, en, fr) => {
    const found = findingsOf(
      [check({ each: 'form', fires: 'n_bed != null', items: ['n_bed'], message: both(text) })],
      answers,
    );
    expect(found.find((finding) => finding.check === 'C1')?.message).toEqual({ en, fr });
  });
});

describe('the order of findings', () => {
  const checks = [
    check({ id: 'LAST', each: 'form', fires: 'true', items: ['n_bed'] }),
    check({ id: 'FIRST', each: 'subject', fires: 'true', items: ['s_weight'] }),
    check({ id: 'ROW', each: 'row', fires: 'true', items: ['w_minutes'] }),
  ];
  const answers: Answers = {
    'N7/NIGHT/n_hours': '2',
    'N2/NIGHT/2/w_minutes': '1',
    'N2/NIGHT/1/w_minutes': '1',
    'N2/NIGHT/n_hours': '2',
    'SCR/ENR/s_weight': '39',
  };
  const expected = [
    'SCR|ENR|1|s_weight|s_weight.soft',
    'SCR|ENR|1|s_weight|FIRST',
    'N2|NIGHT|1|n_bed|LAST',
    'N2|NIGHT|1|n_hours|n_hours.soft',
    'N2|NIGHT|1|w_minutes|ROW',
    'N2|NIGHT|2|w_minutes|ROW',
    'N7|NIGHT|1|n_bed|LAST',
    'N7|NIGHT|1|n_hours|n_hours.soft',
  ];
  test('is by event, form, row and item, the item’s own rules first, whatever the order of values', () => {
    const model = modelOf(sleepWith({ checks }));
    for (const given of [answers, Object.fromEntries(Object.entries(answers).reverse())]) {
      expect(runChecks(model, indexOf(given, model), { phase: 'entry', now }).map(findingKey)).toEqual(
        expected,
      );
    }
  });
});
