import { describe, expect, test } from 'vitest';
import { createStudyModel } from '#shared/study-model.ts';
import { at, ofCheck, ofItem, ofStudy, withItem, type ItemInput } from './faulty.ts';
import { describeFault, faultsOf } from './run.ts';
import { both, check, item, sleepStudy, sleepWith, type StudyInput } from './sleep-study.ts';

test('a sound definition has no faults', () => {
  expect(faultsOf(sleepWith({}))).toEqual([]);
});

describe('two things of one id', () => {
  const twice = <T>(list: readonly T[] | undefined): T[] => [...(list ?? []), ...(list ?? []).slice(0, 1)];
  const lines: readonly [what: string, more: Partial<StudyInput>, expected: string][] = [
    ['forms', { forms: twice(sleepStudy.forms) }, 'forms.4.id two forms have the id "ENR"'],
    [
      'groups',
      { forms: twice(sleepStudy.forms) },
      'forms.4.groups.0.id two item groups have the id "ENR_MAIN"',
    ],
    [
      'items',
      { forms: twice(sleepStudy.forms) },
      'forms.4.groups.0.items.0.id two items have the id "s_birth"',
    ],
    ['anchors', { anchors: twice(sleepStudy.anchors) }, 'anchors.2.id two anchors have the id "T0"'],
    ['events', { events: twice(sleepStudy.events) }, 'events.5.id two events have the id "SCR"'],
    ['lists', { codeLists: twice(sleepStudy.codeLists) }, 'codeLists.10.id two code lists have the id "SEX"'],
    ['analytes', { analytes: twice(sleepStudy.analytes) }, 'analytes.2.id two analytes have the id "iron"'],
    [
      'growth tables',
      { growth: twice(sleepStudy.growth) },
      'growth.1.id two growth tables have the id "tiny"',
    ],
    [
      'lookup tables',
      { lookups: twice(sleepStudy.lookups) },
      'lookups.1.id two lookup tables have the id "bands"',
    ],
    [
      'checks',
      { checks: twice([check({ each: 'form', fires: 'true', items: ['n_bed'] })]) },
      'checks.1.id two checks have the id "C1"',
    ],
    [
      'codes',
      { codeLists: sleepStudy.codeLists.map((list) => ({ ...list, codes: twice(list.codes) })) },
      'codeLists.0.codes.2.code two codes of SEX have the id "M"',
    ],
    [
      'an instance and an event',
      {
        events: sleepStudy.events.map((event) => ({
          ...event,
          repeating: event.repeating === undefined ? undefined : { first: 6, last: 8 },
        })),
      },
      'events.1.repeating its instance "N7" has the id of another event: leave number 7 out with "except"',
    ],
    [
      'an anchor and an item',
      { anchors: [...sleepStudy.anchors, { id: 's_start', name: both('x'), expression: 's_birth' }] },
      'anchors.2.id "s_start" is the id of an item too',
    ],
  ];
  test.each(lines)('%s', (_, more, expected) => {
    expect(ofStudy(more)).toContain(expected);
  });
  test.each(['value', 'event', 'row', 'at', 'item', 'and'])('an item can’t be called "%s"', (id) => {
    expect(ofItem(item(id, 'text'))).toContain(`${at}.id "${id}" has a meaning of its own in expressions`);
  });
});

