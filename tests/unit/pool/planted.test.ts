/** Twenty-three sites with one fault of each kind planted among them: the conflict book holds these and no other. */
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { canonicalJson } from '#shared/audit.ts';
import { planFormSheets } from '#shared/export-plan.ts';
import { columnNames } from '#shared/import/own-workbook.ts';
import { wholeWorkbook } from '#shared/export-choices.ts';
import type { PoolFileOutcome } from '#shared/contract/pool.ts';
import type { Conflict } from '#shared/pool/conflict.ts';
import type { ItemValue } from '#shared/record.ts';
import { columnLetter } from '../../../electron/services/workbook-cells.ts';
import { sha256 } from '../../../electron/services/trail.ts';
import { faultsOf } from '../formats/read-odm.ts';
import {
  readPattern,
  numberOf,
  writeSiteWorkbook,
  type Pattern,
  type Telling,
} from '../../fixtures/pool/told-sites.ts';
import { editPart, makePool, openPatternSite, partOf, type TestPool } from './pool-bench.ts';

const subjects = 3;
const folder = mkdtempSync(path.join(tmpdir(), 'cahier-planted-'));
const codes = Array.from({ length: 23 }, (_, n) => String(n + 1).padStart(2, '0'));
let pattern: Pattern;
let pool: TestPool;
let outcomes: readonly PoolFileOutcome[];
/** As the book names it: by the first entry of its trail. */
const otherHospital = sha256('another hospital 1').slice(0, 16);

/** One item of one subject said otherwise. */
function saying(subject: number, item: string, as: (value: ItemValue) => ItemValue | null): Telling {
  let told = '';
  return (place, value) => {
    if (place.subject !== subject || place.item !== item) return value;
    const at = `${place.event} ${String(place.row)}`;
    if (told === '') told = at;
    return told === at ? as(value) : value;
  };
}
const text = (to: string) => (value: ItemValue) => ({ ...value, text: to });
const both =
  (...all: readonly Telling[]): Telling =>
  (place, value) =>
    all.reduce<ItemValue | null>((now, telling) => (now === null ? null : telling(place, now)), value);
const traitsTold = both(
  saying(1, 'dm_birth', text('2011-05')),
  saying(1, 'dm_sex', text('F')),
  saying(1, 'ons_fevdat', text('2021-02-03')),
);

const file = (name: string): string => path.join(folder, `${name}.xlsx`);

beforeAll(async () => {
  const site = await openPatternSite();
  pattern = readPattern(site, 450);
  pool = await makePool(site);
  const told: Readonly<Record<string, Telling>> = {
    '02': traitsTold,
    '03': traitsTold,
    '06': saying(0, 'dm_sex', text('77')),
    '07': saying(0, 'lb_unit', text('[stone_av]/L')),
  };
  for (const code of codes)
    await writeSiteWorkbook(file(code), pattern, {
      code,
      subjects,
      ...(told[code] === undefined ? {} : { told: told[code] }),
    });
  // Two hospitals that both call themselves 04.
  await writeSiteWorkbook(file('04-other'), pattern, { code: '04', subjects: 1, folder: 'another hospital' });
  const { study } = pattern.model;
  const other = { ...study, version: '1.0.1', codeLists: study.codeLists.map(withOneMore) };
  await writeSiteWorkbook(file('08'), pattern, {
    ...{ code: '08', subjects, study: other, fingerprint: sha256(canonicalJson(other)) },
  });
  await editPart(file('09'), await partOf(file('09'), 'VS'), (xml) => editCell(xml, 'VS', 'vs_hr', 2, '19'));
  outcomes = await pool.take(...codes.map(file), file('04-other'));
  await writeSiteWorkbook(file('10-later'), pattern, {
    ...{
      code: '10',
      subjects,
      later: saying(2, 'vs_hr', (value) => ({ ...value, number: 111, text: '111' })),
    },
  });
  await writeSiteWorkbook(file('11-later'), pattern, {
    ...{ code: '11', subjects, later: saying(2, 'vs_hr', () => null) },
  });
  await writeSiteWorkbook(file('05-later'), pattern, {
    ...{ code: '05', subjects },
    later: both(
      saying(2, 'dm_birth', text('2003-01')),
      saying(2, 'dm_sex', (value) => ({ ...value, text: value.text === 'F' ? 'M' : 'F' })),
      saying(2, 'ons_fevdat', text('2020-12-31')),
    ),
  });
}, 600_000);

