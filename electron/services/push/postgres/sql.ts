/**
 * The statements that make and empty tables. Names and texts come from study definitions and from the command line:
 * every one is quoted, none is trusted.
 */
import type { PushColumn, PushTable, PushType } from '#shared/push/table.ts';

const types: Readonly<Record<PushType, string>> = {
  text: 'text',
  smallint: 'smallint',
  bigint: 'bigint',
  number: 'numeric',
  date: 'date',
  timestamp: 'timestamp',
  instant: 'timestamptz',
};

/** "a""b": whatever stands inside, it is one name. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** E'…' where a backslash would mean something else by the server's setting. */
export function quoteText(text: string): string {
  const inner = text.replaceAll('\0', '').replaceAll("'", "''");
  return inner.includes('\\') ? `E'${inner.replaceAll('\\', '\\\\')}'` : `'${inner}'`;
}

export function inSchema(schema: string, name: string): string {
  return `${quoteName(schema)}.${quoteName(name)}`;
}

/** Keys and references are added when the rows are there (`completeTable`): that is faster, and checks as much. */
export function createTable(schema: string, { name, columns }: PushTable): string {
  return `CREATE TABLE ${inSchema(schema, name)} (\n  ${columns.map(toColumn).join(',\n  ')}\n)`;
}

function toColumn({ name, type, required, allowed }: PushColumn): string {
  const listed = allowed
    ?.map((code) => (typeof code === 'number' ? String(code) : quoteText(code)))
    .join(', ');
  return [
    quoteName(name),
    types[type],
    ...(required ? ['NOT NULL'] : []),
    ...(listed === undefined || listed === '' ? [] : [`CHECK (${quoteName(name)} IN (${listed}))`]),
  ].join(' ');
}

export function commentTable(schema: string, { name, comment, columns }: PushTable): readonly string[] {
  const table = inSchema(schema, name);
  return [
    `COMMENT ON TABLE ${table} IS ${quoteText(comment)}`,
    ...columns.map(
      (column) => `COMMENT ON COLUMN ${table}.${quoteName(column.name)} IS ${quoteText(column.comment)}`,
    ),
  ];
}

export function completeTable(schema: string, { name, key, ofSubjects }: PushTable): readonly string[] {
  const table = inSchema(schema, name);
  const subjects = inSchema(schema, 'subjects');
  return [
    `ALTER TABLE ${table} ADD PRIMARY KEY (${key.map(quoteName).join(', ')})`,
    ...(ofSubjects
      ? [`ALTER TABLE ${table} ADD FOREIGN KEY (siteid, subjid) REFERENCES ${subjects} (siteid, subjid)`]
      : []),
  ];
}

export function copyInto(schema: string, { name, columns }: PushTable): string {
  const names = columns.map((column) => quoteName(column.name)).join(', ');
  return `COPY ${inSchema(schema, name)} (${names}) FROM STDIN`;
}
