/** Files that can't be taken in: one sentence each, the rest of the delivery goes on, and the pool holds nothing of them. */
import { copyFileSync, mkdtempSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { PoolFileOutcome } from '#shared/contract/pool.ts';
import { readPattern, writeSiteWorkbook, type Pattern } from '../../fixtures/pool/told-sites.ts';
import { addToZip, editPart, makePool, openPatternSite, partOf, type TestPool } from './pool-bench.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'cahier-bad-files-'));
const file = (name: string): string => path.join(folder, name);
let pattern: Pattern;
let pool: TestPool;
let outcomes: readonly PoolFileOutcome[];

async function copyOf(name: string, edit: (copy: string) => Promise<void> | void): Promise<string> {
  copyFileSync(file('01.xlsx'), file(name));
  await edit(file(name));
  return file(name);
}
const readmeEdited = (name: string, from: string, to: string): Promise<string> =>
  copyOf(name, async (copy) => {
    await editPart(copy, await partOf(copy, '00_README'), (xml) => xml.replaceAll(from, to));
  });

beforeAll(async () => {
  const site = await openPatternSite();
  pattern = readPattern(site, 120);
  pool = await makePool(site);
  for (const code of ['01', '02', '03'])
    await writeSiteWorkbook(file(`${code}.xlsx`), pattern, { code, subjects: 1 });
  await writeSiteWorkbook(file('03-newer.xlsx'), pattern, {
    ...{ code: '03', subjects: 1 },
    later: (place, value) => (place.item === 'mh_any' ? { ...value, text: '1' } : value),
  });
  writeFileSync(file('letter.xlsx'), 'Dear colleague, please find attached');
  writeFileSync(file('notes.csv'), 'subject;age\n1;2\n');
  const files = [
    file('letter.xlsx'),
    file('notes.csv'),
    file('missing.xlsx'),
    await copyOf('half.xlsx', (copy) => {
      truncateSync(copy, Math.floor(readFileSync(copy).length / 2));
    }),
    await readmeEdited('study.xlsx', 'anakinra-misc 1.', 'other-study 1.'),
    await copyOf('sheet.xlsx', async (copy) => {
      await editPart(copy, 'xl/workbook.xml', (xml) => xml.replace(/<sheet [^>]*name="DM"[^>]*\/>/u, ''));
    }),
    await copyOf('manifest.xlsx', async (copy) => {
      await editPart(copy, 'xl/workbook.xml', (xml) =>
        xml.replace(/<sheet [^>]*name="MANIFEST"[^>]*\/>/u, ''),
      );
    }),
    await copyOf('column.xlsx', async (copy) => {
      await editPart(copy, 'xl/sharedStrings.xml', (xml) => xml.replace('>dm_sex<', '>sex<'));
    }),
    await copyOf('macro.xlsx', async (copy) => {
      await addToZip(copy, 'xl/vbaProject.bin', 'x');
    }),
    await copyOf('links.xlsx', async (copy) => {
      await addToZip(copy, 'xl/externalLinks/externalLink1.xml', '<externalLink/>');
    }),
    await copyOf('formula.xlsx', async (copy) => {
      await editPart(copy, await partOf(copy, 'DM'), (xml) =>
        xml.replace(/(<c r="[J-Z]2"[^>]*>)<v>/u, '$1<f>1+1</f><v>'),
      );
    }),
    file('01.xlsx'),
    file('02.xlsx'),
    file('03-newer.xlsx'),
    file('03.xlsx'),
  ];
  outcomes = await pool.take(...files);
}, 300_000);

afterAll(async () => {
  await pool.call('session.signOut', {});
});

it('says of each what is so', () => {
  const why = outcomes.map(({ file: name, state, why: refusal }) => [name, state, refusal?.key ?? null]);
  expect(why).toEqual([
    ['letter.xlsx', 'refused', 'import-not-a-workbook'],
    ['notes.csv', 'refused', 'import-not-a-workbook'],
    ['missing.xlsx', 'refused', 'file-unreadable'],
    ['half.xlsx', 'refused', 'import-cut-short'],
    ['study.xlsx', 'refused', 'import-other-study'],
    ['sheet.xlsx', 'refused', 'import-sheet-missing'],
    ['manifest.xlsx', 'refused', 'import-sheet-missing'],
    ['column.xlsx', 'refused', 'import-column-missing'],
    ['macro.xlsx', 'refused', 'import-macros'],
    ['links.xlsx', 'refused', 'import-external-links'],
    ['formula.xlsx', 'refused', 'import-formula'],
    ['01.xlsx', 'taken', null],
    ['02.xlsx', 'taken', null],
    ['03-newer.xlsx', 'taken', null],
    ['03.xlsx', 'refused', 'delivery-site-twice'],
  ]);
  for (const { why: refusal } of outcomes) expect(refusal?.message ?? 'x').not.toMatch(/\n|undefined|\{/u);
});

it('takes in nothing of them, and everything of the others', async () => {
  const { sites, deliveries } = await pool.call('pool.overview', {});
  expect(sites.map(({ code, subjects, values }) => [code, subjects, values])).toEqual([
    ['01', 1, 120],
    ['02', 1, 120],
    ['03', 1, 120],
  ]);
  expect(deliveries).toHaveLength(outcomes.length);
});

it('backs the pool up before files are taken in', () => {
  const made = pool.rows<{ why: string; seq: number }>(
    `SELECT detail ->> 'why' AS why, seq FROM audit WHERE action = 'backup.made' ORDER BY seq`,
  );
  const [first] = pool.rows<{ seq: number }>(
    `SELECT MIN(seq) AS seq FROM audit WHERE action LIKE 'delivery.%'`,
  );
  expect(made[0]?.why).toBe('merge');
  expect(made[0]?.seq).toBeLessThan(first?.seq ?? 0);
});

it('takes an older file of a site for what it is, and the same one for nothing new', async () => {
  const again = await pool.take(file('01.xlsx'), file('03.xlsx'));
  expect(again.map(({ state, why }) => [state, why?.key ?? null])).toEqual([
    ['unchanged', null],
    ['refused', 'delivery-older'],
  ]);
});

it('refuses a file whose trail does not go on from what was delivered', async () => {
  await writeSiteWorkbook(file('02-other-past.xlsx'), pattern, {
    ...{ code: '02', subjects: 1, fork: 100 },
    later: (place, value) => (place.item === 'mh_any' ? { ...value, text: '1' } : value),
  });
  const [outcome] = await pool.take(file('02-other-past.xlsx'));
  expect([outcome?.state, outcome?.why?.key]).toEqual(['refused', 'delivery-trail-broken']);
});

it('stays provable', async () => {
  expect(await pool.verify()).toEqual([]);
});
