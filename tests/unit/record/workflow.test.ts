import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { roles, roleFor, type Role } from '#shared/permissions.ts';
import { planMoves } from '#shared/plan-save.ts';
import type { FormState, SubjectRecord } from '#shared/record.ts';
import {
  askedSteps,
  isInScope,
  moveBetween,
  moveOf,
  moves,
  planStep,
  type AskedStep,
  type FormScope,
  type FormStanding,
} from '#shared/workflow.ts';
import { accepted, change, complete, context, model, nobody, saved } from './saving.ts';

const states = ['empty', 'in-progress', 'complete', 'verified', 'signed', 'locked'] as const;
const standing = (state: FormState, more: Partial<FormStanding> = {}): FormStanding => ({
  ...{ event: 'SCR', form: 'Q', state, openHard: 0, openQueries: 0, signatureHolds: true },
  ...more,
});
const form: FormScope = { event: 'SCR', form: 'Q' };
const visit: FormScope = { event: 'SCR', form: null };
const subject: FormScope = { event: null, form: null };

describe('the table of moves', () => {
  test.each([
    ['empty', 'in-progress', 'start', 'nothing', ['coordinator', 'data-entry', 'investigator']],
    ['in-progress', 'complete', 'complete', 'nothing', ['coordinator', 'data-entry', 'investigator']],
    ['complete', 'verified', 'verify', 'nothing', ['monitor', 'data-manager']],
    ['verified', 'complete', 'unverify', 'reason', ['monitor', 'data-manager']],
    ['verified', 'signed', 'sign', 'password', ['investigator']],
    ['empty', 'signed', 'fill', 'password', ['investigator']],
    ['signed', 'complete', 'change', 'reason', ['coordinator', 'data-entry', 'investigator']],
    ['signed', 'locked', 'lock', 'nothing', ['data-manager']],
    ['locked', 'signed', 'unlock', 'reason', ['data-manager']],
  ] as const)(
    'leads from %s to %s by "%s", which needs %s and is for %s',
    (from, to, step, needs, allowed) => {
      const move = moveBetween(from, to);
      expect(move).toMatchObject({ step, needs });
      if (move !== null)
        expect(roles.filter((role: Role) => roleFor(move.verb, [role]) !== null)).toEqual([...allowed]);
    },
  );

  it('leads from complete nowhere but on: nothing opens a form to changes without a reason', () => {
    expect(states.filter((to) => moveBetween('complete', to) !== null)).toEqual(['verified']);
  });

  it('has no other move: no step is left out, and nothing leads out of locked but unlocking', () => {
    const pairs = states.flatMap((from) => states.map((to) => [from, to] as const));
    const legal = new Set(moves.map(({ from, to }) => `${from} ${to}`));
    expect(legal.size).toBe(9);
    expect(pairs.filter(([from, to]) => moveBetween(from, to) !== null)).toHaveLength(9);
    expect(
      pairs.filter(([from]) => from === 'locked').filter(([from, to]) => legal.has(`${from} ${to}`)),
    ).toEqual([['locked', 'signed']]);
  });
});

describe('a step at one form', () => {
  const legal: Readonly<Record<AskedStep, FormState>> = {
    ...{ complete: 'in-progress', verify: 'complete', unverify: 'verified' },
    ...{ sign: 'verified', lock: 'signed', unlock: 'locked' },
  };
  test.each(askedSteps)('%s moves it from one state only', (step) => {
    const good = states.filter((state) => {
      const plan = planStep(step, form, [standing(state)]);
      return plan.ok && plan.moving.length > 0;
    });
    expect(good).toEqual([legal[step]]);
  });

  test.each([
    ['verify', { openHard: 1 }, 'no-hard-finding'],
    ['verify', { openQueries: 2 }, 'no-open-query'],
    ['sign', { openHard: 1 }, 'no-hard-finding'],
    ['sign', { openQueries: 1 }, 'no-open-query'],
    ['lock', { openQueries: 1 }, 'no-open-query'],
    ['lock', { signatureHolds: false }, 'signature-holds'],
    ['complete', { openHard: 1 }, 'no-hard-finding'],
  ] as const)('%s is held up by %o', (step, more, why) => {
    expect(planStep(step, form, [standing(moveOf(step).from, more)])).toMatchObject({
      ok: false,
      inTheWay: [{ event: 'SCR', form: 'Q', why }],
    });
  });
  test.each(['unverify', 'unlock'] as const)('%s is held up by nothing', (step) => {
    const unclean = standing(moveOf(step).from, { openHard: 3, openQueries: 2, signatureHolds: false });
    expect(planStep(step, form, [unclean]).ok).toBe(true);
  });
});

