/** Handing over in the window: rehearse, go to what would be rejected, name a recipient, make the bundle and open it elsewhere. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expectNoFault } from './colleagues.ts';
import { answerSaveDialog } from './dialogs.ts';
import { tabTo } from './keyboard.ts';
import { expect, test } from './practice.ts';

test('a site is rehearsed, mended and handed over by keyboard', async ({
  practice: { app, page },
  folder,
}, info) => {
  test.setTimeout(120_000);
  const identity = path.join(folder, 'centre.txt');
  execFileSync('age-keygen', ['-o', identity], { stdio: 'ignore' });
  const recipient = execFileSync('age-keygen', ['-y', identity], { encoding: 'utf8' }).trim();

  await page.getByRole('link', { name: 'Submission' }).click();
  await tabTo(page, page.getByRole('button', { name: 'Rehearse the handing over' }));
  await page.keyboard.press('Enter');
  await expect(page.getByText('0 of 10 subjects would be taken.')).toBeVisible({ timeout: 30_000 });
  await tabTo(page, page.getByRole('button', { name: 'No hard finding is open' }));
  await page.keyboard.press('Enter');
  const rule = page.locator('#rule-finding-hard-open');
  await expect(rule.getByRole('table')).toBeVisible();
  await expect(rule.locator('summary')).toBeFocused();
  await expectNoFault(page, info, 'submission-rehearsed');

  await tabTo(page, rule.getByRole('link').first());
  await page.keyboard.press('Enter');
  await expect(page.getByRole('textbox', { name: 'Weight', exact: true })).toBeVisible();

  await page.getByRole('link', { name: 'Submission' }).click();
  await expect(page.getByText('0 of 10 subjects would be taken.')).toBeVisible();
  await page.getByLabel('Name').fill('Pooling centre');
  await page.getByLabel('Public key of the recipient').fill(recipient.replace(/.$/u, ''));
  await page.keyboard.press('Enter');
  await expect(page.getByText(/A letter of this key is wrong/u)).toBeVisible();
  await page.getByLabel('Public key of the recipient').fill(recipient);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Remove the recipient Pooling centre' })).toBeVisible();

  const file = path.join(folder, 'site_01.cahier.age');
  await answerSaveDialog(app.electron, file);
  await page.getByRole('button', { name: 'Make the bundle' }).click();
  await expect(page.getByText(/^The bundle is done/u)).toBeVisible({ timeout: 60_000 });
  const hash = execFileSync('sha256sum', [file], { encoding: 'utf8' }).slice(0, 64);
  await expect(page.getByText(hash)).toBeVisible();
  const fingerprint = /^([0-9a-f]{4} ){7}[0-9a-f]{4}$/u;
  await expect(page.getByText(fingerprint)).toBeVisible();
  await expectNoFault(page, info, 'submission-done');

  expect(readFileSync(file).subarray(0, 21).toString()).toBe('age-encryption.org/v1');
  const zip = execFileSync('age', ['-d', '-i', identity, file], { maxBuffer: 2 ** 28 });
  expect(zip.includes('MANIFEST.json.minisig')).toBe(true);
  expect(app.consoleErrors).toEqual([]);
});
