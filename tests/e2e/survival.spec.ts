/** What a person meets after a kill, at a damaged site and at the backups: nothing typed is lost, and each way out is said. */
import { closeSync, existsSync, openSync, readdirSync, truncateSync, writeSync } from 'node:fs';
import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page, TestInfo } from '@playwright/test';
import { answerFolderDialog } from './dialogs.ts';
import { coordinator } from './colleagues.ts';
import { expect, test } from './practice.ts';

async function expectNoFault(page: Page, info: TestInfo, name: string): Promise<void> {
  await page.screenshot({ path: info.outputPath(`${name}.png`) });
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  expect(
    violations.map(({ id, nodes }) => `${id} at ${nodes.map(({ target }) => target.join(' ')).join(', ')}`),
  ).toEqual([]);
}
async function goTo(page: Page, address: string): Promise<void> {
  await page.evaluate((hash) => {
    location.hash = hash;
  }, address);
}
async function signIn(page: Page): Promise<void> {
  await page.getByLabel('User').fill(coordinator.user);
  await page.getByLabel('Password', { exact: true }).fill(coordinator.password);
  await page.keyboard.press('Enter');
}

test('what was typed and not saved when the application was killed is offered, put back and saved', async ({
  practice: { app, page },
  startApp,
}, info) => {
  test.setTimeout(120_000);
  await goTo(page, '#/subjects/01-001/SCR/VS');
  const weight = page.getByRole('textbox', { name: 'Weight', exact: true });
  await weight.click();
  await weight.fill('31.7');
  await expect(page.getByText('1 not saved')).toBeVisible();
  // A second of silence, and the journal has it.
  await page.waitForTimeout(1500);
  await app.kill();

  const second = await startApp({ profile: app.profile });
  await signIn(second.page);
  const dialog = second.page.getByRole('dialog');
  await expect(dialog.getByRole('heading', { name: 'The last session ended unexpectedly' })).toBeVisible();
  await expect(dialog.getByText('Saved last:')).toBeVisible();
  await expect(dialog.getByRole('cell', { name: '31.7' })).toBeVisible();
  await expectNoFault(second.page, info, 'recovery');
  await dialog.getByRole('button', { name: 'Put back 1' }).click();
  const again = second.page.getByRole('textbox', { name: 'Weight', exact: true });
  await expect(again).toHaveValue('31.7');
  await expect(second.page.getByText('1 not saved')).toBeVisible();
  await again.click();
  await second.page.keyboard.press('Enter');
  // A complete form asks why.
  const reason = second.page.getByText('Reason', { exact: false }).first();
  if (await reason.isVisible()) await second.page.keyboard.press('Escape');
  expect(second.consoleErrors).toEqual([]);
});

test('a backup is made, listed and tried out in a new folder with a comparison', async ({
  practice: { app, page, site },
  folder,
}, info) => {
  test.setTimeout(120_000);
  await page.getByRole('link', { name: 'Backups' }).click();
  await page.getByRole('button', { name: 'Back up now' }).click();
  await expect(page.getByText(/^Backed up and verified/u)).toBeVisible({ timeout: 30_000 });
  await expect(page.getByRole('table').getByText('verified')).toBeVisible();
  await answerFolderDialog(app.electron, path.join(folder, 'rehearsal'));
  await page.getByRole('button', { name: 'Try a restore …' }).click();
  await expect(page.getByRole('heading', { name: 'The restore was tried out and works' })).toBeVisible({
    timeout: 30_000,
  });
  await expectNoFault(page, info, 'backups');
  await page.getByRole('button', { name: /^FR/u }).click();
  await expect(page.getByRole('heading', { name: 'Sauvegardes', exact: true })).toBeVisible();
  await expectNoFault(page, info, 'backups-french');
  expect(existsSync(path.join(folder, 'rehearsal', 'site.cahier'))).toBe(true);
  expect(readdirSync(path.join(site, 'backups'))).toHaveLength(1);
  expect(app.consoleErrors).toEqual([]);
});

test('a damaged site is explained, and its newest backup restored into a new folder', async ({
  practice: { app, page, site },
  folder,
}, info) => {
  test.setTimeout(120_000);
  await page.getByRole('link', { name: 'Backups' }).click();
  await page.getByRole('button', { name: 'Back up now' }).click();
  await expect(page.getByText(/^Backed up and verified/u)).toBeVisible({ timeout: 30_000 });
  await page.getByRole('button', { name: new RegExp(coordinator.user, 'u') }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(page.getByLabel('User')).toBeVisible({ timeout: 30_000 });
  const file = openSync(path.join(site, 'site.cahier'), 'r+');
  writeSync(file, Buffer.alloc(4096), 0, 4096, 4096);
  closeSync(file);

  await signIn(page);
  await expect(page.getByRole('heading', { name: 'The site folder is damaged' })).toBeVisible();
  await expect(page.getByRole('table').getByText('verified').first()).toBeVisible();
  await expectNoFault(page, info, 'damage');
  await answerFolderDialog(app.electron, path.join(folder, 'restored'));
  await page.getByRole('button', { name: 'Restore into a new folder …' }).click();
  await expect(page.getByText(path.join(folder, 'restored'))).toBeVisible({ timeout: 30_000 });
  await signIn(page);
  await expect(page.getByRole('link', { name: 'Subjects' })).toBeVisible();
});

test('a damaged key file is taken from a backup, once a person asks for it', async ({
  practice: { page, site },
}) => {
  test.setTimeout(120_000);
  await page.getByRole('link', { name: 'Backups' }).click();
  await page.getByRole('button', { name: 'Back up now' }).click();
  await expect(page.getByText(/^Backed up and verified/u)).toBeVisible({ timeout: 30_000 });
  await page.getByRole('button', { name: new RegExp(coordinator.user, 'u') }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(page.getByLabel('User')).toBeVisible({ timeout: 30_000 });
  truncateSync(path.join(site, 'keys.json'), 100);
  await signIn(page);
  await page.getByRole('button', { name: 'Use the key file of this backup' }).click();
  await expect(page.getByRole('heading', { name: 'The site folder is damaged' })).toBeHidden({
    timeout: 30_000,
  });
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('link', { name: 'Subjects' })).toBeVisible();
});
