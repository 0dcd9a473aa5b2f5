/** Plays a trail from its beginning and compares what comes out with the values that are stored. */
import type { AuditEntry } from './entry.ts';
import { isSameValue } from '../item-value.ts';
import { nothing } from '../item-value/reading.ts';
import type { ItemValue, RecordedValue, ValuePlace } from '../record.ts';

export interface TrailValue extends RecordedValue {
  readonly subject: string;
}

/** By subject and place. A removed row is gone; an emptied value keeps its place and version. */
export function valuesFromTrail(entries: Iterable<AuditEntry>): ReadonlyMap<string, TrailValue> {
  const values = new Map<string, TrailValue>();
  for (const entry of entries) {
    const { subject, event, form, row, item } = entry;
    if (subject === null || event === null || form === null || row === null || item === null) continue;
    const place = { subject, event, form, row, item };
    const key = trailKey(place);
    const before = values.get(key);
    if (entry.action === 'value.set') {
      const { detail } = entry;
      values.set(key, {
        ...place,
        ...bare(entry.new),
        version: (before?.version ?? 0) + 1,
        derived: detail?.['derived'] === true,
        parked: detail?.['parked'] === true,
      });
    } else if (entry.action === 'row.removed') {
      values.delete(key);
    } else if (
      before !== undefined &&
      (entry.action === 'value.parked' || entry.action === 'value.unparked')
    ) {
      values.set(key, { ...before, parked: entry.action === 'value.parked' });
    }
  }
  return values;
}

/** Places where the stored values and the trail disagree, with no value in the words. `trail` is left as it is. */
export function differsFromTrail(
  trail: ReadonlyMap<string, TrailValue>,
  stored: Iterable<TrailValue>,
): readonly string[] {
  const problems: string[] = [];
  const seen = new Set<string>();
  for (const value of stored) {
    const key = trailKey(value);
    seen.add(key);
    const written = trail.get(key);
    if (written === undefined) problems.push(`${nameOf(value)} is stored and the trail knows nothing of it.`);
    else if (!isSameValue(value, written))
      problems.push(`${nameOf(value)} is stored otherwise than the trail says.`);
    else if (
      value.version !== written.version ||
      value.parked !== written.parked ||
      value.derived !== written.derived
    )
      problems.push(`${nameOf(value)} is marked otherwise than the trail says.`);
  }
  for (const [key, value] of trail) {
    if (!seen.has(key)) problems.push(`${nameOf(value)} is in the trail and not stored.`);
  }
  return problems;
}

function trailKey(place: ValuePlace & { readonly subject: string }): string {
  return `${place.subject}|${place.event}|${place.form}|${place.row}|${place.item}`;
}

function nameOf(place: ValuePlace & { readonly subject: string }): string {
  return `Subject ${place.subject}, ${place.item} (${place.form} in ${place.event}, row ${place.row})`;
}

function bare(value: ItemValue | null): ItemValue {
  if (value === null) return nothing;
  const { text, relation, number, unit, precision, missing } = value;
  return { text, relation, number, unit, precision, missing };
}
