/** The pack as a workbook: one row a statement, one row a statement and test, duties, figures, edit checks. */
import ExcelJS from 'exceljs';
import type { Pack } from './pack.ts';

type Cell = string | number;

export async function writeWorkbook(pack: Pack, file: string): Promise<void> {
  const book = new ExcelJS.Workbook();
  const { verdicts } = pack;
  addSheet(book, 'PACK', [
    ['what', 'value'],
    ['application', pack.appVersion],
    ['study', pack.study],
    ['definition fingerprint', pack.fingerprint],
    ['made at (UTC)', pack.madeAt],
    ['machine', pack.machine],
    ['tests passed', pack.totals.passed],
    ['tests failed', pack.totals.failed],
  ]);
  addSheet(book, 'STATEMENTS', [
    ['number', 'area', 'statement', 'clauses', 'clauses known', 'verdict', 'tests', 'tests failed', 'duty'],
    ...verdicts.map(({ requirement: one, kind, tests }): Cell[] => [
      ...[one.id, one.area, one.statement, one.clauses, one.known ?? '', kind],
      ...[tests.length, tests.filter(({ passed }) => !passed).length, one.duty ?? ''],
    ]),
  ]);
  addSheet(book, 'EVIDENCE', [
    ['statement', 'runner', 'file', 'test', 'outcome'],
    ...verdicts.flatMap(({ requirement: { id }, tests, absent }): Cell[][] => [
      ...tests.map(({ runner, file, name, passed }) => [
        id,
        runner,
        file,
        name,
        passed ? 'passed' : 'failed',
      ]),
      ...absent.map(({ file, says }) => [id, '', file, says ?? '', 'not in this run']),
    ]),
  ]);
  addSheet(book, 'FIGURES', [
    ['what', 'counted', 'number'],
    ...pack.figures.flatMap(({ name, counts }) => counts.map(([what, value]): Cell[] => [name, what, value])),
  ]);
  addSheet(book, 'CHECKS', [
    ['check', 'version', 'severity', 'rule', 'source', 'cases passed', 'cases failed'],
    ...pack.checks.map((one): Cell[] => [
      ...[one.check, one.version, one.severity, one.rule, one.source, one.passed, one.failed],
    ]),
  ]);
  await book.xlsx.writeFile(file);
}

function addSheet(book: ExcelJS.Workbook, name: string, rows: readonly (readonly Cell[])[]): void {
  const sheet = book.addWorksheet(name, { views: [{ state: 'frozen', ySplit: 1 }] });
  for (const row of rows) sheet.addRow([...row]);
  const width = rows[0]?.length ?? 1;
  sheet.autoFilter = { from: { row: 1, column: 1 }, to: { row: rows.length, column: width } };
  sheet.getRow(1).font = { bold: true };
  for (let column = 1; column <= width; column += 1) {
    const longest = Math.max(...rows.map((row) => String(row[column - 1] ?? '').length));
    sheet.getColumn(column).width = Math.min(70, Math.max(8, longest + 2));
    sheet.getColumn(column).alignment = { vertical: 'top', wrapText: true };
  }
}
