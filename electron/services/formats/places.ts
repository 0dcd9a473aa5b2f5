/**
 * Where the files of an export are to stand, by what was asked for and the path that was named.
 *
 * | formats                        | path       | what stands where                                          |
 * |--------------------------------|------------|------------------------------------------------------------|
 * | the workbook alone             | a.xlsx     | a.xlsx                                                     |
 * | the workbook and others        | a.xlsx     | a.xlsx, and beside it a.odm.xml, a_csv/, a_dataset-json/   |
 * | one other alone                | a          | a itself is the ODM file, or the folder                    |
 * | several, and no workbook named | a          | the folder a with a.xlsx, a.odm.xml, a_csv/ … in it        |
 */
import path from 'node:path';
import type { ExportFormat } from '#shared/export-choices.ts';
import { sideFormatsOf, sideName, type SideFormat } from './write-formats.ts';

export interface ExportPlaces {
  /** null when no workbook is wanted. */
  readonly workbook: string | null;
  /** By which the others are named while they are written. */
  readonly base: string;
  readonly sides: readonly { readonly format: SideFormat; readonly place: string }[];
}

export function placesOf(file: string, formats: readonly ExportFormat[]): ExportPlaces {
  const sides = sideFormatsOf(formats);
  const hasWorkbook = formats.includes('xlsx');
  const [only] = sides;
  const base = path.basename(file).replace(/\.(?:xlsx|xml)$/iu, '');
  if (!hasWorkbook && only !== undefined && sides.length === 1)
    return { workbook: null, base, sides: [{ format: only, place: file }] };
  const isBeside = hasWorkbook && (sides.length === 0 || isWorkbookName(file));
  const folder = isBeside ? path.dirname(file) : file;
  return {
    workbook: !hasWorkbook ? null : isBeside ? file : path.join(file, `${base}.xlsx`),
    base,
    sides: sides.map((format) => ({ format, place: path.join(folder, sideName(base, format)) })),
  };
}

export function isWorkbookName(file: string): boolean {
  return path.extname(file).toLowerCase() === '.xlsx';
}
