import { describe, expect, it, test } from 'vitest';
import { confirmationBasis, findingKey } from '#shared/edit-checks.ts';
import { planSave } from '#shared/plan-save.ts';
import { accepted, answer, change, context, model, nobody, refusal, save, saved, values } from './saving.ts';

const weighed = saved(nobody, change('q_dec', '32,0'));

describe('a first answer', () => {
  it('is written with version 1, its place, and nothing before it', () => {
    expect(save(nobody, change('q_int', '80')).writes[0]).toEqual({
      kind: 'set',
      event: 'SCR',
      form: 'Q',
      row: 1,
      item: 'q_int',
      old: null,
      new: { ...answer, text: '80', number: 80 },
      oldVersion: 0,
      version: 1,
      derived: false,
      parked: false,
      wasParked: false,
      origin: 'entry',
      reason: null,
    });
  });
  it('begins its form', () => {
    const plan = save(nobody, change('q_int', '80'));
    expect([plan.formStates, plan.formState]).toEqual([
      [{ event: 'SCR', form: 'Q', from: 'empty', to: 'in-progress' }],
      'in-progress',
    ]);
  });
  it('fills in site and subject by the application', () => {
    const system = save(nobody, change('q_int', '80')).writes.filter((write) => write.origin === 'system');
    expect(system.map((write) => [write.item, write.new?.text, write.derived])).toEqual([
      ['q_site', '01', false],
      ['q_subject', '01-001', false],
    ]);
  });
  it('leaves the record given to it alone', () => {
    const before = structuredClone(nobody);
    save(nobody, change('q_int', '80'));
    expect(nobody).toEqual(before);
  });
  it('carries the origin of its path', () => {
    const plan = accepted(planSave(model, nobody, [change('q_int', '80')], { ...context, origin: 'import' }));
    expect(plan.writes[0]?.origin).toBe('import');
  });
});

describe('a change', () => {
  it('raises the version and keeps what stood before', () => {
    expect(save(weighed, change('q_dec', '33')).writes[0]).toMatchObject({
      old: { text: '32.0' },
      new: { text: '33' },
      oldVersion: 1,
      version: 2,
    });
  });
  it('to the same value writes nothing', () => {
    expect(save(weighed, change('q_dec', '32.0')).writes).toEqual([]);
  });
  it('to the same value is no conflict, whatever version was seen', () => {
    expect(save(weighed, change('q_dec', '32,0', { baseVersion: 7 })).writes).toEqual([]);
  });
  it('to nothing keeps the place and its version', () => {
    const emptied = save(weighed, change('q_dec', null));
    expect([emptied.writes[0]?.new, values(emptied.record)[0]]).toEqual([null, 'q_dec= v2']);
  });
  it('to nothing where nothing stands writes nothing and begins no form', () => {
    const plan = save(nobody, change('q_dec', null));
    expect([plan.writes, plan.formStates, plan.formState]).toEqual([[], [], 'empty']);
  });
  it('to a missing reason is written in place of the value', () => {
    expect(save(weighed, change('q_dec', null, { missing: 'nd' })).writes[0]?.new).toEqual({
      ...answer,
      missing: 'ND',
    });
  });
  it('against a version that someone else has changed is refused, with the version that stands', () => {
    expect(refusal(weighed, change('q_dec', '33', { baseVersion: 0 }))).toMatchObject({
      code: 'conflict',
      key: 'value-changed-meanwhile',
      params: { version: 1 },
      place: { item: 'q_dec' },
    });
  });
  it('without a version seen wins', () => {
    expect(save(weighed, change('q_dec', '33')).writes).toHaveLength(1);
  });
});

describe('several changes', () => {
  it('are written together or not at all', () => {
    expect(refusal(nobody, change('q_int', '80'), change('q_dec', 'abc')).code).toBe('unreadable');
  });
  it('of several forms begin each of them', () => {
    const plan = save(nobody, change('q_int', '80'), change('l_test', 'crp'));
    expect(plan.formStates.map((status) => `${status.event} ${status.form} ${status.to}`)).toEqual([
      'SCR Q in-progress',
      'D1 L in-progress',
    ]);
  });
  it('of one place are refused', () => {
    expect(refusal(nobody, change('q_int', '80'), change('q_int', '81'))).toMatchObject({
      code: 'invalid-input',
      key: 'said-twice',
    });
  });
});

