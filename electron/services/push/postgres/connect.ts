/**
 * A connection to the server of a URL. The driver is loaded when it is needed: the application starts without it. What
 * it is told besides the URL comes from where PostgreSQL's own programs look: PGPASSWORD, ~/.pgpass, PGSSLMODE.
 */
import type { Client } from 'pg';
import { refuse } from '../../../app-error.ts';
import { toServerRefusal, type ServerPlace } from './faults.ts';

export interface PostgresConnection {
  readonly client: Client;
  readonly place: ServerPlace;
  close(): Promise<void>;
}

const patienceMs = 15_000;

/** `schema` only for what is said when it goes wrong. */
export async function connectTo(url: string, schema: string): Promise<PostgresConnection> {
  const { default: pg } = await import('pg');
  const client = newClient(pg.Client, url);
  const place = { host: client.host, port: client.port, database: client.database ?? '', schema };
  // Between two statements there is nobody else to hear of it; the next statement fails then.
  client.on('error', () => undefined);
  try {
    await client.connect();
  } catch (error) {
    await client.end().catch(() => undefined); // there is nothing left to close
    throw toServerRefusal(error, place, 'connecting') ?? error;
  }
  return { client, place, close: () => client.end().catch(() => undefined) }; // what was to be kept is committed
}

/** The parser's own errors quote the URL, and so its password: none of them goes further. */
function newClient(ClientOf: typeof Client, url: string): Client {
  if (!/^postgres(?:ql)?:\/\//u.test(url)) throw refuse('push-url-unfit');
  try {
    return new ClientOf({
      connectionString: withWholeCheck(url),
      application_name: 'cahier',
      connectionTimeoutMillis: patienceMs,
      keepAlive: true,
    });
  } catch {
    throw refuse('push-url-unfit');
  }
}

/**
 * The driver takes these modes for verify-full, and warns that a later version will not. They stay what they are: patient
 * data go to nobody whose certificate can't be checked, unless uselibpqcompat=true asks for the weaker meaning.
 */
function withWholeCheck(url: string): string {
  if (/[?&]uselibpqcompat=true(?:&|$)/u.test(url)) return url;
  return url.replace(/([?&]sslmode=)(?:prefer|require|verify-ca)(?=&|$)/u, '$1verify-full');
}
