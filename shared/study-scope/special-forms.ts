/**
 * Functions that look beyond the row: their first argument is the name of an item or group, not its value.
 * "Values" are answers that are there; hidden, empty and missing ones are passed over, except where a row is meant.
 *
 *   all(x)                 all values of the subject in time order
 *   rows(G)                all rows of the group in time order, with the fields of G, of the head of its form, event, row, at
 *   previous(x), next(x)   x in the row before or after this one in time; null when it is empty there
 *   before(x, at)          the last value whose row lies certainly before `at`
 *   at_or_before(x, at)    the last value whose row lies certainly not after `at`
 *   nearest(x, at, h)      the value whose row lies certainly within h hours of `at`, the nearest; of two as near the earlier
 *   in_event(x, "E")       the first value in the event (or instance "D2"); all_in(x, "E") all of them
 *   alike(x, …)            rows of this row's group with the same answers in x, …: see alike-rows.ts
 */
import type { Read, SpecialArgument, SpecialForm } from '../feel/compile.ts';
import { isList, type FeelValue } from '../feel/value.ts';
import type { PlacedGroup, PlacedItem, StudyModel } from '../study-model.ts';
import type { GroupRow } from '../subject-index.ts';
import { alikeForm } from './alike-rows.ts';
import type { Frame, Home } from './frame.ts';
import { locateNearby } from './locate.ts';
import { readValue } from './read-value.ts';
import { rowContext, rowFields } from './row-context.ts';
import { momentOf, rowsInTime, timeCell, type DatedRow, type Moment } from './time-order.ts';

type Form = SpecialForm<Frame>;
type Arguments = readonly SpecialArgument<Frame>[];
/** What a form reads, or why it can't. */
type Built = Read<Frame> | { readonly fault: string };

const minutesOfHour = 60;

export function specialForms(model: StudyModel, home: Home): ReadonlyMap<string, Form> {
  const overItem = (
    usage: string,
    count: number,
    build: (placed: PlacedItem, args: Arguments) => Built,
  ): readonly [string, Form] => [
    usage.slice(0, usage.indexOf('(')),
    (args) => {
      const placed = model.item(args[0]?.name ?? '');
      if (args.length !== count) return { fault: `write ${usage}` };
      if (placed === undefined)
        return { fault: `write ${usage}: ${args[0]?.name ?? 'the first argument'} is not the id of an item` };
      const built = build(placed, args);
      return typeof built === 'function' ? { read: built } : built;
    },
  ];
  return new Map<string, Form>([
    overItem('all(item)', 1, (placed) => {
      const read = (frame: Frame): FeelValue =>
        noted(
          frame,
          placed,
          valuesOf(frame, placed, () => true),
        );
      return (frame) => remembered(frame, frame.index.memo.values, placed, read);
    }),
    overItem('all_in(item, "EVENT")', 2, (placed, args) =>
      inEvent(model, placed, args, (frame, isThere) =>
        noted(frame, placed, valuesOf(frame, placed, isThere)),
      ),
    ),
    overItem('in_event(item, "EVENT")', 2, (placed, args) =>
      inEvent(model, placed, args, (frame, isThere) => firstValueOf(frame, placed, isThere)),
    ),
    overItem('previous(item)', 1, (placed) => neighbour(home, placed, -1)),
    overItem('next(item)', 1, (placed) => neighbour(home, placed, 1)),
    overItem('before(item, at)', 2, (placed, args) =>
      lastBefore(placed, args, (row, at) => row.last < at.first),
    ),
    overItem('at_or_before(item, at)', 2, (placed, args) =>
      lastBefore(placed, args, (row, at) => row.last <= at.first),
    ),
    overItem('nearest(item, at, hours)', 3, (placed, args) => nearest(placed, args)),
    ['alike', alikeForm(model, home)],
    [
      'rows',
      (args) => {
        const group = model.group(args[0]?.name ?? '');
        if (args.length !== 1) return { fault: 'write rows(GROUP)' };
        if (group === undefined)
          return {
            fault: `write rows(GROUP): ${args[0]?.name ?? 'the argument'} is not the id of an item group`,
          };
        const fields = rowFields(group);
        const read = (frame: Frame): FeelValue =>
          rowsInTime(frame.index, group).ordered.map((dated) => rowContext(frame, dated, fields));
        return {
          fields,
          read: (frame) => {
            const rows = remembered(frame, frame.index.memo.rows, group, read);
            if (isList(rows) && rows.length === 0) frame.absent?.push({ kind: 'row', group });
            return rows;
          },
        };
      },
    ],
  ]);
}

/** Worked out once for an index; anew where a trace wants to see what is read. */
function remembered<Key>(
  frame: Frame,
  memo: Map<Key, FeelValue>,
  key: Key,
  read: (frame: Frame) => FeelValue,
): FeelValue {
  if (frame.trace !== null) return read(frame);
  const known = memo.get(key);
  if (known !== undefined) return known;
  const value = read(frame);
  memo.set(key, value);
  return value;
}

function valuesOf(
  frame: Frame,
  placed: PlacedItem,
  isWanted: (row: GroupRow) => boolean,
): readonly FeelValue[] {
  const values: FeelValue[] = [];
  for (const { row } of rowsInTime(frame.index, placed.home).ordered) {
    if (!isWanted(row) || isEmptyThere(frame, row, placed)) continue;
    values.push(readValue(frame, row, placed));
  }
  return values;
}

