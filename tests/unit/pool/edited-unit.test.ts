/** Somebody types another unit into a laboratory row of an exported workbook: one line in the conflict book, and one value in the pool, whichever is right. */
import { cpSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ConflictChoice } from '#shared/pool/conflict.ts';
import { readPattern, numberOf, writeSiteWorkbook } from '../../fixtures/pool/told-sites.ts';
import { editPart, makePool, openPatternSite, partOf, type TestPool } from './pool-bench.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'cahier-edited-unit-'));
const file = (name: string): string => path.join(folder, name);
let pool: TestPool;

const selectRow = `
  SELECT item.name, value.text, value.number, value.unit, value.relation
  FROM value JOIN item ON item.id = value.item_id JOIN form ON form.id = value.form_id JOIN subject ON subject.id = form.subject_id
  WHERE subject.number = ? AND form.form = 'LB' AND form.event = 'SCR' AND value.row = 1 ORDER BY item.name`;
const rowOf = (code: string): readonly { name: string; text: string }[] =>
  pool.rows(selectRow, numberOf(code, 0));

async function decide(kind: string, choice: ConflictChoice, value?: string): Promise<void> {
  const open = (await pool.conflicts()).filter((one) => one.kind === kind && one.state === 'open');
  expect(open).toHaveLength(1);
  await pool.call('pool.decide', {
    ...{ which: { id: open[0]?.id ?? 0 }, choice, reason: 'Asked the site' },
    ...(value === undefined ? {} : { value }),
  });
}

beforeAll(async () => {
  const site = await openPatternSite();
  const pattern = readPattern(site, 600);
  for (const code of ['07', '08']) {
    await writeSiteWorkbook(file(`${code}.xlsx`), pattern, { code, subjects: 1 });
    cpSync(file(`${code}.xlsx`), file(`${code}-untouched.xlsx`));
    const sheet = await partOf(file(`${code}.xlsx`), 'LB');
    // The reported unit alone: the standard one beside it is the study's own.
    await editPart(file(`${code}.xlsx`), sheet, (xml) => xml.replace('>mg/L</t>', '>furlong</t>'));
  }
  pool = await makePool(site);
}, 120_000);

afterAll(async () => {
  await pool.call('session.signOut', {});
});

it('holds the file for one line: what the trail says with its unit, and what the cells say with theirs', async () => {
  const [outcome] = await pool.take(file('07.xlsx'));
  expect(outcome).toMatchObject({ state: 'held', why: { key: 'delivery-edited' } });
  const edited = await pool.conflicts();
  expect(edited).toMatchObject([
    { kind: 'edited', item: 'lb_val', pooled: { unit: 'mg/L' }, incoming: { unit: 'furlong' } },
  ]);
  expect(edited[0]?.pooled).toMatchObject({ number: (edited[0]?.incoming as { number: number }).number });
});

it('takes what the trail says as an untouched file would bring it, and asks nothing more', async () => {
  await decide('edited', 'pooled');
  expect(await pool.take(file('07.xlsx'))).toMatchObject([{ state: 'taken', why: null }]);
  expect((await pool.conflicts()).filter(({ state }) => state === 'open')).toEqual([]);
  const decided = rowOf('07');
  expect(decided.find(({ name }) => name === 'lb_unit')?.text).toBe('mg/L');
  expect(await pool.take(file('07-untouched.xlsx'))).toMatchObject([{ added: 0, changed: 0, withdrawn: 0 }]);
  expect(rowOf('07')).toEqual(decided);
});

it('asks about the unit when the cell is right, and takes the value that is given instead', async () => {
  await pool.take(file('08.xlsx'));
  await decide('edited', 'incoming');
  expect(await pool.take(file('08.xlsx'))).toMatchObject([{ state: 'taken', why: null }]);
  expect(rowOf('08').map(({ name }) => name)).not.toContain('lb_val');
  await decide('unit', 'other', '12.5 mg/L');
  expect(rowOf('08')).toEqual(
    expect.arrayContaining([
      { name: 'lb_unit', text: 'mg/L', number: null, unit: null, relation: null },
      { name: 'lb_val', text: '12.5', number: 12.5, unit: null, relation: null },
    ]),
  );
  expect(await pool.verify()).toEqual([]);
});
