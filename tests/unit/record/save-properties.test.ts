import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  differsFromTrail,
  eventsOfPlan,
  valuesFromTrail,
  type AuditEntry,
  type AuditStamp,
} from '#shared/audit.ts';
import { derive } from '#shared/derivations.ts';
import { isEmpty } from '#shared/item-value.ts';
import { isoMinute, minuteNumber } from '#shared/partial-date.ts';
import {
  planRemoveRow,
  planSave,
  type SaveContext,
  type SavePlan,
  type Standing,
} from '#shared/plan-save.ts';
import { placeKey } from '#shared/plan-save/draft-record.ts';
import type { Change, SubjectRecord, ValuePlace } from '#shared/record.ts';
import { indexSubject } from '#shared/subject-index.ts';
import { visibility } from '#shared/visibility.ts';
import { change, context, model, nobody } from './saving.ts';

const stamp: AuditStamp = {
  at: '2021-11-20T09:00:00.000Z',
  offsetMinutes: 60,
  user: 'A. Person',
  role: 'data-entry',
  site: '01',
};

const typed: Readonly<Record<string, readonly (string | null)[]>> = {
  q_dec: ['10', '20,0', 'ND', null],
  q_yn: ['1', '0', null],
  q_dose: ['50', '500', null],
  q_int: ['80', '999', null],
  l_test: ['crp', 'plt', null],
  l_val: ['5', '>5 mg/L', '7 mg/dL', 'NA', null],
  l_unit: ['mg/L', null],
};
const oneChange: fc.Arbitrary<Change> = fc
  .constantFrom(...Object.keys(typed))
  .chain((item) =>
    fc.record({
      item: fc.constant(item),
      value: fc.constantFrom(...(typed[item] ?? [])),
      row: fc.integer({ min: 1, max: item.startsWith('l') ? 3 : 1 }),
    }),
  )
  .map(({ item, value, row }) => change(item, value, { row }));
type Step = readonly Change[] | { readonly remove: number };
const steps = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: fc.array(oneChange, { minLength: 1, maxLength: 4 }) },
    { weight: 1, arbitrary: fc.record({ remove: fc.integer({ min: 1, max: 3 }) }) },
  ),
  { maxLength: 12 },
);

function take(record: SubjectRecord, step: Step, saving: SaveContext = context): SavePlan {
  if ('remove' in step)
    return planRemoveRow(model, record, { event: 'D1', form: 'L', group: 'L', row: step.remove }, saving);
  return planSave(model, record, step, saving);
}

/** Nothing that says how the plan was come by. */
function outcome(plan: SavePlan): unknown {
  if (!plan.ok) return plan;
  const { writes, formStates, findings, formState, record } = plan;
  return { writes: [...writes].sort(byPlace), formStates, findings, formState, record: sorted(record) };
}

function sorted(record: SubjectRecord): SubjectRecord {
  return { ...record, values: [...record.values].sort(byPlace) };
}

function byPlace(one: ValuePlace, other: ValuePlace): number {
  return placeKey(one).localeCompare(placeKey(other));
}

describe('any course of saves', () => {
  it('is planned the same from what the save before left standing as from the record alone', () => {
    fc.assert(
      fc.property(steps, fc.integer({ min: 0, max: 600 }), (course, minutes) => {
        let record = nobody;
        let standing: Standing | null = null;
        for (const [count, step] of course.entries()) {
          const now = isoMinute((minuteNumber(context.now) ?? 0) + count * minutes);
          const plan = take(record, step, { ...context, now, standing });
          expect(outcome(plan)).toEqual(outcome(take(record, step, { ...context, now })));
          if (!plan.ok) continue;
          record = plan.record;
          standing = plan;
        }
      }),
      { numRuns: 500 },
    );
  });

  it('saved once more changes nothing', () => {
    fc.assert(
      fc.property(steps, fc.array(oneChange, { minLength: 1, maxLength: 4 }), (course, last) => {
        let record = nobody;
        for (const step of course) {
          const plan = take(record, step);
          if (plan.ok) record = plan.record;
        }
        const first = planSave(model, record, last, context);
        if (!first.ok) return;
        const again = planSave(model, first.record, last, context);
        expect(again).toMatchObject({ ok: true, writes: [], formStates: [] });
      }),
    );
  });

  it('leaves a trail from which the record can be built again', () => {
    fc.assert(
      fc.property(steps, (course) => {
        let record = nobody;
        const trail: AuditEntry[] = [];
        for (const step of course) {
          const plan = take(record, step);
          if (!plan.ok) continue;
          record = plan.record;
          for (const event of eventsOfPlan(plan, stamp)) trail.push({ seq: trail.length + 1, ...event });
        }
        const stored = record.values.map((value) => ({ ...value, subject: record.subject }));
        expect(differsFromTrail(valuesFromTrail(trail), stored)).toEqual([]);
      }),
    );
  });

  it('leaves nothing out of date: every calculated item is right, and parked is what is hidden', () => {
    fc.assert(
      fc.property(steps, (course) => {
        let record = nobody;
        for (const step of course) {
          const plan = take(record, step);
          if (plan.ok) record = plan.record;
        }
        const index = indexSubject(model, record);
        const { isHidden } = visibility(model, index);
        expect(derive(model, index, context.now)).toEqual([]);
        expect(
          record.values.filter((value) => value.parked !== (!isEmpty(value) && isHidden(value))),
        ).toEqual([]);
      }),
    );
  });

  it('gives each write the version after the one before it', () => {
    fc.assert(
      fc.property(steps, (course) => {
        let record = nobody;
        for (const step of course) {
          const plan = take(record, step);
          if (!plan.ok) continue;
          for (const write of plan.writes)
            expect(write.version - write.oldVersion).toBe(write.kind === 'parking' ? 0 : 1);
          record = plan.record;
        }
      }),
    );
  });

  it('gives the same record whether changes come together or one by one', () => {
    const distinct = fc.uniqueArray(
      oneChange.filter(({ item }) => !item.startsWith('l')),
      { selector: ({ item }) => item, maxLength: 4 },
    );
    fc.assert(
      fc.property(distinct, (changes) => {
        const together = changes.length === 0 ? null : planSave(model, nobody, changes, context);
        let oneByOne = nobody;
        for (const each of changes) {
          const plan = planSave(model, oneByOne, [each], context);
          if (plan.ok) oneByOne = plan.record;
        }
        if (together?.ok !== true) return;
        const answers = (record: SubjectRecord): readonly string[] =>
          record.values
            .filter((value) => value.text !== null || value.missing !== null)
            .map(
              (value) => `${value.item}=${value.text ?? value.missing ?? ''} ${value.parked ? 'parked' : ''}`,
            )
            .sort();
        expect(answers(oneByOne)).toEqual(answers(together.record));
      }),
    );
  });
});