describe('what can’t be written', () => {
  test.each([
    ['an unknown item', change('q_none', '1'), 'not-found', 'no-such-item'],
    [
      'an item of another form',
      change('l_val', '1', { form: 'Q', event: 'SCR' }),
      'not-found',
      'no-such-item',
    ],
    [
      '__proto__ as an item',
      change('__proto__', '1', { form: 'Q', event: 'SCR' }),
      'not-found',
      'no-such-item',
    ],
    ['constructor as a form', change('q_int', '1', { form: 'constructor' }), 'not-found', 'no-such-form'],
    ['an unknown form', change('q_int', '1', { form: 'XX' }), 'not-found', 'no-such-form'],
    ['an unknown event', change('q_int', '1', { event: 'XX' }), 'not-found', 'no-such-event'],
    ['__proto__ as an event', change('q_int', '1', { event: '__proto__' }), 'not-found', 'no-such-event'],
    ['a day beyond the last', change('l_val', '1', { event: 'D21' }), 'not-found', 'no-such-event'],
    ['a day 0', change('l_val', '1', { event: 'D0' }), 'not-found', 'no-such-event'],
    ['a day with a leading zero', change('l_val', '1', { event: 'D02' }), 'not-found', 'no-such-event'],
    ['the repeating event itself', change('l_val', '1', { event: 'D' }), 'not-found', 'no-such-event'],
    ['a form outside its events', change('q_int', '1', { event: 'D1' }), 'not-found', 'form-not-in-event'],
    ['a second row where nothing repeats', change('q_int', '1', { row: 2 }), 'not-found', 'no-such-row'],
    ['row 0', change('l_val', '1', { row: 0 }), 'not-found', 'no-such-row'],
    ['row 1.5', change('l_val', '1', { row: 1.5 }), 'not-found', 'no-such-row'],
    ['row 10,000', change('l_val', '1', { row: 10_000 }), 'not-found', 'no-such-row'],
    ['a calculated item', change('q_perkg', '1'), 'invalid-input', 'item-is-calculated'],
    ['an item of the application', change('q_site', '02'), 'invalid-input', 'item-is-system'],
    [
      'a value and a missing reason',
      change('q_int', '1', { missing: 'ND' }),
      'invalid-input',
      'value-and-missing',
    ],
    [
      'a missing reason that the study has not',
      change('q_int', null, { missing: 'XX' }),
      'unreadable',
      'no-such-missing-reason',
    ],
    ['an unreadable text', change('q_int', 'abc'), 'unreadable', 'value-unreadable'],
  ])('%s is refused', (_, asked, code, key) => {
    expect(refusal(nobody, asked)).toMatchObject({ code, key });
  });

  it('is named by its place and never by what was typed', () => {
    const { message, place } = refusal(nobody, change('q_dec', 'SECRET'));
    expect([message, place]).toEqual([
      'Item q_dec (Q in SCR, row 1): The text typed is not readable as a number: type digits with a comma or a point, such as 32.5.',
      { event: 'SCR', form: 'Q', row: 1, item: 'q_dec' },
    ]);
  });
  it('is an event of its own where a day is left out of the repeating one', () => {
    expect(save(nobody, change('l_test', 'crp', { event: 'D7' })).record.values[0]?.event).toBe('D7');
  });
});

