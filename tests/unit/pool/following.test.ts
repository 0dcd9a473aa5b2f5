/** A delivery that follows the one before: only what it names as changed is read, and the pool is what it would be had all of it been read. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  numberOf,
  readPattern,
  writeSiteWorkbook,
  type Pattern,
  type Telling,
  type ToldSite,
} from '../../fixtures/pool/told-sites.ts';
import {
  readDelivery,
  type Extent,
  type ReadDelivery,
} from '../../../electron/services/pool/delivery-file.ts';
import type { KnownSites } from '../../../electron/services/pool/trail-heads.ts';
import { makePool, openPatternSite, resaveByOpenpyxl, type TestPool } from './pool-bench.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'cahier-following-'));
const file = (name: string): string => path.join(folder, `${name}.xlsx`);
const subjects = 3;
let pattern: Pattern;

/** The weight of one child at its admission, and then of another's too. */
const weighing =
  (...whose: readonly number[]): Telling =>
  (place, value) =>
    place.item === 'vs_wt' && whose.includes(place.subject) && value.number !== null
      ? { ...value, number: 44, text: '44' }
      : value;
const without: Telling = (place, value) => (place.item === 'mh_any' && place.subject === 2 ? null : value);

/** One child has a code that is in no list, which waits in the conflict book. */
const miscoding: Telling = (place, value) =>
  place.item === 'dm_sex' && place.subject === 0 ? { ...value, text: 'X' } : value;

async function tell(name: string, more: Partial<ToldSite>): Promise<void> {
  await writeSiteWorkbook(file(name), pattern, { code: '07', subjects, ...more });
}

beforeAll(async () => {
  const site = await openPatternSite();
  pattern = readPattern(site, 300);
  await site.call('session.signOut', {});
  await tell('first', {});
  await tell('later', { later: weighing(1) });
  await tell('latest', { later: weighing(1, 2) });
  await tell('shorter', { later: without });
  await tell('coded', { told: miscoding });
  await tell('coded-later', { told: miscoding, later: weighing(1) });
  await tell('silent', {
    later: (place, value) => without(place, weighing(1)(place, value) ?? value),
    untold: ({ item }) => item === 'mh_any',
  });
}, 240_000);

describe('what is read of it', () => {
  let before: ReadDelivery;
  const known = (more: Partial<{ head: string; isSettled: boolean }> = {}): KnownSites =>
    new Map([[before.facts.genesis, { head: before.facts.cutHead, isSettled: true, ...more }]]);
  const read = (name: string, of: KnownSites, extent: Extent = 'new'): Promise<ReadDelivery> =>
    readDelivery({
      ...{ file: file(name), model: pattern.model, fingerprint: pattern.fingerprint, extent, known: of },
      now: '2026-03-01T12:00',
    });
  const whose = ({ forms }: ReadDelivery): readonly string[] => [
    ...new Set(forms.map(({ subject }) => subject)),
  ];
  const all = [0, 1, 2].map((subject) => numberOf('07', subject));

  beforeAll(async () => {
    before = await read('first', new Map());
  });

  it('are all forms, when nothing is known of the site', () => {
    expect(before.following).toBeNull();
    expect(whose(before)).toEqual(all);
  });
  it('are the forms of the child alone whom CHANGES names, and the list of all children', async () => {
    const later = await read('later', known());
    expect(later.following).toEqual({ head: before.facts.cutHead, subjects: new Set([numberOf('07', 1)]) });
    expect(whose(later)).toEqual([numberOf('07', 1)]);
    expect(later.subjects.map(({ number }) => number)).toEqual(all);
    const whole = await read('later', known(), 'whole');
    expect(whose(whole)).toEqual(all);
    expect(later.forms).toEqual(whole.forms.filter(({ subject }) => subject === numberOf('07', 1)));
  });
  it('is no form, when the state is the one that is known', async () => {
    const same = await read('first', known());
    expect(same.following?.subjects.size).toBe(0);
    expect(same.forms).toEqual([]);
  });
  it('are all forms, when something of the site waits in the conflict book', async () => {
    const later = await read('later', known({ isSettled: false }));
    expect(later.following).toBeNull();
    expect(whose(later)).toEqual(all);
  });
  it('are all forms, when the pool knows another state, which is looked for in the trail', async () => {
    const { facts } = await read('later', new Map());
    const latest = await read('latest', known({ head: facts.cutHead }));
    expect(latest.following).toBeNull();
    expect(latest.heads).toContain(facts.cutHead);
    const other = await read('latest', known({ head: 'f'.repeat(64) }));
    expect(other.heads).not.toContain('f'.repeat(64));
    expect(whose(other)).toEqual(all);
  });
  it('are all forms, when another program saved it', async () => {
    resaveByOpenpyxl(file('later'));
    const later = await read('openpyxl-later', known());
    expect(later).toMatchObject({ following: null, editedSheets: [], edits: [] });
    expect(whose(later)).toEqual(all);
  });
});

