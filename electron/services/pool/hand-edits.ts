/** Cells that were changed after the export, told by the trail that the workbook itself carries: what was recorded, and what the cell says now. */
import { planFormSheets } from '#shared/export-plan.ts';
import { byColumns } from '#shared/import/cell.ts';
import { formSheetParts, isTrailSheet } from '#shared/import/own-workbook.ts';
import { toItemValue, unpack, type Delivery } from '#shared/pool/delivered.ts';
import { saysTheSame } from '#shared/pool/merge.ts';
import { gatherParts } from '#shared/pool/parts.ts';
import type { ItemValue, Relation, ValuePlace } from '#shared/record.ts';
import type { StudyModel } from '#shared/study-model.ts';
import type { OpenBook } from '../import/workbook-reader.ts';
import type { HandEdit } from './delivery-file.ts';

/** Nothing when no form sheet was touched. Only forms of touched sheets are looked at. */
export async function findEdits(
  model: StudyModel,
  book: OpenBook,
  { forms, doubtful }: Pick<Delivery, 'forms' | 'doubtful'>,
  editedSheets: readonly string[],
): Promise<readonly HandEdit[]> {
  const touched = new Set(
    formSheetParts(model.study, book.sheets)
      .filter(({ parts }) => parts.some((part) => editedSheets.includes(part)))
      .map(({ sheet }) => sheet.form.id),
  );
  if (touched.size === 0) return [];
  const newest = await readNewest(book, touched);
  const known = new Set(
    planFormSheets(model.study).flatMap(({ fields }) => fields.map(({ item }) => item.id)),
  );
  const edits: HandEdit[] = [];
  for (const form of forms.filter(({ form: id }) => touched.has(id))) {
    for (const value of unpack(form.packed)) {
      const [row, item] = value;
      const place = { subject: form.subject, event: form.event, form: form.form, row, item };
      const key = keyOf(place);
      const trail = newest.get(key) ?? null;
      newest.delete(key);
      const sheet = toItemValue(value);
      if (!saysTheSame(trail, sheet)) edits.push({ ...place, trail, sheet });
    }
  }
  for (const { subject, event, form, row, item, incoming } of doubtful) {
    if (!touched.has(form)) continue;
    const place = { subject, event, form, row, item };
    // Looked at no further, with its relation and its unit.
    const trail = gatherParts(model, item, (part) => {
      const key = keyOf({ ...place, item: part });
      const value = newest.get(key) ?? null;
      newest.delete(key);
      return value;
    });
    if (!saysTheSame(trail, incoming)) edits.push({ ...place, trail, sheet: incoming });
  }
  for (const [key, trail] of newest) {
    const [subject = '', event = '', form = '', row = '', item = ''] = key.split('|');
    if (trail !== null && known.has(item))
      edits.push({ subject, event, form, row: Number(row), item, trail, sheet: null });
  }
  return edits;
}

type SubjectPlace = ValuePlace & { readonly subject: string };

function keyOf(place: SubjectPlace): string {
  return [place.subject, place.event, place.form, String(place.row), place.item].join('|');
}

/** What the newest entry about each place says; null: emptied, set aside or removed. */
async function readNewest(
  book: OpenBook,
  forms: ReadonlySet<string>,
): Promise<Map<string, ItemValue | null>> {
  const newest = new Map<string, ItemValue | null>();
  for (const sheet of book.sheets.filter(isTrailSheet)) {
    const take = byColumns((of) => {
      if (of('ITEM') === '' || !forms.has(of('FORM'))) return;
      const key = [of('SUBJID'), of('VISIT'), of('FORM'), of('REPEAT'), of('ITEM')].join('|');
      switch (of('ACTION')) {
        case 'value.set':
          newest.set(key, valueIn(of));
          return;
        case 'value.unparked':
          newest.set(
            key,
            valueIn((column) => of(column.replace('NEW', 'OLD'))),
          );
          return;
        case 'value.parked':
        case 'row.removed':
          newest.set(key, null);
      }
    });
    await book.rows(sheet, take);
  }
  return newest;
}

function valueIn(of: (column: string) => string): ItemValue | null {
  const [text, missing] = [of('NEW'), of('NEW_ND')];
  if (text === '' && missing === '') return null;
  const number = text === '' ? Number.NaN : Number(text);
  return {
    text: text === '' ? null : text,
    missing: missing === '' ? null : missing,
    relation: of('NEW_REL') === '' ? null : (of('NEW_REL') as Relation), // compared as text, never stored
    number: Number.isFinite(number) ? number : null,
    unit: of('NEW_U') === '' ? null : of('NEW_U'),
    precision: null,
  };
}
