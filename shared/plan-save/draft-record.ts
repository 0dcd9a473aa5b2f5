/** The record while a plan is made: what is recorded stays as it is, what the plan says otherwise lies over it. */
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
  /** Only places that differ; null where the value is gone. */
  readonly changes: Map<string, RecordedValue | null>;
  readonly states: Map<string, FormStatus>;
  readonly statesBefore: ReadonlyMap<string, FormStatus>;
}

export function placeKey(place: ValuePlace): string {
  return `${place.event}|${place.form}|${place.row}|${place.item}`;
}

export function formKey(status: { readonly event: string; readonly form: string }): string {
  return `${status.event}|${status.form}`;
}

export function startDraft(
  record: SubjectRecord,
  valuesBefore: ReadonlyMap<string, RecordedValue> = byPlace(record),
): DraftRecord {
  const statesBefore = new Map(record.forms.map((status) => [formKey(status), status]));
  return { before: record, valuesBefore, changes: new Map(), states: new Map(statesBefore), statesBefore };
}

export function byPlace({ values }: SubjectRecord): ReadonlyMap<string, RecordedValue> {
  return new Map(values.map((value) => [placeKey(value), value]));
}

/** All values by place as the draft has them. */
export function valuesOf({ valuesBefore, changes }: DraftRecord): ReadonlyMap<string, RecordedValue> {
  const values = new Map(valuesBefore);
  for (const [key, value] of changes) {
    if (value === null) values.delete(key);
    else values.set(key, value);
  }
  return values;
}

export function toRecord(draft: DraftRecord, values = valuesOf(draft)): SubjectRecord {
  return { ...draft.before, forms: [...draft.states.values()], values: [...values.values()] };
}

/** What the draft holds at a place, an emptied value too. */
export function recordedAt(draft: DraftRecord, key: string): RecordedValue | undefined {
  const changed = draft.changes.get(key);
  return changed === undefined ? draft.valuesBefore.get(key) : (changed ?? undefined);
}

/** The places that differ from what was recorded. */
export function changedPlaces({ changes, valuesBefore }: DraftRecord): readonly ValuePlace[] {
  return [...changes].map(([key, value]) => value ?? valuesBefore.get(key)).filter((at) => at !== undefined);
}

/** The answer at a place, null when there is none or it was emptied. */
export function valueAt(draft: DraftRecord, place: ValuePlace): ItemValue | null {
  const recorded = recordedAt(draft, placeKey(place));
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
  const stays =
    before === undefined ? value === null : isSameValue(before, value) && before.derived === derived;
  if (stays) {
    draft.changes.delete(key);
    return;
  }
  const { event, form, row, item } = place;
  draft.changes.set(key, {
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

export function putParked(draft: DraftRecord, value: RecordedValue, parked: boolean): void {
  draft.changes.set(placeKey(value), { ...value, parked });
}

/** The value leaves its place. */
export function removeValue(draft: DraftRecord, key: string): void {
  if (draft.valuesBefore.has(key)) draft.changes.set(key, null);
  else draft.changes.delete(key);
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
