/**
 * The rows of a group over the whole subject, in time order: by the item that dates the group, then event, then row.
 * A row without a date stands after all dated ones, and nothing is before or after it.
 */
import type { FeelValue } from '../feel/value.ts';
import type { PlacedGroup, PlacedItem } from '../study-model.ts';
import type { FormInstance, GroupRow, SubjectIndex } from '../subject-index.ts';
import { frameAt } from './frame.ts';
import { readValue } from './read-value.ts';

const minutesOfDay = 1440;

/** The first and last minute that a date can mean; the same for a date-time. */
export interface Moment {
  readonly first: number;
  readonly last: number;
}
export interface DatedRow {
  readonly row: GroupRow;
  readonly instance: FormInstance;
  readonly moment: Moment | null;
}
export interface DatedRows {
  readonly ordered: readonly DatedRow[];
  readonly positionOf: ReadonlyMap<GroupRow, number>;
}

export function momentOf(value: FeelValue): Moment | null {
  if (value === null || typeof value !== 'object' || !('kind' in value)) return null;
  if (value.kind === 'date-time') return { first: value.minute, last: value.minute };
  if (value.kind === 'date') return days(value.day, value.day);
  return value.kind === 'partial' ? days(value.first, value.last) : null;
}

export function rowsInTime(index: SubjectIndex, group: PlacedGroup): DatedRows {
  const known = index.memo.inTime.get(group);
  if (known !== undefined) return known;
  const ordered = index.instances
    .filter((instance) => instance.form === group.home && instance.begun)
    .flatMap((instance) =>
      (instance.rows[group.position] ?? [])
        .filter((row) => row.answered || !group.group.repeating)
        .map((row): DatedRow => ({ row, instance, moment: momentOf(timeOfRow(index, instance, row)) })),
    );
  if (group.time !== null) ordered.sort(byTime);
  const rows: DatedRows = {
    ordered,
    positionOf: new Map(ordered.map((dated, position) => [dated.row, position])),
  };
  index.memo.inTime.set(group, rows);
  return rows;
}

/** What the item that dates the row's group says; null when the group has none or it is empty. */
export function timeOfRow(index: SubjectIndex, instance: FormInstance, row: GroupRow): FeelValue {
  const found = timeCell(instance, row);
  return found === null ? null : readValue(frameAt(index, Number.NaN, instance, null), found.row, found.item);
}

export function timeCell(
  instance: FormInstance,
  row: GroupRow,
): { readonly row: GroupRow; readonly item: PlacedItem } | null {
  const item = row.group.time;
  if (item === null) return null;
  if (item.home === row.group) return { row, item };
  const head = instance.rows[item.home.position]?.[0];
  return head === undefined ? null : { row: head, item };
}

/** Stable, so rows of equal time keep the order of events and rows in which they come. */
function byTime(a: DatedRow, b: DatedRow): number {
  if (a.moment === null || b.moment === null) return Number(a.moment === null) - Number(b.moment === null);
  return a.moment.first - b.moment.first || a.moment.last - b.moment.last;
}

function days(first: number, last: number): Moment {
  return { first: first * minutesOfDay, last: last * minutesOfDay + minutesOfDay - 1 };
}
