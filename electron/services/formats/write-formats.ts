/**
 * Writes the formats beside the workbook, all of the same frozen cut: CSV with its loaders, ODM, Dataset-JSON. Each
 * stands under a name of its own until it is whole and its counts agree with the record; whatever goes wrong, nothing
 * half written stays and nothing that was there before is touched.
 */
import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { assertNever } from '#shared/assert-never.ts';
import type { ExportFormat } from '#shared/export-choices.ts';
import type { ExportSource, ExportWatch } from '../export-content.ts';
import { partialFile } from '../partial-file.ts';
import { giveNames } from './give-names.ts';
import type { WrittenFile } from './written-file.ts';

export type { WrittenFile } from './written-file.ts';

/** Each format that stands beside the workbook, as one file or one folder. */
export type SideFormat = 'csv' | 'odm' | 'dataset-json';

/** "loaders" are programs in the folder of the CSV files that they read: asked for alone, they bring those along. */
export function sideFormatsOf(formats: readonly ExportFormat[]): readonly SideFormat[] {
  const wantsCsv = formats.includes('csv') || formats.includes('loaders');
  return [
    ...(wantsCsv ? (['csv'] as const) : []),
    ...(formats.includes('odm') ? (['odm'] as const) : []),
    ...(formats.includes('dataset-json') ? (['dataset-json'] as const) : []),
  ];
}

/** Of the file or folder in which a format comes: "anakinra-misc_01.odm.xml", "anakinra-misc_01_csv". */
export function sideName(base: string, format: SideFormat): string {
  return format === 'odm' ? `${base}.odm.xml` : `${base}_${format}`;
}

/** `folder` is there; "xlsx" among the formats is left to who writes the workbook. Files come in the order in which they were written. */
export async function writeFormats(
  source: ExportSource,
  folder: string,
  base: string,
  formats: readonly ExportFormat[],
  watch: ExportWatch,
): Promise<readonly WrittenFile[]> {
  const sides = sideFormatsOf(formats).map((format) => {
    const name = sideName(base, format);
    const file = path.join(folder, name);
    return { format, name, naming: { from: partialFile(file, `${base}-${format}`), to: file } };
  });
  try {
    const files: WrittenFile[] = [];
    for (const { format, name, naming } of sides) {
      const written = await writeOne(source, naming.from, format, formats, watch);
      files.push(
        ...written.map((one) => ({ ...one, file: format === 'odm' ? name : `${name}/${one.file}` })),
      );
    }
    giveNames(sides.map(({ naming }) => naming));
    return files;
  } catch (error) {
    for (const { naming } of sides) rmSync(naming.from, { recursive: true, force: true });
    throw error;
  }
}

/** The programs of a format are loaded when it is asked for: most exports are a workbook alone. */
async function writeOne(
  source: ExportSource,
  partial: string,
  format: SideFormat,
  formats: readonly ExportFormat[],
  watch: ExportWatch,
): Promise<readonly WrittenFile[]> {
  switch (format) {
    case 'csv': {
      const { writeCsvFolder } = await import('./csv-folder.ts');
      mkdirSync(partial);
      return writeCsvFolder(source, partial, formats.includes('loaders'), watch);
    }
    case 'odm': {
      const { writeOdmFile } = await import('./odm-file.ts');
      return [writeOdmFile(source, partial, watch)];
    }
    case 'dataset-json': {
      const { writeDatasetJsonFolder } = await import('./dataset-json-folder.ts');
      mkdirSync(partial);
      return writeDatasetJsonFolder(source, partial, watch);
    }
    default:
      return assertNever(format);
  }
}
