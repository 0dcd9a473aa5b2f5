/** How cells look and what may be typed into them, by the kind of their column. */
import type exceljs from 'exceljs';
import { assertNever } from '#shared/assert-never.ts';
import type { SheetColumn } from '#shared/export-plan/sheet.ts';

const font = { name: 'Calibri', size: 11 };
const protection = { locked: true };

export const headerStyle: Partial<exceljs.Style> = {
  font: { ...font, bold: true },
  numFmt: '@',
  fill: { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFE8EEF2' } },
  protection,
};

export function cellStyle(column: SheetColumn): Partial<exceljs.Style> {
  return { font, numFmt: numberFormat(column), protection };
}

/**
 * Of a text that begins like a formula: Excel shows and keeps it as text even where somebody opens the cell and leaves it.
 * exceljs has no setting for that; workbook-parts.ts puts the attribute (quotePrefix) where it finds this alignment.
 */
export const quotedStyle: Partial<exceljs.Style> = {
  ...{ font, numFmt: '@', protection },
  alignment: { horizontal: 'left' },
};

function numberFormat({ kind, decimals }: SheetColumn): string {
  switch (kind) {
    case 'text':
      return '@';
    case 'integer':
      return '0';
    case 'decimal':
      if (decimals === undefined) return 'General';
      return decimals === 0 ? '0' : `0.${'0'.repeat(decimals)}`;
    case 'date':
      return 'yyyy-mm-dd';
    case 'date-time':
      return 'yyyy-mm-dd hh:mm';
    default:
      return assertNever(kind);
  }
}

/** Excel shows no longer title, and refuses a file that has one. */
const longestTitle = 32;

/** What a column allows; null when it is free text. */
export function validationOf(column: SheetColumn): exceljs.DataValidation | null {
  const common = { allowBlank: true, showErrorMessage: true, errorTitle: column.name.slice(0, longestTitle) };
  if (column.list !== undefined) {
    const error = `Only codes of ${column.list} (sheet CODELISTS).`;
    return { ...common, type: 'list', formulae: [column.list], error };
  }
  if (column.choices !== undefined) {
    const entries = column.choices.join(',');
    return { ...common, type: 'list', formulae: [`"${entries}"`], error: `Only ${entries}.` };
  }
  switch (column.kind) {
    case 'text':
      return null;
    case 'date':
    case 'date-time': {
      const formulae = [new Date(Date.UTC(1900, 2, 1))];
      const error = 'Only a date from 1900-03-01 on.';
      return { ...common, type: 'date', operator: 'greaterThanOrEqual', formulae, error };
    }
    case 'integer':
    case 'decimal': {
      const type = column.kind === 'integer' ? 'whole' : 'decimal';
      return { ...common, type, ...numberRule(column) };
    }
    default:
      return assertNever(column.kind);
  }
}

/** Wide enough for any number of a study: Excel knows no validation that asks for a number alone. */
const anyNumber = 1e15;

function numberRule({
  bounds,
}: SheetColumn): Pick<exceljs.DataValidation, 'operator' | 'formulae' | 'error'> {
  const { min, max } = bounds ?? {};
  if (min !== undefined && max !== undefined) {
    return { operator: 'between', formulae: [min, max], error: `Only ${min} to ${max}.` };
  }
  if (min !== undefined) {
    return { operator: 'greaterThanOrEqual', formulae: [min], error: `Only ${min} or more.` };
  }
  if (max !== undefined) {
    return { operator: 'lessThanOrEqual', formulae: [max], error: `Only ${max} or less.` };
  }
  return { operator: 'between', formulae: [-anyNumber, anyNumber], error: 'Only a number.' };
}
