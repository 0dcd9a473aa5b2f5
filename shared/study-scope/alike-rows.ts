/**
 *   alike(x, …)   all rows of this row's group that hold the same answers in x, … as this row does, in time order;
 *                 this row is one of them
 *
 * What finds the other results of a sample, or the same result entered twice, without walking the whole table for each
 * of its rows. An answer is the same when it is certain: of a row with a missing, censored or partly known one nothing
 * can be said, so there the list is null.
 */
import type { SpecialForm } from '../feel/compile.ts';
import { toSignificant } from '../units.ts';
import type { FeelValue } from '../feel/value.ts';
import type { PlacedGroup, PlacedItem, StudyModel } from '../study-model.ts';
import type { GroupRow, SubjectIndex } from '../subject-index.ts';
import { frameAt, type Frame, type Home } from './frame.ts';
import type { AlikeRows } from './memo.ts';
import { readValue } from './read-value.ts';
import { rowContext, rowFields } from './row-context.ts';
import { rowsInTime, type DatedRow } from './time-order.ts';

const usage = 'alike(item, …)';
/** Numbers that were typed alike are alike, whatever binary arithmetic made of them. */
const comparedDigits = 12;

export function alikeForm(model: StudyModel, home: Home): SpecialForm<Frame> {
  return (args) => {
    if (home.kind !== 'row') return { fault: `${usage} is for checks and formulas of the rows of a table` };
    const { group } = home;
    const items: PlacedItem[] = [];
    for (const { name } of args) {
      const placed = model.item(name ?? '');
      if (placed?.home !== group)
        return {
          fault: `write ${usage}: ${name ?? 'an argument'} is not an item of group ${group.group.id}`,
        };
      items.push(placed);
    }
    if (items.length === 0) return { fault: `write ${usage}` };
    const fields = rowFields(group);
    return { fields, read: (frame) => rowsLike(frame, group, items, fields) };
  };
}

function rowsLike(
  frame: Frame,
  group: PlacedGroup,
  items: readonly PlacedItem[],
  fields: ReadonlySet<string>,
): FeelValue {
  if (frame.row === null) return null;
  const key = keyOf(frame, frame.row, items);
  const alike = key === null ? undefined : rowsByAnswers(frame.index, group, items).get(key);
  if (alike === undefined) return null;
  if (frame.trace !== null) {
    for (const { row } of alike.rows) for (const placed of items) readValue(frame, row, placed);
    return alike.rows.map((dated) => rowContext(frame, dated, fields));
  }
  alike.contexts ??= alike.rows.map((dated) => rowContext(frame, dated, fields));
  return alike.contexts;
}

function rowsByAnswers(index: SubjectIndex, group: PlacedGroup, items: readonly PlacedItem[]): AlikeRows {
  const name = items.map((placed) => placed.item.id).join(' ');
  const known = index.memo.alike.get(name);
  if (known !== undefined) return known;
  const rows = new Map<string, { rows: DatedRow[]; contexts: null }>();
  for (const dated of rowsInTime(index, group).ordered) {
    const key = keyOf(frameAt(index, Number.NaN, dated.instance, dated.row), dated.row, items);
    if (key === null) continue;
    const alike = rows.get(key);
    if (alike === undefined) rows.set(key, { rows: [dated], contexts: null });
    else alike.rows.push(dated);
  }
  index.memo.alike.set(name, rows);
  return rows;
}

function keyOf(frame: Frame, row: GroupRow, items: readonly PlacedItem[]): string | null {
  let key = '';
  for (const placed of items) {
    const part = certain(readValue(frame, row, placed));
    if (part === null) return null;
    key += `${part}\n`;
  }
  return key;
}

/** null for what can be more than one thing. */
function certain(value: FeelValue): string | null {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number') return String(toSignificant(value, comparedDigits));
  if (typeof value !== 'object' || value === null || !('kind' in value)) return null;
  if (value.kind === 'date-time') return `minute ${String(value.minute)}`;
  return value.kind === 'date' ? `day ${String(value.day)}` : null;
}
