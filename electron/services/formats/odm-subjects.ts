/** The rows of all form sheets side by side, subject by subject: ODM nests what the workbook has sheet by sheet. */
import type { FormSheet } from '#shared/export-plan.ts';
import type { ExportReader, ExportRow } from '../export-rows.ts';

/** A form of a subject in an event, with its rows. */
export interface SubjectForm {
  readonly sheet: FormSheet;
  readonly rows: readonly [ExportRow, ...ExportRow[]];
}

export interface SubjectEvents {
  readonly subject: string;
  /** In the order of the study, and in each its forms in theirs. */
  readonly events: readonly { readonly event: string; readonly forms: readonly SubjectForm[] }[];
}

/**
 * Reads each sheet once, all of them in step. Rests on what a reader promises: subjects() and the rows of every form
 * come in one order of subjects. One that broke it would leave rows over, and the counts would not agree.
 */
export function* readBySubject(
  reader: ExportReader,
  sheets: readonly FormSheet[],
  eventOrder: (event: string) => number,
): Generator<SubjectEvents> {
  const cursors = sheets.map((sheet) => {
    const rows = reader.formRows(sheet.form.id, eventOrder)[Symbol.iterator]();
    return { sheet, rows, next: rows.next() };
  });
  for (const { number: subject } of reader.subjects()) {
    const forms: SubjectForm[] = [];
    for (const cursor of cursors) {
      while (cursor.next.done !== true && cursor.next.value.subject === subject) {
        const [first, rows] = [cursor.next.value, [cursor.next.value] as [ExportRow, ...ExportRow[]]];
        cursor.next = cursor.rows.next();
        while (cursor.next.done !== true && isSameForm(cursor.next.value, first)) {
          rows.push(cursor.next.value);
          cursor.next = cursor.rows.next();
        }
        forms.push({ sheet: cursor.sheet, rows });
      }
    }
    const byEvent = Map.groupBy(forms, ({ rows: [{ event }] }) => event);
    const events = [...byEvent]
      .map(([event, own]) => ({ event, forms: own }))
      .sort((a, b) => eventOrder(a.event) - eventOrder(b.event));
    yield { subject, events };
  }
}

function isSameForm(row: ExportRow, other: ExportRow): boolean {
  return row.subject === other.subject && row.event === other.event;
}
