/** Finds the place of every change asked for, reads what was typed, and spreads what belongs to neighbouring items. */
import {
  isSameValue,
  missingValue,
  readItem,
  type Reading,
  type RowContext,
  type Spread,
} from '../item-value.ts';
import { nothing } from '../item-value/reading.ts';
import type { Change, ItemValue, ValuePlace } from '../record.ts';
import type { Language } from '../study.ts';
import type { PlacedItem, StudyModel } from '../study-model.ts';
import { placeKey, valueAt, type DraftRecord } from './draft-record.ts';
import { locate, type Located } from './locate.ts';
import { refuse, type RefusedPlan } from './plan.ts';

/** A change with its place found and its text read. */
export interface ReadChange {
  readonly place: ValuePlace;
  readonly value: ItemValue | null;
  readonly baseVersion: number | null;
  readonly reason: string | null;
}
export type ReadChanges = { readonly ok: true; readonly changes: readonly ReadChange[] } | RefusedPlan;

/** In the order of the changes, each followed by what it spreads. The first fault refuses them all. */
export function readChanges(
  model: StudyModel,
  draft: DraftRecord,
  changes: readonly Change[],
  language: Language,
): ReadChanges {
  const located = new Map<string, Located>();
  for (const change of changes) {
    const found = locate(model, draft, change);
    if (!found.ok) return found;
    const key = placeKey(found.located.place);
    if (located.has(key)) return saidTwice(found.located.place);
    located.set(key, found.located);
  }
  const readings = new Map<string, Extract<Reading, { ok: true }>>();
  // Measurements last: the test and the relation of their row may be among the changes.
  const inOrder = [...located].sort(
    ([, one], [, other]) =>
      Number(one.placed.item.parts !== undefined) - Number(other.placed.item.parts !== undefined),
  );
  for (const [key, { change, place, placed }] of inOrder) {
    const row = rowOf(draft, place, readings);
    const reading = readOne(model, placed, place, change, language, row);
    if (!reading.ok) return reading;
    readings.set(key, reading.reading);
  }
  return collect(model, located, readings, language);
}

function readOne(
  model: StudyModel,
  placed: PlacedItem,
  place: ValuePlace,
  change: Change,
  language: Language,
  row: RowContext,
): { readonly ok: true; readonly reading: Extract<Reading, { ok: true }> } | RefusedPlan {
  if (change.missing !== undefined) {
    if (change.value !== null)
      return refuse(
        'invalid-input',
        'value-and-missing',
        `Item ${place.item} was given a value and a missing reason: give one of them.`,
        { item: place.item },
        place,
      );
    const value = missingValue(model, change.missing);
    if (value !== null) return { ok: true, reading: { ok: true, value, spread: [] } };
    return refuse(
      'unreadable',
      'no-such-missing-reason',
      `The missing reason given for ${place.item} is not in the study's list: give one of its codes.`,
      { item: place.item },
      place,
    );
  }
  if (change.value === null) return { ok: true, reading: { ok: true, value: null, spread: [] } };
  const reading = readItem(model, placed, change.value, language, row);
  return reading.ok ? { ok: true, reading } : unreadableAt(place, reading.withoutQuote.en);
}

/** The readings with what they spread, which was typed too and may be unreadable or contradict what was typed beside it. */
function collect(
  model: StudyModel,
  located: ReadonlyMap<string, Located>,
  readings: ReadonlyMap<string, Extract<Reading, { ok: true }>>,
  language: Language,
): ReadChanges {
  const changes: ReadChange[] = [];
  for (const [key, { change, place }] of located) {
    const reading = readings.get(key);
    if (reading === undefined) continue;
    const reason = change.reason?.trim() ?? '';
    const said = { reason: reason === '' ? null : reason };
    changes.push({ ...said, place, value: reading.value, baseVersion: change.baseVersion ?? null });
    for (const part of change.alone === true ? [] : reading.spread) {
      const spread = readSpread(model, place, part, language);
      if (!spread.ok) return spread;
      const typed = readings.get(placeKey(spread.place));
      if (typed === undefined)
        changes.push({ ...said, place: spread.place, value: spread.value, baseVersion: null });
      else if (!isSameValue(typed.value, spread.value)) return saidTwice(spread.place);
    }
  }
  return { ok: true, changes };
}

function readSpread(
  model: StudyModel,
  from: ValuePlace,
  part: Spread,
  language: Language,
): { readonly ok: true; readonly place: ValuePlace; readonly value: ItemValue | null } | RefusedPlan {
  const place: ValuePlace = { ...from, item: part.item };
  const placed = model.item(part.item);
  if (placed === undefined)
    return refuse(
      'not-found',
      'no-such-item',
      `The study has no item ${part.item}: the definition has to be corrected.`,
      { item: part.item, form: from.form },
    );
  const reading = readItem(model, placed, part.text, language);
  return reading.ok
    ? { ok: true, place, value: reading.value }
    : unreadableAt(place, reading.withoutQuote.en);
}

/** A row as it will be: what is recorded, under what the changes say. */
function rowOf(
  draft: DraftRecord,
  place: ValuePlace,
  readings: ReadonlyMap<string, Extract<Reading, { ok: true }>>,
): RowContext {
  return {
    valueOf: (item) => {
      const sibling = { ...place, item };
      const reading = readings.get(placeKey(sibling));
      return reading === undefined ? valueAt(draft, sibling) : (reading.value ?? nothing);
    },
  };
}

function unreadableAt(place: ValuePlace, sentence: string): RefusedPlan {
  const { event, form, row, item } = place;
  return refuse(
    'unreadable',
    'value-unreadable',
    `Item ${item} (${form} in ${event}, row ${row}): ${sentence}`,
    { event, form, row, item },
    place,
  );
}

function saidTwice(place: ValuePlace): RefusedPlan {
  const { event, form, row, item } = place;
  return refuse(
    'invalid-input',
    'said-twice',
    `Item ${item} (${form} in ${event}, row ${row}) was given twice: give it once.`,
    { event, form, row, item },
    place,
  );
}
