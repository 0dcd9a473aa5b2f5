/**
 * Which checks, rules and formulas have to be run, and where, when not all of them.
 *
 *   what changed                                                          a check that reads it runs
 *   read from other rows, events or forms (rows(G), before(x, t), T0 …)   everywhere
 *   read only in its own row, or in the head of its own form              in the rows that were touched
 *   not read, but on the form that the check is about                     in the rows that were touched: they may be new or gone
 *   none of this                                                          nowhere
 */
import type { ValuePlace } from '../record.ts';
import type { PlacedCheck, PlacedForm, PlacedGroup, PlacedItem, StudyModel } from '../study-model.ts';
import { instanceKey, type SubjectIndex } from '../subject-index.ts';

export type Reach = 'nowhere' | 'touched' | 'everywhere';

export interface Selection {
  readonly ofCheck: (placed: PlacedCheck) => Reach;
  /** Of the rules that an item brings along, and of its formula. */
  readonly ofItem: (placed: PlacedItem) => Reach;
  readonly touches: (event: string, group: PlacedGroup, row: number) => boolean;
  readonly touchesForm: (event: string, form: PlacedForm) => boolean;
}

export const everything: Selection = {
  ofCheck: () => 'everywhere',
  ofItem: () => 'everywhere',
  touches: () => true,
  touchesForm: () => true,
};

/** `clock`: the time has gone on, too, so that what reads it runs everywhere. */
export function touchedBy(
  model: StudyModel,
  index: SubjectIndex,
  changed: readonly ValuePlace[],
  clock = false,
): Selection {
  const ids = [...new Set(changed.map((place) => place.item))];
  const items = ids.map((id) => model.item(id)).filter((placed) => placed !== undefined);
  const forms = new Set(items.map((placed) => placed.home.home));
  // A calculated value makes no row and takes none away.
  const typed = new Set(
    items.filter((placed) => placed.item.type !== 'calculated').map((placed) => placed.home.home),
  );
  const types = new Set([
    ...items.map((placed) => placed.item.type),
    ...[...typed].flatMap((form) => form.items.map((placed) => placed.item.type)),
  ]);
  const isRead = (dependsOn: ReadonlySet<string>): boolean => {
    for (const id of ids) if (dependsOn.has(id)) return true;
    return false;
  };
  const isReadAfar = (placed: PlacedCheck | PlacedItem): boolean =>
    (clock && placed.readsClock) || isRead(placed.dependsAfarOn);

  const reachOf = (placed: PlacedCheck): Reach => {
    const { each, of } = placed.check;
    const isAbout = placed.about !== null && typed.has(placed.about);
    if (isReadAfar(placed) || (each === 'subject' && isAbout)) return 'everywhere';
    const isNear = each === 'value' ? of === undefined || of.some((type) => types.has(type)) : isAbout;
    if (!isNear && !isRead(placed.dependsOn)) return 'nowhere';
    return isShownWhereRun(placed) ? 'touched' : 'everywhere';
  };
  const rows = touchedRows(model, index, changed);
  // Asked for only where something stands, and then for many rows alike.
  const checks = new Map<PlacedCheck, Reach>();
  return {
    ofCheck: (placed) => {
      const reach = checks.get(placed) ?? reachOf(placed);
      checks.set(placed, reach);
      return reach;
    },
    ofItem: (placed) => {
      if (isReadAfar(placed)) return 'everywhere';
      return forms.has(placed.home.home) ? 'touched' : 'nowhere';
    },
    touches: (event, group, row) => {
      const touched = rows.get(instanceKey(event, group.home.form.id));
      return touched !== undefined && (touched === 'all' || touched.has(rowKey(group, row)));
    },
    touchesForm: (event, { form }) => rows.get(instanceKey(event, form.id)) === 'all',
  };
}

/** Where the row or form that was touched can't be told from the place of a finding, the check runs everywhere. */
function isShownWhereRun({ check, items, about }: PlacedCheck): boolean {
  if (check.each === 'value') return true;
  const shownAt = items[0];
  if (shownAt === undefined) return false;
  if (check.each === 'row') return check.group === undefined || check.group === shownAt.group.id;
  return shownAt.home.home === about && !shownAt.group.repeating;
}

/** By form instance: the rows that changed, or all where a change reaches the whole form. */
function touchedRows(
  model: StudyModel,
  index: SubjectIndex,
  changed: readonly ValuePlace[],
): ReadonlyMap<string, 'all' | ReadonlySet<string>> {
  const touched = new Map<string, { readonly rows: Set<string>; isHead: boolean }>();
  for (const { event, form, item, row } of changed) {
    const placed = model.item(item);
    if (placed?.form.id !== form) continue;
    const key = instanceKey(event, form);
    const known = touched.get(key) ?? { rows: new Set<string>(), isHead: false };
    touched.set(key, known);
    known.isHead ||= !placed.group.repeating;
    known.rows.add(rowKey(placed.home, row));
  }
  return new Map(
    [...touched].map(([key, { rows, isHead }]) => [
      key,
      isHead || mayBeginOrEnd(index, key, rows) ? 'all' : rows,
    ]),
  );
}

/** Nothing but the changed rows holds an answer: they may have begun the form, or left it empty. */
function mayBeginOrEnd(index: SubjectIndex, key: string, rows: ReadonlySet<string>): boolean {
  const instance = index.byKey.get(key);
  if (instance?.begun !== true) return true;
  return !instance.rows.some((groupRows) =>
    groupRows.some((row) => row.answered && !rows.has(rowKey(row.group, row.row))),
  );
}

function rowKey(group: PlacedGroup, row: number): string {
  return `${group.group.id}|${String(row)}`;
}
