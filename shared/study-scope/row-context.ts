/** A row as a FEEL context, read field by field: a filter over a hundred rows looks at one field of each. */
import type { FeelContext, FeelValue } from '../feel/value.ts';
import type { PlacedGroup } from '../study-model.ts';
import type { Frame } from './frame.ts';
import { headRow, readValue } from './read-value.ts';
import { readTimeOfRow } from './scope-names.ts';
import type { DatedRow } from './time-order.ts';

const ofEveryRow = ['event', 'row', 'at'] as const;

/** Items of the group and of the head of its form (the groups that do not repeat), and where and when the row is. */
export function rowFields(group: PlacedGroup): ReadonlySet<string> {
  const items = group.home.items.filter((placed) => placed.home === group || !placed.group.repeating);
  return new Set([...items.map((placed) => placed.item.id), ...ofEveryRow]);
}

export function rowContext(frame: Frame, dated: DatedRow, fields: ReadonlySet<string>): FeelContext {
  return { kind: 'context', entries: lazyEntries(fields, (name) => readField(frame, dated, name)) };
}

function readField(frame: Frame, { row, instance }: DatedRow, name: string): FeelValue {
  if (name === 'event') return row.event.id;
  if (name === 'row') return row.row;
  if (name === 'at') return readTimeOfRow({ ...frame, row, instance });
  const placed = frame.index.model.item(name);
  if (placed === undefined) return null;
  const home = placed.home === row.group ? row : headRow(instance, placed);
  return home === undefined ? null : readValue(frame, home, placed);
}

function lazyEntries(
  names: ReadonlySet<string>,
  read: (name: string) => FeelValue,
): ReadonlyMap<string, FeelValue> {
  const all = (): ReadonlyMap<string, FeelValue> => new Map([...names].map((name) => [name, read(name)]));
  return {
    size: names.size,
    has: (name) => names.has(name),
    get: (name) => (names.has(name) ? read(name) : undefined),
    keys: () => all().keys(),
    values: () => all().values(),
    entries: () => all().entries(),
    forEach: (visit) => {
      all().forEach(visit);
    },
    [Symbol.iterator]: () => all()[Symbol.iterator](),
  };
}
