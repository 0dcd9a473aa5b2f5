import { describe, expect, it, test } from 'vitest';
import { planSave } from '#shared/plan-save.ts';
import {
  accepted,
  change,
  complete,
  context,
  inState,
  model,
  nobody,
  refusal,
  refused,
  removeRow,
  save,
  saveAndComplete,
  saved,
} from './saving.ts';

const weighed = saved(nobody, change('q_dec', '32,0'));

describe('completing a form', () => {
  it('takes it from in progress to complete', () => {
    const plan = accepted(complete(weighed, 'SCR', 'Q'));
    expect([plan.formState, plan.formStates, plan.writes]).toEqual([
      'complete',
      [{ event: 'SCR', form: 'Q', from: 'in-progress', to: 'complete' }],
      [],
    ]);
  });
  it('is refused while a required item has no answer', () => {
    expect(refused(complete(saved(nobody, change('q_int', '80')), 'SCR', 'Q'))).toMatchObject({
      code: 'conflict',
      key: 'form-has-open-items',
      params: { hard: 0, required: 1 },
    });
  });
  it('takes a missing reason for an answer', () => {
    expect(complete(saved(nobody, change('q_dec', 'ND')), 'SCR', 'Q').ok).toBe(true);
  });
  it('is refused while a hard finding is open', () => {
    expect(refused(complete(saved(weighed, change('q_int', '999')), 'SCR', 'Q'))).toMatchObject({
      params: { hard: 1, required: 0 },
    });
  });
  it('is not held up by a soft finding, nor by other forms', () => {
    const soft = saved(weighed, change('q_yn', '1'), change('q_dose', '500'), change('l_test', 'crp'));
    const plan = accepted(complete(soft, 'SCR', 'Q'));
    expect(plan.findings.map((finding) => [finding.check, finding.severity])).toContainEqual([
      'DOSE',
      'soft',
    ]);
  });
  it('of an empty form is refused', () => {
    expect(refused(complete(nobody, 'SCR', 'Q'))).toMatchObject({ code: 'conflict', key: 'form-is-empty' });
  });
  it('a second time is refused', () => {
    expect(refused(complete(inState(weighed, 'SCR', 'Q', 'complete'), 'SCR', 'Q'))).toMatchObject({
      code: 'conflict',
      key: 'form-is-complete-already',
    });
  });
  it('of a form outside the event is refused', () => {
    expect(refused(complete(weighed, 'D1', 'Q'))).toMatchObject({
      code: 'not-found',
      key: 'form-not-in-event',
    });
  });
});

describe('a save that completes the form that it fills', () => {
  it('writes and completes at once', () => {
    const plan = accepted(saveAndComplete(nobody, change('q_dec', '32,0')));
    expect(plan.formStates).toEqual([{ event: 'SCR', form: 'Q', from: 'empty', to: 'complete' }]);
    expect(plan.record).toEqual(accepted(complete(weighed, 'SCR', 'Q')).record);
  });
  it('is refused as a whole while a required item has no answer', () => {
    expect(refused(saveAndComplete(nobody, change('q_int', '80')))).toMatchObject({
      key: 'form-has-open-items',
    });
  });
  it('of another form only is refused', () => {
    expect(refused(saveAndComplete(nobody, change('l_test', 'crp')))).toMatchObject({ key: 'form-is-empty' });
  });
});

describe('a change after completing', () => {
  const done = accepted(complete(weighed, 'SCR', 'Q')).record;
  it('needs a reason', () => {
    expect(refusal(done, change('q_dec', '33'))).toMatchObject({
      code: 'reason-needed',
      params: { event: 'SCR', form: 'Q', item: 'q_dec' },
    });
  });
  it('needs more than spaces as its reason', () => {
    expect(refusal(done, change('q_dec', '33', { reason: '  ' })).code).toBe('reason-needed');
  });
  test.each(['OTHER', 'other', 'Autre', 'Other: '])('needs words beside "%s"', (reason) => {
    expect(refusal(done, change('q_dec', '33', { reason }))).toMatchObject({
      code: 'reason-needed',
      key: 'reason-words-needed',
    });
    expect(save(done, change('q_dec', '33', { reason: `${reason} misread` })).writes).toHaveLength(1);
  });
  it('needs a reason for a field that was empty, too', () => {
    expect(refusal(done, change('q_int', '80')).code).toBe('reason-needed');
  });
  it('needs none when it changes nothing', () => {
    expect(save(done, change('q_dec', '32.0')).writes).toEqual([]);
  });
  it('is written with its reason, and the form stays complete', () => {
    const plan = save(done, change('q_dec', '33', { reason: ' TYPO ' }));
    expect([plan.writes[0]?.reason, plan.formState, plan.formStates]).toEqual(['TYPO', 'complete', []]);
  });
  it('that makes a hard finding leaves the form complete and the finding open', () => {
    const plan = save(done, change('q_int', '999', { reason: 'TYPO' }));
    expect([plan.formState, plan.findings.map((finding) => [finding.check, finding.status])]).toEqual([
      'complete',
      [['q_int.hard', 'open']],
    ]);
  });
  it('that empties a required item shows it as missing at once', () => {
    expect(
      save(done, change('q_dec', null, { reason: 'TYPO' })).findings.map((finding) => finding.check),
    ).toEqual(['q_dec.required']);
  });
  it('gives its reason to what it spreads', () => {
    const row = inState(saved(nobody, change('l_test', 'crp')), 'D1', 'L', 'complete');
    expect(
      save(row, change('l_val', '>5 mg/L', { reason: 'LATE' })).writes.map((write) => write.reason),
    ).toEqual(['LATE', 'LATE', 'LATE']);
  });
  const typo = change('q_dec', '33', { reason: 'TYPO' });
  const at = { event: 'SCR', form: 'Q', row: 1, item: 'q_dec' };
  test.each(['verified', 'signed'] as const)('takes back that the form is %s, and says by what', (from) => {
    expect(save(inState(done, 'SCR', 'Q', from), typo).formStates).toEqual([
      { event: 'SCR', form: 'Q', from, to: 'complete', cause: { changed: at, by: at } },
    ]);
  });
  test.each(['verified', 'signed'] as const)('needs a reason where the form is %s', (state) => {
    expect(refusal(inState(done, 'SCR', 'Q', state), change('q_dec', '33')).code).toBe('reason-needed');
  });
  it('is refused where the form is locked', () => {
    expect(refusal(inState(done, 'SCR', 'Q', 'locked'), typo)).toMatchObject({
      code: 'locked',
      key: 'form-is-closed',
      params: { state: 'locked' },
    });
  });
});