/** The number in the row, in the column of that name. */
function editCell(xml: string, form: string, column: string, row: number, number: string): string {
  const sheet = planFormSheets(pattern.model.study).find(({ name }) => name === form);
  const at = sheet === undefined ? -1 : columnNames(sheet).indexOf(column);
  const cell = `${columnLetter(at + 1)}${String(row)}`;
  return xml.replace(new RegExp(`(<c r="${cell}"[^>]*><v>)[^<]*`, 'u'), `$1${number}`);
}

function withOneMore<List extends { readonly id: string; readonly codes: readonly object[] }>(
  list: List,
): List {
  if (list.id !== 'CL_SEX') return list;
  return { ...list, codes: [...list.codes, { code: '3', label: { en: 'Not recorded', fr: 'Non saisi' } }] };
}

afterAll(async () => {
  await pool.call('session.signOut', {});
});

const brief = ({ kind, site, subject, item, other }: Conflict) => ({ kind, site, subject, item, other });

it('takes in every site but those whose file has to wait, and says why', () => {
  const waiting = outcomes.filter(({ state }) => state !== 'taken');
  expect(waiting.map(({ file: name, state, why }) => [name, state, why?.key])).toEqual([
    ['08.xlsx', 'held', 'delivery-definition'],
    ['09.xlsx', 'held', 'delivery-edited'],
    ['04-other.xlsx', 'held', 'delivery-same-number'],
  ]);
  expect(outcomes.filter(({ state }) => state === 'taken')).toHaveLength(21);
});

it('writes exactly the planted conflicts into the book', async () => {
  expect((await pool.conflicts()).map(brief)).toEqual([
    { kind: 'same-child', site: '03', subject: numberOf('03', 1), item: null, other: numberOf('02', 1) },
    { kind: 'code', site: '06', subject: numberOf('06', 0), item: 'dm_sex', other: null },
    { kind: 'unit', site: '07', subject: numberOf('07', 0), item: 'lb_val', other: null },
    { kind: 'definition', site: '08', subject: null, item: null, other: 'code CL_SEX 3' },
    { kind: 'edited', site: '09', subject: numberOf('09', 0), item: 'vs_hr', other: null },
    { kind: 'same-number', site: '04', subject: null, item: null, other: otherHospital },
  ]);
});

it('shows both values, and leaves out what it can’t take', async () => {
  const conflicts = await pool.conflicts();
  const edited = conflicts.find(({ kind }) => kind === 'edited');
  expect(edited?.incoming).toMatchObject({ number: 19 });
  expect(edited?.incoming).not.toEqual(edited?.pooled);
  const held = pool.rows<{ n: number }>(
    `SELECT COUNT(*) AS n FROM value JOIN item ON item.id = value.item_id WHERE item.name = 'dm_sex' AND value.text = '77'`,
  );
  expect(held).toEqual([{ n: 0 }]);
});

it('tells what a second delivery changes, withdraws, or gives another child', async () => {
  const later = await pool.take(file('10-later'), file('11-later'), file('05-later'));
  expect(later.map(({ state, changed, withdrawn }) => [state, changed, withdrawn])).toEqual([
    ['taken', 1, 0],
    ['taken', 0, 1],
    ['taken', 0, 0],
  ]);
  const known = new Set(['same-child', 'code', 'unit', 'definition', 'edited']);
  const found = (await pool.conflicts()).filter(({ kind, site }) => !known.has(kind) && site !== '04');
  expect(found.map(brief)).toEqual([
    { kind: 'changed', site: '10', subject: numberOf('10', 2), item: 'vs_hr', other: null },
    { kind: 'withdrawn', site: '11', subject: numberOf('11', 2), item: 'vs_hr', other: null },
    { kind: 'same-number', site: '05', subject: numberOf('05', 2), item: null, other: null },
  ]);
});

