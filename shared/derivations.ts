/**
 * Calculated items, brought up to date in one pass: each is worked out where it is first read and kept, so what rests
 * on another derived value sees its new value whatever the order (definitions with a circle are refused).
 *
 *   form not begun, row without an answer, item hidden, result null   → empty
 */
import { minuteNumber } from './partial-date.ts';
import type { ItemValue, LocalMinute, ValuePlace } from './record.ts';
import type { PlacedGroup, PlacedItem, StudyModel } from './study-model.ts';
import { emptyMemo } from './study-scope/memo.ts';
import { placeOf } from './study-scope/read-value.ts';
import { everything, touchedBy, type Reach } from './study-scope/selection.ts';
import { visibleCell } from './study-scope/visible-cell.ts';
import { withDrafts, type SubjectIndex } from './subject-index.ts';

/** Since everything was derived or checked. */
export interface Changed {
  /** Every place whose value differs. */
  readonly places: readonly ValuePlace[];
  /** Whether the clock counts as gone on. */
  readonly clock: boolean;
}

interface DueItem {
  readonly placed: PlacedItem;
  readonly reach: Reach;
}

export interface DerivedValue {
  readonly place: ValuePlace;
  readonly value: ItemValue | null;
}

/**
 * All calculated items whose value differs from what is recorded, in the order of events, forms, rows and items.
 * `changed`: all that changed since everything was derived; without it, everything is looked at.
 * (A value that rests on the state of a form is only brought up to date when everything is.)
 */
export function derive(
  model: StudyModel,
  index: SubjectIndex,
  now: LocalMinute,
  changed?: Changed,
): readonly DerivedValue[] {
  const selection =
    changed === undefined ? everything : touchedBy(model, index, changed.places, changed.clock);
  const deriving: SubjectIndex = { ...index, memo: emptyMemo(minuteNumber(now) ?? Number.NaN) };
  const derived: DerivedValue[] = [];
  // Asked once for the days of a stay, whose forms are alike.
  const dueByGroup = new Map<PlacedGroup, readonly DueItem[]>();
  const dueOf = (group: PlacedGroup): readonly DueItem[] => {
    const known = dueByGroup.get(group);
    if (known !== undefined) return known;
    const due = (model.plan.groups[group.order]?.calculated ?? [])
      .map((placed) => ({ placed, reach: selection.ofItem(placed) }))
      .filter(({ reach }) => reach !== 'nowhere');
    dueByGroup.set(group, due);
    return due;
  };
  for (const instance of index.instances) {
    for (const group of instance.form.groups) {
      const due = dueOf(group);
      if (due.length === 0) continue;
      for (const row of instance.rows[group.position] ?? []) {
        const isTouched = selection.touches(instance.event.id, group, row.row);
        for (const { placed, reach } of due) {
          if (reach === 'touched' && !isTouched) continue;
          const value = visibleCell(deriving, row, placed)?.value ?? null;
          if (!isSame(value, row.cells[placed.position]?.value ?? null))
            derived.push({ place: placeOf(row, placed), value });
        }
      }
    }
  }
  return derived;
}

/** The index with its derived values brought up to date; `changed` as for derive. */
export function settle(
  model: StudyModel,
  index: SubjectIndex,
  now: LocalMinute,
  changed?: Changed,
): SubjectIndex {
  return withDrafts(index, derive(model, index, now, changed));
}

function isSame(a: ItemValue | null, b: ItemValue | null): boolean {
  if (a === null || b === null) return a === b;
  return a.text === b.text && (a.relation ?? '=') === (b.relation ?? '=') && a.missing === b.missing;
}
