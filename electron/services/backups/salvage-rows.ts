/**
 * Reads what can be read of a table whose pages are damaged: from its beginning to the first damaged page, from its end
 * back to the last one, and between them key by key. Each row is given once, though not in order.
 */
import type { ReadableDb } from '../../db/open.ts';

export type SalvagedRow = Readonly<Record<string, unknown>>;
export interface SalvagedRows {
  readonly rows: readonly SalvagedRow[];
  /** Keys or stretches that could not be read. */
  readonly unreadable: number;
}

interface Column {
  readonly name: string;
  readonly type: string;
  readonly pk: number;
}
/** Between two damaged pages lie at most a few hundred keys; more than this are given up as one. */
const mostProbes = 200_000;

export function columnsOf(db: ReadableDb, table: string): readonly Column[] {
  return db.prepare<[string], Column>('SELECT name, type, pk FROM pragma_table_info(?)').all(table);
}

export function salvageRows(db: ReadableDb, table: string, columns: readonly string[]): SalvagedRows {
  const key = columnsOf(db, table)
    .filter(({ pk }) => pk > 0)
    .sort((a, b) => a.pk - b.pk);
  const selected = columns.map(quoted).join(', ');
  const byKey = (direction: '' | ' DESC'): string =>
    key.map(({ name }) => quoted(name) + direction).join(', ');
  const select = `SELECT ${selected} FROM ${quoted(table)}`;
  const found = new Map<string, SalvagedRow>();
  const put = (row: SalvagedRow): void => {
    found.set(JSON.stringify(key.map(({ name }) => row[name])), row);
  };
  const forward = readUntilFault(db, `${select} ORDER BY ${byKey('')}`, put);
  if (forward.isWhole) return { rows: [...found.values()], unreadable: 0 };
  const backward = readUntilFault(db, `${select} ORDER BY ${byKey(' DESC')}`, put);
  const [first] = key;
  if (first?.type !== 'INTEGER') return { rows: [...found.values()], unreadable: 1 };

  const from = Number(forward.last?.[first.name] ?? 0);
  const to = Number(backward.last?.[first.name] ?? from + 1000);
  if (to - from > mostProbes) return { rows: [...found.values()], unreadable: 1 };
  let unreadable = 0;
  for (let probe = from; probe <= to; probe += 1) {
    const at = `${select} WHERE ${quoted(first.name)} = ${String(probe)}`;
    if (!readUntilFault(db, at, put).isWhole) unreadable += 1;
  }
  return { rows: [...found.values()], unreadable };
}

function readUntilFault(
  db: ReadableDb,
  sql: string,
  put: (row: SalvagedRow) => void,
): { readonly isWhole: boolean; readonly last: SalvagedRow | null } {
  let last: SalvagedRow | null = null;
  try {
    for (const row of db.prepare<[], SalvagedRow>(sql).iterate()) {
      put(row);
      last = row;
    }
    return { isWhole: true, last };
  } catch {
    // A page that the cipher does not authenticate, or that leads nowhere: what was read until here counts.
    return { isWhole: false, last };
  }
}

export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
