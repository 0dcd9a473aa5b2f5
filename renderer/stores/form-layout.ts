/** What a form page shows of a form instance: groups, rows and items that are asked, and what is parked. */
import type { ItemValue, LocalMinute } from '#shared/record.ts';
import { frameAt } from '#shared/study-scope/frame.ts';
import type { PlacedForm, PlacedGroup, PlacedItem } from '#shared/study-model.ts';
import {
  emptyInstance,
  emptyRow,
  instanceKey,
  type FormInstance,
  type GroupRow,
  type SubjectIndex,
} from '#shared/subject-index.ts';
import { visibility } from '#shared/visibility.ts';
import type { FormPlace } from './places.ts';

export interface ShownRow {
  readonly row: number;
  readonly items: readonly PlacedItem[];
  /** Nothing is saved in it yet. */
  readonly isBlank: boolean;
}
export interface ShownGroup {
  readonly group: PlacedGroup;
  readonly rows: readonly ShownRow[];
}
export interface ParkedAnswer {
  readonly row: number;
  readonly placed: PlacedItem;
  readonly value: ItemValue;
}
export interface FormLayout {
  readonly groups: readonly ShownGroup[];
  readonly parked: readonly ParkedAnswer[];
  /** Changes when anything of the above does. */
  readonly signature: string;
}

/**
 * `added` holds rows that a person asked for and that hold nothing yet, by group id. A table always ends in a blank
 * row, so that typing there makes the next one; a group of records shows a blank one only while it has no other.
 */
export function layOutForm(
  index: SubjectIndex,
  form: PlacedForm,
  at: FormPlace,
  added: ReadonlyMap<string, ReadonlySet<number>>,
): FormLayout {
  const instance = instanceAt(index, at);
  if (instance === null) return { groups: [], parked: [], signature: '' };
  const hidden = visibility(index.model, index);
  const groups: ShownGroup[] = [];
  const parked: ParkedAnswer[] = [];
  for (const group of form.groups) {
    const rows: ShownRow[] = [];
    for (const row of rowsOf(instance, group, added.get(group.group.id) ?? new Set())) {
      const items: PlacedItem[] = [];
      for (const placed of group.items) {
        if (placed.item.system !== undefined) continue;
        const isHidden = placed.conditional && hidden.isHidden({ ...at, row: row.row, item: placed.item.id });
        if (!isHidden) items.push(placed);
        const cell = row.cells[placed.position];
        if (isHidden && cell !== null && cell !== undefined && !cell.derived)
          parked.push({ row: row.row, placed, value: cell.value });
      }
      rows.push({ row: row.row, items, isBlank: row.cells.every((cell) => cell === null) });
    }
    if (rows.some((row) => row.items.length > 0)) groups.push({ group, rows });
  }
  return { groups, parked, signature: signatureOf(groups, parked) };
}

export function instanceAt(index: SubjectIndex, at: FormPlace): FormInstance | null {
  return index.byKey.get(instanceKey(at.event, at.form)) ?? emptyInstance(index.model, at.event, at.form);
}

/** Whether an answer is expected here. null (not evaluable) expects none. */
export function isRequiredAt(
  index: SubjectIndex,
  at: FormPlace,
  row: number,
  placed: PlacedItem,
  now: LocalMinute,
): boolean {
  if (placed.required === null || placed.required === 'always') return placed.required === 'always';
  const instance = instanceAt(index, at);
  if (instance === null) return false;
  const found = instance.rows[placed.home.position]?.find((candidate) => candidate.row === row);
  const own = placed.group.repeating ? (found ?? emptyRow(placed.home, instance.event, row)) : null;
  return placed.required.read(frameAt(index, minuteNumber(now), instance, own)) === true;
}

function rowsOf(instance: FormInstance, group: PlacedGroup, added: ReadonlySet<number>): readonly GroupRow[] {
  const rows = [...(instance.rows[group.position] ?? [])];
  if (!group.group.repeating) return rows;
  for (const number of added)
    if (!rows.some((row) => row.row === number)) rows.push(emptyRow(group, instance.event, number));
  rows.sort((one, other) => one.row - other.row);
  const last = rows.at(-1);
  const next = (last?.row ?? 0) + 1;
  const isTable = group.group.layout === 'table';
  const endsBlank = last?.cells.every((cell) => cell === null) === true;
  if (isTable ? !endsBlank : rows.length === 0) rows.push(emptyRow(group, instance.event, next));
  return rows;
}

function signatureOf(groups: readonly ShownGroup[], parked: readonly ParkedAnswer[]): string {
  const shown = groups.map(
    ({ group, rows }) =>
      `${group.group.id}:${rows.map((row) => `${String(row.row)}${row.isBlank ? 'b' : ''}=${row.items.map((placed) => placed.position).join(',')}`).join(';')}`,
  );
  const kept = parked.map(
    ({ row, placed, value }) => `${String(row)}.${placed.item.id}=${value.text ?? value.missing ?? ''}`,
  );
  return `${shown.join('/')}#${kept.join('/')}`;
}

function minuteNumber(now: LocalMinute): number {
  return Math.floor(Date.parse(`${now}:00Z`) / 60_000);
}
