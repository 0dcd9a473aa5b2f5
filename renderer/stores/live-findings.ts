/** Findings by field, kept so that only the fields whose findings differ are drawn again. */
import type { Finding } from '#shared/record.ts';
import { fieldKey } from './places.ts';

/** Brings the map in line with the findings, touching only what differs. */
export function regroupFindings(
  byField: Map<string, readonly Finding[]>,
  findings: readonly Finding[],
): void {
  const grouped = Map.groupBy(findings, fieldKey);
  for (const key of [...byField.keys()]) if (!grouped.has(key)) byField.delete(key);
  for (const [key, list] of grouped) {
    const before = byField.get(key);
    if (before === undefined || !isSameList(before, list)) byField.set(key, list);
  }
}

function isSameList(one: readonly Finding[], other: readonly Finding[]): boolean {
  return one.length === other.length && one.every((finding, position) => isSame(finding, other[position]));
}

function isSame(one: Finding, other: Finding | undefined): boolean {
  return one.check === other?.check && one.status === other.status && one.message.en === other.message.en;
}
