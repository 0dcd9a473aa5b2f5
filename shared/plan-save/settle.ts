/** Brings a draft to rest: calculated items, then what conditions hide; and lists what has to be written. */
import { derive, type Changed, type DerivedValue } from '../derivations.ts';
import { isEmpty } from '../item-value.ts';
import type { FormState, ItemValue, LocalMinute, Origin, RecordedValue, ValuePlace } from '../record.ts';
import type { StudyModel } from '../study-model.ts';
import { placeOf } from '../study-scope/read-value.ts';
import { touchedBy, type Selection } from '../study-scope/selection.ts';
import { indexSubject, withDrafts, type Draft, type SubjectIndex } from '../subject-index.ts';
import { visibility } from '../visibility.ts';
import {
  changedPlaces,
  formKey,
  placeKey,
  putParked,
  putValue,
  recordedAt,
  stateOf,
  toItemValue,
  toRecord,
  valueAt,
  valuesOf,
  type DraftRecord,
} from './draft-record.ts';
import { isClosed } from './form-state.ts';
import { refuse, type FormStateChange, type RefusedPlan, type ValueWrite } from './plan.ts';

/** A change of form state can reach a calculated item, which can reach another; a study deeper than this is cut off. */
const mostRounds = 8;

/** Who wrote what at a place, for the trail. Places without an entry were written by a derivation. */
export type Said = ReadonlyMap<string, { readonly origin: Origin; readonly reason: string | null }>;

/**
 * Changes the draft, unless nothing was `changed` in it. A calculated item or a parked flag of a signed or locked form that
 * the change would reach refuses it. With the `standing` index of the record before, only what the changes reach is
 * worked out again.
 */
export function settleDraft(
  model: StudyModel,
  draft: DraftRecord,
  now: LocalMinute,
  changed: boolean,
  standing: SubjectIndex | null,
): { readonly ok: true; readonly index: SubjectIndex } | RefusedPlan {
  if (!changed && standing !== null) return { ok: true, index: standing };
  let index = standing === null ? indexDraft(model, draft) : withDrafts(standing, draftsOf(draft));
  if (!changed) return { ok: true, index };
  let since: Changed | undefined =
    standing === null ? undefined : { places: changedPlaces(draft), clock: true };
  for (let round = 0; round < mostRounds; round += 1) {
    const due = derive(model, index, now, since);
    const closed = firstReached(model, draft, due, now);
    if (closed !== null) return wouldReachClosed(closed, stateOf(draft, closed.event, closed.form));
    const open = due.filter(({ place }) => !isClosed(stateOf(draft, place.event, place.form)));
    if (open.length === 0) break;
    for (const { place, value } of open) putValue(draft, place, value, true);
    index = standing === null ? indexDraft(model, draft) : withDrafts(index, open);
    if (since !== undefined) since = { places: open.map(({ place }) => place), clock: false };
  }
  return park(model, draft, index, standing !== null) ?? { ok: true, index };
}

/** Marks what conditions hide. null when it is done. */
function park(
  model: StudyModel,
  draft: DraftRecord,
  index: SubjectIndex,
  onlyTouched: boolean,
): RefusedPlan | null {
  const { isHidden } = visibility(model, index);
  const values = onlyTouched
    ? conditionalValues(draft, index, touchedBy(model, index, changedPlaces(draft)))
    : [...valuesOf(draft).values()];
  for (const value of values) {
    const parked = !isEmpty(value) && isHidden(value);
    if (parked === value.parked) continue;
    const state = stateOf(draft, value.event, value.form);
    if (isClosed(state)) return wouldReachClosed(value, state);
    putParked(draft, value, parked);
  }
  return null;
}

function conditionalValues(
  draft: DraftRecord,
  index: SubjectIndex,
  selection: Selection,
): readonly RecordedValue[] {
  const values: RecordedValue[] = [];
  for (const instance of index.instances) {
    for (const group of instance.form.groups) {
      for (const placed of group.items) {
        const reach = placed.conditional ? selection.ofItem(placed) : 'nowhere';
        if (reach === 'nowhere') continue;
        for (const row of instance.rows[group.position] ?? []) {
          if (reach === 'touched' && !selection.touches(instance.event.id, group, row.row)) continue;
          const value = recordedAt(draft, placeKey(placeOf(row, placed)));
          if (value !== undefined) values.push(value);
        }
      }
    }
  }
  return values;
}

function indexDraft(model: StudyModel, draft: DraftRecord): SubjectIndex {
  return indexSubject(model, toRecord(draft));
}

function draftsOf(draft: DraftRecord): readonly Draft[] {
  return changedPlaces(draft).map((place) => ({ place, value: valueAt(draft, place) }));
}

/** What differs between the record before the plan and the draft. `said` comes first and in its own order. */
export function writesOf(draft: DraftRecord, said: Said): readonly ValueWrite[] {
  const keys = new Set([...said.keys(), ...draft.changes.keys()]);
  const writes = [...keys].map((key) => writeAt(draft, key, said)).filter((write) => write !== null);
  // Sorting is stable: what was said keeps its order.
  return writes.sort((one, other) => orderOf(one) - orderOf(other));
}

function writeAt(draft: DraftRecord, key: string, said: Said): ValueWrite | null {
  const before = draft.valuesBefore.get(key);
  const after = recordedAt(draft, key);
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
