/** The answer that this subject gave to the same item the time before: what a ten-fold slip is seen against. */
import { isEmpty } from '#shared/item-value.ts';
import type { ItemValue, ValuePlace } from '#shared/record.ts';
import { rowsInTime } from '#shared/study-scope/time-order.ts';
import type { PlacedItem } from '#shared/study-model.ts';
import type { SubjectIndex } from '#shared/subject-index.ts';

export interface PreviousAnswer {
  readonly event: string;
  readonly value: ItemValue;
}

/** Goes back in time order from the row; a row that holds nothing yet comes after all others. */
export function previousAnswer(
  index: SubjectIndex,
  place: ValuePlace,
  placed: PlacedItem,
): PreviousAnswer | null {
  const { ordered } = rowsInTime(index, placed.home);
  const own = ordered.findIndex(({ row }) => row.row === place.row && row.event.id === place.event);
  for (let position = (own === -1 ? ordered.length : own) - 1; position >= 0; position -= 1) {
    const row = ordered[position]?.row;
    const value = row?.cells[placed.position]?.value ?? null;
    if (row !== undefined && value !== null && !isEmpty(value) && value.missing === null)
      return { event: row.event.id, value };
  }
  return null;
}
