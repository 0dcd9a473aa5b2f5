/**
 * A hand-kept sheet as pooling centres get them: patients as columns, a merged title, colours for doubt, limits as text,
 * units in cells, European dates, spaces at the ends, and a formula.
 */
import exceljs from 'exceljs';

export async function writeLegacySheet(file: string): Promise<void> {
  const book = new exceljs.Workbook();
  const sheet = book.addWorksheet('Patients');
  sheet.addRow(['MIS-C cohort, extracted by hand']);
  sheet.mergeCells('A1:F1');
  sheet.addRow([]);
  sheet.addRow(['Patient', 1, 2, 3, 4]);
  sheet.addRow(['Sex at birth ', 'M ', 'F', 'garçon', 'boy']);
  sheet.addRow(['Birth (year and month only)', new Date(Date.UTC(2011, 8, 1)), '10/2015', 'NA', '2014']);
  sheet.addRow(['Country of care', 'FR', ' France', 'FR', 'FR']);
  sheet.addRow(['Fever duration at admission (days)', 5, '>=4', '≥4', -999]);
  sheet.addRow(['LVEF %', 62, '>55', 0.35, 'normal']);
  sheet.addRow([
    'Date of echo',
    new Date(Date.UTC(2021, 10, 3, 14, 20)),
    '3/11/2021 10:00',
    '03.11.2021 9h30',
    '11/25/2021 8:00',
  ]);
  sheet.addRow(['CRP (mg/L)', 140, '14 mg/dL', ' <5 ', { formula: 'B10*2', result: 280 }]);
  sheet.addRow(['Ferritin', 35000, '>35000', null, 'n.d.']);
  sheet.addRow(['Comment', 'see file', null, null, null]);
  for (const [row, column] of [
    [5, 2],
    [7, 3],
    [8, 4],
  ] as const)
    sheet.getCell(row, column).fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFFF0000' } };
  sheet.getCell('B5').numFmt = 'mmm yy';
  sheet.getCell('B9').numFmt = 'dd/mm/yyyy hh:mm';
  sheet.getCell('D8').numFmt = '0%';
  await book.xlsx.writeFile(file);
}

/** As a person would have corrected the guess. */
export const legacyMapping = {
  cahierMapping: 1,
  name: 'Cohort by hand',
  study: 'anakinra-misc',
  tables: [
    {
      sheet: 'Patients',
      orientation: 'columns',
      header: 1,
      subject: { column: 'patient', prefix: '01-', digits: 3 },
      event: 'SCR',
      missing: { NA: 'NK', '-999': 'ND', 'n.d.': 'ND' },
      columns: [
        { column: 'Sex at birth', item: 'dm_sex', values: { boy: 'M' } },
        { column: 'Birth (year and month only)', item: 'dm_birth' },
        { column: 'Country of care', item: 'dm_country' },
        { column: 'Fever duration at admission (days)', item: 'ons_fevdur' },
        { column: 'LVEF %', item: 'ec_ef', with: { ec_dt: { column: 'Date of echo' } } },
        { column: 'CRP (mg/L)', item: 'lb_val', row: 1, unit: 'mg/L', with: { lb_test: 'crp' } },
        { column: 'Ferritin', item: 'lb_val', row: 2, unit: 'ng/mL', with: { lb_test: 'ferr' } },
      ],
      ignored: ['Comment'],
    },
  ],
} as const;
