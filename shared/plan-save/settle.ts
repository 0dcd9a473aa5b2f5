/** Brings a draft to rest: calculated items, then what conditions hide; and lists what has to be written. */
import { derive, type DerivedValue } from '../derivations.ts';
import { isEmpty } from '../item-value.ts';
import type { FormState, ItemValue, LocalMinute, Origin, RecordedValue, ValuePlace } from '../record.ts';
import type { StudyModel } from '../study-model.ts';
import { indexSubject, type SubjectIndex } from '../subject-index.ts';
import { visibility } from '../visibility.ts';
import {
  formKey,
  placeKey,
  putValue,
  stateOf,
  toItemValue,
  toRecord,
  type DraftRecord,
} from './draft-record.ts';
import { isClosed } from './form-state.ts';
import { refuse, type FormStateChange, type RefusedPlan, type ValueWrite } from './plan.ts';

/** A change of form state can reach a calculated item, which can reach another; a study deeper than this is cut off. */
const mostRounds = 8;

/** Who wrote what at a place, for the trail. Places without an entry were written by a derivation. */
export type Said = ReadonlyMap<string, { readonly origin: Origin; readonly reason: string | null }>;

/** Changes the draft, unless nothing was `changed` in it. A calculated item or a parked flag of a signed or locked form that the change would reach refuses it. */
export function settleDraft(
  model: StudyModel,
  draft: DraftRecord,
  now: LocalMinute,
  changed: boolean,
): { readonly ok: true; readonly index: SubjectIndex } | RefusedPlan {
  let index = indexSubject(model, toRecord(draft));
  if (!changed) return { ok: true, index };
  for (let round = 0; round < mostRounds; round += 1) {
    const due = derive(model, index, now);
    const closed = firstReached(model, draft, due, now);
    if (closed !== null) return wouldReachClosed(closed, stateOf(draft, closed.event, closed.form));
    const open = due.filter(({ place }) => !isClosed(stateOf(draft, place.event, place.form)));
    if (open.length === 0) break;
    for (const { place, value } of open) putValue(draft, place, value, true);
    index = indexSubject(model, toRecord(draft));
  }
  const { isHidden } = visibility(model, index);
  for (const [key, value] of draft.values) {
    const parked = !isEmpty(value) && isHidden(value);
    if (parked === value.parked) continue;
    const state = stateOf(draft, value.event, value.form);
    if (isClosed(state)) return wouldReachClosed(value, state);
    draft.values.set(key, { ...value, parked });
  }
  return { ok: true, index };
}

/** What differs between the record before the plan and the draft. `said` comes first and in its own order. */
export function writesOf(draft: DraftRecord, said: Said): readonly ValueWrite[] {
  const keys = new Set([...said.keys(), ...draft.valuesBefore.keys(), ...draft.values.keys()]);
  const writes = [...keys].map((key) => writeAt(draft, key, said)).filter((write) => write !== null);
  // Sorting is stable: what was said keeps its order.
  return writes.sort((one, other) => orderOf(one) - orderOf(other));
}

function writeAt(draft: DraftRecord, key: string, said: Said): ValueWrite | null {
  const before = draft.valuesBefore.get(key);
  const after = draft.values.get(key);
  const stands = after ?? before;
  if (stands === undefined || after === before) return null;
  const oldVersion = before?.version ?? 0;
  const version = after?.version ?? oldVersion + 1;
  const kind = after === undefined ? 'removed' : version === oldVersion ? 'parking' : 'set';
  const by = said.get(key) ?? { origin: kind === 'parking' ? 'system' : 'derivation', reason: null };
  const { event, form, row, item, derived } = stands;
  return {
    ...{ event, form, row, item, kind, derived, oldVersion, version },
    old: answer(before),
    new: answer(after),
    parked: after?.parked ?? false,
    wasParked: before?.parked ?? false,
    ...by,
  };
}

function orderOf(write: ValueWrite): number {
  if (write.kind === 'parking') return 3;
  return write.derived ? 2 : write.origin === 'system' ? 1 : 0;
}

export function stateChangesOf(draft: DraftRecord): readonly FormStateChange[] {
  const before = new Map(draft.before.forms.map((status) => [formKey(status), status.state]));
  return [...draft.states].flatMap(([key, { event, form, state }]) => {
    const from = before.get(key) ?? 'empty';
    return from === state ? [] : [{ event, form, from, to: state }];
  });
}

/** The first place in a closed form that changes because of the plan; one that was due before the plan is left as it is. */
function firstReached(
  model: StudyModel,
  draft: DraftRecord,
  due: readonly DerivedValue[],
  now: LocalMinute,
): ValuePlace | null {
  const closed = due.filter(({ place }) => isClosed(stateOf(draft, place.event, place.form)));
  if (closed.length === 0) return null;
  const dueBefore = new Set(
    derive(model, indexSubject(model, draft.before), now).map(({ place }) => placeKey(place)),
  );
  return closed.find(({ place }) => !dueBefore.has(placeKey(place)))?.place ?? null;
}

function wouldReachClosed(place: ValuePlace, state: FormState): RefusedPlan {
  const { event, form, row, item } = place;
  return refuse(
    'locked',
    'change-reaches-closed-form',
    `The change would alter ${item} of form ${form} in ${event}, which is ${state}: have that form opened again first.`,
    { event, form, row, item, state },
    { event, form, row, item },
  );
}

function answer(value: RecordedValue | undefined): ItemValue | null {
  return value === undefined || isEmpty(value) ? null : toItemValue(value);
}
