/** A form on its way from complete to locked: verified, signed, broken by a correction, signed again, by the people whose work it is. */
import type { Page, TestInfo } from '@playwright/test';
import { expect, test } from './practice.ts';
import {
  become,
  coordinator,
  dataManager,
  expectNoFault,
  goTo,
  investigator,
  monitor,
} from './colleagues.ts';
import { formHead } from './steps.ts';

const isInState = (page: Page, state: string) =>
  expect(formHead(page).getByText(state, { exact: true })).toBeVisible();

/** Name and password at the first signature of a session; the keyboard alone. */
async function sign(page: Page, info: TestInfo, name: string): Promise<void> {
  await page.keyboard.press('Control+Enter');
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('heading', { name: /^Sign:/u })).toBeVisible();
  await expect(dialog.getByLabel('User')).toBeFocused();
  await expectNoFault(page, info, name);
  await page.keyboard.type(investigator.user);
  await page.keyboard.press('Tab');
  await page.keyboard.type(investigator.password);
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  await isInState(page, 'signed');
}

test('a signature shows what broke it, and is made again', async ({ practice: { app, page } }, info) => {
  test.setTimeout(300_000);
  const vitalSigns = '#/subjects/01-001/M3/VS';
  await become(page, investigator);
  await goTo(page, vitalSigns);
  await isInState(page, 'verified');
  await sign(page, info, 'sign-dialog');
  await expect(page.getByText('Valid: nothing was changed since.')).toBeVisible();
  await expectNoFault(page, info, 'form-signed');

  await become(page, coordinator);
  await goTo(page, vitalSigns);
  const weight = page.getByRole('textbox', { name: 'Weight', exact: true });
  await weight.fill('33.8');
  await page.keyboard.press('Enter');
  await page.getByRole('combobox', { name: 'Why is it changed?' }).selectOption('SOURCE');
  await page.keyboard.press('Tab');
  await page.keyboard.type('read again from the chart');
  await page.keyboard.press('Enter');
  await isInState(page, 'complete');
  const broken = page.getByText('No longer valid');
  await expect(broken).toBeVisible();
  await expect(broken.getByRole('link', { name: /^Weight/u })).toBeVisible();
  await expectNoFault(page, info, 'signature-broken');

  await become(page, monitor);
  await goTo(page, vitalSigns);
  await isInState(page, 'complete');
  await page.keyboard.press('Control+Enter');
  await isInState(page, 'verified');

  await become(page, investigator);
  await goTo(page, vitalSigns);
  await isInState(page, 'verified');
  await sign(page, info, 'sign-again');
  await expect(page.getByText('Valid: nothing was changed since.')).toBeVisible();

  await goTo(page, '#/subjects/01-001');
  await page.getByText('4 signatures').click();
  await expect(page.getByText('Signed again since.')).toBeVisible();
  await expectNoFault(page, info, 'subject-with-signatures');
  expect(app.consoleErrors).toEqual([]);
});

test('a visit is verified as a whole, with what stands in the way; a frozen child is closed to entry', async ({
  practice: { app, page },
}, info) => {
  test.setTimeout(240_000);
  await become(page, dataManager);
  await goTo(page, '#/subjects/01-001');
  await page.getByRole('combobox', { name: 'Review' }).selectOption('M1');
  await page.getByRole('button', { name: 'Verify 4 forms' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Verified: M1' })).toBeVisible();

  await goTo(page, '#/subjects/01-004');
  await page.getByRole('button', { name: /^Verify/u }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('heading', { name: /stand in the way$/u })).toBeVisible();
  await expectNoFault(page, info, 'obstacles');
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();

  await page.getByRole('button', { name: 'Freeze …' }).click();
  await expect(dialog.getByLabel('Reason')).toBeFocused();
  await page.keyboard.type('Cut for the interim analysis');
  await page.keyboard.press('Enter');
  await expect(page.getByText(/^Frozen by data-manager/u)).toBeVisible();
  await expectNoFault(page, info, 'subject-frozen');
  await become(page, coordinator);
  await goTo(page, '#/subjects/01-004/SCR/VS');
  await expect(page.getByText(/is frozen: nothing is entered/u)).toBeVisible();
  await expectNoFault(page, info, 'form-frozen');
  expect(app.consoleErrors).toEqual([]);
});
