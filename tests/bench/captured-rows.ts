/** Which rows a save really writes: triggers of the connection's own write them down, and a bare transaction repeats them. */
import type { WritableDb } from '../../electron/db/open.ts';

export interface WrittenRow {
  readonly table: string;
  readonly change: 'insert' | 'update' | 'delete';
  /** In the order of the table's columns; of the row before for a delete. Blobs as hex. */
  readonly cells: readonly (string | number | null)[];
}

interface Column {
  readonly name: string;
  readonly type: string;
  /** Position in the primary key, 0 for none. */
  readonly pk: number;
}

/** Call the result after each transaction for the rows that it wrote. */
export function captureRows(db: WritableDb): () => readonly WrittenRow[] {
  db.exec('CREATE TEMP TABLE captured (seq INTEGER PRIMARY KEY, tbl TEXT, change TEXT, cells TEXT)');
  for (const table of tablesOf(db)) {
    const cells = (version: 'OLD' | 'NEW'): string =>
      `json_array(${columnsOf(db, table)
        .map(({ name, type }) => (type === 'BLOB' ? `hex(${version}.${name})` : `${version}.${name}`))
        .join(', ')})`;
    for (const change of ['insert', 'update', 'delete'] as const) {
      db.exec(`CREATE TEMP TRIGGER captured_${table}_${change} AFTER ${change.toUpperCase()} ON main.${table}
        BEGIN INSERT INTO captured (tbl, change, cells) VALUES ('${table}', '${change}', ${cells(change === 'delete' ? 'OLD' : 'NEW')}); END`);
    }
  }
  const take = db.prepare<[], { table: string; change: WrittenRow['change']; cells: string }>(
    'SELECT tbl AS "table", change, cells FROM captured ORDER BY seq',
  );
  return () => {
    const rows = take.all().map(({ table, change, cells }) => ({
      table,
      change,
      cells: JSON.parse(cells) as WrittenRow['cells'],
    }));
    db.exec('DELETE FROM captured');
    return rows;
  };
}

/** Writes such rows with statements prepared once, all in one transaction. */
export function createBareWriter(db: WritableDb): (rows: readonly WrittenRow[]) => void {
  const statements = new Map(
    tablesOf(db).flatMap((table) => {
      const columns = columnsOf(db, table);
      const keys = columns.filter(({ pk }) => pk > 0);
      const value = ({ name, type }: Column): string => (type === 'BLOB' ? `unhex(@${name})` : `@${name}`);
      const at = keys.map((key) => `${key.name} = ${value(key)}`).join(' AND ');
      const set = columns.map((column) => `${column.name} = ${value(column)}`).join(', ');
      const names = columns.map(({ name }) => name);
      const prepare = (sql: string) => ({ statement: db.prepare<[Record<string, unknown>]>(sql), names });
      return [
        [
          `${table} insert`,
          prepare(`INSERT INTO ${table} (${names.join(', ')}) VALUES (${columns.map(value).join(', ')})`),
        ],
        // The trail is never changed.
        ...(table === 'audit'
          ? []
          : ([
              [`${table} update`, prepare(`UPDATE ${table} SET ${set} WHERE ${at}`)],
              [`${table} delete`, prepare(`DELETE FROM ${table} WHERE ${at}`)],
            ] as const)),
      ] as const;
    }),
  );
  return db.transaction((rows: readonly WrittenRow[]) => {
    for (const { table, change, cells } of rows) {
      const known = statements.get(`${table} ${change}`);
      if (known === undefined) throw new Error(`no statement writes ${table}`);
      known.statement.run(Object.fromEntries(known.names.map((name, index) => [name, cells[index]])));
    }
  }).immediate;
}

function tablesOf(db: WritableDb): readonly string[] {
  return db
    .prepare<[], string>(
      `SELECT name FROM main.sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`,
    )
    .pluck()
    .all();
}

function columnsOf(db: WritableDb, table: string): readonly Column[] {
  return db
    .prepare<[string], Column>('SELECT name, type, pk FROM pragma_table_info(?) ORDER BY cid')
    .all(table);
}
