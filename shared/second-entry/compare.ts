/** Two entries of one form, field by field. */
import { isEmpty } from '../item-value.ts';
import type { ItemValue, ValuePlace } from '../record.ts';
import type { PlacedForm, PlacedGroup, PlacedItem } from '../study-model.ts';
import { matchRows, type MatchedRow } from './match-rows.ts';
import { answerKey, isSameAnswer } from './same-answer.ts';

/** What one person typed in a form. */
export type TypedValue = Pick<ValuePlace, 'row' | 'item'> & ItemValue & { readonly parked: boolean };

export interface ComparedField {
  readonly item: string;
  /** Where the answer belongs in the record; a row that only the second person typed gets the next free number. */
  readonly row: number;
  readonly firstRow: number | null;
  readonly secondRow: number | null;
  readonly first: ItemValue | null;
  readonly second: ItemValue | null;
  readonly isSame: boolean;
}

/** Typed, so that a person can mistype it. Calculated items and those that the application fills follow from others. */
export function isCompared({ item }: PlacedItem): boolean {
  return item.type !== 'calculated' && item.system === undefined;
}

/** Nobody types there, so there is nothing to enter twice. */
export function canBeEnteredTwice(form: PlacedForm): boolean {
  return form.items.some(isCompared);
}

/**
 * Each field that one of the two has answered, in the order of the form. An answer that its condition hides is not asked
 * for and counts as none. Fields that both left empty are no work, and don't make an error rate look smaller.
 */
export function compareEntries(
  form: PlacedForm,
  first: readonly TypedValue[],
  second: readonly TypedValue[],
): readonly ComparedField[] {
  return form.groups.flatMap((group) => compareGroup(group, first, second));
}

function compareGroup(
  group: PlacedGroup,
  first: readonly TypedValue[],
  second: readonly TypedValue[],
): readonly ComparedField[] {
  const items = group.items.filter(isCompared);
  const ones = rowsOf(items, first);
  const others = rowsOf(items, second);
  const pairs = group.group.repeating
    ? matchRows(toMatched(ones), toMatched(others), group.group.key ?? [])
    : [{ first: 1, second: 1 }];
  let next = Math.max(
    0,
    ...first.filter((value) => items.some(({ item }) => item.id === value.item)).map(({ row }) => row),
  );
  return pairs.flatMap((pair) => {
    const row = pair.first ?? (next += 1);
    return items.flatMap(({ item: { id: item } }): ComparedField[] => {
      const one = pair.first === null ? null : (ones.get(pair.first)?.get(item) ?? null);
      const other = pair.second === null ? null : (others.get(pair.second)?.get(item) ?? null);
      if (one === null && other === null) return [];
      const rows = { row, firstRow: pair.first, secondRow: pair.second };
      return [{ item, ...rows, first: one, second: other, isSame: isSameAnswer(one, other) }];
    });
  });
}

type Rows = ReadonlyMap<number, ReadonlyMap<string, ItemValue>>;

function rowsOf(items: readonly PlacedItem[], values: readonly TypedValue[]): Rows {
  const asked = new Set(items.map(({ item }) => item.id));
  const rows = new Map<number, Map<string, ItemValue>>();
  for (const { row, item, parked, ...value } of values) {
    if (!asked.has(item) || parked || isEmpty(value)) continue;
    const { text, relation, number, unit, precision, missing } = value;
    const answers = rows.get(row) ?? new Map<string, ItemValue>();
    rows.set(row, answers.set(item, { text, relation, number, unit, precision, missing }));
  }
  return new Map([...rows].sort(([one], [other]) => one - other));
}

function toMatched(rows: Rows): readonly MatchedRow[] {
  return [...rows].map(([row, answers]) => ({
    row,
    answers: new Map([...answers].map(([item, value]) => [item, answerKey(value)])),
  }));
}
