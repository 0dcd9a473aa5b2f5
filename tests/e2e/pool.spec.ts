/** A pooling centre in one go: a legacy sheet comes in at its site, three sites are pooled, a conflict is settled, and the pool is exported. */
import { execFileSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { ElectronApplication } from '@playwright/test';
import { writeLegacySheet } from '../unit/imports/legacy-sheet.ts';
import { expect, test } from './app.ts';
import { enterSite, expectNoFault } from './colleagues.ts';
import { answerFolderDialog, answerSaveDialog } from './dialogs.ts';
import { makeSite, person } from './steps.ts';

const root = path.resolve(import.meta.dirname, '..', '..');

function cahier(...words: readonly string[]): void {
  execFileSync(process.execPath, ['--disable-warning=ExperimentalWarning', 'electron/cli.ts', ...words], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, CAHIER_PASSWORD: person.password },
  });
}

async function answerFilesDialog(electron: ElectronApplication, files: readonly string[]): Promise<void> {
  await electron.evaluate(
    ({ dialog }, filePaths) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [...filePaths] });
    },
    [...files],
  );
}

/** What somebody does to a sheet between the export and the pooling centre. */
function editByHand(file: string, sheet: string, from: string, to: string): void {
  const script = [
    'import sys, openpyxl',
    'file, sheet, was, now = sys.argv[1:]',
    'book = openpyxl.load_workbook(file)',
    'for row in book[sheet].iter_rows(min_row=2):',
    '    for cell in row:',
    '        if cell.value == was: cell.value = now',
    'book.save(file)',
  ].join('\n');
  execFileSync('/usr/bin/python3', ['-c', script, file, sheet, from, to]);
}

