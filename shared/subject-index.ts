/**
 * One subject's values, laid out so that an expression finds what it reads without searching.
 * An index never changes; `withDrafts` makes another one that shares everything but the rows that were touched.
 */
import type { FeelValue } from './feel/value.ts';
import type { FormState, ItemValue, SubjectRecord, ValuePlace } from './record.ts';
import type { EventInstance, PlacedForm, PlacedGroup, PlacedItem, StudyModel } from './study-model.ts';
import { toFeel } from './study-scope/item-to-feel.ts';
import { emptyMemo, type Memo } from './study-scope/memo.ts';

export interface Draft {
  readonly place: ValuePlace;
  readonly value: ItemValue | null;
}

/** A value in the index: never an emptied one. */
export interface Cell {
  readonly value: ItemValue;
  /** As expressions read it; measurements are converted when they are read. */
  readonly feel: FeelValue;
  readonly derived: boolean;
}

export interface GroupRow {
  readonly row: number;
  readonly group: PlacedGroup;
  readonly event: EventInstance;
  /** By position of the item in the group. */
  readonly cells: readonly (Cell | null)[];
  /** Holds an answer that a person gave: a derived value or one that the application fills in makes no row. */
  readonly answered: boolean;
}

/** A form in an event instance. */
export interface FormInstance {
  readonly event: EventInstance;
  readonly form: PlacedForm;
  /** By position of the group in the form; rows ascending. A group that does not repeat always has its row 1. */
  readonly rows: readonly (readonly GroupRow[])[];
  /** Holds an answer, or was begun in any other way (its state is not "empty"). Only such a form is checked and derived. */
  readonly begun: boolean;
}

export interface SubjectIndex {
  readonly model: StudyModel;
  readonly subject: string;
  readonly site: string;
  /** In the order of events, then forms. */
  readonly instances: readonly FormInstance[];
  readonly byKey: ReadonlyMap<string, FormInstance>;
  readonly states: ReadonlyMap<string, FormState>;
  /** What has been worked out from this index; for the engine's own reading. */
  readonly memo: Memo;
}

/** Values of events, forms and items that the study does not have are left out: nothing can be said about them. */
export function indexSubject(model: StudyModel, record: SubjectRecord): SubjectIndex {
  const states = new Map(
    record.forms.map((status) => [instanceKey(status.event, status.form), status.state]),
  );
  const byKey = new Map<string, FormInstance>();
  for (const status of record.forms) {
    if (status.state === 'empty') continue;
    const empty = emptyInstance(model, status.event, status.form);
    if (empty !== null) byKey.set(instanceKey(status.event, status.form), { ...empty, begun: true });
  }
  const entries = record.values.map((value) => ({ place: value, value, derived: value.derived }));
  return place(model, { subject: record.subject, site: record.site, states }, byKey, entries);
}

/** Drafts stand in place of what is recorded; a draft of null empties. The last of two drafts of one place counts. */
export function withDrafts(index: SubjectIndex, drafts: readonly Draft[]): SubjectIndex {
  if (drafts.length === 0) return index;
  const entries = drafts.map((draft) => ({
    ...draft,
    derived: index.model.item(draft.place.item)?.item.type === 'calculated',
  }));
  return place(index.model, index, new Map(index.byKey), entries);
}

export function instanceKey(event: string, form: string): string {
  return `${event}|${form}`;
}

export function stateOf(index: SubjectIndex, event: string, form: string): FormState {
  return index.states.get(instanceKey(event, form)) ?? 'empty';
}

/** What stands at a place, hidden or not; null when nothing does. */
export function valueAt(index: SubjectIndex, at: ValuePlace): ItemValue | null {
  const placed = index.model.item(at.item);
  if (placed?.form.id !== at.form) return null;
  return rowAt(index, at.event, placed.home, at.row)?.cells[placed.position]?.value ?? null;
}

export function rowAt(index: SubjectIndex, event: string, group: PlacedGroup, row: number): GroupRow | null {
  return (
    findRow(index.byKey.get(instanceKey(event, group.home.form.id))?.rows[group.position] ?? [], row) ?? null
  );
}