describe('a calculated item of a reviewed form', () => {
  const ended = saved(weighed, change('z_end', '7/11/2021 10:00'));
  const weight = { event: 'OUT', form: 'Z', row: 1, item: 'z_weight' };
  const typed = { event: 'SCR', form: 'Q', row: 1, item: 'q_dec' };
  test.each(['verified', 'signed'] as const)('takes back that its form is %s, and says by what', (from) => {
    const plan = save(inState(ended, 'OUT', 'Z', from), change('q_dec', '33'));
    expect(plan.writes.map(({ item, origin }) => [item, origin])).toEqual([
      ['q_dec', 'entry'],
      ['z_weight', 'derivation'],
    ]);
    expect(plan.formStates).toEqual([
      { event: 'OUT', form: 'Z', from, to: 'complete', cause: { changed: weight, by: typed } },
    ]);
  });
  it('does the same however the record was known before', () => {
    const signed = inState(ended, 'OUT', 'Z', 'signed');
    const standing = save(signed, change('q_int', '80'));
    const anew = save(standing.record, change('q_dec', '33'));
    const kept = accepted(
      planSave(model, standing.record, [change('q_dec', '33')], { ...context, standing }),
    );
    expect([kept.writes, kept.formStates, kept.findings]).toEqual([
      anew.writes,
      anew.formStates,
      anew.findings,
    ]);
  });
  it('lets a change pass that does not reach it', () => {
    expect(save(inState(ended, 'OUT', 'Z', 'signed'), change('q_int', '80')).formStates).toEqual([]);
  });
  it('is left as it is where it was out of date already', () => {
    const stale = { ...ended, values: ended.values.filter((value) => value.item !== 'z_weight') };
    const plan = save(inState(stale, 'OUT', 'Z', 'signed'), change('q_int', '80'));
    expect([plan.writes.map(({ item }) => item), plan.formStates]).toEqual([['q_int'], []]);
  });
});

describe('a calculated item of a locked form', () => {
  const ended = saved(weighed, change('z_end', '7/11/2021 10:00'));
  it('refuses the change that would alter it, and names its form', () => {
    expect(refusal(inState(ended, 'OUT', 'Z', 'locked'), change('q_dec', '33'))).toMatchObject({
      code: 'locked',
      key: 'change-reaches-closed-form',
      params: { form: 'Z', event: 'OUT', item: 'z_weight', state: 'locked' },
    });
  });
  it('lets a change pass that does not reach it', () => {
    expect(
      save(inState(ended, 'OUT', 'Z', 'locked'), change('q_int', '80')).writes.map((write) => write.item),
    ).toEqual(['q_int']);
  });
  it('is left as it is where it was out of date already', () => {
    const stale = { ...ended, values: ended.values.filter((value) => value.item !== 'z_weight') };
    expect(
      save(inState(stale, 'OUT', 'Z', 'locked'), change('q_int', '80')).writes.map((write) => write.item),
    ).toEqual(['q_int']);
  });
});

describe('removing a row', () => {
  const rows = saved(nobody, change('l_val', '5 mg/L'), change('l_val', '6 mg/L', { row: 2 }));
  it('takes its values out, each with an entry of its own', () => {
    const plan = accepted(removeRow(rows, 'D1', 1));
    expect(
      plan.writes.map((write) => [
        write.kind,
        write.row,
        write.item,
        write.old?.text,
        write.new,
        write.version,
      ]),
    ).toEqual([
      ['removed', 1, 'l_val', '5', null, 2],
      ['removed', 1, 'l_cmp', '=', null, 2],
      ['removed', 1, 'l_unit', 'mg/L', null, 2],
    ]);
  });
  it('leaves the other rows with their numbers', () => {
    expect(accepted(removeRow(rows, 'D1', 1)).record.values.map((value) => value.row)).toEqual([2, 2, 2]);
  });
  it('needs a reason once the form is complete', () => {
    expect(refused(removeRow(inState(rows, 'D1', 'L', 'complete'), 'D1', 1)).code).toBe('reason-needed');
    expect(accepted(removeRow(inState(rows, 'D1', 'L', 'complete'), 'D1', 1, 'TYPO')).writes[0]?.reason).toBe(
      'TYPO',
    );
  });
  it('needs words beside "other" once the form is complete', () => {
    expect(refused(removeRow(inState(rows, 'D1', 'L', 'complete'), 'D1', 1, 'OTHER')).key).toBe(
      'reason-words-needed',
    );
  });
  it('is refused where the row holds nothing', () => {
    expect(refused(removeRow(rows, 'D1', 3))).toMatchObject({ code: 'not-found', key: 'no-such-row' });
  });
  it('is refused in a locked form', () => {
    expect(refused(removeRow(inState(rows, 'D1', 'L', 'locked'), 'D1', 1)).code).toBe('locked');
  });
});
