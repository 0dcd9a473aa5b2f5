/**
 * Why something that is worked out has no value: which answers are missing, and which can't be used.
 *
 *   blank            nothing is entered
 *   not-asked        the item is hidden by its condition; told only where nothing else is missing
 *   unknown          answered "unknown"
 *   reason           a missing reason stands in place of the value
 *   no-value         no value of the item where or when it is looked for
 *   no-result        no result of the test that could be used
 *   no-row           the group has no row
 *   no-anchor        a moment from which the study counts is not known
 *   censored         ">35000": no number to calculate with        ┐
 *   imprecise        a date of which the day is not known          │ told only where nothing of the above is found
 *   not-convertible  a result in a unit without a factor           ┘
 *
 * A calculated item that is missing is told by what is missing for it. An empty list means that everything is known and
 * the rule says nothing about it: an age outside a reference table, say.
 */
import { minuteNumber } from './partial-date.ts';
import type { LocalMinute, UsedValue, ValuePlace } from './record.ts';
import type { PlacedItem, StudyModel } from './study-model.ts';
import type { Absence } from './study-scope/absence.ts';
import { frameAt } from './study-scope/frame.ts';
import { standardValue } from './study-scope/measurement.ts';
import { rowsInTime } from './study-scope/time-order.ts';
import { readTraced, type Traced } from './study-scope/traced.ts';
import { unknownCode } from './study-scope/yes-no.ts';
import { isHiddenIn } from './study-scope/visibility.ts';
import { visibleCell } from './study-scope/visible-cell.ts';
import {
  instanceKey,
  instanceOfRow,
  rowAt,
  type FormInstance,
  type GroupRow,
  type SubjectIndex,
} from './subject-index.ts';

export type Gap =
  | { readonly kind: 'blank' | 'not-asked' | 'unknown'; readonly place: ValuePlace }
  | { readonly kind: 'reason'; readonly place: ValuePlace; readonly missing: string }
  | { readonly kind: 'no-value'; readonly item: string }
  | { readonly kind: 'no-result'; readonly item: string; readonly test: string }
  | { readonly kind: 'no-row'; readonly group: string }
  | { readonly kind: 'no-anchor'; readonly anchor: string }
  | { readonly kind: 'censored' | 'imprecise' | 'not-convertible'; readonly place: ValuePlace };

export interface Explanation {
  /** The answers that the value rests on, each once; empty ones are gaps. */
  readonly used: readonly UsedValue[];
  /** What is missing, when there is no value. */
  readonly gaps: readonly Gap[];
}

/** How deep calculated items that rest on calculated items are followed. */
const deepest = 8;

/**
 * What a calculated item rests on where it stands. null for items that are not calculated and for places where nothing is
 * worked out: forms not begun, rows without an answer, hidden items. `index` holds the derived values (derivations.ts).
 */
export function explainCalculated(
  model: StudyModel,
  index: SubjectIndex,
  place: ValuePlace,
  now: LocalMinute,
): Explanation | null {
  const placed = model.item(place.item);
  const row = placed === undefined ? null : rowAt(index, place.event, placed.home, place.row);
  const instance = row === null ? null : instanceOfRow(index, row);
  if (placed === undefined || row === null || instance === null) return null;
  const traced = traceItem(index, minuteNumber(now) ?? Number.NaN, instance, row, placed);
  if (traced === null) return null;
  const isKnown = (row.cells[placed.position] ?? null) !== null;
  return explainTraced(index, minuteNumber(now) ?? Number.NaN, traced, isKnown);
}

/** Used answers and gaps of an evaluation; `isKnown`: it has a value, so nothing is missing. */
export function explainTraced(
  index: SubjectIndex,
  now: number,
  traced: Traced,
  isKnown: boolean,
): Explanation {
  return {
    used: traced.used.filter((used) => used.text !== null || used.missing !== null),
    gaps: isKnown ? [] : distinctGaps(gapsOf(index, now, traced, deepest)),
  };
}

/** Each once. Not being asked is no one's omission: told only where nothing else is missing. */
export function distinctGaps(gaps: readonly Gap[]): readonly Gap[] {
  const owed = gaps.filter((gap) => gap.kind !== 'not-asked');
  const seen = new Set<string>();
  return (owed.length > 0 ? owed : gaps).filter((gap) => {
    const key = JSON.stringify(gap);
    return !seen.has(key) && seen.add(key);
  });
}

function traceItem(
  index: SubjectIndex,
  now: number,
  instance: FormInstance,
  row: GroupRow,
  placed: PlacedItem,
): Traced | null {
  const isRepeating = row.group.group.repeating;
  if (placed.expression === null || !instance.begun || (isRepeating && !row.answered)) return null;
  if (placed.conditional && isHiddenIn(index, row, placed)) return null;
  return readTraced(placed.expression, frameAt(index, now, instance, isRepeating ? row : null));
}

