/** The copy of a database before a merge: its bytes as they are while others read and write, or none. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { openForReading } from '../../../electron/db/open.ts';
import { copyAsItIs } from '../../../electron/services/backups/copy-as-it-is.ts';
import { openBench, setRoles, temporaryFolder, user } from '../services/workbench.ts';

it('holds what was recorded last, and is the file byte for byte', async () => {
  const bench = await openBench();
  setRoles(bench, user, ['administrator', 'coordinator']);
  const { databaseFile, key, db } = bench.services.session.authorise('backups.run').site;
  await bench.call('subjects.enrol', { subject: '01-S01' });
  const target = path.join(temporaryFolder(), 'copy');
  const copied = copyAsItIs(databaseFile, key, target);
  expect(readFileSync(target).equals(readFileSync(databaseFile))).toBe(true);
  const head = db.prepare('SELECT seq, lower(hex(hash)) AS head FROM audit_head').get();
  expect(copied).toMatchObject(head as object);
  const copy = openForReading(target, key);
  expect(copy.prepare('SELECT number FROM subject').pluck().all()).toEqual(['01-S01']);
  copy.close();
});

it('is not made while another connection keeps an older state', async () => {
  const bench = await openBench();
  setRoles(bench, user, ['administrator', 'coordinator']);
  const { databaseFile, key } = bench.services.session.authorise('backups.run').site;
  const reading = openForReading(databaseFile, key);
  reading.exec('BEGIN');
  reading.prepare('SELECT COUNT(*) FROM subject').get();
  await bench.call('subjects.enrol', { subject: '01-S01' });
  expect(copyAsItIs(databaseFile, key, path.join(temporaryFolder(), 'copy'))).toBeNull();
  reading.exec('COMMIT');
  reading.close();
}, 20_000);
