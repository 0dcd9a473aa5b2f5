/** The export page by keyboard: what the file will hold is said before it is written; choices are kept; the key is read inside the site. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { become, expectNoFault, investigator } from './colleagues.ts';
import { answerSaveDialog } from './dialogs.ts';
import { tabTo } from './keyboard.ts';
import { expect, test } from './practice.ts';

test('choices are said in words, kept as a preset and written, by keyboard alone', async ({
  practice: { app, page },
  folder,
}, info) => {
  await app.electron.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.setSize(1100, 700);
  });
  await page.getByRole('link', { name: 'Export' }).click();
  const summary = page.getByRole('region', { name: 'The file will hold' });
  await expect(summary).toContainText(/\d+ subjects, \d+ forms/u);
  await expectNoFault(page, info, 'export-whole');

  const some = page.getByRole('radio', { name: 'Only these' });
  await tabTo(page, page.getByRole('radio', { name: 'All subjects' }));
  await page.keyboard.press('ArrowRight');
  await expect(some).toBeChecked();
  await expect(summary).toContainText('No subject is named yet.');
  await expect(page.getByRole('button', { name: 'Choose the file and start' })).toBeDisabled();
  await page.keyboard.press('Tab');
  await page.keyboard.type('01-001, 01-099');
  await expect(summary).toContainText('There is no subject 01-099 here.');
  for (const _ of '01-099') await page.keyboard.press('Backspace');
  await page.keyboard.type('01-002');
  await expect(summary).toContainText('2 subjects');

  await tabTo(page, page.getByRole('radio', { name: 'As recorded' }));
  await page.keyboard.press('ArrowRight');
  await expect(summary).toContainText('Identifiers are left out.');
  await expect(summary).toContainText(/values are left out/u);
  await tabTo(page, page.getByRole('checkbox', { name: 'This is a submission to the pooling centre' }));
  await page.keyboard.press('Space');
  await expect(summary).toContainText('A submission');
  await expectNoFault(page, info, 'export-closed');

  await tabTo(page, page.getByRole('button', { name: 'Save as a preset…' }), 'Shift+Tab');
  await page.keyboard.press('Enter');
  await page.keyboard.type('For the centre');
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('Preset')).toHaveValue('For the centre');

  const file = path.join(folder, 'closed.xlsx');
  await answerSaveDialog(app.electron, file);
  await tabTo(page, page.getByRole('button', { name: 'Choose the file and start' }));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'The workbook is done' })).toBeVisible({ timeout: 30_000 });
  await expect(page.getByRole('cell', { name: 'DEIDENTIFICATION' })).toBeVisible();
  expect(existsSync(file)).toBe(true);
  expect(readFileSync(file).subarray(0, 2).toString()).toBe('PK');
  expect(app.consoleErrors).toEqual([]);
});

test('an investigator reads the key with a reason; nobody else is offered it', async ({
  practice: { app, page },
}, info) => {
  await page.getByRole('link', { name: 'Export' }).click();
  await expect(page.getByRole('region', { name: 'The file will hold' })).toContainText('subjects');
  await expect(page.getByRole('button', { name: 'Key to subjects…' })).toBeHidden();
  await become(page, investigator);
  await page.getByRole('link', { name: 'Export' }).click();
  await page.getByRole('button', { name: 'Key to subjects…' }).click();
  await page.getByLabel('Reason').fill('The centre asks about a value');
  await page.keyboard.press('Enter');
  const key = page.getByRole('dialog', { name: 'Key to subjects…' });
  await expect(key).toContainText('No de-identified export was written yet.');
  await expectNoFault(page, info, 'export-key');
  expect(app.consoleErrors).toEqual([]);
});
