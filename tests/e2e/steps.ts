/** What a person does in the window, in the words of the domain. */
import { expect, type Locator, type Page } from '@playwright/test';

export const person = { user: 'Anne Martin', password: 'a quiet night in June' } as const;

/** From the start page to the empty list of subjects; the folder dialog has its answer already. */
export async function makeSite(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^New site/u }).click();
  await page.getByRole('button', { name: 'Choose a folder' }).click();
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByLabel('Site code').fill('01');
  await page.getByLabel('Name of the site').fill('Bicêtre');
  await page.keyboard.press('Enter');
  await page.getByLabel('User').fill(person.user);
  await page.getByLabel('Password', { exact: true }).fill(person.password);
  await page.getByLabel('Password again').fill(person.password);
  await page.keyboard.press('Enter');

  const key = (await page.getByText(/^[0-9A-Z]{5}(-[0-9A-Z]{5}){12}$/u).textContent()) ?? '';
  const asked = page.getByRole('textbox', { name: /^Group \d+ of 13/u });
  const words = await page
    .getByText(/^Group \d+ of 13/u)
    .first()
    .textContent();
  const group = Number(/\d+/u.exec(words ?? '')?.[0]);
  await asked.fill(key.trim().split('-')[group - 1] ?? '');
  await page.getByRole('button', { name: 'The key is kept safely' }).click();
  await expect(page.getByText('No subject is enrolled at this site yet.')).toBeVisible();
}

export async function signIn(page: Page): Promise<void> {
  await page.getByLabel('User').fill(person.user);
  await page.getByLabel('Password', { exact: true }).fill(person.password);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('link', { name: 'Subjects' })).toBeVisible();
}

/** From the subject page; a cell of the map is named by event and form. */
export async function openForm(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: new RegExp(`^${name},`, 'u') }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: /^Complete/u })).toBeVisible();
}

export function field(page: Page, label: string): Locator {
  return page.getByRole('textbox', { name: label, exact: true });
}

/** Types into a field as a person does, and goes on with Enter. */
export async function typeInto(page: Page, label: string, text: string): Promise<void> {
  await field(page, label).focus();
  await field(page, label).pressSequentially(text);
  await page.keyboard.press('Enter');
}
