/** Findings by field. A field whose findings stay the same keeps the same list, so that it isn't drawn again. */
import type { Finding } from '#shared/record.ts';
import { fieldKey } from './places.ts';

export type FindingsByField = ReadonlyMap<string, readonly Finding[]>;

export function groupFindings(findings: readonly Finding[], before: FindingsByField): FindingsByField {
  const grouped = new Map<string, Finding[]>();
  for (const finding of findings) {
    const key = fieldKey(finding);
    const list = grouped.get(key);
    if (list === undefined) grouped.set(key, [finding]);
    else list.push(finding);
  }
  return new Map(
    [...grouped].map(([key, list]) => {
      const old = before.get(key);
      return [key, old !== undefined && isSameList(old, list) ? old : list];
    }),
  );
}

function isSameList(one: readonly Finding[], other: readonly Finding[]): boolean {
  return one.length === other.length && one.every((finding, position) => isSame(finding, other[position]));
}

function isSame(one: Finding, other: Finding | undefined): boolean {
  return one.check === other?.check && one.status === other.status && one.message.en === other.message.en;
}
