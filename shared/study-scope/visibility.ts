/**
 * Which items are asked for.
 *
 *   condition true          → shown
 *   condition false or null → hidden: what stands there is parked, and reads as null everywhere
 *
 * A hidden item therefore answers no other item's condition, and a chain of conditions settles by itself:
 * each is worked out when it is first needed, and definitions with a cycle are refused (study-faults.ts).
 */
import type { PlacedItem, StudyExpression } from '../study-model.ts';
import { instanceOfRow, type FormInstance, type GroupRow, type SubjectIndex } from '../subject-index.ts';
import { frameAt } from './frame.ts';

const unknown = 0;
const shown = 1;
const hidden = 2;

export function isHiddenIn(index: SubjectIndex, row: GroupRow, placed: PlacedItem): boolean {
  if (!placed.conditional) return false;
  let states = index.memo.hidden.get(row);
  if (states === undefined) {
    states = new Uint8Array(row.group.items.length);
    index.memo.hidden.set(row, states);
  }
  if (states[placed.position] === unknown) {
    // Hidden until decided: should a faulty definition go round in a circle, it ends here.
    states[placed.position] = hidden;
    states[placed.position] = isAsked(index, row, placed) ? shown : hidden;
  }
  return states[placed.position] === hidden;
}

function isAsked(index: SubjectIndex, row: GroupRow, placed: PlacedItem): boolean {
  const instance = instanceOfRow(index, row);
  return (
    holds(index, instance, null, placed.home.shown) &&
    holds(index, instance, placed.group.repeating ? row : null, placed.shown)
  );
}

function holds(
  index: SubjectIndex,
  instance: FormInstance | null,
  row: GroupRow | null,
  condition: StudyExpression | null,
): boolean {
  return condition === null || condition.read(frameAt(index, Number.NaN, instance, row)) === true;
}
