/** An account from its making to its end: the administrator hands over a password, the person chooses another, and is shut out. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page, TestInfo } from '@playwright/test';
import { expect, test } from './app.ts';
import { answerFolderDialog } from './dialogs.ts';
import { enrol, findForm, makeSite, person } from './steps.ts';

const given = 'summer-rain-4711';
const chosen = 'a loud morning in May';
const nurse = { user: 'bdupont', fullName: 'Béatrice Dupont' };

async function expectNoFault(page: Page, info: TestInfo, name: string): Promise<void> {
  await page.screenshot({ path: info.outputPath(`${name}.png`) });
  // Electron can't open the second page that the usual mode asks for.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  expect(
    violations.map(
      ({ id, nodes }) => `${name}: ${id} at ${nodes.map((node) => node.target.join(' ')).join(', ')}`,
    ),
  ).toEqual([]);
}
async function signInAs(page: Page, user: string, password: string): Promise<void> {
  await page.getByLabel('User').fill(user);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.keyboard.press('Enter');
}
async function signOut(page: Page, user: string): Promise<void> {
  await page.getByRole('button', { name: new RegExp(`^${user}`, 'u') }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(page.getByLabel('User')).toBeVisible();
}
async function askFor(page: Page, act: string): Promise<void> {
  await page.getByRole('button', { name: `Actions for ${nurse.fullName}` }).click();
  await page.getByRole('menuitem', { name: act }).click();
}

test('a person gets an account, chooses a password, and loses the account', async ({ app, folder }, info) => {
  test.setTimeout(180_000);
  const { page } = app;
  await answerFolderDialog(app.electron, folder);
  await makeSite(page);

  await page.getByRole('link', { name: 'Administration' }).click();
  await expect(page.getByRole('row', { name: new RegExp(person.user, 'u') })).toContainText(
    'administrator, coordinator',
  );
  await page.getByRole('button', { name: 'New person' }).click();
  await page.getByLabel('User name').fill(nurse.user);
  await page.getByLabel('Full name').fill(nurse.fullName);
  await page.getByLabel(/^monitor/u).check();
  await page.getByLabel(/^data entry/u).check();
  await expect(page.getByText('monitor and data entry don’t go together.')).toBeVisible();
  await expectNoFault(page, info, 'new-person');
  await page.getByLabel(/^monitor/u).uncheck();
  await page.getByRole('button', { name: 'Suggest' }).click();
  await expect(page.getByLabel('First password')).toHaveValue(/^[a-z2-9]{4}(-[a-z2-9]{4}){3}$/u);
  await page.getByLabel('First password').fill(given);
  await page.keyboard.press('Enter');
  const row = page.getByRole('row', { name: new RegExp(nurse.fullName, 'u') });
  await expect(row).toContainText('given: changed at the next sign-in');
  await expectNoFault(page, info, 'people');

  await signOut(page, person.user);
  await signInAs(page, nurse.user, given);
  await expect(page.getByRole('heading', { name: 'Change the password' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Subjects' })).toBeHidden();
  await expectNoFault(page, info, 'new-password');
  await expect(page.getByLabel('Current password')).toBeFocused();
  await page.keyboard.type(given);
  await page.keyboard.press('Tab');
  await page.keyboard.type(chosen);
  await page.keyboard.press('Tab');
  await page.keyboard.type(chosen);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('link', { name: 'Subjects' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Administration' })).toBeHidden();
  await signOut(page, nurse.user);

  await signInAs(page, person.user, person.password);
  await page.getByRole('link', { name: 'Administration' }).click();
  await askFor(page, 'Disable the account');
  await page.getByLabel('Reason, kept in the trail').fill('Left the ward');
  await page.keyboard.press('Enter');
  await expect(row).toContainText('disabled');

  for (const [section, shows] of [
    ['Roles', 'What each role may do'],
    ['Rights on a day', 'Who could do what'],
    ['Settings', 'What the site sets for itself'],
    ['Duties of the site', 'Duties of the site'],
  ] as const) {
    await page.getByRole('link', { name: section, exact: true }).click();
    await expect(page.getByRole('heading', { name: shows })).toBeVisible();
    if (section === 'Rights on a day') await expect(row).toContainText('data entry');
    await expectNoFault(page, info, section);
  }
  await page.getByRole('button', { name: 'Dark theme' }).click();
  await page.getByRole('button', { name: /^FR/u }).click();
  await page.getByRole('link', { name: 'Personnes', exact: true }).click();
  await app.electron.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.setSize(1100, 700);
  });
  await expectNoFault(page, info, 'people-dark-french');
  await page.getByRole('button', { name: /^EN/u }).click();

  await signOut(page, person.user);
  await signInAs(page, nurse.user, chosen);
  await expect(page.getByRole('alert')).toHaveText('The user name or the password is wrong.');
  expect(app.consoleErrors).toEqual([]);
});

test('the share of second entries is set from the keyboard, within its bounds, and stands in the trail', async ({
  app,
  folder,
}, info) => {
  test.setTimeout(120_000);
  const { page } = app;
  await answerFolderDialog(app.electron, folder);
  await makeSite(page);
  await page.getByRole('link', { name: 'Administration' }).click();
  await page.getByRole('link', { name: 'Settings', exact: true }).click();
  const share = page.getByLabel('Forms entered a second time (%)');
  await expect(share).toHaveValue('0');
  await share.focus();
  await page.keyboard.press('Control+A');
  await page.keyboard.type('101');
  await expect(share).toHaveAttribute('aria-invalid', 'true');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Control+A');
  await page.keyboard.type('7,5');
  await page.keyboard.press('Enter');
  await expect(page.getByText('The setting is changed.')).toBeVisible();
  await expect(share).toHaveValue('7.5');
  const minutes = page.getByLabel('Back up during work every (minutes)');
  await minutes.fill('4');
  await expect(minutes).toHaveAttribute('aria-invalid', 'true');
  await expectNoFault(page, info, 'settings');
  await page.getByRole('link', { name: 'Trail', exact: true }).click();
  await expect(page.getByText('The setting secondEntryShare was changed from 0 to 0.075')).toBeVisible();
  const from = page.getByLabel('From');
  await from.fill('31/02/2021');
  await from.press('Enter');
  await expect(page.getByText('February 2021 has the days 1 to 28.')).toBeVisible();
  await from.fill('3/11/2021');
  await from.press('Tab');
  await expect(from).toHaveValue('03 Nov 2021');
  await page.getByLabel('To', { exact: true }).fill('12/2021');
  await page.keyboard.press('Enter');
  await expect(page.getByText('No entry fits.')).toBeVisible();
  await expectNoFault(page, info, 'trail-of-december');
  expect(app.consoleErrors).toEqual([]);
});

test('a lock keeps what was typed, letter by letter', async ({ app, folder }) => {
  const { page } = app;
  await answerFolderDialog(app.electron, folder);
  await makeSite(page);
  await enrol(page, '01-001');
  await findForm(page, 'SCR', 'VS', 'Vital signs and anthropometry');
  const weight = page.getByRole('textbox', { name: 'Weight', exact: true });
  await weight.focus();
  await weight.pressSequentially('17.');
  await page.keyboard.press('Control+L');
  await expect(page.getByRole('heading', { name: 'Locked' })).toBeVisible();
  await expect(weight).toBeHidden();
  await page.getByLabel('Password', { exact: true }).fill(person.password);
  await page.keyboard.press('Enter');
  await expect(weight).toHaveValue('17.');
  await page.keyboard.press('End');
  await page.keyboard.type('5');
  await expect(weight).toHaveValue('17.5');
  await page.keyboard.press('Enter');
  await expect(page.getByText('all saved')).toBeVisible();
});
