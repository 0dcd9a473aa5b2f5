import { describe, expect, it, test } from 'vitest';
import {
  intake,
  night,
  openCompleted,
  openSigned,
  save,
  secondNight,
  sign,
  stateOf,
  whole,
} from './reviewed-subject.ts';
import { setRoles, user } from './workbench.ts';

const why = { reason: 'Looked at again' };

describe('a form', () => {
  it('goes from complete to locked step by step, and back with reasons', async () => {
    const bench = await openCompleted();
    await bench.call('forms.verify', night);
    expect(await stateOf(bench, night)).toBe('verified');
    await sign(bench, night);
    expect(await stateOf(bench, night)).toBe('signed');
    await bench.call('forms.lock', night);
    expect(await stateOf(bench, night)).toBe('locked');
    await bench.call('forms.unlock', { ...night, ...why });
    expect(await stateOf(bench, night)).toBe('signed');
  });

  it('stays complete while it is corrected, each change with its reason', async () => {
    const bench = await openCompleted();
    await save(bench, night, { night_wakes: '4' }, 'TYPO');
    await save(bench, night, { night_wakes: '5' }, 'Read again');
    expect(await stateOf(bench, night)).toBe('complete');
    expect(
      await bench.rows(
        `SELECT reason FROM audit WHERE action = 'value.set' AND origin = 'entry' AND reason IS NOT NULL ORDER BY seq`,
      ),
    ).toEqual([{ reason: 'TYPO' }, { reason: 'Read again' }]);
  });

  it('is not opened to changes without a reason, whatever asks for it', async () => {
    const bench = await openCompleted();
    const answer = await bench.services.dispatch('forms.reopen', { ...night, ...why });
    expect(answer).toMatchObject({ ok: false, error: { key: 'unknown-method' } });
    const changes = [{ row: 1, item: 'night_wakes', value: '4' }];
    expect((await bench.refusal('forms.save', { ...night, changes })).code).toBe('reason-needed');
    expect(await stateOf(bench, night)).toBe('complete');
  });

  it('has its verification taken back with a reason', async () => {
    const bench = await openCompleted();
    await bench.call('forms.verify', night);
    await bench.call('forms.unverify', { ...night, ...why });
    expect(await stateOf(bench, night)).toBe('complete');
  });

  test.each([
    ['forms.lock', {}, 'forms-in-the-way'],
    ['forms.unlock', why, 'no-form-to-move'],
    ['forms.unverify', why, 'no-form-to-move'],
  ] as const)('leaves out no step: %s of a complete one is refused', async (method, more, key) => {
    const bench = await openCompleted();
    expect(await bench.refusal(method, { ...night, ...more })).toMatchObject({ code: 'conflict', key });
    expect(await stateOf(bench, night)).toBe('complete');
  });

  it('is not moved back for a reason of spaces', async () => {
    const bench = await openCompleted();
    await bench.call('forms.verify', night);
    expect((await bench.refusal('forms.unverify', { ...night, reason: '  ' })).code).toBe('reason-needed');
  });

  it('is not verified while a hard finding or a query is open, and both are named', async () => {
    const bench = await openCompleted();
    await save(bench, night, { night_wakes: '60' }, 'TYPO');
    const { db } = bench.services.session.authorise('signed-in').site;
    db.exec(
      `INSERT INTO query (subject_id, event, form, row, item, state, opened_at, changed_at) VALUES (1, 'N2', 'NIGHT', 1, 'night_wakes', 'open', 1, 1)`,
    );
    const refusal = await bench.refusal('forms.verify', whole);
    expect(refusal.key).toBe('forms-in-the-way');
    expect(refusal.message).toContain(
      'NIGHT in N1 has 1 open hard finding; NIGHT in N1 has 1 open query; NIGHT in N2 has 1 open query',
    );
    expect(await stateOf(bench, intake)).toBe('complete');
  });
});

describe('several forms', () => {
  it('move together, and those further on stay', async () => {
    const bench = await openCompleted();
    await bench.call('forms.verify', night);
    const { moved } = await bench.call('forms.verify', whole);
    expect(moved.map(({ event }) => event).sort()).toEqual(['BASE', 'N2']);
    await sign(bench, whole);
    await bench.call('forms.lock', { ...whole, event: 'N1' });
    expect([await stateOf(bench, night), await stateOf(bench, secondNight)]).toEqual(['locked', 'signed']);
  });

  it('are refused as a whole while one of them stands in the way', async () => {
    const bench = await openCompleted();
    await save(bench, { ...night, event: 'N3' }, { night_wakes: '2' });
    const refusal = await bench.refusal('forms.verify', whole);
    expect(refusal).toMatchObject({ key: 'forms-in-the-way', params: { forms: 'NIGHT (N3)' } });
    expect(refusal.message).toContain('NIGHT in N3 is in progress');
    expect(await stateOf(bench, night)).toBe('complete');
  });

  it('are not locked while the signature over one of them is broken', async () => {
    const bench = await openSigned(whole);
    await save(bench, night, { night_wakes: '4' }, 'TYPO');
    await bench.call('forms.verify', night);
    await sign(bench, night);
    // The other forms were signed by the signature over the subject alone.
    expect((await bench.refusal('forms.lock', whole)).message).toContain(
      'NIGHT in N2 has no signature that still holds',
    );
    await sign(bench, whole);
    await bench.call('forms.lock', whole);
    expect(await stateOf(bench, secondNight)).toBe('locked');
  });
});

