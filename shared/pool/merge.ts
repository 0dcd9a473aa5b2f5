/** What becomes of one form when it is delivered: which values are new, other ones or gone, held against what the pool has. */
import type { ItemValue } from '../record.ts';
import type { PackedValue } from './delivered.ts';
import { rowKey, toItemValue } from './delivered.ts';

export interface StandingValue {
  readonly row: number;
  readonly item: string;
  /** null: emptied. */
  readonly value: ItemValue | null;
  readonly derived: boolean;
  readonly version: number;
}

export interface ValueStep {
  readonly row: number;
  readonly item: string;
  readonly derived: boolean;
  readonly before: ItemValue | null;
  readonly after: ItemValue | null;
  /** 1 for a place where nothing stood yet. */
  readonly version: number;
}

export interface MergedForm {
  readonly steps: readonly ValueStep[];
  readonly added: number;
  readonly changed: number;
  readonly withdrawn: number;
  /** What stands already is written exactly as it is delivered: "32", not "32.0". */
  readonly isExact: boolean;
}

/** A value that is not delivered is one that the site no longer has. */
export function mergeForm(standing: readonly StandingValue[], incoming: readonly PackedValue[]): MergedForm {
  const stands = new Map(standing.map((value) => [rowKey(value.row, value.item), value]));
  const steps: ValueStep[] = [];
  const counts = { added: 0, changed: 0, withdrawn: 0 };
  let isExact = true;
  for (const value of incoming) {
    const [row, item] = value;
    const key = rowKey(row, item);
    const before = stands.get(key);
    stands.delete(key);
    const after = toItemValue(value);
    if (before !== undefined && saysTheSame(before.value, after)) {
      isExact &&= before.value?.text === after.text && before.value.precision === after.precision;
      continue;
    }
    counts[before?.value == null ? 'added' : 'changed'] += 1;
    steps.push({
      ...{ row, item, after, before: before?.value ?? null, derived: value[8] === 1 },
      version: (before?.version ?? 0) + 1,
    });
  }
  for (const { row, item, value, derived, version } of stands.values()) {
    if (value === null) continue;
    counts.withdrawn += 1;
    steps.push({ row, item, derived, before: value, after: null, version: version + 1 });
  }
  return { steps, ...counts, isExact };
}

/** 32 in a numeric cell is the "32.0" that was typed; a precision is a property of the text. */
export function saysTheSame(one: ItemValue | null, other: ItemValue | null): boolean {
  if (one === null || other === null) return one === other;
  const sameText =
    one.text === other.text ||
    (one.text !== null &&
      other.text !== null &&
      one.number !== null &&
      one.number === (other.number ?? Number(other.text)));
  return (
    sameText && one.missing === other.missing && one.relation === other.relation && one.unit === other.unit
  );
}
