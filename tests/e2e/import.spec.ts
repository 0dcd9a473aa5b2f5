/** A hand-kept sheet with patients as columns comes in by the assistant: proposed, corrected, tried, imported, and found in the record. */
import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page, TestInfo } from '@playwright/test';
import { writeLegacySheet } from '../unit/imports/legacy-sheet.ts';
import { answerFolderDialog, answerSaveDialog } from './dialogs.ts';
import { expect, test } from './practice.ts';

async function look(page: Page, info: TestInfo, name: string): Promise<void> {
  await page.screenshot({ path: info.outputPath(`${name}.png`) });
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  expect(
    violations.map(({ id, nodes }) => `${id} ${nodes.map(({ target }) => target.join(' ')).join(', ')}`),
  ).toEqual([]);
}

test('a sheet with patients as columns is mapped, tried and imported by keyboard', async ({
  practice: { app, page },
  folder,
}, info) => {
  const file = path.join(folder, 'cohort.xlsx');
  await writeLegacySheet(file);
  // The open dialog of a file is the one of a folder, to whoever answers for it.
  await answerFolderDialog(app.electron, file);
  await page.getByRole('link', { name: 'Import' }).click();
  await page.getByRole('button', { name: 'Choose a file…' }).focus();
  await page.keyboard.press('Enter');

  await expect(page.getByRole('heading', { name: 'What the columns mean' })).toBeFocused();
  const columns = page.getByRole('table', { name: 'Columns of the file' });
  await expect(columns.getByLabel('Item of Sex at birth')).toHaveValue('dm_sex');
  await expect(columns.getByLabel('Test of CRP (mg/L)')).toHaveValue('crp');
  await expect(page.getByLabel('Put before')).toHaveValue('01-');
  await look(page, info, 'import-columns');

  // The sample children have the numbers of the sheet: these are others.
  await page.getByLabel('Put before').fill('01-9');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Control+A');
  await page.keyboard.type('2');
  await page.keyboard.press('Tab');
  await expect(page.getByLabel('Digits')).toHaveValue('2');
  const row = columns.getByRole('row', { name: /^Sex at birth/u });
  await row.getByLabel('“boy”').selectOption('M');
  const echo = columns.getByLabel('Item of Date of echo');
  await echo.fill('ec_dt');
  await echo.press('Tab');
  await page.getByRole('button', { name: 'Try it' }).focus();
  await page.keyboard.press('Enter');

  await expect(page.getByRole('heading', { name: 'What would become of every cell' })).toBeVisible();
  await expect(page.getByText('Nothing is written yet.')).toBeVisible();
  const refused = page.getByRole('region', { name: /^Refused/u });
  await expect(refused.getByRole('row', { name: /01-904.*formula.*E10 in Patients/u })).toBeVisible();
  await expect(page.getByRole('region', { name: /^Checks that fire/u })).toBeVisible();
  await look(page, info, 'import-try');

  await page.getByRole('button', { name: /^Import \d+ values$/u }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByText('The import is done.', { exact: false })).toBeVisible();
  await look(page, info, 'import-done');

  await page.getByRole('link', { name: 'Subjects' }).click();
  await expect(page.getByText('01-904')).toBeVisible();

  // What is in already is the same; another value is left until somebody decides, with a reason.
  await page.getByRole('link', { name: 'Import' }).click();
  await page.getByRole('button', { name: 'Another file' }).click();
  await page.getByRole('button', { name: 'Choose a file…' }).click();
  await page.getByLabel('Mapping used before').selectOption({ index: 1 });
  await expect(page.getByLabel('Put before')).toHaveValue('01-9');
  await page.getByRole('button', { name: 'Try it' }).click();
  await expect(page.getByText('= 0 accepted', { exact: false })).toBeVisible();
  await page.getByLabel('Take what the file says').check();
  await page.getByLabel('Reason for the changes').fill('Checked in the chart');
  await expect(page.getByRole('button', { name: /^Import 0 values$/u })).toBeDisabled();
  await page.getByRole('button', { name: 'Read the file and try again' }).click();
  await expect(page.getByRole('button', { name: /^Import 0 values$/u })).toBeEnabled();
  await page.getByRole('button', { name: /^FR /u }).click();
  await look(page, info, 'import-french');
  expect(app.consoleErrors).toEqual([]);
});

test('a workbook of Cahier’s own needs no mapping', async ({ practice: { app, page }, folder }, info) => {
  const file = path.join(folder, 'own.xlsx');
  await answerSaveDialog(app.electron, file);
  await page.getByRole('link', { name: 'Export' }).click();
  await page.getByRole('button', { name: 'Choose the file and start' }).click();
  await expect(page.getByText(file)).toBeVisible({ timeout: 60_000 });
  await answerFolderDialog(app.electron, file);
  await page.getByRole('link', { name: 'Import' }).click();
  await page.getByRole('button', { name: 'Choose a file…' }).click();
  await expect(page.getByText('A workbook of this study and site', { exact: false })).toBeVisible();
  await page.getByRole('button', { name: 'Try it' }).click();
  await expect(page.getByText('0 in conflict + 0 refused', { exact: false })).toBeVisible({
    timeout: 60_000,
  });
  await look(page, info, 'import-own');
});
