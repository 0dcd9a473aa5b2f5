/** A bundle on a stick, from a site to the pool that it was made for, and no other. */
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { password, user } from '../exports/site.ts';
import { makePool, openPatternSite, type TestPool } from './pool-bench.ts';

const stick = mkdtempSync(path.join(tmpdir(), 'cahier-stick-'));
const bundle = path.join(stick, 'site_01.cahier.age');
let pool: TestPool;
let signer: string;

beforeAll(async () => {
  const site = await openPatternSite();
  const siteFolder = site.actor().site.folder;
  pool = await makePool(site);
  const { recipient } = await pool.call('submission.ownRecipient', {});
  await pool.call('session.signOut', {});
  await pool.call('site.use', { folder: siteFolder });
  await pool.call('session.signIn', { user, password });
  const actor = pool.services.session.authorise('exports.run');
  const made = await pool.services.bundles.run({ actor, file: bundle, to: [recipient] });
  if (made.state !== 'done') throw new Error(JSON.stringify(made));
  signer = made.bundle.signer.publicKey;
  await pool.call('session.signOut', {});
  await pool.call('site.use', { folder: pool.folder });
  await pool.call('session.signIn', { user, password });
}, 300_000);

afterAll(async () => {
  await pool.call('session.signOut', {});
});

it('is taken in as its workbook is, and the key that signed it written down', async () => {
  const [outcome] = await pool.take(bundle);
  expect(outcome).toMatchObject({ state: 'taken', site: '01', subjects: 1 });
  expect(pool.rows('SELECT kind, signer, state FROM delivery')).toEqual([
    { kind: 'bundle', signer, state: 'taken' },
  ]);
  expect((await pool.take(bundle)).map(({ state }) => state)).toEqual(['unchanged']);
});

it('leaves nothing readable in the folder of the pool', () => {
  expect(readdirSync(pool.folder).filter((name) => name.startsWith('.incoming'))).toEqual([]);
});

it('is refused when a byte of it was changed, and the pool stays as it is', async () => {
  const changed = path.join(stick, 'changed.cahier.age');
  copyFileSync(bundle, changed);
  const bytes = readFileSync(changed);
  bytes[bytes.length - 200] = (bytes[bytes.length - 200] ?? 0) ^ 1;
  writeFileSync(changed, bytes);
  const before = pool.rows('SELECT COUNT(*) FROM value');
  const [outcome] = await pool.take(changed);
  expect(outcome?.state).toBe('refused');
  expect(outcome?.why?.key).toMatch(/^bundle-(?:changed|cut-short)$/u);
  expect(pool.rows('SELECT COUNT(*) FROM value')).toEqual(before);
});

it('is refused by a pool without a key', async () => {
  await pool.call('session.signOut', {});
  const folder = path.join(stick, 'other-pool');
  await pool.call('pool.create', { folder, name: 'Other', user, password });
  await pool.call('session.signIn', { user, password });
  const actor = pool.services.session.authorise('pool.receive');
  const status = await pool.services.pool.run(actor, [bundle]);
  expect(status.outcomes.map(({ state, why }) => [state, why?.key])).toEqual([
    ['refused', 'pool-without-key'],
  ]);
});
