/** What counts at a place: nothing when the item is hidden, what was worked out when it is calculated and the index derives. */
import type { PlacedItem } from '../study-model.ts';
import type { Cell, GroupRow, SubjectIndex } from '../subject-index.ts';
import { derivedCell } from './derived-cell.ts';
import { isHiddenIn } from './visibility.ts';

export function visibleCell(index: SubjectIndex, row: GroupRow, placed: PlacedItem): Cell | null {
  if (placed.conditional && isHiddenIn(index, row, placed)) return null;
  const { derived } = index.memo;
  if (derived !== null && placed.expression !== null) return derivedCell(index, derived, row, placed);
  return row.cells[placed.position] ?? null;
}