function gapsOf(index: SubjectIndex, now: number, { used, absent }: Traced, depth: number): readonly Gap[] {
  const asked = new Set(absent.flatMap((one) => (one.kind === 'asked' ? [keyOf(one.place)] : [])));
  const empty = used.filter((value) => value.text === null);
  const needed = empty.filter((value) => !asked.has(keyOf(value)));
  const missing = [
    ...used
      .filter((value) => isUnknown(index, value))
      .map((value): Gap => ({ kind: 'unknown', place: placeOf(value) })),
    ...needed.flatMap((value) => gapsOfEmpty(index, now, value, depth)),
    ...absent.flatMap((one) => gapsOfAbsence(index, now, one, depth)),
  ];
  if (missing.length > 0) return missing;
  const unusable = used.flatMap((value) => whyUnusable(index, value));
  // Nothing else explains it: then it was an answer to what was asked for.
  return unusable.length > 0 ? unusable : empty.flatMap((value) => gapsOfEmpty(index, now, value, depth));
}

function isUnknown({ model }: SubjectIndex, { item, text }: UsedValue): boolean {
  return text === unknownCode && model.item(item)?.item.type === 'yes-no-unknown';
}

function gapsOfEmpty(index: SubjectIndex, now: number, value: UsedValue, depth: number): readonly Gap[] {
  const place = placeOf(value);
  if (value.missing !== null) return [{ kind: 'reason', place, missing: value.missing }];
  const found = findPlaced(index, place);
  if (found === null) return [{ kind: 'blank', place }];
  const { placed, row } = found;
  if (placed.conditional && isHiddenIn(index, row, placed)) return [{ kind: 'not-asked', place }];
  return gapsBehind(index, now, row, placed, depth) ?? [{ kind: 'blank', place }];
}

function gapsOfAbsence(index: SubjectIndex, now: number, absence: Absence, depth: number): readonly Gap[] {
  switch (absence.kind) {
    case 'asked':
      return [];
    case 'row':
      return [{ kind: 'no-row', group: absence.group.group.id }];
    case 'anchor':
      return [{ kind: 'no-anchor', anchor: absence.id }];
    case 'result':
      return [{ kind: 'no-result', item: absence.placed.item.id, test: absence.test }];
    case 'value': {
      const { placed } = absence;
      const rows = placed.expression === null ? [] : rowsInTime(index, placed.home).ordered;
      const last = rows.findLast(({ row }) => visibleCell(index, row, placed) === null);
      const behind = last === undefined ? null : gapsBehind(index, now, last.row, placed, depth);
      return behind ?? [{ kind: 'no-value', item: placed.item.id }];
    }
  }
}

/** Of a calculated item without a value, what is missing for it; null when that can't be told. */
function gapsBehind(
  index: SubjectIndex,
  now: number,
  row: GroupRow,
  placed: PlacedItem,
  depth: number,
): readonly Gap[] | null {
  const instance = depth === 0 ? null : instanceOfRow(index, row);
  const traced = instance === null ? null : traceItem(index, now, instance, row, placed);
  const gaps = traced === null ? [] : gapsOf(index, now, traced, depth - 1);
  return gaps.length === 0 ? null : gaps;
}

function whyUnusable(index: SubjectIndex, value: UsedValue): readonly Gap[] {
  const place = placeOf(value);
  const found = findPlaced(index, place);
  const cell = found === null ? null : visibleCell(index, found.row, found.placed);
  if (found === null || cell === null) return [];
  const { row, placed } = found;
  const feel = placed.parts === null ? cell.feel : standardValue(index, row, placed, cell);
  if (feel === null) return placed.parts === null ? [] : [{ kind: 'not-convertible', place }];
  if (typeof feel !== 'object' || !('kind' in feel)) return [];
  if (feel.kind === 'bounded') return [{ kind: 'censored', place }];
  return feel.kind === 'partial' && feel.first !== feel.last ? [{ kind: 'imprecise', place }] : [];
}

function findPlaced(
  index: SubjectIndex,
  place: ValuePlace,
): { readonly placed: PlacedItem; readonly row: GroupRow } | null {
  const placed = index.model.item(place.item);
  if (placed === undefined || !index.byKey.has(instanceKey(place.event, place.form))) return null;
  const row = rowAt(index, place.event, placed.home, place.row);
  return row === null ? null : { placed, row };
}

function placeOf({ event, form, row, item }: ValuePlace): ValuePlace {
  return { event, form, row, item };
}

function keyOf({ event, form, row, item }: ValuePlace): string {
  return `${event}|${form}|${String(row)}|${item}`;
}
