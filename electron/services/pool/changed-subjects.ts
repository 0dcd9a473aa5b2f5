/**
 * Of whom a delivery that follows the one before has anything new to say. CHANGES names every value and every form's state
 * that is not as it was at the last submission; where that is the state that the pool took, nobody else's forms need to
 * be read.
 */
import { cellText } from '#shared/import/cell.ts';
import { isPartOf } from '#shared/import/own-workbook.ts';
import { SheetFault } from '#shared/pool/read-form-sheet.ts';
import type { SheetCheck } from './sheet-check.ts';

const name = 'CHANGES';

/** `since`: the head that the pool knows; null where nothing tells, and the workbook has to be read as a whole. */
export async function changedSubjects(
  check: SheetCheck,
  since: string,
  { cutHead, baseHead }: { readonly cutHead: string; readonly baseHead: string | null },
): Promise<ReadonlySet<string> | null> {
  if (since === cutHead) return new Set();
  if (since !== baseHead) return null;
  const subjects = new Set<string>();
  for (const sheet of check.book.sheets.filter(isPartOf(name))) {
    let column = -1;
    await check.rows(sheet, ({ number, cells }) => {
      if (number === 1) column = cells.findIndex((cell) => cellText(cell) === 'SUBJID');
      else subjects.add(cellText(cells[column]));
    });
    if (column === -1) throw new SheetFault(`header of ${sheet}`);
  }
  return subjects;
}