/** The form instance in which a row stands; a blank one where nothing is entered yet. */
export function instanceOfRow(index: SubjectIndex, row: GroupRow): FormInstance | null {
  const form = row.group.home.form.id;
  return index.byKey.get(instanceKey(row.event.id, form)) ?? emptyInstance(index.model, row.event.id, form);
}

/** A form as it is before anything is entered; null when the study has no such form or event. */
export function emptyInstance(model: StudyModel, event: string, form: string): FormInstance | null {
  const instance = model.event(event);
  const placed = model.form(form);
  if (instance === undefined || placed === undefined) return null;
  const rows = placed.groups.map((group) => (group.group.repeating ? [] : [emptyRow(group, instance, 1)]));
  return { event: instance, form: placed, rows, begun: false };
}

export function emptyRow(group: PlacedGroup, event: EventInstance, row: number): GroupRow {
  return { row, group, event, cells: group.items.map(() => null), answered: false };
}

interface Entry extends Draft {
  readonly derived: boolean;
}

function place(
  model: StudyModel,
  of: Pick<SubjectIndex, 'subject' | 'site' | 'states'>,
  byKey: Map<string, FormInstance>,
  entries: readonly Entry[],
): SubjectIndex {
  const touched = new Map<string, Entry[]>();
  for (const entry of entries) {
    const key = instanceKey(entry.place.event, entry.place.form);
    const list = touched.get(key);
    if (list === undefined) touched.set(key, [entry]);
    else list.push(entry);
  }
  let grown = false;
  for (const [key, list] of touched) {
    const first = list[0];
    const before =
      byKey.get(key) ??
      (first === undefined ? null : emptyInstance(model, first.place.event, first.place.form));
    if (before === null) continue;
    grown ||= !byKey.has(key);
    byKey.set(key, changeInstance(model, before, list, (of.states.get(key) ?? 'empty') !== 'empty'));
  }
  const instances = [...byKey.values()];
  instances.sort((a, b) => a.event.order - b.event.order || a.form.order - b.form.order);
  return {
    model,
    subject: of.subject,
    site: of.site,
    states: of.states,
    instances,
    byKey,
    memo: emptyMemo(),
  };
}

function changeInstance(
  model: StudyModel,
  before: FormInstance,
  entries: readonly Entry[],
  begunByState: boolean,
): FormInstance {
  const opened = new Map<PlacedGroup, Map<number, (Cell | null)[]>>();
  for (const entry of entries) {
    const placed = model.item(entry.place.item);
    if (placed?.home.home !== before.form) continue;
    const number = entry.place.row;
    if (!placed.group.repeating && number !== 1) continue;
    const rows = opened.get(placed.home) ?? new Map<number, (Cell | null)[]>();
    opened.set(placed.home, rows);
    const cells = rows.get(number) ?? [
      ...(
        findRow(before.rows[placed.home.position] ?? [], number) ??
        emptyRow(placed.home, before.event, number)
      ).cells,
    ];
    rows.set(number, cells);
    cells[placed.position] = toCell(placed, entry);
  }
  const rows = [...before.rows];
  for (const [group, changed] of opened) {
    const kept = (rows[group.position] ?? []).filter((row) => !changed.has(row.row));
    for (const [number, cells] of changed) {
      // An emptied row of a repeating group is no row; a group that does not repeat keeps its only one.
      if (group.group.repeating && cells.every((cell) => cell === null)) continue;
      kept.push({
        row: number,
        group,
        event: before.event,
        cells,
        answered: cells.some((cell, position) => isAnswer(group.items[position], cell)),
      });
    }
    rows[group.position] = kept.sort((a, b) => a.row - b.row);
  }
  return {
    ...before,
    rows,
    begun: begunByState || rows.some((groupRows) => groupRows.some((row) => row.answered)),
  };
}

function toCell(placed: PlacedItem, entry: Entry): Cell | null {
  const { value, derived } = entry;
  if (value === null || (value.text === null && value.missing === null)) return null;
  return { value, feel: toFeel(placed, value), derived };
}

function isAnswer(placed: PlacedItem | undefined, cell: Cell | null): boolean {
  return cell !== null && !cell.derived && placed?.item.system === undefined;
}

function findRow(rows: readonly GroupRow[], row: number): GroupRow | undefined {
  const guess = rows[row - 1];
  return guess?.row === row ? guess : rows.find((candidate) => candidate.row === row);
}
