/**
 * The values that a finding rests on, and behind each calculated one those that it was calculated from, down to what
 * was typed. What holds nothing is only told where the check itself looked at it.
 */
import { minuteNumber } from './partial-date.ts';
import type { Finding, LocalMinute, UsedValue, ValuePlace } from './record.ts';
import { frameAt } from './study-scope/frame.ts';
import type { PlacedItem, StudyModel } from './study-model.ts';
import { instanceOfRow, rowAt, type SubjectIndex } from './subject-index.ts';

export interface ValueBehind {
  readonly place: ValuePlace;
  readonly placed: PlacedItem;
  readonly isEmpty: boolean;
  /** For a calculated value. */
  readonly from: readonly ValueBehind[];
}

const deepest = 4;

export function valuesBehind(
  model: StudyModel,
  index: SubjectIndex,
  finding: Pick<Finding, 'used'>,
  now: LocalMinute,
): readonly ValueBehind[] {
  const minute = minuteNumber(now) ?? Number.NaN;
  const behind = (used: readonly UsedValue[], seen: ReadonlySet<string>): readonly ValueBehind[] =>
    used.flatMap((value): readonly ValueBehind[] => {
      const placed = model.item(value.item);
      const key = keyOf(value);
      if (placed === undefined || seen.has(key)) return [];
      const { event, form, row, item } = value;
      const place = { event, form, row, item };
      const isEmpty = value.text === null && value.missing === null;
      const inputs = isEmpty || seen.size >= deepest ? [] : inputsOf(index, place, placed, minute);
      return [{ place, placed, isEmpty, from: behind(inputs, new Set([...seen, key])) }];
    });
  return behind(finding.used, new Set());
}

/** All of them, each place once. */
export function placesBehind(values: readonly ValueBehind[]): readonly ValuePlace[] {
  const places = new Map<string, ValuePlace>();
  const visit = (value: ValueBehind): void => {
    places.set(keyOf(value.place), value.place);
    value.from.forEach(visit);
  };
  values.forEach(visit);
  return [...places.values()];
}

/** What the formula looks at and finds, each place once; the rows that it passes over are not among them. */
function inputsOf(
  index: SubjectIndex,
  place: ValuePlace,
  placed: PlacedItem,
  minute: number,
): readonly UsedValue[] {
  const row = rowAt(index, place.event, placed.home, place.row);
  const instance = row === null ? null : instanceOfRow(index, row);
  if (placed.expression === null || row === null || instance === null) return [];
  const trace: UsedValue[] = [];
  placed.expression.read({
    ...frameAt(index, minute, instance, placed.group.repeating ? row : null),
    trace,
  });
  const seen = new Set([keyOf(place)]);
  return trace.filter((used) => {
    const key = keyOf(used);
    return (used.text !== null || used.missing !== null) && !seen.has(key) && seen.add(key);
  });
}

function keyOf({ event, form, row, item }: ValuePlace): string {
  return `${event}|${form}|${String(row)}|${item}`;
}