it('follows the submission of a real site', async () => {
  const site = await openPatternSite();
  const read = (name: string, known: KnownSites): Promise<ReadDelivery> => {
    const { model, fingerprint } = site.actor().site;
    return readDelivery({
      file: site.file(name),
      model,
      fingerprint,
      extent: 'new',
      known,
      now: '2026-03-01T12:00',
    });
  };
  site.enter('01-002', [{ event: 'SCR', form: 'DM', row: 1, item: 'dm_sex', value: 'F' }]);
  await site.exportDone('first.xlsx', { submission: true });
  site.clock.pass(60_000);
  site.enter('01-001', [{ event: 'SCR', form: 'VS', row: 1, item: 'vs_wt', value: '44' }]);
  await site.exportDone('later.xlsx', { submission: true });
  const { facts } = await read('first.xlsx', new Map());
  const known = new Map([[facts.genesis, { head: facts.cutHead, isSettled: true }]]);
  const later = await read('later.xlsx', known);
  expect(later.following).toEqual({ head: facts.cutHead, subjects: new Set(['01-001']) });
  expect(later.heads).toContain(facts.cutHead);
  expect(later.subjects).toHaveLength(2);
  expect(new Set(later.forms.map(({ subject }) => subject))).toEqual(new Set(['01-001']));
  await site.call('session.signOut', {});
}, 120_000);

describe('what the pool makes of it', () => {
  const pools: TestPool[] = [];

  async function poolOf(...names: readonly string[]): Promise<TestPool> {
    for (const open of pools.splice(0)) await open.call('session.signOut', {});
    const pool = await makePool(await openPatternSite());
    pools.push(pool);
    for (const name of names) {
      const [outcome] = await pool.take(file(name));
      expect(outcome).toMatchObject({ state: 'taken', why: null });
    }
    return pool;
  }
  afterAll(async () => {
    for (const open of pools) await open.call('session.signOut', {});
  });

  const kindsOf: Readonly<Record<string, readonly string[]>> = {
    later: ['changed'],
    shorter: ['withdrawn'],
    'coded-later': ['code', 'changed'],
  };

  /** All that a pool holds, but when and in which file it came. */
  const heldBy = (pool: TestPool): unknown => ({
    values: pool.rows(
      `SELECT subject.number, event, form, state, row, name, text, relation, value.number, unit, precision, missing, version, derived
       FROM value JOIN form ON form.id = form_id JOIN subject ON subject.id = subject_id JOIN item ON item.id = item_id ORDER BY 1, 2, 3, 5, 6`,
    ),
    findings: pool.rows(
      'SELECT subject_id, position, key, severity, status, body FROM finding ORDER BY 1, 2',
    ),
    digests: pool.rows('SELECT form_id, digest FROM delivered_form ORDER BY 1'),
    subjects: pool.rows(
      'SELECT subject_id, site, own_number, traits, open_hard, open_soft, open_queries, excluded FROM delivered_subject ORDER BY 1',
    ),
    conflicts: pool.rows('SELECT key, pooled, incoming, state FROM conflict ORDER BY 1'),
    deliveries: pool.rows(
      'SELECT state, value_count, told_values, added, changed, withdrawn FROM delivery ORDER BY id',
    ),
  });

  it.each([
    ['first', 'later'],
    ['first', 'shorter'],
    ['coded', 'coded-later'],
  ])(
    'is what it makes of a whole one (%s, %s)',
    async (first, name) => {
      resaveByOpenpyxl(file(name));
      const whole = await poolOf(first, `openpyxl-${name}`);
      const expected = heldBy(whole);
      const following = await poolOf(first, name);
      expect(heldBy(following)).toEqual(expected);
      expect([...new Set((await following.conflicts()).map(({ kind }) => kind))]).toEqual(kindsOf[name]);
      expect(await following.verify()).toEqual([]);
    },
    240_000,
  );

  it('holds a change of which the workbook is silent: its count gives it away', async () => {
    const pool = await poolOf('first');
    const [outcome] = await pool.take(file('silent'));
    expect(outcome).toMatchObject({ state: 'taken', withdrawn: 1 });
    const held = pool.rows<{ n: number }>(
      `SELECT COUNT(*) AS n FROM value JOIN item ON item.id = item_id WHERE name = 'mh_any' AND text IS NOT NULL`,
    );
    expect(held).toEqual([{ n: subjects - 1 }]);
    expect(await pool.verify()).toEqual([]);
  }, 240_000);

  it('is right for files that are read before the ones that they follow are taken', async () => {
    const pool = await poolOf();
    const outcomes = await pool.take(file('first'), file('later'), file('latest'), file('latest'));
    expect(outcomes.map(({ state, why }) => [state, why?.key ?? null])).toEqual([
      ['taken', null],
      ['taken', null],
      ['taken', null],
      ['refused', 'delivery-site-twice'],
    ]);
    const weights = pool.rows<{ number: string }>(
      `SELECT DISTINCT subject.number FROM value JOIN form ON form.id = form_id JOIN subject ON subject.id = subject_id
       JOIN item ON item.id = item_id WHERE name = 'vs_wt' AND text = '44' ORDER BY 1`,
    );
    expect(weights.map(({ number }) => number)).toEqual([numberOf('07', 1), numberOf('07', 2)]);
    expect(await pool.verify()).toEqual([]);
  }, 240_000);
});
