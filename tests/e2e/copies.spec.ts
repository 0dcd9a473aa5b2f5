/** Copies on paper, made in the window and read back by other programs: what an inspector holds in the hand. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page, TestInfo } from '@playwright/test';
import { answerSaveDialog } from './dialogs.ts';
import { tabTo } from './keyboard.ts';
import { drawPage, pagesOf, readCodes } from './pdf.ts';
import { coordinator } from './colleagues.ts';
import { expect, test } from './practice.ts';

const root = path.resolve(import.meta.dirname, '..', '..');
/** Laying out hundreds of pages on a busy machine. */
const longestMs = 120_000;

async function expectNoFault(page: Page, info: TestInfo, name: string): Promise<void> {
  await page.screenshot({ path: info.outputPath(`${name}.png`) });
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  expect(
    violations.map(({ id, nodes }) => `${id} at ${nodes.map(({ target }) => target.join(' ')).join(', ')}`),
  ).toEqual([]);
}

function plain(text: string): string {
  return text.replace(/\s+/gu, ' ');
}

test('a casebook is printed by keyboard, and every page names subject, form and state of the record', async ({
  practice: { app, page, site },
  folder,
}, info) => {
  test.setTimeout(240_000);
  const file = path.join(folder, 'casebook.pdf');
  await answerSaveDialog(app.electron, file);
  await page.evaluate(() => {
    location.hash = '#/subjects/01-001';
  });
  await page.getByRole('grid').first().waitFor();

  await tabTo(page, page.getByRole('button', { name: 'Print casebook' }), 'Shift+Tab');
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Print the casebook of 01-001' });
  await tabTo(page, dialog.getByRole('checkbox', { name: /^With the history/u }));
  await page.keyboard.press('Space');
  await expectNoFault(page, info, 'dialog');
  await tabTo(page, dialog.getByRole('button', { name: /make the PDF/u }));
  await page.keyboard.press('Enter');
  await expect(dialog.getByText('The copy is done')).toBeVisible({ timeout: longestMs });
  await expectNoFault(page, info, 'done');

  const pages = pagesOf(file).map(plain);
  expect(pages.length).toBeGreaterThan(20);
  // The head as the first page's code has it: on every page the same, and of this site's trail, as is verified below.
  const [code = ''] = readCodes(drawPage(file, 1, info.outputDir, 110));
  expect(code).toMatch(/^cahier:\d+:[0-9a-f]{64}$/u);
  const [, entries = '', head = ''] = code.split(':');
  const grouped = head.replace(/(.{4})(?=.)/gu, '$1 ');
  for (const [position, text] of pages.entries()) {
    expect(text).toContain('Casebook of subject 01-001');
    expect(text).toContain('Anakinra');
    expect(text).toContain('Cahier 0.');
    expect(text).toMatch(/\d\d:\d\d:\d\d UTC \(.*UTC[+−]\d/u);
    expect(text).toContain(grouped.slice(0, 39));
    expect(text).toContain(grouped.slice(40));
    expect(text).toContain(`entry ${entries}`);
    expect(text).toContain(`Page ${String(position + 1)} / ${String(pages.length)}`);
    if (position > 0) expect(text).toMatch(/Subject 01-001/u);
  }
  // A form that goes over several pages is named on each of them.
  expect(pages.filter((text) => text.includes('LB Laboratory')).length).toBeGreaterThan(3);
  const all = pages.join(' ');
  for (const said of ['32.4 kg', 'Measured [MEAS]', '38.6 °C', 'Statement of a certified copy', '→']) {
    expect(all).toContain(said);
  }

  for (const [number, dpi] of [
    [1, 110],
    [2, 200],
    [8, 200],
  ] as const) {
    const picture = drawPage(file, number, info.outputDir, dpi);
    await info.attach(`page ${String(number)}`, { path: picture });
    expect(new Set(readCodes(picture))).toEqual(new Set([code]));
  }

  // The trail knows the file by its check sum, and holds.
  const sha256 = createHash('sha256').update(readFileSync(file)).digest('hex');
  await expect(dialog.getByText(sha256)).toBeVisible();
  await app.close();
  const verified = execFileSync(
    process.execPath,
    [
      '--disable-warning=ExperimentalWarning',
      'electron/cli.ts',
      'verify',
      '--dir',
      site,
      '--user',
      coordinator.user,
      '--against',
      code,
      '--json',
    ],
    { cwd: root, encoding: 'utf8', env: { ...process.env, CAHIER_PASSWORD: coordinator.password } },
  );
  expect(JSON.parse(verified)).toMatchObject({ ok: true, problems: [] });
  expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([]);
  expect(app.consoleErrors).toEqual([]);
});

test('a visit is printed alone', async ({ practice: { app, page }, folder }) => {
  const file = path.join(folder, 'visit.pdf');
  await answerSaveDialog(app.electron, file);
  await page.evaluate(() => {
    location.hash = '#/subjects/01-001';
  });
  await page.getByRole('button', { name: 'Print casebook' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('radio', { name: /^One visit/u }).check();
  await dialog.getByRole('combobox', { name: 'Visit' }).selectOption('H48');
  await dialog.getByRole('button', { name: /make the PDF/u }).click();
  await expect(dialog.getByText('The copy is done')).toBeVisible({ timeout: longestMs });
  const text = plain(pagesOf(file).join(' '));
  expect(text).toContain('Visit of subject 01-001: H48');
  expect(text).toContain('R48');
  expect(text).not.toContain('SCR Screening');
});

test('the blank and the annotated form, and the casebooks of all subjects, are made beside the work', async ({
  practice: { app, page },
  folder,
}, info) => {
  test.setTimeout(300_000);
  await page.getByRole('link', { name: 'Reports' }).click();
  const open = page.getByRole('button', { name: 'Copies on paper' });
  const dialog = page.getByRole('dialog', { name: 'Copies on paper' });
  for (const [choice, name, expected] of [
    [/form, blank/u, 'blank.pdf', ['Case report form, blank', 'MEAS Measured', 'Subject number']],
    [/form, annotated/u, 'annotated.pdf', ['vs_wt', 'decimal', 'CL_WTSRC', 'required if']],
  ] as const) {
    const file = path.join(folder, name);
    await answerSaveDialog(app.electron, file);
    await open.click();
    await dialog.getByRole('radio', { name: choice }).check();
    await dialog.getByRole('button', { name: /make the PDF/u }).click();
    await expect(dialog.getByText('The copy is done')).toBeVisible({ timeout: longestMs });
    const text = plain(pagesOf(file).join(' '));
    for (const said of expected) expect(text).toContain(said);
    await info.attach(name, { path: drawPage(file, 8, info.outputDir) });
    await dialog.getByRole('button', { name: 'Close' }).click();
  }

  const file = path.join(folder, 'site.pdf');
  await answerSaveDialog(app.electron, file);
  await open.click();
  await expectNoFault(page, info, 'site-dialog');
  await dialog.getByRole('button', { name: /make the PDF/u }).click();
  await dialog.getByRole('button', { name: 'Close' }).click();
  // The work goes on: another page is opened meanwhile, and the end is told at its edge.
  await page.getByRole('link', { name: 'Subjects' }).click();
  await expect(page.getByText(`The copy is done: ${file}`)).toBeVisible({ timeout: longestMs });
  const text = plain(pagesOf(file).join(' '));
  for (let number = 1; number <= 10; number += 1)
    expect(text).toContain(`Subject 01-${String(number).padStart(3, '0')}`);
  expect(app.consoleErrors).toEqual([]);
});
