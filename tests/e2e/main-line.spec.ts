/**
 * The main job in the real application: a site is made, a child is entered through the keyboard, a hard and a soft
 * finding are seen while typing, the process is killed after a commit, everything is there again, and the workbook
 * holds what was typed.
 */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import exceljs from 'exceljs';
import { expect, test } from './app.ts';
import { answerFolderDialog, answerSaveDialog } from './dialogs.ts';
import { field, makeSite, openForm, signIn, typeInto } from './steps.ts';

test('a child is entered, survives a power cut and stands in the workbook', async ({ startApp, folder }) => {
  test.setTimeout(180_000);
  const site = path.join(folder, 'site');
  const profile = path.join(folder, 'profile');
  mkdirSync(site);

  const first = await startApp({ profile });
  await answerFolderDialog(first.electron, site);
  await makeSite(first.page);

  await test.step('a subject is enrolled with the number that is offered', async () => {
    await first.page.getByRole('button', { name: /New subject/ }).click();
    await first.page.keyboard.press('Enter');
    await expect(first.page.getByRole('heading', { name: '01-001' })).toBeVisible();
  });

  await test.step('the enrolment is typed without the mouse', async () => {
    await openForm(first.page, 'SCR Enrolment');
    await typeInto(first.page, 'Date parents informed', '3/11/2021');
    await first.page.keyboard.press('1');
    await expect(first.page.getByText(/all saved/i)).toBeVisible();
    await first.page.keyboard.press('Escape');
    await first.page.getByRole('link', { name: '01-001' }).click();
  });

  await test.step('a hard and a soft finding appear while typing', async () => {
    await openForm(first.page, 'SCR Vital signs and anthropometry');
    await typeInto(first.page, 'Systolic blood pressure', '60');
    await field(first.page, 'Diastolic blood pressure').pressSequentially('90');
    await expect(first.page.getByText(/Systolic.*(60|90)/u).first()).toBeVisible();
    await expect(first.page.getByText(/EC19/u).first()).toBeVisible();
    await first.page.keyboard.press('Enter');
    await field(first.page, 'SpO2').pressSequentially('85');
    await expect(first.page.getByText(/SpO2.*85/u).first()).toBeVisible();
    await first.page.keyboard.press('Enter');
    await typeInto(first.page, 'Weight', '32,5');
    await expect(first.page.getByText(/all saved/i)).toBeVisible();
  });

  await first.kill();

  const second = await startApp({ profile });
  await test.step('after the power cut the value is there', async () => {
    await signIn(second.page);
    await second.page.getByRole('button', { name: 'Continue' }).click();
    await second.page.getByRole('link', { name: '01-001' }).first().click();
    await openForm(second.page, 'SCR Vital signs and anthropometry');
    await expect(field(second.page, 'Weight')).toHaveValue(/32.5/u);
    await expect(field(second.page, 'Systolic blood pressure')).toHaveValue('60');
  });

  const file = path.join(folder, 'site-01.xlsx');
  await test.step('the workbook is written', async () => {
    await answerSaveDialog(second.electron, file);
    await second.page.getByRole('link', { name: 'Export' }).click();
    await second.page.getByRole('button', { name: 'Choose the file and start' }).click();
    await expect(second.page.getByText('The workbook is done')).toBeVisible({ timeout: 60_000 });
  });

  await test.step('its cells are what was typed', async () => {
    const book = new exceljs.Workbook();
    await book.xlsx.readFile(file);
    const sheet = book.getWorksheet('VS');
    const header = (sheet?.getRow(1).values ?? []) as readonly unknown[]; // exceljs gives an array for a row without keys
    const cell = (name: string): unknown => sheet?.getRow(2).getCell(header.indexOf(name)).value;
    expect(sheet?.rowCount).toBe(2);
    expect(cell('SUBJID')).toBe('01-001');
    expect(cell('VISIT')).toBe('SCR');
    expect(cell('vs_wt')).toBe(32.5);
    expect(cell('vs_sbp')).toBe(60);
    expect(cell('vs_dbp')).toBe(90);
    expect(cell('vs_spo2')).toBe(85);
    expect(book.worksheets[0]?.name).toBe('00_README');
  });

  expect(first.consoleErrors).toEqual([]);
  expect(second.consoleErrors).toEqual([]);
});
