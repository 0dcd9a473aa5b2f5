/** Whether a workbook was written by Cahier, for this study and site, and holds what it held when it was written. */
import { cellText, type SourceRow } from '#shared/import/cell.ts';
import { columnNames, exactKey, formSheetParts, type OwnWorkbook } from '#shared/import/own-workbook.ts';
import type { Study } from '#shared/study.ts';
import { refuse } from '../../app-error.ts';
import type { ReadBook, ReadSheet } from './workbook-reader.ts';

export interface HomeSite {
  readonly study: Study;
  readonly fingerprint: string;
  readonly siteCode: string;
}

export function isOwnWorkbook({ sheets }: ReadBook): boolean {
  return sheets.some(
    ({ name, rows }) => name === '00_README' && rows.some(({ cells }) => cellText(cells[0]) === definition),
  );
}

const definition = 'Study definition (SHA-256)';

/** Throws the first thing that is wrong with it, as a refusal. */
export function requireOwnWorkbook(
  { sheets }: ReadBook,
  { study, fingerprint, siteCode }: HomeSite,
  file: string,
): void {
  const byName = new Map(sheets.map((sheet) => [sheet.name, sheet]));
  const readme = pairs(byName.get('00_README')?.rows ?? []);
  const [id = '', version = ''] = (readme.get('Study')?.split(':')[0] ?? '').split(' ');
  if (id !== study.id) throw refuse('import-other-study', { file, study: id.slice(0, 40), here: study.id });
  if (readme.get(definition) !== fingerprint)
    throw refuse('import-other-version', { file, version: version.slice(0, 20), here: study.version });
  const site = readme.get('Site')?.split(' ')[0] ?? '';
  if (site !== siteCode) throw refuse('import-other-site', { file, site: site.slice(0, 10), here: siteCode });
  requireSheets(byName, study, file);
  requireUnchanged(byName, file);
}

function requireSheets(byName: ReadonlyMap<string, ReadSheet>, study: Study, file: string): void {
  const manifest = byName.get('MANIFEST');
  if (manifest === undefined) throw refuse('import-sheet-missing', { file, sheet: 'MANIFEST' });
  for (const name of hashes(manifest).keys())
    if (!byName.has(name)) throw refuse('import-sheet-missing', { file, sheet: name });
  for (const { sheet, parts } of formSheetParts(study, [...byName.keys()])) {
    if (parts.length === 0) throw refuse('import-sheet-missing', { file, sheet: sheet.name });
    for (const part of parts) {
      const header = byName.get(part)?.rows[0]?.cells.map((cell) => cellText(cell)) ?? [];
      const missing = columnNames(sheet).find((column, index) => header[index] !== column);
      if (missing !== undefined)
        throw refuse('import-column-missing', { file, sheet: part, column: missing });
    }
  }
}

function requireUnchanged(byName: ReadonlyMap<string, ReadSheet>, file: string): void {
  const manifest = byName.get('MANIFEST');
  if (manifest === undefined) return;
  const changed = [...hashes(manifest)].filter(([name, sha256]) => byName.get(name)?.sha256 !== sha256);
  const [first] = changed;
  if (first === undefined) return;
  const formula = changed.map(([name]) => byName.get(name)).find((sheet) => sheet?.formulaAt != null);
  if (formula?.formulaAt != null)
    throw refuse('import-formula', { file, sheet: formula.name, cell: formula.formulaAt });
  throw refuse('import-sheet-changed', { file, sheets: changed.map(([name]) => name).join(', ') });
}

/** Names in brackets are not sheets. */
function hashes({ rows }: ReadSheet): ReadonlyMap<string, string> {
  return new Map(
    rows
      .slice(1)
      .map(({ cells }) => [cellText(cells[0]), cellText(cells[5])] as const)
      .filter(([name]) => !name.startsWith('(')),
  );
}

function pairs(rows: readonly SourceRow[]): ReadonlyMap<string, string> {
  return new Map(rows.map(({ cells }) => [cellText(cells[0]), cellText(cells[1])]));
}

/** Takes in the rows of AUDIT, which is too long to be kept. */
export function createExactNumbers(): {
  readonly exact: OwnWorkbook['exact'];
  take(sheet: string, row: SourceRow): void;
} {
  const exact = new Map<string, string>();
  let columns: ReadonlyMap<string, number> | null = null;
  return {
    exact,
    take: (_, { cells }) => {
      if (cellText(cells[0]) === 'SEQ') {
        columns = new Map(cells.map((cell, index) => [cellText(cell), index]));
        return;
      }
      const of = (name: string): string => cellText(cells[columns?.get(name) ?? -1]);
      const text = of('NEW');
      if (of('ACTION') !== 'value.set') return;
      const place = { event: of('VISIT'), form: of('FORM'), row: Number(of('REPEAT')), item: of('ITEM') };
      const key = exactKey(of('SUBJID'), place);
      // Only zeros at the end are lost in a numeric cell.
      if (/^-?\d+\.\d*0$/u.test(text)) exact.set(key, text);
      else exact.delete(key);
    },
  };
}
