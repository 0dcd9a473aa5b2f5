/** What helps while typing, by keyboard alone: a unit slip, a dose that is too high, and why. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page, TestInfo } from '@playwright/test';
import { expect, test } from './practice.ts';

async function goTo(page: Page, address: string): Promise<void> {
  await page.evaluate((hash) => {
    location.hash = hash;
  }, address);
}
async function look(page: Page, info: TestInfo, name: string): Promise<void> {
  await page.screenshot({ path: info.outputPath(`${name}.png`) });
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  expect(
    violations.map(({ id, nodes }) => `${id} at ${nodes.map((node) => node.target.join(' ')).join(', ')}`),
  ).toEqual([]);
}
const allSaved = (page: Page) => expect(page.getByText(/all saved \d/u)).toBeVisible();

test('a unit slip is named and the unit offered is taken with one key', async ({
  practice: { page },
}, info) => {
  await goTo(page, '#/subjects/01-010/SCR/LB?row=6&item=lb_dt');
  await expect(page.getByRole('textbox', { name: /^Sampling date and time/u }).last()).toBeFocused();
  for (const answer of ['3/6/2022 00:37', 'CHU central', 'alb']) {
    await page.keyboard.type(answer);
    await page.keyboard.press('Tab');
  }
  const value = page.getByRole('textbox', { name: 'Reported value 6' });
  await expect(value).toBeFocused();
  await page.keyboard.type('4.2 g/L');
  await expect(page.getByText('4.2 looks like g/dL; the unit given is g/L.')).toBeVisible();
  await look(page, info, 'unit-slip');
  await expect(value).toHaveValue('4.2 g/L');
  await page.keyboard.press('F6');
  await expect(value).toHaveValue('4.2 g/dL');
  await expect(value).toBeFocused();
  await expect(page.getByText('= 42 g/L')).toBeVisible();
  await page.keyboard.press('Enter');
  await allSaved(page);
  await expect(page.getByRole('combobox', { name: 'Reported unit 6' })).toHaveValue(/g\/dL/u);
});

test('the limits of the same laboratory are offered and never filled in', async ({
  practice: { page },
}, info) => {
  await goTo(page, '#/subjects/01-009/D7/LB?row=1&item=lb_dt');
  await expect(page.getByRole('textbox', { name: /^Sampling date and time/u }).last()).toBeFocused();
  for (const answer of ['12/5/2022 08:00', 'CHU central', 'alt', '38 U/L']) {
    await page.keyboard.type(answer);
    await page.keyboard.press('Tab');
  }
  await allSaved(page);
  const limit = page.getByRole('textbox', { name: 'Local upper limit 1' });
  await limit.focus();
  await expect(page.getByText(/^Last time \d+/u)).toBeVisible();
  await look(page, info, 'limits-offered');
  await expect(limit).toHaveValue('');
  await page.keyboard.press('F6');
  await expect(limit).toHaveValue('40');
  await page.keyboard.press('Enter');
  await allSaved(page);
});

test('a dose says what it comes to, and a finding why it stands', async ({ practice: { page } }, info) => {
  await goTo(page, '#/subjects/01-010/LOG/ANX?row=1&item=anx_dt');
  await expect(page.getByRole('textbox', { name: /^Administration/u })).toBeFocused();
  await page.keyboard.type('3/6/2022 00:10');
  await page.keyboard.press('Tab');
  const strip = page.locator('.strip');
  const place = await strip.boundingBox();
  await page.keyboard.type('2');
  await expect(page.getByText('not evaluable: no weight before this dose').first()).toBeVisible();
  await look(page, info, 'no-weight');
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.type('3/6/2022 10:00');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Control+a');
  await page.keyboard.type('250');
  await expect(strip).toContainText('In 24 h');
  await expect(strip).toContainText('11.68 mg/kg/d');
  await expect(strip).toContainText(/Weight\s*21\.4\skg 03 Jun 2022 00:25, Screening \/ admission/u);
  expect(await strip.boundingBox()).toEqual(place);
  await look(page, info, 'dose');

  await page.keyboard.press('F7');
  const why = page.getByRole('region', { name: 'Explanation' });
  await expect(why).toContainText('Dose: at most 171.3 mg');
  await expect(why).toContainText('for 21.4 kg');
  await expect(why).toContainText('typed now, not saved yet');
  await expect(why).toContainText(/Weight\s*21\.4\skg/u);
  await expect(why).toContainText(/coordinator · \d\d \w+ 20\d\d/u);
  await look(page, info, 'why');
  expect(await strip.boundingBox()).toEqual(place);
  await expect(page.getByRole('textbox', { name: 'Dose mg 1' })).toBeFocused();

  await page.keyboard.press('Control+a');
  await page.keyboard.type('100');
  await expect(strip).toContainText('4.67 mg/kg/d');
  await expect(why).toBeHidden();
  await page.keyboard.press('Enter');
  await allSaved(page);
});

test('a decimal slip of a weight is named against the check that doubts it', async ({
  practice: { page },
}, info) => {
  await goTo(page, '#/subjects/01-004/SCR/VS?row=1&item=vs_wt');
  const weight = page.getByRole('textbox', { name: 'Weight', exact: true });
  await expect(weight).toBeFocused();
  await page.getByRole('button', { name: 'FR', exact: false }).first().click();
  await weight.or(page.getByRole('textbox', { name: 'Poids', exact: true })).focus();
  await expect(page.getByText('320 kg semble être 32 kg : la virgule est-elle à sa place ?')).toBeVisible();
  await page.keyboard.press('F7');
  await expect(page.getByRole('region', { name: 'Explication' })).toContainText('Serait accepté avec');
  await look(page, info, 'weight');
});

test('beside a prescription stand the daily dose and the weight in force', async ({
  practice: { page },
}, info) => {
  await goTo(page, '#/subjects/01-001/PRE/AND?row=1&item=and_mgkg');
  const aid = page.locator('[id$="and_wt-aid"]');
  await expect(aid).toContainText(/Weight\s*32\.4\skg 06 Nov 2021 08:00, Pre-anakinra baseline/u);
  await expect(page.locator('[id$="and_mgkg-aid"]')).toContainText('64.8 mg/d');
  // The form scrolls under its head, and the head stays.
  expect(await page.locator('.form-page').evaluate((element) => element.scrollTop)).toBe(0);
  await look(page, info, 'prescription');
});
