/** Which items of a subject are asked for: see study-scope/visibility.ts for the rule. */
import type { ValuePlace } from './record.ts';
import type { StudyModel } from './study-model.ts';
import { placeOf } from './study-scope/read-value.ts';
import { isHiddenIn } from './study-scope/visibility.ts';
import { emptyRow, rowAt, type GroupRow, type SubjectIndex } from './subject-index.ts';

export interface Visibility {
  /** For rows and forms that hold nothing yet, too. */
  readonly isHidden: (place: ValuePlace) => boolean;
  /** Where a hidden item holds an answer: the values that are parked. Derived values are not answers. */
  readonly parked: () => readonly ValuePlace[];
}

export function visibility(model: StudyModel, index: SubjectIndex): Visibility {
  const blanks = new Map<string, GroupRow>();
  const blankRow = (place: ValuePlace): GroupRow | null => {
    const group = model.item(place.item)?.home;
    const event = model.event(place.event);
    if (group === undefined || event === undefined) return null;
    const key = `${event.id}|${group.group.id}|${String(place.row)}`;
    const blank = blanks.get(key) ?? emptyRow(group, event, place.row);
    blanks.set(key, blank);
    return blank;
  };
  return {
    isHidden: (place) => {
      const placed = model.item(place.item);
      if (placed?.conditional !== true) return false;
      const row = rowAt(index, place.event, placed.home, place.row) ?? blankRow(place);
      return row !== null && isHiddenIn(index, row, placed);
    },
    parked: () =>
      index.instances.flatMap((instance) =>
        instance.rows.flat().flatMap((row) =>
          row.group.items
            .filter((placed) => {
              const cell = row.cells[placed.position] ?? null;
              return cell !== null && !cell.derived && isHiddenIn(index, row, placed);
            })
            .map((placed) => placeOf(row, placed)),
        ),
      ),
  };
}