describe('an item that contradicts itself', () => {
  const lines: readonly [item: ItemInput, expected: string][] = [
    [item('x', 'calculated', { result: 'decimal' }), `${at}.type a calculated item needs an expression`],
    [
      item('x', 'calculated', { expression: '1' }),
      `${at}.type a calculated item needs a result: what it holds`,
    ],
    [
      item('x', 'calculated', { expression: '1', result: 'decimal', required: 'always' }),
      `${at}.required nobody answers a calculated item, so it can’t be required`,
    ],
    [
      item('x', 'decimal', { expression: '1' }),
      `${at}.expression an item of type decimal is typed: only calculated items have an expression`,
    ],
    [
      item('x', 'decimal', { result: 'decimal' }),
      `${at}.result an item of type decimal is typed: only calculated items have a result`,
    ],
    [item('x', 'single-choice'), `${at}.type a choice needs a codeList`],
    [
      item('x', 'decimal', { codeList: 'SEX' }),
      `${at}.codeList an item of type decimal has no code list of the study`,
    ],
    [item('x', 'decimal', { hard: { min: 2, max: 1 } }), `${at}.hard the minimum 2 is above the maximum 1`],
    [item('x', 'decimal', { soft: { min: 2, max: 1 } }), `${at}.soft the minimum 2 is above the maximum 1`],
    [
      item('x', 'date', { soft: { min: 2 } }),
      `${at}.soft an item of type date is no number and has no bounds`,
    ],
    [item('x', 'decimal', { softAt: ['V9'] }), `${at}.softAt there is no event "V9"`],
    [item('x', 'text', { pattern: '[a' }), `${at}.pattern the pattern is not a regular expression`],
    [
      item('x', 'date', { pattern: 'a' }),
      `${at}.pattern only texts have a pattern, not an item of type date`,
    ],
    [
      item('x', 'decimal', { parts: { relation: 'a', unit: 'b', test: 'c' } }),
      `${at}.parts only measurements have parts, not an item of type decimal`,
    ],
    [
      item('x', 'text', { shown: 'today() > date("2021-01-01")' }),
      `${at}.shown now() and today() can’t be used here: the answer would change by itself`,
    ],
    [item('x', 'text', { label: { en: ' ', fr: 'x' } }), `${at}.label.en the text is empty in "en"`],
  ];
  test.each(lines)('%o', (added, expected) => {
    expect(ofItem(added)).toEqual([expected]);
  });
  test('a test that is no analyte', () => {
    const codeLists = sleepStudy.codeLists.map((list) =>
      list.id === 'TEST' ? { ...list, codes: [...list.codes, { code: 'gold', label: both('gold') }] } : list,
    );
    expect(ofStudy({ codeLists })).toEqual([
      'forms.2.groups.1.items.2.parts there is no analyte "gold", which its test can be',
    ]);
  });
  test('bounds beside those of its analytes', () => {
    expect(
      ofItem(
        item('x', 'measurement', {
          parts: { relation: 'l_rel', unit: 'l_unit', test: 'l_test' },
          hard: { max: 5 },
        }),
        'RESULT',
      ),
    ).toEqual([
      'forms.2.groups.1.items.6.hard the bounds of a measurement with parts are those of its analytes',
    ]);
  });
});

