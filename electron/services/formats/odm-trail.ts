/**
 * What an ODM file needs of the trail: who ever changed a value and where, and for every value the entry that made it
 * what it is. The entries stand at the end of the file and are referred to by number: here only numbers are kept.
 */
import type { ExportAuditEntry, ExportReader, ExportRow } from '../export-rows.ts';

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
  const itemNumbers = new Map<string, number>();
  const newest = new Map<string, Map<number, number>>();

  for (const entry of reader.audit()) {
    const { seq, user, role, site, subject, event, form, row, item, action } = entry;
    // A de-identified export leaves out who and when: there is no audit record without them.
    if (user === null || entry.at === null) continue;
    if (!users.has(user)) users.set(user, role ?? '');
    sites.add(site);
    if (subject === null || event === null || form === null || row === null || item === null) continue;
    if (action !== 'value.set') continue;
    const place = placeOf(subject, event, form);
    const inForm = newest.get(place) ?? new Map<number, number>();
    newest.set(place, inForm);
    inForm.set(keyOf(numberOf(item), row), seq);
  }

  function numberOf(item: string): number {
    const known = itemNumbers.get(item);
    if (known !== undefined) return known;
    itemNumbers.set(item, itemNumbers.size);
    return itemNumbers.size - 1;
  }

  const referred = new Set<number>();
  return {
    users,
    sites,
    refer: ({ subject, event, row }, form, item) => {
      const number = itemNumbers.get(item);
      const inForm = newest.get(placeOf(subject, event, form));
      const seq = number === undefined ? undefined : inForm?.get(keyOf(number, row));
      if (seq === undefined) return null;
      referred.add(seq);
      return seq;
    },
    referred: function* () {
      for (const entry of reader.audit()) if (referred.has(entry.seq)) yield entry;
    },
  };
}

const placeOf = (subject: string, event: string, form: string): string => `${subject} ${event} ${form}`;
/** Rows end at 9999. */
const keyOf = (item: number, row: number): number => item * 10_000 + row;
