/** A folder with a Dataset-JSON 1.1 file for every form sheet, and for every domain of which the definition names variables. */
import path from 'node:path';
import { keyColumns, planFormSheets, type FormSheet } from '#shared/export-plan.ts';
import type { Cell } from '#shared/export-plan/sheet.ts';
import {
  draftDomains,
  endOfDataset,
  formDataset,
  jsonRow,
  startOfDataset,
  type DraftDomain,
  type JsonDataset,
} from '#shared/formats/dataset-json.ts';
import type { ExportSource, ExportWatch } from '../export-content.ts';
import { createEventOrder, createFormRow, type FilledRow } from '../export-form-rows.ts';
import { openTextFile } from './text-file.ts';
import type { WrittenFile } from './written-file.ts';

/** `folder` is there and empty. Throws when the values in the files are not those of the record. */
export function writeDatasetJsonFolder(
  source: ExportSource,
  folder: string,
  watch: ExportWatch,
): readonly WrittenFile[] {
  const { reader, study, siteCode, appVersion } = source;
  const { at, head } = reader.cut;
  const origin = { study, site: siteCode, appVersion, at: new Date(at).toISOString(), head };
  const eventOrder = createEventOrder(study);
  const sheets = planFormSheets(study);
  let values = 0;

  function* rowsOf(sheet: FormSheet): Generator<FilledRow> {
    const toRow = createFormRow(source, sheet);
    for (const row of reader.formRows(sheet.form.id, eventOrder)) yield toRow(row);
  }

  /** How many there are has to be said before the first of them. */
  function write(dataset: JsonDataset, file: string, rows: () => Iterable<FilledRow>): WrittenFile {
    let records = 0;
    for (const _ of rows()) records += 1;
    const out = openTextFile(path.join(folder, file));
    try {
      out.write(startOfDataset(dataset, records, origin));
      let before = '\n';
      for (const row of rows()) {
        out.write(before + jsonRow(row.cells));
        before = ',\n';
        values += row.values;
      }
      out.write(endOfDataset);
      return { file, format: 'dataset-json', ...out.close(), rows: records };
    } catch (error) {
      out.abandon();
      throw error;
    }
  }

  const forms = sheets.map((sheet) => {
    watch.progress(`${sheet.name}.json`, values);
    return write(formDataset(sheet), `${sheet.name}.json`, () => rowsOf(sheet));
  });
  const counts = reader.countValues();
  if (values !== counts.exported)
    throw new Error(`the Dataset-JSON files hold ${values} of ${counts.exported} values`);
  const drafts = draftDomains(sheets).map((draft) =>
    write(draft.dataset, `draft-sdtm-${draft.domain.toLowerCase()}.json`, () =>
      draftRows(draft, (sheet) => rowsOf(sheet)),
    ),
  );
  return [...forms, ...drafts];
}

const positionOf = (name: string): number => keyColumns.findIndex((column) => column.name === name);
const [studyAt, subjectAt, visitAt] = [positionOf('STUDYID'), positionOf('SUBJID'), positionOf('VISIT')];

/** Rows with none of the domain's variables are no records of it. */
function* draftRows(
  { domain, sources, variables }: DraftDomain,
  rowsOf: (sheet: FormSheet) => Iterable<FilledRow>,
): Generator<FilledRow> {
  const sequence = new Map<Cell, number>();
  for (const source of sources) {
    for (const { cells } of rowsOf(source.sheet)) {
      const own = variables.map((variable) => cells[source.variables.get(variable) ?? -1] ?? null);
      if (own.every((cell) => cell === null)) continue;
      const subject = cells[subjectAt] ?? null;
      const next = (sequence.get(subject) ?? 0) + 1;
      sequence.set(subject, next);
      const study = cells[studyAt] ?? null;
      const unique = typeof subject === 'string' && typeof study === 'string' ? `${study}-${subject}` : null;
      yield { cells: [study, domain, unique, next, cells[visitAt] ?? null, ...own], values: 0 };
    }
  }
}
