/**
 * What an ODM file needs of the trail: who ever changed a value and where, and for every value the entry that made it
 * what it is. The entries stand at the end of the file and are referred to by number: here only numbers are kept.
 */
import type { ExportAuditEntry, ExportReader, ExportRow } from '../export-rows.ts';
import { createNumberTable } from './number-table.ts';

export interface OdmTrail {
  /** User names with the first role in which each acted. */
  readonly users: ReadonlyMap<string, string>;
  readonly sites: ReadonlySet<string>;
  /** Number of the newest entry about the value, which counts as referred to from now on; null when the trail has none. */
  refer(row: ExportRow, form: string, item: string): number | null;
  /** The entries that were referred to, oldest first. */
  referred(): Iterable<ExportAuditEntry>;
}

export function readOdmTrail(reader: ExportReader): OdmTrail {
  const users = new Map<string, string>();
  const sites = new Set<string>();
  const forms = createNumbering();
  const items = createNumbering();
  /** Newest entry by the number of its value's place; below zero once it was referred to. */
  const newest = createNumberTable();
  const keyOf = (subject: string, event: string, form: string, row: number, item: string): number =>
    (forms(`${subject} ${event} ${form}`) * mostItems + items(item)) * mostRows + row;

  for (const entry of reader.audit()) {
    const { user, role, at, site, seq } = entry;
    // A de-identified export leaves out who and when: there is no audit record without them.
    if (user === null || at === null) continue;
    if (!users.has(user)) users.set(user, role);
    sites.add(site);
    const key = placeOf(entry);
    if (key !== null) newest.set(key, seq);
  }

  function placeOf({ action, subject, event, form, row, item }: ExportAuditEntry): number | null {
    if (action !== 'value.set') return null;
    if (subject === null || event === null || form === null || row === null || item === null) return null;
    return keyOf(subject, event, form, row, item);
  }

  return {
    users,
    sites,
    refer: ({ subject, event, row }, form, item) => {
      const key = keyOf(subject, event, form, row, item);
      const seq = newest.get(key);
      if (seq === undefined) return null;
      newest.set(key, -Math.abs(seq));
      return Math.abs(seq);
    },
    referred: function* () {
      for (const entry of reader.audit()) {
        const key = placeOf(entry);
        if (key !== null && newest.get(key) === -entry.seq) yield entry;
      }
    },
  };
}

/** Rows end at 9999; no definition has so many items. */
const mostRows = 10_000;
const mostItems = 100_000;

/** Numbers from 0 on, the same for the same text. */
function createNumbering(): (text: string) => number {
  const numbers = new Map<string, number>();
  return (text) => {
    const known = numbers.get(text);
    if (known !== undefined) return known;
    numbers.set(text, numbers.size);
    return numbers.size - 1;
  };
}
