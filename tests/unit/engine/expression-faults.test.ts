import { describe, expect, test } from 'vitest';
import { at, ofCheck, ofItem, ofStudy, type ItemInput } from './faulty.ts';
import { faultsOf } from './run.ts';
import { both, item, sleepStudy, sleepWith } from './sleep-study.ts';

describe('a bare name that could be several values is a fault that says what to write', () => {
  const lines: readonly [what: string, faults: () => readonly string[], expected: string][] = [
    [
      'a row from outside its group',
      () => ofCheck({ each: 'form', fires: 'd_mg > 1' }),
      'checks.0.fires 1:1 "d_mg" is in the repeating group DOSES, so it has no single value here: use all(d_mg), in_event(d_mg, "…"), before(d_mg, …), nearest(d_mg, …, hours) or rows(DOSES)',
    ],
    [
      'a form of several events from another form',
      () => ofCheck({ each: 'form', items: ['s_birth'], fires: 's_weight > n_hours' }),
      'checks.0.fires 1:12 "n_hours" is on form NIGHT, which belongs to more than one event, so it has no single value here: use all(n_hours), in_event(n_hours, "…"), before(n_hours, …), nearest(n_hours, …, hours) or rows(BED)',
    ],
  ];
  test.each(lines)('%s', (_, faults, expected) => {
    expect(faults()).toEqual([expected]);
  });
  test('and so is previous() where there is no row to count from', () => {
    expect(ofCheck({ each: 'subject', fires: 'previous(d_mg) > 1' })).toEqual([
      'checks.0.fires 1:1 d_mg is not in the row that this expression is about, so there is no row before or after it',
    ]);
  });
});

describe('alike(…) is for the rows of one group', () => {
  const lines: readonly [what: string, faults: () => readonly string[], expected: string][] = [
    [
      'not for a form',
      () => ofCheck({ each: 'form', items: ['s_birth'], fires: 'count(alike(s_birth)) > 1' }),
      '1:7 alike(item, …) is for checks and formulas of the rows of a table',
    ],
    [
      'not with an item of another group',
      () => ofCheck({ each: 'row', group: 'DOSES', fires: 'count(alike(d_at, n_bed)) > 1' }),
      '1:7 write alike(item, …): n_bed is not an item of group DOSES',
    ],
    [
      'not without an item',
      () => ofCheck({ each: 'row', group: 'DOSES', fires: 'count(alike()) > 1' }),
      '1:7 write alike(item, …)',
    ],
  ];
  test.each(lines)('%s', (_, faults, expected) => {
    expect(faults()).toEqual([`checks.0.fires ${expected}`]);
  });
});

describe('a comparison with a code that can never hold', () => {
  const list = 'its list SEX has "M", "F"';
  const lines: readonly [fires: string, expected: readonly string[]][] = [
    ['s_sex = "M"', []],
    ['s_sex = "X"', [`1:9 "X" is not a code of s_sex; ${list}`]],
    ['"X" != s_sex', [`1:1 "X" is not a code of s_sex; ${list}`]],
    ['s_sex in ("M", "X")', [`1:16 "X" is not a code of s_sex; ${list}`]],
    ['s_sex in ["M", "X"]', [`1:16 "X" is not a code of s_sex; ${list}`]],
    [
      'list contains(all(d_route), "IV")',
      ['1:29 "IV" is not a code of d_route; its list ROUTE has "PO", "SC"'],
    ],
    [
      'list contains(in_event(n_signs, "N1"), "sing")',
      ['1:40 "sing" is not a code of n_signs; its list SIGNS has "none", "snore", "dream"'],
    ],
    ['last(all(d_route)) = "IV"', ['1:22 "IV" is not a code of d_route; its list ROUTE has "PO", "SC"']],
    [
      'count(rows(DOSES)[d_route = "IV"]) > 0',
      ['1:29 "IV" is not a code of d_route; its list ROUTE has "PO", "SC"'],
    ],
    [
      'some r in rows(DOSES) satisfies r.d_route = "IV"',
      ['1:45 "IV" is not a code of d_route; its list ROUTE has "PO", "SC"'],
    ],
    ['s_consent = "2"', ['1:13 "2" is not a code of s_consent; its list yes_no has "1", "0"']],
    ['s_consent = 1', ['1:13 codes are texts: compare s_consent with "1"']],
    ['s_code = "anything"', []],
    ['s_weight = 1', []],
  ];
  test.each(lines)('%s', (fires, expected) => {
    expect(ofCheck({ each: 'subject', fires })).toEqual(expected.map((fault) => `checks.0.fires ${fault}`));
  });
  test('or with one code where the answer is a list', () => {
    expect(ofCheck({ each: 'form', fires: 'n_signs = "snore"' })).toEqual([
      'checks.0.fires 1:1 n_signs is a multiple choice, a list of codes: write list contains(n_signs, "…")',
    ]);
  });
  test('in a message, counted from the start of the message', () => {
    const message = { en: 'Text {if s_sex = "X" then 1 else 2}', fr: 'texte' };
    expect(ofCheck({ each: 'subject', fires: 'true', message })).toEqual([
      `checks.0.message.en 1:18 "X" is not a code of s_sex; ${list}`,
    ]);
  });
});

describe('a circle is named with its chain', () => {
  const calculated = (id: string, expression: string): ItemInput =>
    item(id, 'calculated', { result: 'decimal', expression });
  const circles = (...items: readonly ItemInput[]): readonly string[] => {
    const forms = structuredClone(sleepStudy.forms);
    forms[0]?.groups[0]?.items.push(...items);
    return faultsOf(sleepWith({ forms }));
  };
  const lines: readonly [what: string, items: readonly ItemInput[], expected: readonly string[]][] = [
    [
      'two formulas',
      [calculated('a', 'b + 1'), calculated('b', 'a + 1')],
      [`${at}.expression a circle: a → b → a (each rests on the next)`],
    ],
    [
      'an item on itself',
      [calculated('a', 'a + 1')],
      [`${at}.expression a circle: a → a (each rests on the next)`],
    ],
    [
      'a formula and a condition',
      [item('c', 'integer', { shown: 'd > 1' }), calculated('d', 'c + 1')],
      [`${at}.shown a circle: c → d → c (each rests on the next)`],
    ],
    [
      'a condition on itself',
      [item('c', 'integer', { shown: 'c > 1' })],
      [`${at}.shown a circle: c → c (each rests on the next)`],
    ],
    ['no circle', [calculated('a', 'b + 1'), calculated('b', 's_weight')], []],
  ];
  test.each(lines)('%s', (_, items, expected) => {
    expect(circles(...items)).toEqual(expected);
  });
  test('through an anchor', () => {
    const faults = ofStudy({
      anchors: [
        { id: 'T0', name: both('T0'), expression: 'min(rows(BED)[n_since > 1].n_bed)' },
        { id: 'START', name: both('S'), expression: 's_start' },
      ],
    });
    expect(faults).toEqual(['anchors.0.expression a circle: T0 → n_since → T0 (each rests on the next)']);
  });
  test('not between the fields of one table that do not rest on each other', () => {
    expect(
      ofItem(
        item('w_share', 'calculated', {
          result: 'decimal',
          expression: 'w_minutes / sum(rows(WAKE).w_minutes)',
        }),
        'WAKE',
      ),
    ).toEqual([]);
  });
});
