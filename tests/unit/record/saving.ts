/** What the tests of saving share: an empty subject, a save that must be accepted, a change in a few words. */
import {
  planComplete,
  planRemoveRow,
  planSave,
  type AcceptedPlan,
  type PlanRefusal,
  type SaveContext,
  type SavePlan,
} from '#shared/plan-save.ts';
import type { Change, FormState, ItemValue, SubjectRecord } from '#shared/record.ts';
import { littleModel } from './little-study.ts';

export const model = littleModel();
export const context: SaveContext = {
  now: '2021-11-20T10:00',
  confirmed: new Map(),
  origin: 'entry',
  language: 'en',
};
export const nobody: SubjectRecord = { subject: '01-001', site: '01', forms: [], values: [] };
export const answer: ItemValue = {
  text: null,
  relation: null,
  number: null,
  unit: null,
  precision: null,
  missing: null,
};

/** "q_dec" belongs to form Q in SCR, "l_val" to row 1 of form L in D1, unless told otherwise. */
export function change(item: string, value: string | null, more: Partial<Change> = {}): Change {
  const form = item.slice(0, 1).toUpperCase();
  const event = form === 'L' ? 'D1' : form === 'Z' ? 'OUT' : 'SCR';
  return { event, form, row: 1, item, value, ...more };
}

export function save(record: SubjectRecord, ...changes: Change[]): AcceptedPlan {
  return accepted(planSave(model, record, changes, context));
}
export function saved(record: SubjectRecord, ...changes: Change[]): SubjectRecord {
  return save(record, ...changes).record;
}
export function refusal(record: SubjectRecord, ...changes: Change[]): PlanRefusal {
  return refused(planSave(model, record, changes, context));
}
export function complete(record: SubjectRecord, event: string, form: string): SavePlan {
  return planComplete(model, record, { event, form }, context);
}
export function saveAndComplete(record: SubjectRecord, ...changes: Change[]): SavePlan {
  return planSave(model, record, changes, context, [{ event: 'SCR', form: 'Q' }]);
}
export function removeRow(record: SubjectRecord, event: string, row: number, reason?: string): SavePlan {
  return planRemoveRow(
    model,
    record,
    { event, form: 'L', group: 'L', row, ...(reason === undefined ? {} : { reason }) },
    context,
  );
}

export function accepted(plan: SavePlan): AcceptedPlan {
  if (!plan.ok) throw new Error(`refused: ${plan.refusal.message}`);
  return plan;
}
export function refused(plan: SavePlan): PlanRefusal {
  if (plan.ok) throw new Error('not refused');
  return plan.refusal;
}

/** A record whose form is in a state that saving alone does not bring it to. */
export function inState(record: SubjectRecord, event: string, form: string, state: FormState): SubjectRecord {
  return {
    ...record,
    forms: [
      ...record.forms.filter((status) => status.event !== event || status.form !== form),
      { event, form, state },
    ],
  };
}

/** "q_dec=32.0 v1", one for each value, with "derived" and "parked" where they are. */
export function values(record: SubjectRecord): readonly string[] {
  return record.values.map((value) =>
    [
      `${value.item}=${value.missing ?? value.text ?? ''}`,
      `v${value.version}`,
      ...(value.derived ? ['derived'] : []),
      ...(value.parked ? ['parked'] : []),
    ].join(' '),
  );
}
