/**
 * Loads an export into one schema, all in one transaction: until it commits, and if it never does, everybody reads the
 * old content whole. Rows are deleted, not truncated, so that nobody who reads meanwhile is locked out or sees nothing.
 */
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Client } from 'pg';
import type { CopyStreamQuery } from 'pg-copy-streams';
import { standingOf, type PushedState } from '#shared/push/standing.ts';
import { refuse } from '../../../app-error.ts';
import { pushContents, type PushContent, type PushRow, type PushSource } from '../content.ts';
import type { PushedTable, PushOutcome, PushWatch } from '../push-watch.ts';
import { requireStanding } from '../require-standing.ts';
import { connectTo } from './connect.ts';
import { copyText } from './copy-text.ts';
import { toServerRefusal } from './faults.ts';
import { openLedger, prepareTables, recordState } from './ledger.ts';
import { completeTable, copyInto, inSchema, quoteText } from './sql.ts';

export interface PostgresTarget {
  readonly url: string;
  readonly schema: string;
  readonly mayOverwrite: boolean;
}

/** Where it is loaded without another name: the study's id as SQL takes it bare. */
export function usualSchema(study: string): string {
  return study.toLowerCase().replace(/[^a-z0-9_]/gu, '_');
}

/** A name that PostgreSQL takes and doesn't keep for itself. */
export function requireSchemaName(schema: string): void {
  const bytes = Buffer.byteLength(schema, 'utf8');
  const isFit =
    bytes >= 1 && bytes <= 63 && !schema.includes('\0') && !/^pg_|^information_schema$/u.test(schema);
  if (!isFit) throw refuse('push-schema-unfit');
}

export async function pushToPostgres(
  source: PushSource,
  state: PushedState,
  { url, schema, mayOverwrite }: PostgresTarget,
  watch: PushWatch,
): Promise<PushOutcome> {
  requireSchemaName(schema);
  const connection = await connectTo(url, schema);
  try {
    await connection.client.query(begin);
    return await load(connection.client, { source, state, schema, mayOverwrite, watch });
  } catch (error) {
    throw toServerRefusal(error, connection.place, 'loading') ?? error;
  } finally {
    await connection.close(); // what was not committed is undone with it
  }
}

/** A view or a reader holds a table only for a moment; whoever holds it longer is told of, not waited for. */
const begin = `BEGIN; SET LOCAL lock_timeout = '20s'; SET LOCAL idle_in_transaction_session_timeout = 0;
  SET LOCAL statement_timeout = 0; SET LOCAL search_path = pg_catalog`;

interface Load {
  readonly source: PushSource;
  readonly state: PushedState;
  readonly schema: string;
  readonly mayOverwrite: boolean;
  readonly watch: PushWatch;
}

async function load(
  client: Client,
  { source, state, schema, mayOverwrite, watch }: Load,
): Promise<PushOutcome> {
  const { rows } = await client.query<{ locked: boolean }>(
    'SELECT pg_try_advisory_xact_lock(hashtextextended($1, 0)) AS locked',
    [`cahier push ${schema}`],
  );
  if (rows[0]?.locked !== true) throw refuse('push-busy', { schema });
  const held = await openLedger(client, schema);
  const standing = standingOf(state, held, mayOverwrite);
  requireStanding(standing, `schema ${schema}`);
  if (standing.kind === 'same') return { kind: 'unchanged' };

  const contents = pushContents(source);
  const { made } = await prepareTables(
    client,
    schema,
    contents.map(({ table }) => table),
  );
  const tables: PushedTable[] = [];
  for (const content of contents) {
    const loaded = await loadTable(client, schema, content);
    tables.push(loaded);
    watch.loaded(loaded.name, loaded.rows);
  }
  for (const table of made)
    for (const statement of completeTable(schema, table)) await client.query(statement);
  await requireCounts(client, schema, tables, state.values);
  await client.query(`ANALYZE ${tables.map(({ name }) => inSchema(schema, name)).join(', ')}`);
  await recordState(client, schema, state, source.appVersion);
  watch.beforeEffect();
  await client.query('COMMIT');
  return { kind: 'loaded', tables };
}

async function loadTable(client: Client, schema: string, { table, rows }: PushContent): Promise<PushedTable> {
  const { from } = await import('pg-copy-streams');
  let count = 0;
  function* counted(): Generator<PushRow> {
    for (const row of rows()) {
      count += 1;
      yield row;
    }
  }
  const copy: CopyStreamQuery = client.query(from(copyInto(schema, table)));
  await pipeline(Readable.from(copyText(counted()), { objectMode: true, highWaterMark: 2 }), copy);
  if (copy.rowCount !== count) throw new Error(`table ${table.name} took ${copy.rowCount} of ${count} rows`);
  return { name: table.name, rows: count };
}

/** What the server holds now is what was meant: counted by the server, before it takes effect. */
async function requireCounts(
  client: Client,
  schema: string,
  tables: readonly PushedTable[],
  values: number,
): Promise<void> {
  const counts = tables.map(
    ({ name }) => `SELECT ${quoteText(name)} AS name, count(*) AS rows FROM ${inSchema(schema, name)}`,
  );
  const { rows: found } = await client.query<{ name: string; rows: string }>(counts.join(' UNION ALL '));
  const heldIn = new Map(found.map(({ name, rows }) => [name, Number(rows)]));
  for (const { name, rows } of tables) {
    const held = heldIn.get(name);
    if (held !== rows) throw new Error(`table ${name} holds ${String(held)} of ${rows} rows`);
    if (name === 'item_values' && held !== values)
      throw new Error(`${String(held)} of ${values} values were loaded`);
  }
}