describe('a study as a whole', () => {
  const number = sleepStudy.subjectNumber;
  const band = { from: 0, below: 10, values: { low: 1 } };
  const lines: readonly [what: string, more: Partial<StudyInput>, expected: string][] = [
    [
      'a pattern that does not compile',
      { subjectNumber: { ...number, pattern: '(' } },
      'subjectNumber.pattern the pattern is not a regular expression',
    ],
    [
      'a pattern without the site',
      { subjectNumber: { ...number, pattern: '\\d{2}-\\d{3}' } },
      'subjectNumber.pattern the pattern has no group ( ) for the site code',
    ],
    [
      'an example that does not match',
      { subjectNumber: { ...number, example: '1-1' } },
      'subjectNumber.example the example does not match the pattern',
    ],
    [
      'a window without anchor',
      {
        events: [
          ...sleepStudy.events,
          { id: 'Z', name: both('Z'), window: { unit: 'days', target: 0, from: 0, to: 0 } },
        ],
      },
      'events.5.window a window needs an anchor to count from',
    ],
    [
      'a window that ends before its target',
      {
        events: [
          ...sleepStudy.events,
          { id: 'Z', name: both('Z'), anchor: 'T0', window: { unit: 'days', target: 2, from: 0, to: 1 } },
        ],
      },
      'events.5.window the target 2 is not between 0 and 1',
    ],
    [
      'an event that ends before it begins',
      { events: [...sleepStudy.events, { id: 'Z', name: both('Z'), repeating: { first: 3, last: 2 } }] },
      'events.5.repeating the first number 3 is above the last 2',
    ],
    [
      'a form of no event',
      {
        matrix: {
          ENR: { SCR: 'required' },
          NIGHT: { N: 'required', N7: 'required' },
          LAB: { SCR: 'required' },
        },
      },
      'forms.3.id form "DOSE" belongs to no event: give it a row in the matrix',
    ],
    [
      'a clock in an anchor',
      { anchors: [...sleepStudy.anchors, { id: 'T1', name: both('x'), expression: 'now()' }] },
      'anchors.2.expression now() and today() can’t be used here: the answer would change by itself',
    ],
    [
      'reversed bounds of an analyte',
      {
        analytes: [
          ...(sleepStudy.analytes ?? []),
          { id: 'x', label: both('x'), unit: 'g', units: [], hard: { min: 2, max: 1 } },
        ],
      },
      'analytes.2.hard the minimum 2 is above the maximum 1',
    ],
    [
      'two factors of one unit',
      {
        analytes: [
          ...(sleepStudy.analytes ?? []),
          {
            id: 'x',
            label: both('x'),
            unit: 'g',
            units: [
              { unit: 'mg', factor: 1 },
              { unit: 'mg', factor: 2 },
            ],
          },
        ],
      },
      'analytes.2.units.1 unit "mg" has two factors',
    ],
    [
      'a storage unit that is converted',
      {
        analytes: [
          ...(sleepStudy.analytes ?? []),
          { id: 'x', label: both('x'), unit: 'g', units: [{ unit: 'g', factor: 2 }] },
        ],
      },
      'analytes.2.units.0.factor "g" is the storage unit: its factor is 1',
    ],
    [
      'ages that fall',
      {
        growth: [
          {
            id: 'tiny',
            age: 'months',
            unit: 'kg',
            source: 't',
            rows: {
              M: [
                [1, 1, 1, 1],
                [1, 1, 1, 1],
              ],
            },
          },
        ],
      },
      'growth.0.rows.M.1 ages must rise from row to row',
    ],
    [
      'a growth row that can’t be used',
      { growth: [{ id: 'tiny', age: 'months', unit: 'kg', source: 't', rows: { M: [[1, 1, 0, 1]] } }] },
      'growth.0.rows.M.0 M and S must be above 0',
    ],
    [
      'an empty band',
      { lookups: [{ id: 'bands', key: both('k'), source: 't', rows: [{ ...band, below: 0 }] }] },
      'lookups.0.rows.0 the band from 0 to below 0 is empty',
    ],
    [
      'bands that overlap',
      {
        lookups: [
          { id: 'bands', key: both('k'), source: 't', rows: [band, { ...band, from: 9, below: 12 }] },
        ],
      },
      'lookups.0.rows.1.from the band begins before the one above it ends',
    ],
  ];
  test.each(lines)('%s', (_, more, expected) => {
    expect(ofStudy(more)).toContain(expected);
  });
});

describe('a check that does not say where it belongs', () => {
  const lines: readonly [more: Parameters<typeof ofCheck>[0], expected: string][] = [
    [
      { each: 'value', fires: 'true', of: ['date'], items: ['n_bed'] },
      'checks.0.items a check of each value is shown at that value and names no items',
    ],
    [
      { each: 'value', fires: 'true', items: [] },
      'checks.0.each a check of each value says of which types: give "of"',
    ],
    [
      { each: 'form', fires: 'true', of: ['date'] },
      'checks.0.of "of" and "except" belong to checks of each value',
    ],
    [
      { each: 'form', form: 'NIGHT', fires: 'true', items: [] },
      'checks.0.items a check needs the item at which its findings are shown',
    ],
    [
      { each: 'row', fires: 'true', items: [] },
      'checks.0.each a check of each row says of which: give "group"',
    ],
  ];
  test.each(lines)('%o', (more, expected) => {
    expect(ofCheck(more)).toContain(expected);
  });
});

test('faults leave a model that can still be looked at', () => {
  const { model, faults } = createStudyModel(
    withItem(item('x', 'calculated', { result: 'decimal', expression: 'nothing' })),
  );
  expect(faults.map(describeFault)).toHaveLength(1);
  expect(model.item('x')?.expression).toBeNull();
  expect(model.item('s_weight')?.form.id).toBe('ENR');
});
