/** A calculated item worked out where it is read, once for each row. */
import type { PlacedItem } from '../study-model.ts';
import { instanceOfRow, type Cell, type GroupRow, type SubjectIndex } from '../subject-index.ts';
import { toDerivedValue } from './feel-to-item.ts';
import { frameAt } from './frame.ts';
import { toFeel } from './item-to-feel.ts';
import type { Memo } from './memo.ts';

export function derivedCell(
  index: SubjectIndex,
  derived: NonNullable<Memo['derived']>,
  row: GroupRow,
  placed: PlacedItem,
): Cell | null {
  let cells = derived.cells.get(row);
  if (cells === undefined) {
    cells = row.group.items.map(() => undefined);
    derived.cells.set(row, cells);
  }
  const known = cells[placed.position];
  if (known !== undefined) return known;
  // Nothing until worked out: should a faulty definition go round in a circle, it ends here.
  cells[placed.position] = null;
  const cell = workOut(index, derived.now, row, placed);
  cells[placed.position] = cell;
  return cell;
}

/** Forms that were not begun and rows without an answer derive nothing: what is not there has no age, dose or score. */
function workOut(index: SubjectIndex, now: number, row: GroupRow, placed: PlacedItem): Cell | null {
  const instance = instanceOfRow(index, row);
  if (placed.expression === null || instance?.begun !== true || (row.group.group.repeating && !row.answered))
    return null;
  const value = toDerivedValue(
    placed,
    placed.expression.read(frameAt(index, now, instance, row.group.group.repeating ? row : null)),
  );
  return value === null ? null : { value, feel: toFeel(placed, value), derived: true };
}
