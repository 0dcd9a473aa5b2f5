/** Refusals about loading the data into another engine. A part of refusals.ts. */
import type { RefusalCode } from '#shared/bridge.ts';

export const pushRefusals = {
  'push-target-needed': ['invalid-input', 'Name one place to load into: --postgres URL or --parquet FOLDER.'],
  'push-url-unfit': [
    'invalid-input',
    'The URL cannot be used. It has the form postgresql://user@host:5432/database, and the certificate files it names exist.',
  ],
  'push-schema-unfit': [
    'invalid-input',
    'A schema name has 1 to 63 bytes, and is not one of those that PostgreSQL keeps for itself. Choose another name.',
  ],
  'push-no-server': [
    'not-found',
    'No PostgreSQL server takes connections at {server}. Check host, port and network, and whether the server runs.',
  ],
  'push-wrong-password': [
    'wrong-password',
    'The server {server} refused the user or the password for the database {database}. The password stands in the URL, in PGPASSWORD or in ~/.pgpass.',
  ],
  'push-no-database': ['not-found', 'The server {server} has no database {database}. Create it first.'],
  'push-no-right': [
    'forbidden',
    'The user may not create or fill the schema {schema} in the database {database}. Have the right to create given, or name a schema that belongs to the user.',
  ],
  'push-no-ssl': [
    'conflict',
    'The server {server} speaks no SSL. Leave sslmode out of the URL, or have SSL turned on.',
  ],
  'push-certificate': [
    'forbidden',
    'The certificate of the server {server} is not one that can be trusted. Name its authority by sslrootcert=FILE in the URL.',
  ],
  'push-read-only': [
    'read-only',
    'The server {server} takes no changes: it is a copy of another. Name that one.',
  ],
  'push-server-full': ['disk-full', 'The disk of the server {server} is full; the old content stands.'],
  'push-encoding': [
    'conflict',
    'The database {database} cannot hold every character of the data; the old content stands. Use a database with the encoding UTF8.',
  ],
  'push-busy': [
    'conflict',
    'The schema {schema} is being loaded or locked by somebody else. Wait for that, then push again.',
  ],
  'push-connection-lost': [
    'conflict',
    'The connection to {server} was lost before the new content took effect; push again.',
  ],
  'push-depended-on': [
    'conflict',
    'A table of the schema {schema} has to be made anew, and views depend on it; the old content stands. Drop these views, or name another schema.',
  ],
  'push-check-failed': [
    'conflict',
    'The data break the rule {constraint} of the table {table} in the schema {schema}; the old content stands. Look at that item in the findings.',
  ],
  'push-schema-foreign': [
    'exists',
    'The schema {schema} holds tables that are not of a study pushed here. Name another one with --schema.',
  ],
  'push-other-study': ['exists', 'The {target} holds the study {study}. Choose another place.'],
  'push-other-origin': [
    'exists',
    'The {target} holds the data of another folder. Choose another place, or replace them with --overwrite.',
  ],
  'push-older': [
    'conflict',
    'The {target} holds a newer state of this folder, of {cut}. Replace it by this older one with --overwrite.',
  ],
  'push-folder-foreign': [
    'exists',
    'The folder {folder} holds something else than pushed data. Name a new or an empty one.',
  ],
  'push-folder-missing': ['not-found', 'The folder {folder} does not exist. Create it first.'],
  'push-folder-unwritable': ['read-only', 'The folder {folder} cannot be written to. Choose another one.'],
  'push-folder-full': [
    'disk-full',
    'The disk is full; the old content stands. Free some space, or choose another disk.',
  ],
  'push-folder-busy': [
    'conflict',
    'The folder {folder} is being written by another push. Wait for it, then push again.',
  ],
  'push-folder-stuck': [
    'conflict',
    'The folder {folder} cannot be exchanged: something in it is open in another program. Close it, then push again.',
  ],
} as const satisfies Record<string, readonly [RefusalCode, string]>;