/** One child, told with the traits by which children are told apart, and a weight. */
function enterChild(site: string, subject: string, birth: string, weight: string, reason?: string): void {
  const lines = [
    { form: 'DM', item: 'dm_birth', value: birth },
    { form: 'DM', item: 'dm_sex', value: 'M' },
    { form: 'ONS', item: 'ons_fevdat', value: '2021-11-01' },
    { form: 'VS', item: 'vs_wt', value: weight },
  ].map((line) => ({ subject, event: 'SCR', ...line, ...(reason === undefined ? {} : { reason }) }));
  const file = path.join(path.dirname(site), `${subject}.jsonl`);
  writeFileSync(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  cahier('enter', file, '--dir', site, '--user', person.user);
}

test('a legacy sheet, three sites, a conflict settled by keyboard, and the pool exported', async ({
  startApp,
  folder,
}, info) => {
  test.setTimeout(240_000);
  const file = (name: string): string => path.join(folder, name);
  for (const code of ['02', '03']) {
    cahier(
      'init',
      '--dir',
      file(code),
      '--site-code',
      code,
      '--site-name',
      `Site ${code}`,
      '--user',
      person.user,
    );
    // The same child at two sites, and one that is at its own alone.
    enterChild(file(code), `${code}-001`, '2015-10', '19.5');
    enterChild(file(code), `${code}-002`, code === '02' ? '2012-03' : '2009-07', '31');
    cahier('export', '--dir', file(code), '--user', person.user, '--out', file(`site-${code}.xlsx`));
  }

  const app = await startApp();
  const { page } = app;
  await app.electron.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.setSize(1280, 800);
  });
  await answerFolderDialog(app.electron, file('01'));
  await makeSite(page);
  await writeLegacySheet(file('cohort.xlsx'));
  await answerFolderDialog(app.electron, file('cohort.xlsx'));
  await page.getByRole('link', { name: 'Import' }).click();
  await page.getByRole('button', { name: 'Choose a file…' }).click();
  const columns = page.getByRole('table', { name: 'Columns of the file' });
  await columns
    .getByRole('row', { name: /^Sex at birth/u })
    .getByLabel('“boy”')
    .selectOption('M');
  await page.getByRole('button', { name: 'Try it' }).click();
  await page.getByRole('button', { name: /^Import \d+ values$/u }).click();
  await expect(page.getByText('The import is done.', { exact: false })).toBeVisible({ timeout: 30_000 });
  await answerSaveDialog(app.electron, file('site-01.xlsx'));
  await page.getByRole('link', { name: 'Export' }).click();
  await page.getByRole('button', { name: 'Choose the file and start' }).click();
  await expect(page.getByRole('heading', { name: 'The workbook is done' })).toBeVisible({ timeout: 60_000 });

  await app.close();
  const centre = await startApp();
  const pool = centre.page;
  await answerFolderDialog(centre.electron, file('pool'));
  await expect(pool.getByRole('button', { name: /^New pool/u })).toBeVisible();
  await expectNoFault(pool, info, 'pool-start');
  await pool.getByRole('button', { name: /^New pool/u }).click();
  await pool.getByRole('button', { name: 'Choose a folder' }).click();
  await pool.getByRole('button', { name: 'Next' }).click();
  await pool.getByLabel('Name of the pool').fill('Anakinra pool');
  await pool.keyboard.press('Enter');
  await pool.getByLabel('User').fill(person.user);
  await pool.getByLabel('Password', { exact: true }).fill(person.password);
  await pool.getByLabel('Password again').fill(person.password);
  await pool.keyboard.press('Enter');
  const key = (await pool.getByText(/^[0-9A-Z]{5}(-[0-9A-Z]{5}){12}$/u).textContent()) ?? '';
  const asked = pool.getByRole('textbox', { name: /^Group \d+ of 13/u });
  const words = await pool
    .getByText(/^Group \d+ of 13/u)
    .first()
    .textContent();
  await asked.fill(key.trim().split('-')[Number(/\d+/u.exec(words ?? '')?.[0]) - 1] ?? '');
  await pool.keyboard.press('Enter');

  await expect(pool.getByText('Nothing was delivered yet.', { exact: false })).toBeVisible();
  await expect(pool.getByRole('link', { name: 'Worklist' })).toBeHidden();
  await answerFilesDialog(centre.electron, [
    ...['site-01.xlsx', 'site-02.xlsx', 'site-03.xlsx', 'cohort.xlsx'].map(file),
  ]);
  await pool.getByRole('button', { name: 'Take in files…' }).click();
  await expect(pool.getByRole('button', { name: 'Take in 4 files' })).toBeFocused();
  await pool.keyboard.press('Enter');
  await expect(pool.getByText('All files had their turn.')).toBeVisible({ timeout: 60_000 });
  await expect(pool.getByText(/cohort\.xlsx is no workbook that Cahier exported/u).first()).toBeVisible();
  await expect(pool.getByRole('img', { name: /^Bars of 3 sites/u })).toBeVisible();
  await expectNoFault(pool, info, 'pool-taken');

  // A second delivery of one site, with another weight.
  enterChild(file('03'), '03-002', '2009-07', '33', 'Weighed again');
  cahier('export', '--dir', file('03'), '--user', person.user, '--out', file('site-03b.xlsx'));
  await answerFilesDialog(centre.electron, [file('site-03b.xlsx')]);
  await pool.getByRole('button', { name: 'Take in files…' }).click();
  await pool.getByRole('button', { name: 'Take in 1 file' }).click();
  await expect(pool.getByText('All files had their turn.')).toBeVisible({ timeout: 60_000 });

  await pool.getByRole('link', { name: /^Conflict book/u }).click();
  const book = pool.getByRole('listbox', { name: 'Conflict book' });
  await expect(book).toBeFocused();
  await expect(book.getByRole('option')).toHaveCount(2);
  await expectNoFault(pool, info, 'conflicts-open');
  await pool.keyboard.press('j');
  await expect(book.getByRole('option', { selected: true })).toContainText('Weight');
  await pool.keyboard.press('2');
  await pool.keyboard.type('The chart says 31 kg');
  await pool.keyboard.press('Enter');
  await expect(book.getByRole('option')).toHaveCount(1);
  await expect(book).toBeFocused();
  await pool.getByRole('button', { name: /^decided/u }).click();
  await expect(pool.getByText('Reason: The chart says 31 kg')).toBeVisible();
  await pool.getByRole('button', { name: /^FR /u }).click();
  await pool.getByRole('button', { name: /sombre/iu }).click();
  await expectNoFault(pool, info, 'conflicts-french-dark');
  await pool.getByRole('link', { name: 'Regroupement', exact: true }).first().click();
  await expect(pool.getByRole('img', { name: /^Barres de 3 centres/u })).toBeVisible();
  await expectNoFault(pool, info, 'pool-french-dark');
  await pool.getByRole('button', { name: /^EN /u }).click();

  await answerSaveDialog(centre.electron, file('pool.xlsx'));
  await pool.getByRole('link', { name: 'Export' }).click();
  await pool.getByRole('button', { name: 'Choose the file and start' }).click();
  await expect(pool.getByRole('heading', { name: 'The workbook is done' })).toBeVisible({ timeout: 60_000 });
  expect(existsSync(file('pool.xlsx'))).toBe(true);
  expect(centre.consoleErrors).toEqual([]);
});

