/** The trail in the window: filtered to a subject, verified with a bar, reviewed and signed by whoever may. */
import { AxeBuilder } from '@axe-core/playwright';
import { become, dataManager } from './colleagues.ts';
import { expect, test } from './practice.ts';

test('the trail is filtered, verified, and its review signed', async ({ practice: { app, page } }) => {
  await become(page, dataManager);
  await page.getByRole('link', { name: 'Trail' }).click();
  const entries = page.getByRole('list', { name: 'Trail' });
  const first = entries.getByRole('listitem').first();
  await expect(first).toContainText(/verified by|signed in/u);

  await page.getByLabel('Subject', { exact: true }).fill('01-001');
  await page.keyboard.press('Enter');
  await expect(first).toContainText('01-001');
  await page.getByLabel('Kind').selectOption('form');
  await expect(first).toContainText(/was (?:begun|completed|verified|signed|locked) by/u);
  await page.getByLabel('Kind').selectOption('');
  await page.getByLabel('Subject', { exact: true }).fill('');
  await page.keyboard.press('Enter');

  const confirmed = page.getByRole('button', { name: /^Confirmed findings/u });
  await confirmed.click();
  await expect(confirmed).toHaveAttribute('aria-pressed', 'true');
  await confirmed.click();

  const verify = page.getByRole('button', { name: 'Verify now' });
  await expect(verify).toBeVisible({ timeout: 60_000 });
  await verify.click();
  await expect(page.getByRole('progressbar', { name: 'Progress of verifying' })).toBeVisible();
  await expect(page.getByText(/^File, trail and values agree: [\d,]+ entries\.$/u)).toBeVisible({
    timeout: 60_000,
  });
  await page.screenshot({ path: 'test-results/trail.png' });
  // Electron can't open the second page that the usual mode asks for.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)).toEqual([]);

  await page.getByLabel('What was looked at, and what came of it').fill('Late entries explained by the site');
  await page.getByLabel('Password', { exact: true }).fill('practice-2024-f');
  await page.getByRole('button', { name: 'Sign the review' }).click();
  await expect(page.getByText('The review is signed.')).toBeVisible();
  await expect(first).toContainText('were reviewed by data-manager');
  await expect(page.getByText(/^Last reviewed by data-manager/u)).toBeVisible();
  expect(app.consoleErrors).toEqual([]);
});