function firstValueOf(frame: Frame, placed: PlacedItem, isWanted: (row: GroupRow) => boolean): FeelValue {
  const found = rowsInTime(frame.index, placed.home).ordered.find(
    ({ row }) => isWanted(row) && !isEmptyThere(frame, row, placed),
  );
  return found === undefined ? noted(frame, placed, null) : readValue(frame, found.row, placed);
}

function inEvent(
  model: StudyModel,
  placed: PlacedItem,
  args: Arguments,
  read: (frame: Frame, isThere: (row: GroupRow) => boolean) => FeelValue,
): Built {
  const event = args[1]?.read ?? null;
  const literal = args[1]?.literal ?? null;
  if (event === null) return unreadable(args[1]);
  if (typeof literal === 'string') {
    if (model.instancesOf(literal).length === 0) return { fault: `there is no event "${literal}"` };
    if (!model.instancesOf(literal).some((instance) => placed.home.home.events.includes(instance.event.id)))
      return { fault: `form ${placed.form.id} of ${placed.item.id} is not part of event "${literal}"` };
  }
  return (frame) => {
    const id = event(frame);
    if (typeof id !== 'string') return null;
    const instances = new Set(model.instancesOf(id));
    return read(frame, (row) => instances.has(row.event));
  };
}

function neighbour(home: Home, placed: PlacedItem, step: -1 | 1): Built {
  const own = locateNearby(home, placed);
  if (own === null)
    return {
      fault: `${placed.item.id} is not in the row that this expression is about, so there is no row before or after it`,
    };
  return (frame) => {
    const row = own(frame);
    if (row === null) return null;
    const { ordered, positionOf } = rowsInTime(frame.index, placed.home);
    const position = positionOf.get(row);
    const other = position === undefined ? undefined : ordered[position + step];
    if (position === undefined || other === undefined || !bothDated(placed.home, ordered[position], other))
      return null;
    return readValue(frame, other.row, placed);
  };
}

function lastBefore(
  placed: PlacedItem,
  args: Arguments,
  isBefore: (row: Moment, at: Moment) => boolean,
): Built {
  return atMoment(placed, args, (frame, at) => {
    let last: DatedRow | null = null;
    for (const dated of rowsInTime(frame.index, placed.home).ordered) {
      if (dated.moment !== null && isBefore(dated.moment, at) && !isEmptyThere(frame, dated.row, placed))
        last = dated;
    }
    return last;
  });
}

function nearest(placed: PlacedItem, args: Arguments): Built {
  const readHours = args[2]?.read ?? null;
  if (readHours === null) return unreadable(args[2]);
  return atMoment(placed, args, (frame, at) => {
    const hours = readHours(frame);
    if (typeof hours !== 'number') return null;
    let best: DatedRow | null = null;
    let bestDistance = Number.POSITIVE_INFINITY;
    for (const dated of rowsInTime(frame.index, placed.home).ordered) {
      if (dated.moment === null || farthest(dated.moment, at) > hours * minutesOfHour) continue;
      const distance = Math.abs(middle(dated.moment) - middle(at));
      if (distance >= bestDistance || isEmptyThere(frame, dated.row, placed)) continue;
      best = dated;
      bestDistance = distance;
    }
    return best;
  });
}

function atMoment(
  placed: PlacedItem,
  args: Arguments,
  choose: (frame: Frame, at: Moment) => DatedRow | null,
): Built {
  const readAt = args[1]?.read ?? null;
  if (readAt === null) return unreadable(args[1]);
  if (placed.home.time === null)
    return { fault: `${placed.group.id} has no time item, so its rows can't be placed in time` };
  return (frame) => {
    const at = momentOf(readAt(frame));
    const found = at === null ? null : choose(frame, at);
    if (found === null) return at === null ? null : noted(frame, placed, null);
    const time = frame.trace === null ? null : timeCell(found.instance, found.row);
    // A value chosen by its time rests on that time too.
    if (time !== null) readValue(frame, time.row, time.item);
    return readValue(frame, found.row, placed);
  };
}

/** Notes that no value of the item was found, where that is so. */
function noted(frame: Frame, placed: PlacedItem, found: FeelValue): FeelValue {
  if (found === null || (isList(found) && found.length === 0)) frame.absent?.push({ kind: 'value', placed });
  return found;
}

/** Decided without writing into the trace: what is passed over was not used. */
function isEmptyThere(frame: Frame, row: GroupRow, placed: PlacedItem): boolean {
  return (
    readValue(frame.trace === null ? frame : { ...frame, trace: null, absent: null }, row, placed) === null
  );
}

function bothDated(group: PlacedGroup, a: DatedRow | undefined, b: DatedRow): boolean {
  return group.time === null || (a?.moment !== null && b.moment !== null);
}

function farthest(a: Moment, b: Moment): number {
  return Math.max(Math.abs(a.last - b.first), Math.abs(b.last - a.first));
}

function middle({ first, last }: Moment): number {
  return (first + last) / 2;
}

function unreadable(argument: SpecialArgument<Frame> | undefined): { readonly fault: string } {
  return { fault: `${argument?.name ?? 'an argument'} has no value here` };
}
