/** Double entry as three people do it: one completes a form that is drawn, one types it blind, one decides where they differ. */
import { cpSync } from 'node:fs';
import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { readKeyring, unlockByPassword } from '../../electron/db/keyring.ts';
import { databaseFileIn, openForWriting } from '../../electron/db/open.ts';
import { changeSetting } from '../../electron/services/settings.ts';
import type { Actor } from '../../electron/services/site.ts';
import { createTrail } from '../../electron/services/trail.ts';
import { answerFolderDialog } from './dialogs.ts';
import { answer, search, tabTo, type Answers } from './keyboard.ts';
import { expect, test } from './practice.ts';
import { completeForm } from './steps.ts';

const people = {
  coordinator: 'practice-2024-a',
  'data-entry': 'practice-2024-c',
  'data-manager': 'practice-2024-f',
} as const;
type User = keyof typeof people;

/** Every form that is completed from now on is drawn. */
async function drawAll(site: string): Promise<void> {
  const keyring = readKeyring(site);
  const unlocked = await unlockByPassword(keyring, 'coordinator', people.coordinator);
  if (unlocked === null) throw new Error('the practice site does not open');
  const db = openForWriting(databaseFileIn(site), unlocked.key);
  const trail = createTrail(db, keyring.siteCode);
  // Of the site only what a setting needs.
  const actor = { site: { db, trail }, user: 'data-manager', role: 'data-manager' } as unknown as Actor;
  changeSetting(actor, 'secondEntryShare', 1, { at: Date.now(), offsetMinutes: 0 });
  db.close();
}

async function enterSite(page: Page, user: User): Promise<void> {
  await page.getByLabel('User').fill(user);
  await page.getByLabel('Password', { exact: true }).fill(people[user]);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('link', { name: 'Subjects' })).toBeVisible();
}
async function changeTo(page: Page, user: User): Promise<void> {
  await page.locator('button.person').click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await enterSite(page, user);
}
async function expectNoFault(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
}

/** The vital signs of 01-009 at screening, as its first person typed them but for two slips: weight and heart rate. */
const typed: Answers = [
  ['Date and time', '05/05/2022 07:45'],
  ['Weight', '12.7'],
  ['Weight source', 'm'],
  ['Height or length', '89.5'],
  ['Temperature', '39.7'],
  ['Heart rate', '186'],
  ['Systolic blood pressure', '78'],
  ['Diastolic blood pressure', '40'],
  ['Respiratory rate', '40'],
  ['SpO2', '94'],
  ['Capillary refill', '3'],
  ['Glasgow coma scale', '15'],
  ['Urine output', '1.5'],
  ['Fever ≥ 38.0 °C in the last 24 h', '1'],
];

test('a form is typed blind by a second person, compared, and decided by a third', async ({
  template,
  folder,
  startApp,
}, info) => {
  test.setTimeout(180_000);
  const site = path.join(folder, 'practice');
  cpSync(template, site, { recursive: true });
  await drawAll(site);
  const app = await startApp();
  const { page } = app;
  await answerFolderDialog(app.electron, site);
  await page.getByRole('button', { name: /^Open a site/u }).click();
  await enterSite(page, 'coordinator');

  await search(page, '01-009');
  await expect(page.getByRole('heading', { level: 1, name: '01-009' })).toBeVisible();
  await search(page, 'SCR VS');
  await answer(page, [['Urine output', '1.5']]);
  await page.keyboard.press('Enter');
  await completeForm(page);
  const second = page.getByRole('link', { name: /^Second entry/u });
  await second.click();
  await expect(page.getByText('for somebody else')).toBeVisible();

  await changeTo(page, 'data-entry');
  await expect(second).toHaveText(/1$/u);
  await tabTo(page, second);
  await page.keyboard.press('Enter');
  const begin = page.getByRole('button', { name: /^Begin: 01-009/u });
  await tabTo(page, begin);
  await expectNoFault(page);
  await page.keyboard.press('Enter');
  await expect(page.getByText('Type this form from the source.', { exact: false })).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Weight', exact: true })).toHaveValue('');
  await page.screenshot({ path: info.outputPath('second-form-blank.png') });
  await expectNoFault(page);

  await answer(page, typed.slice(0, 3));
  // The work can be left; the form itself leads back to it, and shows nothing of the first entry.
  await page.keyboard.press('Enter');
  await search(page, '01-009');
  await expect(page.getByRole('heading', { level: 1, name: '01-009' })).toBeVisible();
  await search(page, 'SCR VS');
  await expect(page.getByText('second entry', { exact: true })).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Heart rate', exact: true })).toHaveValue('');
  await answer(page, typed.slice(3));
  await page.keyboard.press('Enter');
  await page.screenshot({ path: info.outputPath('second-form.png') });
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('status').filter({ hasText: 'second entry complete' })).toBeVisible();

  await changeTo(page, 'data-manager');
  await second.click();
  await page.getByRole('button', { name: /^Decide: 01-009/u }).press('Enter');
  await expect(page.getByText(/fields compared, 2 differ, 2 still to be decided/u)).toBeVisible();
  await page.screenshot({ path: info.outputPath('comparison.png') });
  await expectNoFault(page);
  // The first difference has the focus: the second entry was right there.
  await page.keyboard.press('2');
  await page.keyboard.press('S');
  await page.keyboard.press('Tab');
  await page.keyboard.type('Chart seen');
  await page.screenshot({ path: info.outputPath('deciding.png') });
  await page.keyboard.press('Enter');
  await expect(page.getByText(/1 still to be decided/u)).toBeVisible();
  await page.keyboard.press('3');
  await page.keyboard.type('101');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await page.keyboard.type('Neither');
  await page.keyboard.press('Enter');
  await expect(page.getByText('All differences are decided.')).toBeVisible();
  await expectNoFault(page);

  await second.click();
  const rates = page.getByRole('table', { name: 'Errors by person' });
  await expect(rates.getByRole('row', { name: /^coordinator first entry 2 / })).toBeVisible();
  await expect(rates.getByRole('row', { name: /^data-entry second entry 1 / })).toBeVisible();
  await page.screenshot({ path: info.outputPath('rates.png') });
  await expectNoFault(page);
  await page.getByRole('button', { name: /^FR/u }).click();
  await page.getByRole('button', { name: 'Thème sombre' }).click();
  await page.screenshot({ path: info.outputPath('rates-french-dark.png') });
  await expectNoFault(page);
  expect(app.consoleErrors).toEqual([]);
});
