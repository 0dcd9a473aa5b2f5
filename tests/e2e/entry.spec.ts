/** Entering by keyboard in the practice site: tables, reasons, confirmations, the lock. */
import type { Page } from '@playwright/test';
import { coordinator } from './colleagues.ts';
import { expect, test } from './practice.ts';

async function goTo(page: Page, address: string): Promise<void> {
  await page.evaluate((hash) => {
    location.hash = hash;
  }, address);
}
const allSaved = (page: Page) => expect(page.getByText(/all saved \d/u)).toBeVisible();

test('a block from a spreadsheet fills a table, and the keyboard walks it', async ({
  practice: { page },
}) => {
  await goTo(page, '#/subjects/01-010/SCR/LB?row=1&item=lb_dt');
  const first = page.getByRole('textbox', { name: 'Sampling date and time 1' });
  await expect(first).toBeFocused();
  await page.evaluate(() => {
    const clipboardData = new DataTransfer();
    clipboardData.setData(
      'text/plain',
      '2/6/2022 10:00\tCHU\tferr\t>35000 ng/mL\n2/6/2022 10:00\tCHU\tplt\t98,5\tG/L\n',
    );
    document.activeElement?.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
    );
  });
  await allSaved(page);
  await expect(page.getByRole('textbox', { name: 'Reported value 1' })).toHaveValue('35000');
  await expect(page.getByRole('combobox', { name: 'Comparator 1' })).toHaveValue('above');
  await expect(page.getByRole('textbox', { name: 'Reported value 2' })).toHaveValue('98.5');

  await page.keyboard.press('Enter');
  await expect(page.getByRole('textbox', { name: 'Sampling date and time 2' })).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('textbox', { name: 'Laboratory 2' })).toBeFocused();
  await page.keyboard.press('Shift+Enter');
  await expect(page.getByRole('textbox', { name: 'Laboratory 1' })).toBeFocused();
});

test('a long table is drawn to its end, its line stands at the foot, and the page never scrolls sideways', async ({
  practice: { page },
}) => {
  await goTo(page, '#/subjects/01-001/SCR/LB');
  await expect(page.getByRole('textbox', { name: 'Sampling date and time 1', exact: true })).toBeFocused();
  await expect(page.getByRole('row', { name: 'New row' })).toBeAttached();
  const rows = await page.getByRole('row').count();
  expect(rows).toBeGreaterThan(12);
  const box = await page.locator('.items').evaluate((items) => ({
    sideways: items.scrollWidth - items.clientWidth,
    foot: items.getBoundingClientRect().top + items.clientHeight,
    line: document.querySelector('.strip')?.getBoundingClientRect().bottom ?? 0,
  }));
  expect(box.sideways).toBe(0);
  expect(Math.abs(box.foot - box.line)).toBeLessThan(2);
});

test('a change of a complete form asks for its reason in place and keeps it in the history', async ({
  practice: { page },
}) => {
  await goTo(page, '#/subjects/01-001/PRE/EC?row=1&item=ec_fs');
  const fraction = page.getByRole('textbox', { name: 'Shortening fraction', exact: true });
  await expect(fraction).toBeFocused();
  await page.keyboard.type('20');
  await page.keyboard.press('Enter');
  const reason = page.getByRole('combobox', { name: 'Why is it changed?' });
  await expect(reason).toBeFocused();
  await reason.selectOption({ index: 1 });
  await page.getByRole('textbox', { name: 'Own words' }).fill('read again from the report');
  await page.keyboard.press('Enter');
  await allSaved(page);
  await fraction.focus();
  await page.keyboard.press('F2');
  await expect(page.getByText(/Reason: .*read again from the report/u)).toBeVisible();
});

test('a soft finding is confirmed with a reason and stays listed', async ({ practice: { page } }) => {
  await goTo(page, '#/subjects/01-004/SCR/VS?row=1&item=vs_crt');
  await expect(page.getByRole('textbox', { name: 'Capillary refill', exact: true })).toBeFocused();
  const panel = page.getByRole('complementary', { name: 'Findings and facts' });
  const card = panel.getByRole('article').filter({ hasText: 'Capillary refill' });
  await card.getByRole('button', { name: 'Confirm with a reason' }).click();
  await page.keyboard.type('seen at the bedside');
  await page.keyboard.press('Enter');
  await expect(panel.getByText('Confirmed with a reason (1)')).toBeVisible();
});

test('a half-typed value is neither saved by the lock nor lost to it', async ({ practice: { page } }) => {
  await goTo(page, '#/subjects/01-004/SCR/VS?row=1&item=vs_map');
  const field = page.getByRole('textbox', { name: 'Mean blood pressure', exact: true });
  await expect(field).toBeFocused();
  await page.keyboard.type('6');
  await page.keyboard.press('Control+l');
  await expect(page.getByText('One value is typed and not saved; it is kept.')).toBeVisible();
  await page.keyboard.type(coordinator.password);
  await page.keyboard.press('Enter');
  await expect(field).toBeFocused();
  await expect(field).toHaveValue('6');
  await expect(page.getByText('1 not saved')).toBeVisible();
  await page.keyboard.press('End');
  await page.keyboard.type('5');
  await page.keyboard.press('Enter');
  await allSaved(page);
  await expect(field).toHaveValue('65');
});

test('an answer that is no longer asked for is kept and shown struck', async ({ practice: { page } }) => {
  await goTo(page, '#/subjects/01-005/LOG/CS?row=1&item=cs_given');
  await page
    .getByRole('radiogroup', { name: 'Corticosteroids given' })
    .getByRole('radio', { name: 'No' })
    .click();
  await page.getByRole('combobox', { name: 'Why is it changed?' }).selectOption({ index: 1 });
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  const parked = page.getByRole('region', { name: 'Answers no longer asked for' });
  await expect(parked.locator('s').first()).toHaveText(/\S/u);
});
