/** The child's course on the subject page: drawn without a violation of the policy, walked by keyboard, told as a table. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { expect, test } from './practice.ts';

/** Has values known only to lie above, and treatments of all three kinds. */
const child = '#/subjects/01-005';

async function goTo(page: Page, address: string): Promise<void> {
  await page.evaluate((hash) => {
    location.hash = hash;
  }, address);
}
function picture(page: Page): Locator {
  return page.getByRole('region', { name: 'Course around the first anakinra dose' });
}
async function openCourse(page: Page): Promise<void> {
  await goTo(page, child);
  await expect(picture(page).locator('svg').getByText('LVEF, %')).toBeVisible();
}
test('the picture breaks no rule of the policy, in any of its faces', async ({ practice: { app, page } }) => {
  await page.evaluate(() => {
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective, sourceFile }) => {
      console.error(`violation of ${effectiveDirective} by ${sourceFile}`);
    });
  });
  await openCourse(page);
  await picture(page).getByRole('button', { name: 'Whole course' }).click();
  await page.getByRole('button', { name: 'Dark theme' }).click();
  await picture(page).getByRole('application').focus();
  await page.keyboard.press('ArrowRight');
  await expect(picture(page).locator('svg').getByText('LVEF 41%')).toBeVisible();
  const { x, y, width } = await boxOf(picture(page).locator('svg'));
  for (let at = 40; at < width; at += 12) await page.mouse.move(x + at, y + 60);
  expect(app.consoleErrors).toEqual([]);
});

test('the arrow keys walk the values, each is said, and Enter opens its field', async ({
  practice: { page },
}) => {
  await openCourse(page);
  const said = picture(page).locator('[aria-live]');
  await picture(page).getByRole('application').focus();
  await expect(said).toBeEmpty();
  await page.keyboard.press('ArrowRight');
  await expect(said).toContainText(/^LVEF 41%, −\d+\sh/u);
  await page.keyboard.press('End');
  await expect(said).toContainText('LVEF >55%');
  await page.keyboard.press('ArrowDown');
  await expect(said).toContainText('hs-troponin I');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowLeft');
  await expect(said).toContainText('NT-proBNP >35000');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main').getByRole('table')).toBeVisible();
  expect(new URL(page.url()).hash).toMatch(/^#\/subjects\/01-005\/PRE\/LB\?row=\d+&item=lb_val$/u);
});

test('a point that is clicked opens its field', async ({ practice: { page } }) => {
  await openCourse(page);
  await picture(page).getByRole('application').focus();
  await page.keyboard.press('ArrowRight');
  const tip = picture(page).locator('svg').getByText('LVEF 41%');
  await expect(tip).toBeVisible();
  const number = await boxOf(picture(page).locator('svg').getByText('41', { exact: true }));
  // The point stands right under its number.
  await page.mouse.click(number.x + number.width / 2, number.y + number.height + 6);
  await expect.poll(() => new URL(page.url()).hash).toMatch(/^#\/subjects\/01-005\/SCR\/EC\?/u);
});

test('the table says all that is drawn, has no fault and leads to the fields', async ({
  practice: { page },
}) => {
  await openCourse(page);
  const label = await picture(page).getByRole('application').getAttribute('aria-label');
  const drawn = Number(/\d+(?= values and treatments)/u.exec(label ?? '')?.[0]);
  expect(drawn).toBeGreaterThan(15);
  await picture(page).getByText('As a table').click();
  const links = picture(page).getByRole('table').getByRole('link');
  await expect(links).toHaveCount(drawn);
  await expect(links.filter({ hasText: '>35000' })).not.toHaveCount(0);
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
  await links.first().click();
  await expect.poll(() => new URL(page.url()).hash).toContain('/01-005/SCR/EC?');
});

test('the chart library is loaded by the picture and by nothing before it', async ({
  practice: { page },
}) => {
  // Had the sign-in page loaded it, the picture would ask for it no more.
  const charts: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes('CourseChart') && request.url().endsWith('.js')) charts.push(request.url());
  });
  await goTo(page, `${child}/PRE/EC`);
  await page.getByRole('main').getByRole('textbox').first().waitFor();
  expect(charts).toEqual([]);
  await openCourse(page);
  expect(charts).toHaveLength(1);
});

test('nothing on the page moves when the drawing arrives', async ({ practice: { page } }) => {
  await goTo(page, child);
  const region = picture(page);
  await region.waitFor();
  const before = await boxOf(region);
  await expect(region.locator('svg').getByText('LVEF, %')).toBeVisible();
  expect(await boxOf(region)).toEqual(before);
});

test('where the picture stands under the map, a button leads there and nothing else scrolls', async ({
  practice: { app, page },
}) => {
  await app.electron.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.setSize(1100, 700);
  });
  await openCourse(page);
  await expect(picture(page)).not.toBeInViewport({ ratio: 0.5 });
  await page.getByRole('button', { name: 'Course', exact: true }).click();
  await expect(picture(page)).toBeInViewport({ ratio: 0.5 });
  await expect(picture(page).getByRole('application')).toBeFocused();
  await expect(page.getByRole('button', { name: 'Lock the session' })).toBeInViewport();
});

test('a child without a first dose is told what the picture waits for', async ({ practice: { page } }) => {
  await goTo(page, '#/subjects/01-010');
  await expect(picture(page)).toContainText('first anakinra dose');
  await expect(picture(page).getByRole('application')).toHaveCount(0);
});

async function boxOf(locator: Locator): Promise<{ x: number; y: number; width: number; height: number }> {
  const box = await locator.first().boundingBox();
  if (box === null) throw new Error('it is not on the page');
  return box;
}
