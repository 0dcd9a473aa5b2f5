/**
 * One value on its whole way, by the five people whose work it is: asked about, answered, verified, signed, and corrected
 * after the signature, which then names it. What the separate specs show in parts has to hold as one line as well.
 */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page, TestInfo } from '@playwright/test';
import { become, coordinator, dataEntry, goTo, investigator, monitor, type Colleague } from './colleagues.ts';
import { expect, test } from './practice.ts';
import { formHead } from './steps.ts';

/** Complete, in its window, with neither a finding nor a query. */
const vitalSigns = '#/subjects/01-001/M1/VS';
const question = 'Which scales were used?';
const answered = 'The ward’s own, checked in December.';

/** Signs out, and comes back to the form as somebody else. */
async function open(page: Page, colleague: Colleague): Promise<void> {
  await become(page, colleague);
  await goTo(page, vitalSigns);
  await expect(weight(page)).toBeVisible();
}

const weight = (page: Page) => page.getByRole('textbox', { name: 'Weight', exact: true });
const panel = (page: Page) => page.getByRole('complementary', { name: 'Findings and facts' });
const field = (page: Page) => page.locator('.field', { has: weight(page) });
const isInState = (page: Page, state: string) =>
  expect(formHead(page).getByText(state, { exact: true })).toBeVisible();

async function picture(page: Page, info: TestInfo, name: string): Promise<void> {
  await page.screenshot({ path: info.outputPath(`${name}.png`) });
}

test('a value is asked about, answered, verified, signed and corrected, and its signature names it', async ({
  practice: { app, page },
}, info) => {
  test.setTimeout(300_000);

  await test.step('the monitor asks at the field', async () => {
    await open(page, monitor);
    await isInState(page, 'complete');
    await weight(page).focus();
    await page.keyboard.press('F4');
    await expect(page.getByRole('textbox', { name: 'What is asked?' })).toBeFocused();
    await page.keyboard.type(question);
    await page.keyboard.press('Enter');
    await expect(panel(page).getByText(question)).toBeVisible();
    await expect(field(page).getByText('query open')).toBeVisible();
    await picture(page, info, '1-asked');
  });

  await test.step('data entry answers', async () => {
    await open(page, dataEntry);
    await weight(page).focus();
    await expect(panel(page).getByText(question)).toBeVisible();
    await page.keyboard.press('F4');
    await expect(panel(page).getByRole('button', { name: 'Answer' })).toBeFocused();
    await page.keyboard.press('Enter');
    await page.keyboard.type(answered);
    await page.keyboard.press('Enter');
    await expect(field(page).getByText('answered')).toBeVisible();
    await picture(page, info, '2-answered');
  });

  await test.step('the monitor accepts, and verifies the form', async () => {
    await open(page, monitor);
    await weight(page).focus();
    await expect(panel(page).getByText(answered)).toBeVisible();
    await page.keyboard.press('F4');
    await expect(panel(page).getByRole('button', { name: 'Accept and close' })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(field(page).getByText('answered')).toBeHidden();
    await page.keyboard.press('Control+Enter');
    await isInState(page, 'verified');
    await picture(page, info, '3-verified');
  });

  await test.step('the investigator signs', async () => {
    await open(page, investigator);
    await isInState(page, 'verified');
    await page.keyboard.press('Control+Enter');
    const dialog = page.getByRole('dialog');
    await expect(dialog.getByLabel('User')).toBeFocused();
    await page.keyboard.type(investigator.user);
    await page.keyboard.press('Tab');
    await page.keyboard.type(investigator.password);
    await picture(page, info, '4-signing');
    await page.keyboard.press('Enter');
    await expect(dialog).toBeHidden();
    await isInState(page, 'signed');
    await expect(page.getByText('Valid: nothing was changed since.')).toBeVisible();
    await picture(page, info, '5-signed');
  });

  await test.step('the coordinator corrects the value, with a reason', async () => {
    await open(page, coordinator);
    await isInState(page, 'signed');
    await weight(page).fill('33.4');
    await page.keyboard.press('Enter');
    await page.getByRole('combobox', { name: 'Why is it changed?' }).selectOption('SOURCE');
    await page.keyboard.press('Tab');
    await page.keyboard.type('read again from the chart');
    await page.keyboard.press('Enter');
    await isInState(page, 'complete');
  });

  await test.step('the signature is no longer valid, and says which value', async () => {
    const broken = page.getByText('No longer valid');
    await expect(broken).toBeVisible();
    await expect(broken.getByRole('link', { name: /^Weight/u })).toBeVisible();
    await weight(page).focus();
    await page.keyboard.press('F2');
    await expect(panel(page).getByText(/^Query \d+ closed$/u)).toBeVisible();
    await expect(panel(page).getByText('read again from the chart')).toBeVisible();
    await picture(page, info, '6-broken');
    const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
    expect(
      violations.map(({ id, nodes }) => `${id} at ${nodes.map((node) => node.target.join(' ')).join(', ')}`),
    ).toEqual([]);
  });
  expect(app.consoleErrors).toEqual([]);
});