it('carries out decisions, and heeds them when the file comes again', async () => {
  const by = async (kind: Conflict['kind'], site: string): Promise<Conflict> => {
    const found = (await pool.conflicts()).find((one) => one.kind === kind && one.site === site);
    if (found === undefined) throw new Error(`no ${kind} of ${site}`);
    return found;
  };
  const decide = async (
    kind: Conflict['kind'],
    site: string,
    choice: 'pooled' | 'incoming' | 'other' | 'distinct',
    value?: string,
  ): Promise<void> => {
    const { id } = await by(kind, site);
    await pool.call('pool.decide', {
      ...{ which: { id }, choice, reason: 'Asked the site' },
      ...(value === undefined ? {} : { value }),
    });
  };
  await decide('code', '06', 'other', 'F');
  await decide('unit', '07', 'incoming');
  await decide('definition', '08', 'incoming');
  await decide('edited', '09', 'pooled');
  await decide('changed', '10', 'pooled');
  await decide('withdrawn', '11', 'pooled');
  await decide('same-child', '03', 'pooled');
  await decide('same-number', '04', 'incoming');
  await decide('same-number', '05', 'incoming');
  const sex = pool.rows<{ text: string }>(
    `SELECT value.text FROM value JOIN item ON item.id = value.item_id JOIN form ON form.id = value.form_id
     JOIN subject ON subject.id = form.subject_id WHERE item.name = 'dm_sex' AND subject.number = ?`,
    numberOf('06', 0),
  );
  expect(sex).toEqual([{ text: 'F' }]);

  const again = await pool.take(...['06', '07', '08', '09', '10-later', '04-other', '05-later'].map(file));
  expect(again.map(({ file: name, state }) => [name, state])).toEqual([
    ['06.xlsx', 'unchanged'],
    ['07.xlsx', 'unchanged'],
    ['08.xlsx', 'taken'],
    ['09.xlsx', 'taken'],
    ['10-later.xlsx', 'unchanged'],
    ['04-other.xlsx', 'taken'],
    ['05-later.xlsx', 'taken'],
  ]);
  expect((await by('changed', '10')).state).toBe('decided');
  // Another value of the same form changes: what was decided about the one that is gone still holds.
  await writeSiteWorkbook(file('11-again'), pattern, {
    ...{ code: '11', subjects },
    later: both(
      saying(2, 'vs_hr', () => null),
      saying(2, 'vs_temp', (value) => ({ ...value, number: 40, text: '40' })),
    ),
  });
  expect(await pool.take(file('11-again'))).toMatchObject([{ state: 'taken', changed: 1 }]);
  expect((await by('withdrawn', '11')).state).toBe('decided');
  const kept = pool.rows<{ text: string | null }>(
    `SELECT value.text FROM value JOIN item ON item.id = value.item_id JOIN form ON form.id = value.form_id
     JOIN subject ON subject.id = form.subject_id
     WHERE item.name = 'vs_hr' AND subject.number = ? ORDER BY form.id LIMIT 1`,
    numberOf('11', 2),
  );
  expect(kept[0]?.text).not.toBeNull();
  const { sites } = await pool.call('pool.overview', {});
  expect(sites).toHaveLength(24);
  expect(sites.find(({ code }) => code === '04b')).toMatchObject({ subjects: 1 });
  expect(sites.find(({ code }) => code === '03')).toMatchObject({ subjects, excluded: 1 });
});

it('stays provable from its trail through all of it', async () => {
  expect(await pool.verify()).toEqual([]);
}, 120_000);

it('hands on neither doubles nor what waits for a decision', async () => {
  const actor = pool.services.session.authorise('exports.run');
  const request = { ...wholeWorkbook, file: file('pool'), actor };
  const status = await pool.services.exports.of(actor.site).run(request);
  if (status.state !== 'done') throw new Error(status.state);
  const rows = new Map(status.sheets.map((sheet) => [sheet.name, sheet.rows]));
  // 23 sites of 3 and one of 1, without the double.
  expect(rows.get('01_SUBJECTS')).toBe(23 * subjects + 1 - 1);
  expect(rows.get('DM')).toBe(23 * subjects + 1 - 1);
}, 120_000);

it('writes an ODM file of many sites that is valid against the schema', async () => {
  const actor = pool.services.session.authorise('exports.run');
  const request = { ...wholeWorkbook, formats: ['odm'] as const, file: file('pool-odm'), actor };
  const status = await pool.services.exports.of(actor.site).run(request);
  if (status.state !== 'done') throw new Error(status.state);
  const [odm] = status.files;
  expect(faultsOf(odm?.file ?? '')).toBe('');
  const xml = readFileSync(odm?.file ?? '', 'utf8');
  expect(new Set(xml.match(/<SiteRef LocationOID="[^"]+"/gu)).size).toBe(24);
}, 120_000);
