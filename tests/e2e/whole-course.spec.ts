/**
 * One child from admission to month 3, entered by keyboard alone in the packaged application: what a night in the
 * study office is. Nothing here touches a mouse, and every answer is typed where the keyboard stands.
 */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { expect, test } from './app.ts';
import { echocardiography, no, sampled, wellAt, yes } from './answers.ts';
import { answerFolderDialog } from './dialogs.ts';
import { answer, goOnTo, search, tabTo } from './keyboard.ts';
import { completeForm, enrol, findForm, formHead, makeSite, nextForm } from './steps.ts';

test('a child is entered from admission to month 3 by keyboard alone', async ({ startApp, folder }) => {
  test.setTimeout(180_000);
  const site = path.join(folder, 'site');
  mkdirSync(site);
  const { electron, page, consoleErrors } = await startApp();
  await answerFolderDialog(electron, site);

  await test.step('a site is made and a child enrolled', async () => {
    await makeSite(page);
    await enrol(page, '01-001');
  });

  await test.step('admission: consent, the child, the fever', async () => {
    // The map has the focus, at its first form.
    await page.keyboard.press('Enter');
    await answer(page, [
      ['Date parents informed', '3/11/2021'],
      ['Consent / non-opposition recorded', '1'],
      ['Hospital admission', '3/11/2021 14:20'],
      ['Admitted to PICU', '1'],
      ['PICU admission', '3/11/2021 19:20'],
      ['Physician diagnosis of MIS-C', '1'],
      ['Case definition(s) judged met', 'w'],
      ['Anakinra started or planned', '1'],
      ['Uncontrolled bacterial infection', '0'],
      ['Hypersensitivity to anakinra / E. coli proteins', '0'],
    ]);
    await expect(calculated(page, 'Eligible')).toHaveText('Yes');
    await completeForm(page);

    await nextForm(page, 'Demographics');
    await answer(page, [
      ['Birth (year and month only)', '9/2011'],
      ['Sex at birth', 'm'],
      ['Country of care', 'fr'],
    ]);
    await completeForm(page);
    await expect(calculated(page, 'Age at admission')).toHaveText(/^10\.13/u);

    await findForm(page, 'SCR', 'ONS', 'Onset and clinical features');
    await answer(page, [
      ['First day of fever', '29/10/2021'],
      ['Fever duration at admission (days)', '5'],
      ['Highest temperature', '39.8'],
      ...yes('Rash', 'Bilateral non-purulent conjunctivitis'),
      ...no('Oral mucosal inflammation', 'Hand/foot inflammation', 'Cervical lymphadenopathy'),
      ...yes('Abdominal pain', 'Vomiting', 'Diarrhoea'),
      ...no(
        'Hypotension or shock',
        'Prolonged capillary refill (>2 s)',
        'Chest pain',
        'Respiratory distress',
      ),
      ['Neurological signs', 'no'],
      ...no('Hepatomegaly', 'Splenomegaly', 'Haemorrhagic manifestations', 'Arthritis'),
      ['Pleural/pericardial/ascitic effusion', 'peri'],
      ...no('Urine output <2 mL/kg/h', 'More likely alternative diagnosis'),
      ['Blood culture', 'neg'],
    ]);
    await completeForm(page);
  });

  await test.step('admission: a slip of the blood pressure is seen, gone to with F8 and mended', async () => {
    await nextForm(page, 'Vital signs and anthropometry');
    await answer(page, [
      ['Date and time', '3/11/2021 15:20'],
      ['Weight', '32'],
      ['Weight source', 'meas'],
      ['Height or length', '138'],
      ['Temperature', '39.4'],
      ['Heart rate', '138'],
      ['Systolic blood pressure', '92'],
      ['Diastolic blood pressure', '98'],
    ]);
    await goOnTo(page, 'Respiratory rate');
    await expect(findings(page).getByText(/EC19/u)).toBeVisible();
    await page.keyboard.press('F8');
    await answer(page, [['Diastolic blood pressure', '48']]);
    await expect(findings(page).getByText(/EC19/u)).toBeHidden();
    await answer(page, [
      ['Respiratory rate', '30'],
      ['SpO2', '96'],
      ['Capillary refill', '2'],
      ['Glasgow coma scale', '15'],
      ['Fever ≥ 38.0 °C in the last 24 h', '1'],
    ]);
    await completeForm(page);
    await expect(formHead(page).getByText('in window')).toBeVisible();
  });

  await test.step('admission: laboratory and a failing heart', async () => {
    await nextForm(page, 'Laboratory');
    await answer(page, sampled('3/11/2021 15:20', ['crp 246 mg/L', 'ntbnp 8120 ng/L', 'ferr 893 µg/L']));
    await completeForm(page);

    await nextForm(page, 'Echocardiography');
    await answer(page, [
      ...echocardiography('3/11/2021 17:20', '42'),
      ['LAD diameter', '2.6'],
      ['RCA diameter', '2.3'],
      ['LMCA diameter', '2.8'],
      ['Intracardiac or coronary thrombus', '0'],
    ]);
    await completeForm(page);
  });

  await test.step('before anakinra: the heart is worse, and anakinra is decided', async () => {
    await page.keyboard.press('Alt+ArrowRight');
    await expect(formHead(page).getByText('Pre-anakinra baseline')).toBeVisible();
    await answer(page, [
      ...echocardiography('6/11/2021 6:00', '38.5'),
      ['Intracardiac or coronary thrombus', '0'],
    ]);
    await completeForm(page);
    await page.keyboard.press('Alt+ArrowUp');
    await answer(page, sampled('6/11/2021 7:00', ['crp 212 mg/L', 'ntbnp 9340 ng/L', 'ferr 760 µg/L']));
    await completeForm(page);

    await findForm(page, 'PRE', 'AND', 'Anakinra decision');
    await answer(page, [
      ['Indication', 'hf'],
      ['Why refractory', 'ni'],
      ['Decision', '6/11/2021 9:00'],
      ['Dosing weight', '32'],
      ['Prescribed dose', '2'],
      ['Prescribed route', 'sc'],
      ['Off-label use explained', '1'],
    ]);
    await expect(page.getByText(/^64\.0\smg\/d$/u)).toBeVisible();
    await completeForm(page);
  });

  await test.step('the logs: immunoglobulins, corticosteroids and three doses of anakinra', async () => {
    await findForm(page, 'LOG', 'IG', 'IVIG');
    await answer(page, [
      ['Any IVIG before or after anakinra', '1'],
      ['Start', '3/11/2021 22:20'],
      ['End', '4/11/2021 10:20'],
      ['Weight basis', 'act'],
      ['Dose given', '64'],
      ['Divided over 2 days', '0'],
      ['Product / lot', 'Human immunoglobulin 100 mg/mL'],
      ['Tolerance', '0'],
    ]);
    await completeForm(page);

    await nextForm(page, 'Corticosteroids');
    await answer(page, [
      ['Corticosteroids given', '1'],
      ['Drug', 'mp'],
      ['Route', 'ivb'],
      ['Start', '3/11/2021 23:20'],
      ['Ongoing', '0'],
      ['End', '9/11/2021 9:00'],
      ['Daily dose', '64'],
    ]);
    await completeForm(page);

    await nextForm(page, 'Anakinra administrations');
    for (const [day, place] of [
      ['6/11/2021', 'abd'],
      ['7/11/2021', 'thi'],
      ['8/11/2021', 'arm'],
    ] as const) {
      await answer(page, [
        ['Administration', `${day} 10:00`],
        ['Dose', '65'],
      ]);
      await expect(page.locator('.strip')).toContainText('2.03 mg/kg/d');
      await answer(page, [
        ['Route', 'sc'],
        ['Injection site', place],
        ['Site reaction', '0'],
      ]);
    }
    await completeForm(page);
    await expect(calculated(page, 'Days with at least one dose')).toHaveText(/^3/u);
  });

  await test.step('48 h: LVEF is above 55 %', async () => {
    await findForm(page, 'H48', 'LB', 'Laboratory');
    await answer(page, sampled('8/11/2021 8:00', ['crp 64 mg/L', 'ntbnp 2180 ng/L']));
    await completeForm(page);
    await nextForm(page, 'Echocardiography');
    await answer(page, [
      ...echocardiography('8/11/2021 10:00', '58'),
      ['Intracardiac or coronary thrombus', '0'],
    ]);
    await completeForm(page);
    await expect(formHead(page).getByText('in window')).toBeVisible();

    await findForm(page, 'H48', 'R48', 'Response at 48 h');
    await answer(page, [
      ['Assessment', '8/11/2021 10:30'],
      ['Afebrile for 24 h', '1'],
      ['Inotropes', 'ne'],
      ['Global response', 'c'],
      ['Next step', 'st'],
    ]);
    await completeForm(page);
    await expect(calculated(page, 'LVEF in window')).toHaveText(/^58/u);
    await expect(calculated(page, 'LVEF > 55 %')).toHaveText('Yes');
  });

  await test.step('the child goes home', async () => {
    await findForm(page, 'DIS', 'DSC', 'Discharge and outcome');
    await answer(page, [
      ['Discharge or death', '15/11/2021 11:00'],
      ['Type', 'ho'],
      ['PICU days', '4'],
      ['Sequelae', 'no'],
      ['Anakinra continued at home', '0'],
      ['Steroid taper planned', '0'],
    ]);
    await completeForm(page);
    await expect(calculated(page, 'Hospital stay')).toHaveText(/^11\.9/u);
  });

  await test.step('months 1 and 3: the child is well, each visit in its window', async () => {
    await findForm(page, 'M1', 'FU', 'Follow-up');
    await answer(page, wellAt('2021-12-11'));
    await completeForm(page);
    await expect(calculated(page, 'In the window of the visit')).toHaveText('Yes');
    await findForm(page, 'M1', 'EC', 'Echocardiography');
    await answer(page, [
      ...echocardiography('2021-12-11 10:30', '65'),
      ['LAD diameter', '2.4'],
      ['RCA diameter', '2.2'],
      ['LMCA diameter', '2.7'],
      ['Intracardiac or coronary thrombus', '0'],
    ]);
    await completeForm(page);

    await findForm(page, 'M3', 'FU', 'Follow-up');
    await answer(page, wellAt('2022-02-04'));
    await completeForm(page);
    await expect(formHead(page).getByText('in window')).toBeVisible();
    await findForm(page, 'LOG', 'ANX', 'Anakinra administrations');
    // 90 days of 30.4375 days a month.
    await expect(calculated(page, 'Follow-up from the first dose')).toHaveText(/^2\.957/u);
  });

  await test.step('the map shows what is complete, and nothing hard is open', async () => {
    await search(page, '01-001');
    await expect(page.getByText(/^0 hard and \d+ soft findings open$/u)).toBeVisible();
    const map = page.getByRole('grid', { name: 'Events' });
    for (const cell of [
      'SCR Enrolment',
      'SCR Demographics',
      'SCR Onset and clinical features',
      'PRE Anakinra decision',
      'H48 Echocardiography',
      'H48 Response at 48 h',
      'DIS Discharge and outcome',
      'M1 Follow-up',
      'M3 Follow-up',
    ])
      await expect(map.getByRole('button', { name: `${cell}, complete` })).toBeVisible();
    for (const visit of ['SCR', 'PRE', 'H48', 'DIS', 'M1', 'M3'])
      await expect(map.getByRole('row', { name: new RegExp(`^${visit}\\b`, 'u') })).toContainText(
        'in window',
      );
  });

  await test.step('the picture tells the course', async () => {
    const picture = page.getByRole('region', { name: 'Course around the first anakinra dose' });
    await tabTo(page, picture.getByText('As a table'));
    await page.keyboard.press('Enter');
    const told = picture.getByRole('table');
    for (const value of ['42', '38.5', '58', '65', '246', '212', '64', '8120', '9340', '2180'])
      await expect(told.getByRole('link', { name: new RegExp(`^${value}\\b`, 'u') }).first()).toBeVisible();
  });

  await test.step('the study table counts the child', async () => {
    await search(page, 'Reports');
    await expect(
      page.getByRole('button', { name: /^Treated with subcutaneous anakinra: 1\/1\b/u }),
    ).toBeVisible();
  });

  expect(consoleErrors).toEqual([]);
});

function calculated(page: Page, label: string): Locator {
  return page.getByRole('main').getByLabel(label, { exact: true }).last();
}
function findings(page: Page): Locator {
  return page.getByRole('complementary', { name: 'Findings and facts' });
}
