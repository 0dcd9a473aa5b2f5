/** A site opens its workbook in a spreadsheet program and saves it, without changing a thing: it is still the same delivery. */
import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readPattern, writeSiteWorkbook } from '../../fixtures/pool/told-sites.ts';
import { resaveByLibreOffice } from '../exports/libreoffice.ts';
import { makePool, openPatternSite, resaveByOpenpyxl, type TestPool } from './pool-bench.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'cahier-saved-again-'));
const first = path.join(folder, 'site-07.xlsx');
const later = path.join(folder, 'later.xlsx');
let pool: TestPool;

beforeAll(async () => {
  const site = await openPatternSite();
  const pattern = readPattern(site, 600);
  await writeSiteWorkbook(first, pattern, { code: '07', subjects: 2 });
  await writeSiteWorkbook(later, pattern, {
    ...{ code: '07', subjects: 2 },
    later: (place, value) =>
      place.item === 'vs_wt' && place.subject === 0 && value.number !== null
        ? { ...value, number: 44, text: '44' }
        : value,
  });
  pool = await makePool(site);
}, 120_000);

afterAll(async () => {
  await pool.call('session.signOut', {});
});

it('LibreOffice saves it with its texts elsewhere, and it is taken in as it is', async () => {
  mkdirSync(path.join(folder, 'saved'));
  const [outcome] = await pool.take(resaveByLibreOffice(first, path.join(folder, 'saved')));
  expect(outcome).toMatchObject({ state: 'taken', site: '07', subjects: 2, why: null });
  expect(await pool.conflicts()).toEqual([]);
}, 300_000);

it('openpyxl saves it, and it brings nothing new', async () => {
  const before = pool.rows('SELECT * FROM value');
  const [outcome] = await pool.take(resaveByOpenpyxl(first));
  expect(outcome).toMatchObject({ why: null, added: 0, changed: 0, withdrawn: 0 });
  expect(pool.rows('SELECT * FROM value')).toEqual(before);
});

it('the next delivery, saved again as well, is told to be of the same trail, and only its changes are entered', async () => {
  const [outcome] = await pool.take(resaveByLibreOffice(later, path.join(folder, 'saved')));
  expect(outcome).toMatchObject({ state: 'taken', why: null, added: 0, withdrawn: 0 });
  const changed = await pool.conflicts();
  expect(changed.length).toBe(outcome?.changed);
  expect(new Set(changed.map(({ kind, item }) => `${kind} ${item ?? ''}`))).toEqual(
    new Set(['changed vs_wt']),
  );
  expect(await pool.verify()).toEqual([]);
}, 300_000);
