/** The people of the practice site, and what specs with several of them share. */
import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page, type TestInfo } from '@playwright/test';

export interface Colleague {
  readonly user: string;
  readonly password: string;
}
export const coordinator: Colleague = { user: 'coordinator', password: 'practice-2024-a' };
export const investigator: Colleague = { user: 'investigator', password: 'practice-2024-b' };
export const dataEntry: Colleague = { user: 'data-entry', password: 'practice-2024-c' };
export const monitor: Colleague = { user: 'monitor', password: 'practice-2024-d' };
export const dataManager: Colleague = { user: 'data-manager', password: 'practice-2024-f' };

export async function enterSite(page: Page, { user, password }: Colleague): Promise<void> {
  await page.getByLabel('User').fill(user);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('link', { name: 'Subjects' })).toBeVisible();
}

/** Signs out by the menu of the person, and comes back as somebody else. */
export async function become(page: Page, colleague: Colleague): Promise<void> {
  await page.getByRole('banner').getByRole('button', { expanded: false }).first().click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await enterSite(page, colleague);
}

export async function goTo(page: Page, address: string): Promise<void> {
  await page.evaluate((hash) => {
    location.hash = hash;
  }, address);
}

/** A picture to look at, and no accessibility fault. */
export async function expectNoFault(page: Page, info: TestInfo, name: string): Promise<void> {
  await page.screenshot({ path: info.outputPath(`${name}.png`) });
  // Electron can't open the second page that the usual mode asks for.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  expect(
    violations.map(
      ({ id, nodes }) => `${name}: ${id} at ${nodes.map((node) => node.target.join(' ')).join(', ')}`,
    ),
  ).toEqual([]);
}
