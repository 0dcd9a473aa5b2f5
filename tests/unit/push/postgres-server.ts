/** A real PostgreSQL of this machine's own, in a folder of its own, for as long as a test file or a benchmark runs. */
import { execFileSync, spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';

const versions = '/usr/lib/postgresql';
const patienceMs = 60_000;

/** Where initdb and postgres are: Debian keeps them out of the PATH. null: they aren't installed. */
const programs = ((): string | null => {
  const debian = existsSync(versions) ? readdirSync(versions).sort((a, b) => Number(b) - Number(a)) : [];
  const found = debian
    .map((version) => path.join(versions, version, 'bin'))
    .find((bin) => existsSync(path.join(bin, 'initdb')));
  if (found !== undefined) return found;
  const onPath = spawnSync('pg_config', ['--bindir'], { encoding: 'utf8' });
  return onPath.status === 0 ? onPath.stdout.trim() : null;
})();

export const hasPostgres = programs !== null;

export interface PostgresServer {
  readonly port: number;
  readonly password: string;
  readonly programs: string;
  /** As its owner, or as somebody else of it. */
  url(database?: string, user?: string, password?: string): string;
  /** Rows of one statement, each with its own connection. */
  rows<Row>(sql: string, database?: string): Promise<readonly Row[]>;
  /** The same with every cell as the server writes it. */
  texts(sql: string): Promise<readonly Readonly<Record<string, string | null>>[]>;
  /** From then on it speaks SSL as well; gives the file of the certificate, which it signed itself. */
  turnOnSsl(): Promise<string>;
  stop(): void;
}

export async function startPostgres(): Promise<PostgresServer> {
  if (programs === null) throw new Error('PostgreSQL is not installed (Debian: postgresql)');
  const bin = programs;
  const folder = mkdtempSync(path.join(tmpdir(), 'cahier-pg-'));
  // PostgreSQL does not run as root.
  const owner: Partial<ReturnType<typeof idsOf>> = process.getuid?.() === 0 ? idsOf('postgres') : {};
  const handOver = (file: string): void => {
    if (owner.uid !== undefined && owner.gid !== undefined) chownSync(file, owner.uid, owner.gid);
  };
  handOver(folder);
  const data = path.join(folder, 'data');
  const password = 'p@ss:w/ rd';
  const passwordFile = path.join(folder, 'password');
  writeFileSync(passwordFile, password);
  handOver(passwordFile);
  const program = (name: string, words: readonly string[]): void => {
    execFileSync(path.join(bin, name), words, {
      ...owner,
      ...{ cwd: folder, timeout: patienceMs, stdio: ['ignore', 'ignore', 'pipe'] },
      env: { PATH: process.env['PATH'], LC_ALL: 'C.UTF-8' },
    });
  };
  const initial = [
    '-U',
    'owner',
    '-A',
    'scram-sha-256',
    `--pwfile=${passwordFile}`,
    '-E',
    'UTF8',
    '--no-sync',
  ];
  program('initdb', ['-D', data, ...initial]);
  const port = await freePort();
  const settings = `-p ${port} -k ${folder} -h 127.0.0.1 -c fsync=off -c max_connections=20`;
  // Its output into a file: a pipe would be held open by the server.
  program('pg_ctl', ['-D', data, '-l', path.join(folder, 'log'), '-w', '-t', '50', '-o', settings, 'start']);

  const url: PostgresServer['url'] = (database = 'postgres', user = 'owner', word = password) =>
    `postgresql://${user}:${encodeURIComponent(word)}@127.0.0.1:${port}/${database}`;
  const ask = async (query: pg.QueryConfig, database?: string): Promise<readonly unknown[]> => {
    const client = new pg.Client({ connectionString: url(database), connectionTimeoutMillis: 10_000 });
    await client.connect();
    try {
      return (await client.query<pg.QueryResultRow>(query)).rows;
    } finally {
      await client.end();
    }
  };
  const asText = { getTypeParser: () => String };
  return {
    ...{ port, password, programs: bin, url },
    rows: async <Row>(text: string, database?: string) => (await ask({ text }, database)) as Row[], // the caller knows its columns
    texts: async (text) =>
      (await ask({ text, types: asText })) as readonly Readonly<Record<string, string | null>>[], // by asText
    turnOnSsl: async () => {
      const [key, certificate] = [path.join(data, 'server.key'), path.join(data, 'server.crt')];
      const whose = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=IP:127.0.0.1'];
      const words = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', ...whose];
      execFileSync('openssl', [...words, '-keyout', key, '-out', certificate], {
        ...owner,
        ...{ cwd: folder, timeout: patienceMs, stdio: 'ignore' },
      });
      await ask({ text: 'ALTER SYSTEM SET ssl = on' });
      await ask({ text: 'SELECT pg_reload_conf()' });
      for (let waited = 0; waited < patienceMs; waited += 100) {
        const [row] = (await ask({ text: 'SHOW ssl' })) as readonly { ssl: string }[]; // the column of SHOW
        if (row?.ssl === 'on') return certificate;
        await wait(100);
      }
      throw new Error('the server does not take SSL');
    },
    stop: () => {
      try {
        program('pg_ctl', ['-D', data, '-m', 'immediate', '-w', '-t', '30', 'stop']);
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
  };
}

function idsOf(user: string): { readonly uid: number; readonly gid: number } {
  const of = (which: string): number => Number(execFileSync('id', [which, user], { encoding: 'utf8' }));
  return { uid: of('-u'), gid: of('-g') };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => {
        if (typeof address === 'object' && address !== null) resolve(address.port);
        else reject(new Error('no port was given'));
      });
    });
  });
}
