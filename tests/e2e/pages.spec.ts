/** Every page, in both languages and both themes: no accessibility fault, no error in the console, and a picture to look at. */
import type { Page } from '@playwright/test';
import { test as start } from './app.ts';
import { expect, test } from './practice.ts';
import { expectNoFault, goTo } from './colleagues.ts';

const pages = [
  { name: 'subjects', address: '#/subjects', shows: 'heading' },
  { name: 'subject', address: '#/subjects/01-001', shows: 'grid' },
  { name: 'subject-with-bounds', address: '#/subjects/01-005', shows: 'application' },
  { name: 'form', address: '#/subjects/01-001/PRE/EC', shows: 'textbox' },
  { name: 'form-with-findings', address: '#/subjects/01-004/SCR/VS', shows: 'textbox' },
  { name: 'form-with-table', address: '#/subjects/01-001/PRE/LB', shows: 'table' },
  { name: 'log-form', address: '#/subjects/01-001/LOG/ANX', shows: 'table' },
  { name: 'form-of-signs', address: '#/subjects/01-002/SCR/ONS', shows: 'textbox' },
  { name: 'serious-events', address: '#/subjects/01-002/LOG/SAE', shows: 'textbox' },
  { name: 'late-visit', address: '#/subjects/01-002/M1/FU', shows: 'textbox' },
  { name: 'form-that-asks-nothing', address: '#/subjects/01-001/LOG/DTH', shows: 'heading' },
  { name: 'classifications', address: '#/subjects/01-001/classifications', shows: 'table' },
  { name: 'worklist', address: '#/worklist', shows: 'heading' },
  { name: 'queries', address: '#/queries', shows: 'heading' },
  { name: 'reports', address: '#/reports', shows: 'table' },
  { name: 'backups', address: '#/backups', shows: 'heading' },
  { name: 'import', address: '#/import', shows: 'heading' },
  { name: 'export', address: '#/export', shows: 'heading' },
  { name: 'submission', address: '#/submission', shows: 'heading' },
  { name: 'study', address: '#/study', shows: 'table' },
] as const;

/** Until what the page is about is there; a picture comes a moment after its page. */
async function waitFor(page: Page, shows: (typeof pages)[number]['shows']): Promise<void> {
  const main = page.getByRole('main');
  await main.getByRole(shows).first().waitFor();
  if (shows === 'application') await main.getByRole(shows).locator('svg').waitFor();
}

start('the start page has no fault', async ({ app }, info) => {
  await expectNoFault(app.page, info, 'start');
  expect(app.consoleErrors).toEqual([]);
});

start('each step of a new site has no fault', async ({ app }, info) => {
  await app.page.getByRole('button', { name: /^New site/u }).click();
  await expectNoFault(app.page, info, 'new-site');
});

for (const language of ['English', 'French'] as const) {
  test(`every page has no fault in ${language}`, async ({ practice: { app, page } }, info) => {
    test.setTimeout(180_000);
    await page.getByRole('button', { name: language === 'French' ? /^FR/u : /^EN/u }).click();
    for (const { name, address, shows } of pages) {
      await goTo(page, address);
      await waitFor(page, shows);
      await expectNoFault(page, info, `${name}-${language}`);
    }
    expect(app.consoleErrors).toEqual([]);
  });
}

test('every page has no fault in the dark theme and in a small window', async ({
  practice: { app, page },
}, info) => {
  test.setTimeout(180_000);
  await app.electron.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.setSize(1100, 700);
  });
  await page.getByRole('button', { name: 'Dark theme' }).click();
  for (const { name, address, shows } of pages) {
    await goTo(page, address);
    await waitFor(page, shows);
    await expectNoFault(page, info, `${name}-dark`);
  }
});

test('the locked window has no fault and shows no value', async ({ practice: { page } }, info) => {
  await goTo(page, '#/subjects/01-001/SCR/VS');
  await page.getByRole('textbox', { name: 'Weight', exact: true }).waitFor();
  await page.getByRole('button', { name: 'Lock the session' }).click();
  await expect(page.getByRole('heading', { name: 'Locked' })).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Weight', exact: true })).toBeHidden();
  await expectNoFault(page, info, 'locked');
});
