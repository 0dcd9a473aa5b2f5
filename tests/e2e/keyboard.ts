/** The window as a person walks it without a mouse: each step looks where the focus stands and goes on from there. */
import { expect, type Locator, type Page } from '@playwright/test';

/** More stops than any page has; a walk that takes longer goes round in a circle. */
const mostStops = 80;

/** Where the focus stands: the label of the field, and whether it is a cell, where Enter goes down and Tab right. */
interface Standing {
  readonly label: string;
  readonly isCell: boolean;
}

async function standing(page: Page): Promise<Standing> {
  return page.evaluate(() => {
    const named = document.activeElement?.closest('[aria-label], [aria-labelledby]');
    const by = named?.getAttribute('aria-labelledby') ?? '';
    const label = by === '' ? named?.getAttribute('aria-label') : document.getElementById(by)?.textContent;
    return {
      label: (label ?? '').trim(),
      isCell: document.activeElement?.closest('td[data-field]') != null,
    };
  });
}

/** Tab, or Shift+Tab, until the control has the focus. */
export async function tabTo(page: Page, control: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  await expect(control).toBeVisible();
  for (let stop = 0; stop < mostStops; stop += 1) {
    if (await control.evaluate((element) => element.contains(document.activeElement))) return;
    await page.keyboard.press(key);
  }
  throw new Error(`${key} never reaches ${control.toString()}`);
}

/** From the field that is worked in on to the one of this label; what lies between stays as it is. */
export async function goOnTo(page: Page, label: string): Promise<void> {
  const passed: string[] = [];
  for (let stop = 0; stop < mostStops; stop += 1) {
    const here = await standing(page);
    // A cell says its unit and its row after its label.
    if (here.label === label || (here.isCell && here.label.startsWith(`${label} `))) return;
    passed.push(here.label);
    await page.keyboard.press(here.isCell ? 'Tab' : 'Enter');
    await expect
      .poll(async () => (await standing(page)).label, { message: `on to “${label}”`, intervals: [5, 10, 20] })
      .not.toBe(here.label);
  }
  throw new Error(`the keyboard never comes to “${label}”; it passed ${passed.join(', ')}`);
}

/** The fields in the order in which they stand, each with the keys that a person types there. */
export type Answers = readonly (readonly [label: string, keys: string])[];

export async function answer(page: Page, answers: Answers): Promise<void> {
  for (const [label, keys] of answers) {
    await goOnTo(page, label);
    await page.keyboard.type(keys);
  }
}

/** Ctrl+K: what stands first for these words is what is opened. */
export async function search(page: Page, words: string): Promise<void> {
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('combobox', { name: 'Search' })).toBeFocused();
  await page.keyboard.type(words);
  const first = page.getByRole('option', { selected: true }).locator('span').first();
  await expect(first).toHaveText(new RegExp(`^${words}( ·|$)`, 'u'));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('combobox', { name: 'Search' })).toBeHidden();
}
