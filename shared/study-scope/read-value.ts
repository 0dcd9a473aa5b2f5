/**
 * Reads one item of one row. Everything that an expression learns about a subject's answers passes through here:
 * hidden answers read as null, measurements in their standard unit, calculated items anew while deriving,
 * and what is looked at is written into the frame's trace.
 */
import type { FeelValue } from '../feel/value.ts';
import type { Relation, UsedValue, ValuePlace } from '../record.ts';
import type { PlacedItem } from '../study-model.ts';
import type { Cell, FormInstance, GroupRow } from '../subject-index.ts';
import type { Frame } from './frame.ts';
import { standardValue } from './measurement.ts';
import { visibleCell } from './visible-cell.ts';

export function readValue(frame: Frame, row: GroupRow, placed: PlacedItem): FeelValue {
  const cell = visibleCell(frame.index, row, placed);
  if (frame.trace !== null) frame.trace.push(toUsed(placeOf(row, placed), cell));
  if (cell === null) return null;
  return placed.parts === null ? cell.feel : standardValue(frame.index, row, placed, cell);
}

/** The one row of a form's group that does not repeat. */
export function headRow(instance: FormInstance, placed: PlacedItem): GroupRow | undefined {
  return instance.rows[placed.home.position]?.[0];
}

export function placeOf(row: GroupRow, placed: PlacedItem): ValuePlace {
  return { event: row.event.id, form: placed.form.id, row: row.row, item: placed.item.id };
}

export function toUsed(place: ValuePlace, cell: Cell | null): UsedValue {
  const relation: Relation | null = cell?.value.relation ?? null;
  return {
    ...place,
    text: cell?.value.text ?? null,
    relation,
    unit: cell?.value.unit ?? null,
    missing: cell?.value.missing ?? null,
  };
}