test('a sheet edited by hand is held, its cells decided, and a unit that nobody knows gets another value', async ({
  startApp,
  folder,
}, info) => {
  test.setTimeout(180_000);
  const file = (name: string): string => path.join(folder, name);
  const site = ['--dir', file('02'), '--user', person.user];
  cahier('init', ...site, '--site-code', '02', '--site-name', 'Site 02');
  enterChild(file('02'), '02-001', '2012-03', '31');
  const rows = [
    { item: 'lb_test', value: 'crp' },
    { item: 'lb_val', value: '240 mg/L' },
  ].map((line) => JSON.stringify({ subject: '02-001', event: 'SCR', form: 'LB', row: 1, ...line }));
  writeFileSync(file('rows.jsonl'), `${rows.join('\n')}\n`);
  cahier('enter', file('rows.jsonl'), ...site);
  cahier('export', ...site, '--out', file('site-02.xlsx'));
  editByHand(file('site-02.xlsx'), 'LB', 'mg/L', 'furlong');
  // The pool has another site already.
  const other = ['--dir', file('03'), '--user', person.user];
  cahier('init', ...other, '--site-code', '03', '--site-name', 'Site 03');
  enterChild(file('03'), '03-001', '2009-07', '19.5');
  cahier('export', ...other, '--out', file('site-03.xlsx'));
  cahier('pool', '--dir', file('pool'), '--user', person.user, file('site-03.xlsx'));

  const { electron, page, consoleErrors } = await startApp();
  await electron.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.setSize(1280, 800);
  });
  await answerFolderDialog(electron, file('pool'));
  await page.getByRole('button', { name: /^Open a site/u }).click();
  await enterSite(page, person);

  const takeIn = async (): Promise<void> => {
    await page.getByRole('link', { name: 'Pool', exact: true }).first().click();
    await answerFilesDialog(electron, [file('site-02.xlsx')]);
    await page.getByRole('button', { name: 'Take in files…' }).click();
    await page.getByRole('button', { name: 'Take in 1 file' }).click();
    await expect(page.getByText('All files had their turn.')).toBeVisible({ timeout: 60_000 });
  };
  await takeIn();
  await expect(page.getByText(/were changed after the export/u).first()).toBeVisible();
  await expectNoFault(page, info, 'held');

  await page.getByRole('link', { name: /^Conflict book/u }).click();
  const book = page.getByRole('listbox', { name: 'Conflict book' });
  await expect(book.getByRole('option', { selected: true })).toContainText(
    /Trail in the file: 240\smg\/L.*Cell: 240\sfurlong/u,
  );
  await expect(
    page.getByText('The file stays out until everything about it is decided.', { exact: false }),
  ).toBeVisible();
  await expectNoFault(page, info, 'held-conflict');
  await page.keyboard.press('2');
  await page.keyboard.type('The site says so');
  await page.keyboard.press('Enter');
  await expect(book.getByRole('option')).toHaveCount(0);

  await takeIn();
  await page.getByRole('link', { name: /^Conflict book/u }).click();
  await expect(book.getByRole('option', { selected: true })).toContainText('Unknown unit');
  await page.keyboard.press('3');
  await page.keyboard.type('240 mg/L');
  await page.keyboard.press('Tab');
  await page.keyboard.type('The laboratory was asked');
  await expectNoFault(page, info, 'another-value');
  await page.keyboard.press('Enter');
  await expect(book.getByRole('option')).toHaveCount(0);
  await page.getByRole('button', { name: /^decided/u }).click();
  await book.getByRole('option').filter({ hasText: 'Unknown unit' }).click();
  await expect(page.getByText('Another value is right').first()).toBeVisible();
  await page.getByRole('link', { name: 'Reported value' }).click();
  await expect(page.getByText(/240\smg\/L/u).first()).toBeVisible();
  await expectNoFault(page, info, 'value-in-form');
  expect(consoleErrors).toEqual([]);
});