describe('a measurement typed as one', () => {
  it('is spread over the items of its row', () => {
    expect(values(saved(nobody, change('l_test', 'crp'), change('l_val', '>246 mg/dL')))).toEqual([
      'l_test=crp v1',
      'l_val=246 v1',
      'l_cmp=> v1',
      'l_unit=mg/dL v1',
    ]);
  });
  it('knows its test whether it stands before or after it', () => {
    const unit = saved(nobody, change('l_val', '150 g/l'), change('l_test', 'plt')).values.find(
      ({ item }) => item === 'l_unit',
    );
    expect(unit?.text).toBe('10*9/L');
  });
  it('changes a unit that stood there, in the trail too', () => {
    const first = saved(nobody, change('l_val', '5 mg/L'));
    expect(save(first, change('l_val', '5 ug/L')).writes).toMatchObject([
      { item: 'l_unit', old: { text: 'mg/L' }, new: { text: 'ug/L' }, version: 2 },
    ]);
  });
  it('may be said again by its own unit item', () => {
    expect(values(saved(nobody, change('l_val', '5 mg/L'), change('l_unit', 'mg/L')))).toContain(
      'l_unit=mg/L v1',
    );
  });
  it('is refused when its own unit item says otherwise', () => {
    expect(refusal(nobody, change('l_val', '5 mg/L'), change('l_unit', 'ug/L'))).toMatchObject({
      code: 'invalid-input',
      key: 'said-twice',
    });
  });
  it('with an unknown unit is refused', () => {
    expect(refusal(nobody, change('l_val', '5 bushels'))).toMatchObject({
      code: 'unreadable',
      place: { item: 'l_val' },
    });
  });
});

describe('calculated items', () => {
  const dosed = saved(nobody, change('q_dec', '10'), change('q_yn', '1'), change('q_dose', '50'));
  it('follow what they are calculated from', () => {
    expect(values(dosed)).toContain('q_perkg=5.00 v1 derived');
  });
  it('are written by calculation and without a reason', () => {
    const plan = save(dosed, change('q_dec', '20', { reason: 'TYPO' }));
    expect(
      plan.writes.map(({ item, origin, reason, version }) => ({ item, origin, reason, version })),
    ).toEqual([
      { item: 'q_dec', origin: 'entry', reason: 'TYPO', version: 2 },
      { item: 'q_perkg', origin: 'derivation', reason: null, version: 2 },
    ]);
  });
  it('are emptied when they can’t be calculated any more', () => {
    expect(values(saved(dosed, change('q_dec', 'ND')))).toContain('q_perkg= v2 derived');
  });
});

describe('a hidden answer', () => {
  const dosed = saved(nobody, change('q_yn', '1'), change('q_dose', '50'));
  const hidden = save(dosed, change('q_yn', '0'));
  it('is parked with its value and version', () => {
    expect(values(hidden.record)).toContain('q_dose=50 v1 parked');
  });
  it('is an entry of the trail, by the application', () => {
    expect(hidden.writes.at(-1)).toMatchObject({
      kind: 'parking',
      item: 'q_dose',
      parked: true,
      wasParked: false,
      version: 1,
      oldVersion: 1,
      origin: 'system',
    });
  });
  it('comes back when it is asked again', () => {
    expect(values(saved(hidden.record, change('q_yn', '1')))).toContain('q_dose=50 v1');
  });
  it('may be typed while hidden and is parked at once', () => {
    expect(values(saved(nobody, change('q_dose', '50')))).toContain('q_dose=50 v1 parked');
  });
  it('is no longer parked once emptied', () => {
    expect(values(saved(hidden.record, change('q_dose', null)))).toContain('q_dose= v2');
  });
});

describe('a confirmed finding', () => {
  const dosed = save(nobody, change('q_dec', '10'), change('q_yn', '1'), change('q_dose', '100'));
  const finding = dosed.findings.find((candidate) => candidate.check === 'DOSE');
  const confirmed =
    finding === undefined ? new Map() : new Map([[findingKey(finding), confirmationBasis(finding)]]);
  const statusAfter = (item: string, typed: string): string | undefined =>
    accepted(planSave(model, dosed.record, [change(item, typed)], { ...context, confirmed })).findings.find(
      (candidate) => candidate.check === 'DOSE',
    )?.status;

  it('is open before anybody has confirmed it', () => {
    expect(finding?.status).toBe('open');
  });
  it('stays listed as confirmed', () => {
    expect(statusAfter('q_int', '80')).toBe('confirmed');
  });
  it('opens again when a value that it rests on changes', () => {
    expect(statusAfter('q_dose', '110')).toBe('open');
  });
});
