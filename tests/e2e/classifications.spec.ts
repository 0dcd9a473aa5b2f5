/** Case definitions, grades and scores of a child: reached, opened and followed to their fields by keyboard alone. */
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from './practice.ts';

test('a definition is opened to its reasons, and leads to the field that is missing', async ({
  practice: { app, page },
}, info) => {
  await page.evaluate(() => {
    location.hash = '#/subjects/01-001';
  });
  await page.getByRole('grid').waitFor();
  await page.getByRole('link', { name: 'Classifications' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: /^Classifications/u })).toBeVisible();

  const names = await page.getByRole('button', { expanded: false }).allTextContents();
  for (const name of ['WHO 2020', 'CDC 2020', 'CSTE/CDC 2023', 'RCPCH 2020 (PIMS-TS)'])
    expect(names.map((text) => text.trim())).toContain(name);

  await page.getByRole('button', { name: 'CSTE/CDC 2023', exact: true }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByText('CRP of 30 mg/L or more')).toBeVisible();
  await page.screenshot({ path: info.outputPath('opened.png'), fullPage: true });
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);

  const crp = page.getByRole('link', { name: 'C-reactive protein' }).first();
  await crp.focus();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/LB\?.*item=lb_val/u);
  expect(app.consoleErrors).toEqual([]);
});
