/** A site that was made by an earlier version of the study meets an application that brings a newer one. */
import { randomUUID } from 'node:crypto';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { systemClock } from '../../electron/clock.ts';
import { createLog } from '../../electron/log.ts';
import { createServices } from '../../electron/services.ts';
import { shippedFiles } from '../../electron/shipped-files.ts';
import { expect, test } from './app.ts';
import { answerFolderDialog } from './dialogs.ts';

const edits = [
  ['study.yaml', /^version: .*$/mu, 'version: 0.9.0'],
  ['forms/VS.yaml', /(- id: vs_gcs[\s\S]*?)soft: \{[^}]*\}/u, '$1soft: { min: 1, max: 15 }'],
] as const;

/** A practice site by an earlier definition: the shipped one with another version number and wider bounds of one item. */
async function makeEarlierSite(folder: string): Promise<string> {
  const files = shippedFiles();
  const study = path.join(folder, 'study');
  cpSync(files.folders.study, study, { recursive: true });
  for (const [file, from, to] of edits) {
    const text = readFileSync(path.join(study, file), 'utf8');
    expect(text).toMatch(from);
    writeFileSync(path.join(study, file), text.replace(from, to));
  }
  const noDialog = (): Promise<null> => Promise.resolve(null);
  const { demo } = createServices({
    ...{ ...files, folders: { ...files.folders, study } },
    ...{ clock: systemClock, newId: randomUUID, log: createLog(() => undefined, systemClock.now) },
    host: {
      chooseDeliveries: () => Promise.resolve([]),
      ...{ chooseFolder: noDialog, chooseImport: noDialog, chooseWorkbook: noDialog, chooseReport: noDialog },
      ...{ chooseFolder: noDialog, chooseImport: noDialog, chooseBundle: noDialog, chooseReport: noDialog },
      chooseCopy: noDialog,
      printPdf: () => Promise.reject(new Error('nothing is printed here')),
    },
    recent: { list: () => [], remember: () => undefined },
  });
  const site = path.join(folder, 'site');
  await demo.create(site, null);
  return site;
}

test('the data manager sees what a newer definition changes, installs it with a reason, and works on by it', async ({
  startApp,
  folder,
}, info) => {
  const site = await makeEarlierSite(folder);
  const app = await startApp();
  const { page } = app;
  const signIn = async (): Promise<void> => {
    await page.getByLabel('User').fill('data-manager');
    await page.getByLabel('Password', { exact: true }).fill('practice-2024-f');
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: 'Study' }).click();
  };
  await answerFolderDialog(app.electron, site);
  await page.getByRole('button', { name: /^Open a site/u }).click();
  await signIn();

  await expect(page.getByText('Subjects touched: 2 of 10', { exact: false })).toBeVisible();
  const impacts = page.getByRole('table', { name: 'What it does to the subjects' });
  await expect(impacts.getByRole('row', { name: /01-002.*vs_gcs\.soft/u })).toBeVisible();
  await page.screenshot({ path: info.outputPath('amendment.png') });
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  expect(violations).toEqual([]);

  await page.getByLabel('Reason').fill('Amendment 1');
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('User')).toBeVisible();
  await signIn();
  await expect(page.getByRole('row', { name: /1\.1\.0.*Amendment 1/u })).toBeVisible();
  await expect(page.getByText('The application brings the version that is installed.')).toBeVisible();
  expect(app.consoleErrors).toEqual([]);
});
