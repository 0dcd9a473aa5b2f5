/** The record while a plan is made: values by place, form states by form instance, changed in place and compared at the end. */
import { isEmpty, isSameValue } from '../item-value.ts';
import { nothing } from '../item-value/reading.ts';
import type {
  FormState,
  FormStatus,
  ItemValue,
  RecordedValue,
  SubjectRecord,
  ValuePlace,
} from '../record.ts';

export interface DraftRecord {
  readonly before: SubjectRecord;
  readonly valuesBefore: ReadonlyMap<string, RecordedValue>;
  readonly values: Map<string, RecordedValue>;
  readonly states: Map<string, FormStatus>;
}

export function placeKey(place: ValuePlace): string {
  return `${place.event}|${place.form}|${place.row}|${place.item}`;
}

export function formKey(status: { readonly event: string; readonly form: string }): string {
  return `${status.event}|${status.form}`;
}

export function startDraft(record: SubjectRecord): DraftRecord {
  const values = new Map(record.values.map((value) => [placeKey(value), value]));
  return {
    before: record,
    valuesBefore: values,
    values: new Map(values),
    states: new Map(record.forms.map((status) => [formKey(status), status])),
  };
}

export function toRecord(draft: DraftRecord): SubjectRecord {
  return { ...draft.before, forms: [...draft.states.values()], values: [...draft.values.values()] };
}

/** The answer at a place, null when there is none or it was emptied. */
export function valueAt(draft: DraftRecord, place: ValuePlace): ItemValue | null {
  const recorded = draft.values.get(placeKey(place));
  return recorded === undefined || isEmpty(recorded) ? null : toItemValue(recorded);
}

/** Puts a value at a place. The version counts from what was recorded before the plan, however often it is set. */
export function putValue(
  draft: DraftRecord,
  place: ValuePlace,
  value: ItemValue | null,
  derived: boolean,
): void {
  const key = placeKey(place);
  const before = draft.valuesBefore.get(key);
  if (before === undefined && value === null) {
    draft.values.delete(key);
    return;
  }
  if (before !== undefined && isSameValue(before, value) && before.derived === derived) {
    draft.values.set(key, before);
    return;
  }
  const { event, form, row, item } = place;
  draft.values.set(key, {
    event,
    form,
    row,
    item,
    ...(value ?? nothing),
    version: (before?.version ?? 0) + 1,
    derived,
    parked: before?.parked ?? false,
  });
}

export function stateOf(draft: DraftRecord, event: string, form: string): FormState {
  return draft.states.get(formKey({ event, form }))?.state ?? 'empty';
}

export function putState(draft: DraftRecord, event: string, form: string, state: FormState): void {
  draft.states.set(formKey({ event, form }), { event, form, state });
}

export function toItemValue(value: ItemValue): ItemValue {
  const { text, relation, number, unit, precision, missing } = value;
  return { text, relation, number, unit, precision, missing };
}
