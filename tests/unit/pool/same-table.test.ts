/** What is pooled says what the site says: the published table, every value, and a trail that proves it. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { wholeWorkbook } from '#shared/export-choices.ts';
import type { StudyReport } from '#shared/summary-table/report.ts';
import { openExportSite, type ExportSite } from '../exports/site.ts';
import { anakinra } from '../studies/folders.ts';
import { makePool, type TestPool } from './pool-bench.ts';

interface Value {
  readonly place: string;
  readonly text: string | null;
  readonly number: number | null;
}
const selectValues = `
  SELECT subject.number || ' ' || event || ' ' || form || ' ' || row || ' ' || item.name AS place, text, relation, value.number AS number,
         unit, precision, missing, derived
  FROM value JOIN form ON form.id = value.form_id JOIN subject ON subject.id = form.subject_id JOIN item ON item.id = value.item_id
  WHERE parked = 0 AND (text IS NOT NULL OR missing IS NOT NULL) ORDER BY place`;
const selectStates = `
  SELECT subject.number || ' ' || event || ' ' || form AS place, state FROM form JOIN subject ON subject.id = form.subject_id
  WHERE state <> 'empty' ORDER BY place`;

let site: ExportSite;
let pool: TestPool;
const of = {
  values: [] as readonly Value[],
  states: [] as readonly object[],
  table: null as StudyReport | null,
};

beforeAll(async () => {
  site = await openExportSite(anakinra);
  await site.call('session.signOut', {});
  const folder = path.join(mkdtempSync(path.join(tmpdir(), 'cahier-replica-')), 'site');
  const { people } = await site.services.demo.create(folder, null, 'replica');
  const [person] = people;
  await site.call('site.use', { folder });
  await site.call('session.signIn', { user: person?.user ?? '', password: person?.password ?? '' });
  of.values = site.rows<Value>(selectValues);
  of.states = site.rows(selectStates);
  of.table = await site.call('reports.studyTable', {});
  const file = path.join(folder, 'site.xlsx');
  const actor = site.actor();
  const done = await site.services.exports.of(actor.site).run({ ...wholeWorkbook, file, actor });
  if (done.state !== 'done') throw new Error(done.state);
  pool = await makePool(site);
  const [outcome] = await pool.take(file);
  expect(outcome).toMatchObject({ state: 'taken', added: of.values.length, changed: 0, withdrawn: 0 });
}, 300_000);

afterAll(async () => {
  await pool.call('session.signOut', {});
});

it('holds every value as the site has it, but for zeros at the end of a number', () => {
  const bare = ({ text, number, ...value }: Value) => ({
    ...value,
    number,
    text: number === null ? text : '',
  });
  expect(pool.rows<Value>(selectValues).map(bare)).toEqual(of.values.map(bare));
});

it('holds every form in the state in which the site has it', () => {
  expect(pool.rows(selectStates)).toEqual(of.states);
});

it('gives the study’s table out of the pool, row by row the same', async () => {
  const { tables } = await pool.call('reports.studyTable', {});
  expect(tables).toEqual(of.table?.tables);
});

it('proves it by its trail', async () => {
  expect(await pool.verify()).toEqual([]);
}, 120_000);

it('refuses to have a pooled value changed', async () => {
  await expect(
    pool.call('forms.save', {
      ...{ subject: '01-001', event: 'SCR', form: 'VS' },
      changes: [{ row: 1, item: 'vs_wt', value: '40.0', baseVersion: 1, reason: 'because' }],
    }),
  ).rejects.toThrow(/corrected at their site/u);
});