describe('a step at several forms', () => {
  const other = (state: FormState) => standing(state, { event: 'D1', form: 'L' });
  it('moves those that wait and leaves those further on', () => {
    const plan = planStep('verify', subject, [standing('complete'), other('locked')]);
    expect(plan.ok && plan.moving.map(({ event }) => event)).toEqual(['SCR']);
  });
  it('is refused as a whole while one is behind', () => {
    expect(planStep('sign', subject, [standing('verified'), other('in-progress')])).toMatchObject({
      inTheWay: [{ event: 'D1', why: 'state', state: 'in-progress' }],
    });
  });
  it('looks at no form outside of its scope, and at no empty one', () => {
    expect(planStep('sign', visit, [standing('verified'), other('in-progress')]).ok).toBe(true);
    expect(planStep('sign', subject, [standing('verified'), other('empty')]).ok).toBe(true);
  });
  it('back moves what is there and minds no other', () => {
    const plan = planStep('unlock', subject, [standing('locked'), other('complete')]);
    expect(plan.ok && plan.moving).toHaveLength(1);
  });
  it('signs over forms that are all signed already', () => {
    expect(planStep('sign', subject, [standing('signed'), other('locked')])).toEqual({
      ok: true,
      moving: [],
    });
  });
});

describe('any course of steps and changes', () => {
  const scopes = fc.constantFrom(form, visit, subject, { event: 'D1', form: null });
  const acts = fc.array(
    fc.oneof(
      fc.record({ step: fc.constantFrom(...askedSteps), scope: scopes }),
      fc.record({ value: fc.constantFrom('10', '20', '30') }),
    ),
    { maxLength: 25 },
  );
  const begun = saved(nobody, change('q_dec', '32'), change('l_val', '5 mg/L'));

  it('goes by the table alone, and never changes a locked form', () => {
    fc.assert(
      fc.property(acts, (course) => {
        let record: SubjectRecord = accepted(complete(begun, 'SCR', 'Q')).record;
        for (const act of course) {
          const before = record;
          record = 'value' in act ? typed(record, act.value) : moved(record, act.step, act.scope);
          for (const { event, form: id, state } of record.forms) {
            const was = before.forms.find((one) => one.event === event && one.form === id)?.state ?? 'empty';
            if (was !== state) expect(moveBetween(was, state)).not.toBeNull();
            if (was === 'locked') expect(valuesOf(record, event, id)).toEqual(valuesOf(before, event, id));
          }
        }
      }),
    );
  });

  function typed(record: SubjectRecord, value: string): SubjectRecord {
    try {
      return saved(record, change('q_dec', value, { reason: 'TYPO' }));
    } catch {
      // Refused: the form is locked.
      return record;
    }
  }
  function moved(record: SubjectRecord, step: AskedStep, scope: FormScope): SubjectRecord {
    const plan = planStep(
      step,
      scope,
      record.forms.map((status) => standing(status.state, status)),
    );
    if (!plan.ok) return record;
    const { to } = moveOf(step);
    return accepted(
      planMoves(
        model,
        record,
        plan.moving.map(({ event, form: id }) => ({ event, form: id, to })),
        context,
      ),
    ).record;
  }
  const valuesOf = (record: SubjectRecord, event: string, id: string) =>
    record.values.filter((value) => isInScope({ event, form: id }, value));
});
