/**
 * What a schema remembers of the pushes into it: a row for every state that was ever loaded, the current one marked, and
 * of each table how it was made, so that one that would be made the same is kept with its grants and the views on it.
 */
import { createHash } from 'node:crypto';
import type { Client } from 'pg';
import type { PushedState } from '#shared/push/standing.ts';
import type { PushTable } from '#shared/push/table.ts';
import { refuse } from '../../../app-error.ts';
import { commentTable, completeTable, createTable, inSchema, quoteName } from './sql.ts';

const createLedger = (schema: string): string => `
  CREATE TABLE ${inSchema(schema, 'exports')} (
    export_id text PRIMARY KEY, study text NOT NULL, study_version text NOT NULL, fingerprint text NOT NULL,
    origin text NOT NULL, cut_seq bigint NOT NULL, cut_at timestamptz NOT NULL, head text NOT NULL,
    value_count bigint NOT NULL, app_version text NOT NULL, pushed_at timestamptz NOT NULL, is_current boolean NOT NULL);
  CREATE UNIQUE INDEX exports_current ON ${inSchema(schema, 'exports')} (is_current) WHERE is_current;
  COMMENT ON TABLE ${inSchema(schema, 'exports')} IS 'Every state of the data that was loaded here; is_current marks the one that is';
  CREATE TABLE ${inSchema(schema, 'table_definitions')} (table_name text PRIMARY KEY, sha256 text NOT NULL);
  COMMENT ON TABLE ${inSchema(schema, 'table_definitions')} IS 'How each table was made: it is kept while it would be made the same'`;

const selectRelations = `
  SELECT class.relname AS name FROM pg_catalog.pg_class AS class
  JOIN pg_catalog.pg_namespace AS namespace ON namespace.oid = class.relnamespace
  WHERE namespace.nspname = $1 AND class.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')`;

/** Leaves a schema that is ours and gives what it holds; null when nothing was loaded yet. Refuses a stranger's schema. */
export async function openLedger(client: Client, schema: string): Promise<PushedState | null> {
  const { rowCount } = await client.query('SELECT 1 FROM pg_catalog.pg_namespace WHERE nspname = $1', [
    schema,
  ]);
  if (rowCount === 0) await client.query(`CREATE SCHEMA ${quoteName(schema)}`);
  const { rows } = await client.query<{ name: string }>(selectRelations, [schema]);
  const names = new Set(rows.map(({ name }) => name));
  if (names.size === 0) {
    await client.query(createLedger(schema));
    return null;
  }
  if (!names.has('exports') || !names.has('table_definitions'))
    throw refuse('push-schema-foreign', { schema });
  return readCurrent(client, schema);
}

type CurrentRow = Omit<PushedState, 'cutAt' | 'cutSeq' | 'values'> & {
  readonly cutAt: Date;
  readonly cutSeq: string;
  readonly values: string;
};

async function readCurrent(client: Client, schema: string): Promise<PushedState | null> {
  const { rows } = await client
    .query<CurrentRow>(
      `SELECT export_id AS "exportId", study, study_version AS "studyVersion", fingerprint, origin, cut_seq AS "cutSeq",
              cut_at AS "cutAt", head, value_count AS "values" FROM ${inSchema(schema, 'exports')} WHERE is_current`,
    )
    .catch((error: unknown) => {
      const isOther = error instanceof Error && 'code' in error && error.code === '42703';
      throw isOther ? refuse('push-schema-foreign', { schema }) : error;
    });
  const [row] = rows;
  if (row === undefined) return null;
  return { ...row, cutSeq: Number(row.cutSeq), values: Number(row.values), cutAt: row.cutAt.toISOString() };
}

export async function recordState(
  client: Client,
  schema: string,
  state: PushedState,
  appVersion: string,
): Promise<void> {
  const table = inSchema(schema, 'exports');
  await client.query(`UPDATE ${table} SET is_current = false WHERE is_current`);
  await client.query(
    `INSERT INTO ${table} VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, pg_catalog.now(), true)
     ON CONFLICT (export_id) DO UPDATE SET pushed_at = excluded.pushed_at, app_version = excluded.app_version, is_current = true`,
    [
      ...[state.exportId, state.study, state.studyVersion, state.fingerprint, state.origin],
      ...[state.cutSeq, state.cutAt, state.head, state.values, appVersion],
    ],
  );
}

export interface TablePlan {
  /** Emptied before anything is loaded: those that refer to others first. */
  readonly kept: readonly PushTable[];
  readonly made: readonly PushTable[];
}

/** Drops what would be made otherwise now, or is no longer part of the study, and makes what is new. */
export async function prepareTables(
  client: Client,
  schema: string,
  tables: readonly PushTable[],
): Promise<TablePlan> {
  const definitions = inSchema(schema, 'table_definitions');
  const { rows } = await client.query<{ table_name: string; sha256: string }>(
    `SELECT table_name, sha256 FROM ${definitions}`,
  );
  const present = new Set(
    (await client.query<{ name: string }>(selectRelations, [schema])).rows.map(({ name }) => name),
  );
  const known = new Map(rows.map(({ table_name, sha256 }) => [table_name, sha256]));
  const isKept = (table: PushTable): boolean =>
    present.has(table.name) && known.get(table.name) === definitionOf(table);
  const subjects = tables.find(({ name }) => name === 'subjects');
  // What refers to a table that is made anew is made anew with it.
  const areSubjectsKept = subjects !== undefined && isKept(subjects);
  const kept = tables.filter((table) => isKept(table) && (areSubjectsKept || !table.ofSubjects));
  const made = tables.filter((table) => !kept.includes(table));
  const gone = [...known.keys()].filter((name) => !kept.some((table) => table.name === name));
  for (const { name } of [...kept].reverse()) await client.query(`DELETE FROM ${inSchema(schema, name)}`);
  if (gone.length > 0) {
    await client.query(`DROP TABLE IF EXISTS ${gone.map((name) => inSchema(schema, name)).join(', ')}`);
    await client.query(`DELETE FROM ${definitions} WHERE table_name = ANY ($1)`, [gone]);
  }
  for (const table of made) {
    if (present.has(table.name) && !known.has(table.name)) throw refuse('push-schema-foreign', { schema });
    await client.query([createTable(schema, table), ...commentTable(schema, table)].join(';\n'));
    await client.query(`INSERT INTO ${definitions} VALUES ($1, $2)`, [table.name, definitionOf(table)]);
  }
  return { kept, made };
}

function definitionOf(table: PushTable): string {
  const statements = [createTable('', table), ...commentTable('', table), ...completeTable('', table)];
  return createHash('sha256').update(statements.join('\n')).digest('hex');
}
