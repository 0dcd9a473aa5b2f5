/** The study's table in the window: from a number to the children behind it by keyboard, and out into files. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { answerSaveDialog } from './dialogs.ts';
import { expect, test } from './practice.ts';

test('a number leads to the children behind it and on to their pages', async ({ practice: { page } }) => {
  await page.getByRole('link', { name: 'Reports' }).click();
  const result = page.getByRole('button', { name: /^Girls:/u });
  await result.focus();
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('button', { name: /^Age at admission:/u })).toBeFocused();
  await page.keyboard.press('ArrowUp');
  const count = Number(/^\d+/u.exec((await result.textContent())?.trim() ?? '')?.[0]);
  await page.keyboard.press('Enter');

  const behind = page.getByRole('complementary', { name: 'Girls' });
  await expect(behind.getByRole('heading', { name: 'Girls' })).toBeFocused();
  await expect(behind.getByRole('region', { name: /^Yes/u }).getByRole('link')).toHaveCount(count);
  await page.keyboard.press('Escape');
  await expect(behind).toBeHidden();
  await expect(result).toBeFocused();

  await page.keyboard.press('Enter');
  await behind.getByRole('link').first().click();
  await expect(page.getByRole('heading', { level: 1, name: /^01-0\d\d$/u })).toBeVisible();
});

test('the table is saved as a workbook and as a page to print', async ({
  practice: { app, page },
  folder,
}) => {
  await page.getByRole('link', { name: 'Reports' }).click();
  for (const [button, name, start] of [
    ['Save as Excel', 'table.xlsx', 'PK'],
    ['Save as a page to print', 'table.html', '<!doctype html>'],
  ] as const) {
    const file = path.join(folder, name);
    await answerSaveDialog(app.electron, file);
    await page.getByRole('button', { name: button }).click();
    await expect(page.getByRole('status').filter({ hasText: file })).toBeVisible();
    expect(existsSync(file)).toBe(true);
    expect(readFileSync(file).subarray(0, start.length).toString()).toBe(start);
  }
  expect(app.consoleErrors).toEqual([]);
});
