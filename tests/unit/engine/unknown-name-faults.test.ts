import { describe, expect, test } from 'vitest';
import { at, ofCheck, ofItem, ofStudy } from './faulty.ts';
import { both, item, sleepStudy } from './sleep-study.ts';

describe('a name that means nothing is a fault at its place', () => {
  const lines: readonly [what: string, faults: () => readonly string[], expected: string][] = [
    [
      'in a formula',
      () => ofItem(item('x', 'calculated', { result: 'decimal', expression: '1 +\n  nothing' })),
      `${at}.expression 2:3 there is no “nothing” that can be read here`,
    ],
    [
      'in a condition',
      () => ofItem(item('x', 'text', { shown: 'nothing = 1' })),
      `${at}.shown 1:1 there is no “nothing” that can be read here`,
    ],
    [
      'in a duty',
      () => ofItem(item('x', 'text', { required: 'nothing = 1' })),
      `${at}.required 1:1 there is no “nothing” that can be read here`,
    ],
    [
      'in an anchor',
      () =>
        ofStudy({ anchors: [...sleepStudy.anchors, { id: 'T1', name: both('T1'), expression: 'nothing' }] }),
      'anchors.2.expression 1:1 there is no “nothing” that can be read here',
    ],
    [
      'in a check',
      () => ofCheck({ each: 'form', fires: 'n_bed > nothing' }),
      'checks.0.fires 1:9 there is no “nothing” that can be read here',
    ],
    [
      'in a message',
      () => ofCheck({ each: 'form', fires: 'true', message: { en: 'Bed {nothing}', fr: 'Lit' } }),
      'checks.0.message.en 1:6 there is no “nothing” that can be read here',
    ],
    [
      'a brace that is not closed',
      () => ofCheck({ each: 'form', fires: 'true', message: { en: 'Bed', fr: 'Lit {n_bed' } }),
      'checks.0.message.fr 1:5 a { is opened and not closed',
    ],
    [
      'a field of no row',
      () => ofCheck({ each: 'subject', fires: 'count(rows(DOSES)[nothing > 1]) > 0' }),
      'checks.0.fires 1:19 there is no “nothing” that can be read here',
    ],
    [
      'an event',
      () => ofCheck({ each: 'subject', fires: 'in_event(n_hours, "N7x") > 1' }),
      'checks.0.fires 1:1 there is no event "N7x"',
    ],
    [
      'an event without the form',
      () => ofCheck({ each: 'subject', fires: 'in_event(n_hours, "SCR") > 1' }),
      'checks.0.fires 1:1 form NIGHT of n_hours is not part of event "SCR"',
    ],
    [
      'an item of a special form',
      () => ofCheck({ each: 'subject', fires: 'count(all(nothing)) > 1' }),
      'checks.0.fires 1:7 write all(item): nothing is not the id of an item',
    ],
    [
      'a group',
      () => ofCheck({ each: 'subject', fires: 'count(rows(NIGHT)) > 1' }),
      'checks.0.fires 1:7 write rows(GROUP): NIGHT is not the id of an item group',
    ],
    [
      'a form',
      () => ofCheck({ each: 'subject', fires: 'has_values("X")' }),
      'checks.0.fires 1:1 there is no form "X"',
    ],
    [
      'a code list',
      () => ofCheck({ each: 'subject', fires: 'in_list(s_sex, "X")' }),
      'checks.0.fires 1:1 there is no code list "X"',
    ],
    [
      'an analyte',
      () => ofCheck({ each: 'subject', fires: 'hard_max("gold") > 1' }),
      'checks.0.fires 1:1 there is no analyte "gold"',
    ],
    [
      'a growth table',
      () => ofCheck({ each: 'subject', fires: 'lms_z("x", s_sex, 1, 2) > 1' }),
      'checks.0.fires 1:1 there is no growth table "x"',
    ],
    [
      'a lookup table',
      () => ofCheck({ each: 'subject', fires: 'lookup("x", 1, "low") > 1' }),
      'checks.0.fires 1:1 there is no lookup table "x"',
    ],
    [
      'a column',
      () => ofCheck({ each: 'subject', fires: 'lookup("bands", 1, "x") > 1' }),
      'checks.0.fires 1:1 lookup table "bands" has no column "x"',
    ],
    [
      'an item of a check',
      () => ofCheck({ each: 'form', form: 'NIGHT', fires: 'true', items: ['nothing'] }),
      'checks.0.items.0 there is no item "nothing"',
    ],
    [
      'an event of a check',
      () => ofCheck({ each: 'form', fires: 'true', events: ['X'] }),
      'checks.0.events.0 there is no event "X"',
    ],
    [
      'a group of a check',
      () => ofCheck({ each: 'row', group: 'X', fires: 'true' }),
      'checks.0.group there is no item group "X"',
    ],
    [
      'a form of a check',
      () => ofCheck({ each: 'form', form: 'X', fires: 'true' }),
      'checks.0.form there is no form "X"',
    ],
    [
      'an exception of a check',
      () => ofCheck({ each: 'value', of: ['date'], items: [], fires: 'true', except: ['X'] }),
      'checks.0.except.0 there is no item "X"',
    ],
    [
      'a list of an item',
      () => ofItem(item('x', 'single-choice', { codeList: 'X' })),
      `${at}.codeList there is no code list "X"`,
    ],
    [
      'a time item',
      () =>
        ofStudy({
          forms: sleepStudy.forms.map((form) => ({
            ...form,
            groups: form.groups.map((group) => ({
              ...group,
              time: group.id === 'WAKE' ? 'n_bed' : group.time,
            })),
          })),
        }),
      'forms.1.groups.1.time "n_bed" is not an item of group WAKE',
    ],
    [
      'a part',
      () =>
        ofItem(
          item('x', 'measurement', {
            parts: { relation: 'l_rel', unit: 'l_unit', test: 'l_test', qualifier: 's_sex' },
          }),
          'RESULT',
        ),
      'forms.2.groups.1.items.6.parts its qualifier "s_sex" is not an item of group RESULT',
    ],
    [
      'an anchor',
      () => ofStudy({ events: [...sleepStudy.events, { id: 'Z', name: both('Z'), anchor: 'X' }] }),
      'events.5.anchor there is no anchor "X"',
    ],
    [
      'a form of the matrix',
      () => ofStudy({ matrix: { ...sleepStudy.matrix, X: { SCR: 'required' } } }),
      'matrix.X there is no form "X"',
    ],
    [
      'an event of the matrix',
      () => ofStudy({ matrix: { ...sleepStudy.matrix, ENR: { SCR: 'required', X: 'optional' } } }),
      'matrix.ENR.X there is no event "X"',
    ],
    [
      'the missing reasons',
      () => ofStudy({ missingReasons: 'X' }),
      'missingReasons there is no code list "X"',
    ],
    ['the change reasons', () => ofStudy({ changeReasons: 'X' }), 'changeReasons there is no code list "X"'],
  ];
  test.each(lines)('%s', (_, faults, expected) => {
    expect(faults()).toContain(expected);
  });
});
