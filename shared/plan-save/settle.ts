/** Brings a draft to rest: calculated items, then what conditions hide; and lists what has to be written. */
import { derive, type Changed, type DerivedValue } from '../derivations.ts';
import { isEmpty, isSameValue } from '../item-value.ts';
import type { FormState, ItemValue, LocalMinute, Origin, RecordedValue, ValuePlace } from '../record.ts';
import type { StudyModel } from '../study-model.ts';
import { placeOf } from '../study-scope/read-value.ts';
import { touchedBy, type Selection } from '../study-scope/selection.ts';
import { indexSubject, withDrafts, type Draft, type SubjectIndex } from '../subject-index.ts';
import { visibility } from '../visibility.ts';
import {
  changedPlaces,
  placeKey,
  putParked,
  putState,
  putValue,
  recordedAt,
  stateOf,
  toItemValue,
  toRecord,
  valueAt,
  valuesOf,
  type DraftRecord,
} from './draft-record.ts';
import { isClosed, isReviewed } from './form-state.ts';
import { refuse, type FormStateChange, type RefusedPlan, type ValueWrite } from './plan.ts';

/** A change of form state can reach a calculated item, which can reach another; a study deeper than this is cut off. */
const mostRounds = 8;

export interface Time {
  readonly now: LocalMinute;
  /** Whether it is another minute than that of the standing index. */
  readonly clock: boolean;
}

/** Who wrote what at a place, for the trail. Places without an entry were written by a derivation. */
export type Said = ReadonlyMap<string, { readonly origin: Origin; readonly reason: string | null }>;

/**
 * Changes the draft, unless nothing was `changed` in it. A calculated item or a parked flag of a locked form that the
 * change would reach refuses it; one of a verified or signed form takes its review back. With the `standing` index of the
 * record before, only what the changes reach is worked out again. `anew`: everything is, as a newer definition has it;
 * locked forms stay as they are.
 */
export function settleDraft(
  model: StudyModel,
  draft: DraftRecord,
  { now, clock }: Time,
  changed: boolean,
  standing: SubjectIndex | null,
  anew = false,
): { readonly ok: true; readonly index: SubjectIndex } | RefusedPlan {
  if (!changed && standing !== null) return { ok: true, index: standing };
  let index = standing === null ? indexDraft(model, draft) : withDrafts(standing, draftsOf(draft));
  if (!changed) return { ok: true, index };
  for (let pass = 0; pass < mostRounds; pass += 1) {
    const statesBefore = stateChangesOf(draft).length;
    const derived = deriveDraft(model, draft, { now, clock }, index, standing !== null, anew);
    if (!derived.ok) return derived;
    index = derived.index;
    const closed = park(model, draft, index, standing !== null, anew);
    if (closed !== null) return closed;
    // A review that was taken back reaches what rests on the state of its form; with a standing index, the caller begins anew.
    if (standing !== null || stateChangesOf(draft).length === statesBefore) break;
    index = indexDraft(model, draft);
  }
  return { ok: true, index };
}

/** Brings calculated items up to date, those that rest on each other too. */
function deriveDraft(
  model: StudyModel,
  draft: DraftRecord,
  { now, clock }: Time,
  start: SubjectIndex,
  onlyTouched: boolean,
  anew: boolean,
): { readonly ok: true; readonly index: SubjectIndex } | RefusedPlan {
  const isLocked = ({ place }: DerivedValue): boolean => isClosed(stateOf(draft, place.event, place.form));
  let index = start;
  let since: Changed | undefined = onlyTouched ? { places: changedPlaces(draft), clock } : undefined;
  for (let round = 0; round < mostRounds; round += 1) {
    const due = derive(model, index, now, since);
    const reached = anew ? due.filter((one) => !isLocked(one)) : reachedByPlan(model, draft, due, now);
    const closed = reached.find(isLocked)?.place;
    if (closed !== undefined) return wouldReachClosed(closed, stateOf(draft, closed.event, closed.form));
    if (reached.length === 0) break;
    for (const { place, value } of reached) {
      putValue(draft, place, value, true);
      takeReviewBack(draft, place);
    }
    index = onlyTouched ? withDrafts(index, reached) : indexDraft(model, draft);
    if (since !== undefined) since = { places: reached.map(({ place }) => place), clock: false };
  }
  return { ok: true, index };
}

/** A form that was verified or signed is complete again, to be looked at once more. */
function takeReviewBack(draft: DraftRecord, { event, form }: ValuePlace): void {
  if (isReviewed(stateOf(draft, event, form))) putState(draft, event, form, 'complete');
}

/** Marks what conditions hide. null when it is done. */
function park(
  model: StudyModel,
  draft: DraftRecord,
  index: SubjectIndex,
  onlyTouched: boolean,
  anew: boolean,
): RefusedPlan | null {
  const { isHidden } = visibility(model, index);
  const values = onlyTouched
    ? conditionalValues(draft, index, touchedBy(model, index, changedPlaces(draft)))
    : [...valuesOf(draft).values()];
  for (const value of values) {
    const parked = !isEmpty(value) && isHidden(value);
    if (parked === value.parked) continue;
    const state = stateOf(draft, value.event, value.form);
    if (isClosed(state) && anew) continue;
    if (isClosed(state)) return wouldReachClosed(value, state);
    putParked(draft, value, parked);
    takeReviewBack(draft, value);
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
  const changes: FormStateChange[] = [];
  for (const [key, { event, form, state }] of draft.states) {
    const from = draft.statesBefore.get(key)?.state ?? 'empty';
    if (from !== state) changes.push({ event, form, from, to: state });
  }
  return changes;
}

/**
 * What is due, without those of reviewed and locked forms that were due before the plan: the clock alone neither takes a
 * review back nor refuses a change.
 */
function reachedByPlan(
  model: StudyModel,
  draft: DraftRecord,
  due: readonly DerivedValue[],
  now: LocalMinute,
): readonly DerivedValue[] {
  const isHeld = ({ place }: DerivedValue): boolean => {
    const state = stateOf(draft, place.event, place.form);
    return isClosed(state) || isReviewed(state);
  };
  if (!due.some(isHeld)) return due;
  const dueBefore = new Map(
    derive(model, indexSubject(model, draft.before), now).map(({ place, value }) => [placeKey(place), value]),
  );
  return due.filter((one) => {
    const before = dueBefore.get(placeKey(one.place));
    return !isHeld(one) || before === undefined || !isSameValue(before, one.value);
  });
}

function wouldReachClosed(place: ValuePlace, state: FormState): RefusedPlan {
  const { event, form, row, item } = place;
  return refuse(
    'locked',
    'change-reaches-closed-form',
    `The change would alter ${item} of form ${form} in ${event}, which is ${state}: have that form unlocked first.`,
    { event, form, row, item, state },
    { event, form, row, item },
  );
}

function answer(value: RecordedValue | undefined): ItemValue | null {
  return value === undefined || isEmpty(value) ? null : toItemValue(value);
}