describe('a change', () => {
  it('of a signed form puts it back to complete, with its cause in the trail', async () => {
    const bench = await openSigned(night);
    const { formState } = await save(bench, night, { night_wakes: '4' }, 'TYPO');
    expect(formState).toBe('complete');
    expect(
      await bench.rows(
        `SELECT detail ->> 'from' AS before, detail ->> 'changed' AS changed FROM audit WHERE action = 'form.verification-withdrawn'`,
      ),
    ).toEqual([{ before: 'signed', changed: 'N1/NIGHT/1/night_wakes' }]);
  });

  it('of a signed form needs a reason', async () => {
    const bench = await openSigned(night);
    expect(
      (
        await bench.refusal('forms.save', {
          ...night,
          changes: [{ row: 1, item: 'night_wakes', value: '4' }],
        })
      ).code,
    ).toBe('reason-needed');
  });

  it('of a locked form is refused', async () => {
    const bench = await openSigned(night);
    await bench.call('forms.lock', night);
    const changes = [{ row: 1, item: 'night_wakes', value: '4', ...why }];
    expect((await bench.refusal('forms.save', { ...night, changes })).code).toBe('locked');
  });
});

describe('a frozen subject', () => {
  const changes = [{ row: 1, item: 'night_wakes', value: '4', ...why }];
  test.each([
    ['forms.save', { ...night, changes }],
    ['forms.verify', night],
    ['findings.confirm', { ...night, row: 1, item: 'night_wakes', check: 'night_wakes.soft', ...why }],
  ] as const)('refuses %s', async (method, input) => {
    const bench = await openCompleted();
    await bench.call('subjects.freeze', { subject: night.subject, ...why });
    expect(await bench.refusal(method, input)).toMatchObject({ code: 'frozen', key: 'subject-frozen' });
  });

  it('is open again once the freeze is lifted, and both stand in the trail', async () => {
    const bench = await openCompleted();
    await bench.call('subjects.freeze', { subject: night.subject, ...why });
    const { freezes } = await bench.call('subjects.open', { subject: night.subject });
    expect(freezes).toMatchObject({ ofSubject: { user, ...why }, ofSite: null });
    await bench.call('subjects.unfreeze', { subject: night.subject, reason: 'Done' });
    await bench.call('forms.verify', night);
    expect(
      await bench.rows(`SELECT action, reason FROM audit WHERE action LIKE 'subject.%frozen' ORDER BY seq`),
    ).toEqual([
      { action: 'subject.frozen', ...why },
      { action: 'subject.unfrozen', reason: 'Done' },
    ]);
  });

  it('with its whole site refuses enrolment too, and can’t be frozen twice', async () => {
    const bench = await openCompleted();
    await bench.call('site.freeze', why);
    expect((await bench.refusal('subjects.enrol', { subject: '01-S02' })).key).toBe('site-frozen');
    expect((await bench.refusal('forms.verify', night)).key).toBe('site-frozen');
    expect((await bench.refusal('site.freeze', why)).key).toBe('site-frozen-already');
    await bench.call('site.unfreeze', why);
    expect((await bench.refusal('site.unfreeze', why)).key).toBe('site-not-frozen');
    await bench.call('subjects.enrol', { subject: '01-S02' });
  });
});

describe('each step', () => {
  test.each([
    ['forms.verify', night, ['coordinator', 'data-entry', 'investigator', 'administrator']],
    ['forms.unverify', { ...night, ...why }, ['coordinator', 'data-entry', 'investigator', 'administrator']],
    ['forms.lock', night, ['coordinator', 'data-entry', 'investigator', 'monitor', 'administrator']],
    ['forms.unlock', { ...night, ...why }, ['coordinator', 'investigator', 'monitor', 'administrator']],
    ['site.freeze', why, ['coordinator', 'data-entry', 'investigator', 'monitor', 'administrator']],
  ] as const)('%s is refused to other roles', async (method, input, others) => {
    const bench = await openCompleted();
    setRoles(bench, user, others);
    expect((await bench.refusal(method, input)).code).toBe('forbidden');
  });
});
