/** A monitor asks by hand, data entry finds the question in the list and answers it at the field, the monitor accepts. */
import type { Page } from '@playwright/test';
import { expect, test } from './practice.ts';
import { become, dataEntry, expectNoFault, goTo, monitor } from './colleagues.ts';

const panel = (page: Page) => page.getByRole('complementary', { name: 'Findings and facts' });
const weight = (page: Page) => page.getByRole('textbox', { name: 'Weight', exact: true });

test('a question is asked, answered and accepted, by keyboard', async ({ practice: { app, page } }, info) => {
  test.setTimeout(120_000);
  await become(page, monitor);
  await goTo(page, '#/subjects/01-002/SCR/VS');
  await weight(page).focus();
  await page.keyboard.press('F4');
  await expect(page.getByRole('textbox', { name: 'What is asked?' })).toBeFocused();
  await page.keyboard.type('Which scales were used?');
  await page.keyboard.press('Enter');
  await expect(weight(page)).toBeFocused();
  await expect(panel(page).getByText('Which scales were used?')).toBeVisible();
  await expect(page.locator('.field', { has: weight(page) }).getByText('query open')).toBeVisible();
  await expectNoFault(page, info, 'asked');

  await become(page, dataEntry);
  await page.getByRole('link', { name: /^Queries/u }).focus();
  await page.keyboard.press('Enter');
  await page.getByLabel('Asked by').selectOption('manual');
  const line = page.getByRole('listitem').filter({ hasText: 'Which scales were used?' });
  await expect(line).toContainText('today');
  await expectNoFault(page, info, 'list');
  await line.getByRole('button').focus();
  await page.keyboard.press('Enter');
  await expect(weight(page)).toBeFocused();
  await page.keyboard.press('F4');
  await expect(panel(page).getByRole('button', { name: 'Answer' })).toBeFocused();
  await page.keyboard.press('Enter');
  await page.keyboard.type('The ward’s own, checked in May.');
  await page.keyboard.press('Enter');
  await expect(weight(page)).toBeFocused();
  await expect(page.locator('.field', { has: weight(page) }).getByText('answered')).toBeVisible();
  await expect(panel(page).getByRole('button', { name: 'Accept and close' })).toBeHidden();
  await expectNoFault(page, info, 'answered');

  await become(page, monitor);
  await goTo(page, '#/queries');
  await page.getByRole('button', { name: /^answered/u }).click();
  await page.getByLabel('Subject', { exact: true }).fill('01-002');
  await page.keyboard.press('Enter');
  await page.getByLabel('Asked by').selectOption('manual');
  await page.getByRole('listitem').filter({ hasText: 'checked in May' }).getByRole('button').click();
  await expect(weight(page)).toBeFocused();
  await page.keyboard.press('F4');
  await page.keyboard.press('Enter');
  await expect(page.locator('.field', { has: weight(page) }).getByText('answered')).toBeHidden();
  await panel(page).getByText('Closed queries of the field').click();
  await expect(panel(page).getByText('Accepted', { exact: true })).toBeVisible();
  await weight(page).focus();
  await page.keyboard.press('F2');
  await expect(panel(page).getByText(/^Query \d+ closed$/u)).toBeVisible();
  await expectNoFault(page, info, 'closed');
  expect(app.consoleErrors).toEqual([]);
});

test('a check asks with its finding, and the correction closes it', async ({
  practice: { app, page },
}, info) => {
  await become(page, dataEntry);
  await goTo(page, '#/subjects/01-010/SCR/VS');
  await weight(page).focus();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('214');
  await page.keyboard.press('Enter');
  await weight(page).focus();
  const thread = panel(page).getByRole('article', { name: /^query/u });
  await expect(thread).toContainText('check EC15');
  await page.keyboard.press('F2');
  await expect(panel(page).getByText(/^Query \d+ opened$/u)).toBeVisible();
  await expectNoFault(page, info, 'fired');
  await weight(page).focus();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('21,4');
  await page.keyboard.press('Enter');
  await weight(page).focus();
  await expect(panel(page).getByText(/^Query \d+ closed$/u)).toBeVisible();
  await expect(thread).toBeHidden();
  expect(app.consoleErrors).toEqual([]);
});

test('the map marks a form with a question of a person', async ({ practice: { page } }, info) => {
  await goTo(page, '#/subjects/01-001');
  await expect(page.getByRole('button', { name: /^SCR Vital.*quer(?:y|ies) open/u })).toBeVisible();
  await expectNoFault(page, info, 'map');
});
