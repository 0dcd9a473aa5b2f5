/**
 * Holds the sheets of a delivered workbook against its MANIFEST: by the bytes of their parts as they lie in the file, for
 * which nothing has to be unpacked, and where these differ by their cells.
 */
import type { SourceRow } from '#shared/import/cell.ts';
import { refuse } from '../../app-error.ts';
import type { RowFilter } from '../import/row-sieve.ts';
import type { OpenBook } from '../import/workbook-reader.ts';

export interface ManifestLine {
  readonly sha256: string;
  /** null: written before it was kept. */
  readonly zipSha256: string | null;
}

export interface SheetCheck {
  readonly book: OpenBook;
  /** Of those that were looked at: sheets that say something else than when they were written. */
  readonly edited: readonly string[];
  isAsWritten(sheet: string): Promise<boolean>;
  areAllAsWritten(): Promise<boolean>;
  /** Refuses formulas. Nothing when the sheet isn't there. `only`: heeded in a sheet that is as it was written. */
  rows(sheet: string, take: (row: SourceRow) => void, only?: RowFilter): Promise<void>;
  /** Looks at all sheets that were not read. */
  others(): Promise<void>;
}

/** `unmarked`: sheets of which MANIFEST gives no hash. */
export function createSheetCheck(
  book: OpenBook,
  manifest: ReadonlyMap<string, ManifestLine>,
  file: string,
  unmarked: readonly string[],
): SheetCheck {
  const marked = book.sheets.filter((sheet) => !unmarked.includes(sheet));
  const known = new Map<string, Promise<boolean>>();
  const seen = new Set<string>();
  const edited: string[] = [];

  const compare = async (sheet: string): Promise<boolean> => {
    const told = manifest.get(sheet)?.zipSha256 ?? null;
    return told !== null && (await book.packedHash(sheet)) === told;
  };
  const isAsWritten = (sheet: string): Promise<boolean> => {
    const answer = known.get(sheet) ?? compare(sheet);
    known.set(sheet, answer);
    return answer;
  };
  const requireNoFormula = (sheet: string, formulaAt: string | null): void => {
    if (formulaAt !== null) throw refuse('import-formula', { file, sheet, cell: formulaAt });
  };
  /** Saved again by another program, maybe: its cells may still be what they were. */
  const readAndCompare = async (sheet: string, take: (row: SourceRow) => void): Promise<void> => {
    const { sha256, formulaAt } = await book.rowsAndHash(sheet, take);
    requireNoFormula(sheet, formulaAt);
    if (manifest.get(sheet)?.sha256 !== sha256) edited.push(sheet);
  };
  const rows: SheetCheck['rows'] = async (sheet, take, only) => {
    if (!marked.includes(sheet)) return;
    seen.add(sheet);
    if (await isAsWritten(sheet)) requireNoFormula(sheet, await book.rows(sheet, take, only));
    else await readAndCompare(sheet, take);
  };
  return {
    ...{ book, edited, isAsWritten, rows },
    areAllAsWritten: async () => {
      for (const sheet of marked) if (!(await isAsWritten(sheet))) return false;
      return true;
    },
    others: async () => {
      for (const sheet of marked)
        if (!seen.has(sheet) && !(await isAsWritten(sheet))) await readAndCompare(sheet, () => undefined);
    },
  };
}
