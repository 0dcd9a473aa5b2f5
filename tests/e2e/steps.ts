/** What a person does in the window, in the words of the domain. */
import { expect, type Locator, type Page } from '@playwright/test';
import { search, tabTo } from './keyboard.ts';

export const person = { user: 'Anne Martin', password: 'a quiet night in June' } as const;

/** From the start page to the empty list of subjects, by keyboard; the folder dialog has its answer already. */
export async function makeSite(page: Page): Promise<void> {
  await tabTo(page, page.getByRole('button', { name: /^New site/u }));
  await page.keyboard.press('Enter');
  await tabTo(page, page.getByRole('button', { name: 'Choose a folder' }));
  await page.keyboard.press('Enter');
  const next = page.getByRole('button', { name: 'Next' });
  await expect(next).toBeEnabled();
  await tabTo(page, next);
  await page.keyboard.press('Enter');

  await expect(page.getByLabel('Site code')).toBeFocused();
  await page.keyboard.type('01');
  await page.keyboard.press('Tab');
  await page.keyboard.type('Bicêtre');
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('User')).toBeFocused();
  await page.keyboard.type(person.user);
  await page.keyboard.press('Tab');
  await page.keyboard.type(person.password);
  await page.keyboard.press('Tab');
  await page.keyboard.type(person.password);
  await page.keyboard.press('Enter');

  const key = (await page.getByText(/^[0-9A-Z]{5}(-[0-9A-Z]{5}){12}$/u).textContent()) ?? '';
  const words = await page
    .getByText(/^Group \d+ of 13/u)
    .first()
    .textContent();
  const group = Number(/\d+/u.exec(words ?? '')?.[0]);
  await tabTo(page, page.getByRole('textbox', { name: /^Group \d+ of 13/u }));
  await page.keyboard.type(key.trim().split('-')[group - 1] ?? '');
  await page.keyboard.press('Enter');
  await expect(page.getByText('No subject is enrolled at this site yet.')).toBeVisible();
}

/** From the list of subjects to the map of a new child, with the number that is offered. */
export async function enrol(page: Page, number: string): Promise<void> {
  await tabTo(page, page.getByRole('button', { name: /New subject/u }), 'Shift+Tab');
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('Subject number')).toHaveValue(number);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: number })).toBeVisible();
}

/** Ctrl+K from wherever the person is, with the event and the form as the map calls them. */
export async function findForm(page: Page, event: string, form: string, name: string): Promise<void> {
  await search(page, `${event} ${form}`);
  await expect(page.getByRole('main').getByRole('heading', { level: 1, name, exact: true })).toBeVisible();
}

/** Alt+↓: the next form of the event. */
export async function nextForm(page: Page, name: string): Promise<void> {
  await page.keyboard.press('Alt+ArrowDown');
  await expect(page.getByRole('main').getByRole('heading', { level: 1, name, exact: true })).toBeVisible();
}

/** Ctrl+Enter: everything required is answered, and nothing hard stands against it. */
export async function completeForm(page: Page): Promise<void> {
  await page.keyboard.press('Control+Enter');
  await expect(formHead(page).getByText('complete', { exact: true })).toBeVisible();
  await expect(page.getByRole('listbox')).toBeHidden();
}

/** What stands beside the name of the form: its state, the visit, its window. */
export function formHead(page: Page): Locator {
  return page.getByRole('main').locator('header');
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
