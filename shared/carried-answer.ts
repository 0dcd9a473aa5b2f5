/**
 * The answer of the last row before this one, in time, in which certain items are answered alike: the reference limits
 * of a test as the same laboratory gave them the last time. Only ever offered; the row that it comes from is named.
 */
import type { ItemValue, ValuePlace } from './record.ts';
import { rowsInTime } from './study-scope/time-order.ts';
import { visibleCell } from './study-scope/visible-cell.ts';
import type { PlacedItem } from './study-model.ts';
import { rowAt, type GroupRow, type SubjectIndex } from './subject-index.ts';

export interface CarriedAnswer {
  readonly from: ValuePlace;
  readonly value: ItemValue;
}

/** null while one of the items that decide has no answer yet. */
export function carriedAnswer(
  index: SubjectIndex,
  place: ValuePlace,
  placed: PlacedItem,
  same: readonly PlacedItem[],
): CarriedAnswer | null {
  const own = rowAt(index, place.event, placed.home, place.row);
  if (own === null || same.length === 0) return null;
  const wanted = same.map((item) => answerIn(index, own, item));
  if (wanted.includes(null)) return null;
  const { ordered, positionOf } = rowsInTime(index, placed.home);
  for (let position = (positionOf.get(own) ?? ordered.length) - 1; position >= 0; position -= 1) {
    const row = ordered[position]?.row;
    const value = row === undefined ? null : (visibleCell(index, row, placed)?.value ?? null);
    if (row === undefined || value?.text == null) continue;
    if (same.every((item, at) => answerIn(index, row, item) === wanted[at]))
      return {
        from: { event: row.event.id, form: placed.form.id, row: row.row, item: placed.item.id },
        value,
      };
  }
  return null;
}

/** Spelled with other capitals or spaces, a laboratory is still the same. */
function answerIn(index: SubjectIndex, row: GroupRow, item: PlacedItem): string | null {
  const text = visibleCell(index, row, item)?.value.text ?? null;
  return item.codeList === null ? (text?.trim().replace(/\s+/gu, ' ').toLowerCase() ?? null) : text;
}
