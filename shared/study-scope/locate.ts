/**
 * What a bare item name means, by where the expression is written:
 *
 *   same row                                          the item of that row
 *   same form, group that does not repeat             the item of that form instance
 *   form of one event only, group does not repeat     the subject's one value of it
 *   anything else                                     ambiguous, a fault: say which one with a special form
 */
import type { PlacedItem } from '../study-model.ts';
import { emptyRow, instanceKey, type GroupRow } from '../subject-index.ts';
import type { Frame, Home } from './frame.ts';
import { headRow } from './read-value.ts';

export type Locate = (frame: Frame) => GroupRow | null;

/** The row of the frame that holds the item: the first two lines of the table above. */
export function locateNearby(home: Home, placed: PlacedItem): Locate | null {
  if (home.kind === 'row' && home.group === placed.home) return (frame) => frame.row;
  const form = home.kind === 'row' ? home.group.home : home.kind === 'form' ? home.form : null;
  if (form === null || form !== placed.home.home || placed.group.repeating) return null;
  return (frame) => (frame.instance === null ? null : (headRow(frame.instance, placed) ?? null));
}

export function locate(home: Home, placed: PlacedItem): Locate | null {
  const nearby = locateNearby(home, placed);
  const only = placed.home.home.onlyInstance;
  if (nearby !== null || only === null || placed.group.repeating) return nearby;
  const key = instanceKey(only.id, placed.form.id);
  const blank = emptyRow(placed.home, only, 1);
  return (frame) => frame.index.byKey.get(key)?.rows[placed.home.position]?.[0] ?? blank;
}

/** Why a bare name is ambiguous, and what to write instead. */
export function ambiguity(placed: PlacedItem): string {
  const { id } = placed.item;
  const reason = placed.group.repeating
    ? `"${id}" is in the repeating group ${placed.group.id}`
    : `"${id}" is on form ${placed.form.id}, which belongs to more than one event`;
  return `${reason}, so it has no single value here: use all(${id}), in_event(${id}, "…"), before(${id}, …), nearest(${id}, …, hours) or rows(${placed.group.id})`;
}
