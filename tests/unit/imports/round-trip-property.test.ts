import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Cell } from '#shared/export-plan/sheet.ts';
import { planFormSheets } from '#shared/export-plan.ts';
import type { SourceCell, SourceSheet } from '#shared/import/cell.ts';
import { columnNames, exactKey, readOwnWorkbook } from '#shared/import/own-workbook.ts';
import { planImport } from '#shared/import/plan.ts';
import { isEmpty } from '#shared/item-value.ts';
import { isoDay, isoMinute } from '#shared/partial-date.ts';
import { planSave } from '#shared/plan-save.ts';
import type { Change, RecordedValue, SubjectRecord } from '#shared/record.ts';
import { createStudyModel } from '#shared/study-model.ts';
import { createFormRow } from '../../../electron/services/export-form-rows.ts';
import { readStudyFolder } from '../../../electron/services/studies.ts';
import { plainNumber } from '../../../electron/services/workbook-cells.ts';
import { typedRow } from '../exports/typed-answers.ts';
import { anakinra, sleepDiary } from '../studies/folders.ts';

const context = {
  now: '2024-03-05T10:30',
  confirmed: new Map<string, string>(),
  origin: 'import',
  language: 'en',
} as const;
const decisions = { overwrite: false, reason: null };

describe.each([
  { name: 'anakinra-misc', folder: anakinra, subject: '01-001' },
  { name: 'sleep-diary', folder: sleepDiary, subject: '01-S01' },
])('any answers to a form of $name', ({ folder, subject }) => {
  const study = readStudyFolder(folder);
  const { model } = createStudyModel(study);
  const empty: SubjectRecord = { subject, site: '01', forms: [], values: [] };
  const sheets = planFormSheets(study);

  /** A form in one of its events, with one to three rows where it repeats. */
  const answers = fc.constantFrom(...model.forms).chain(({ form, events }) => {
    const event = events.flatMap((id) => model.instancesOf(id))[0]?.id ?? '';
    const rows = form.groups.some(({ repeating }) => repeating) ? [1, 2, 5] : [1];
    return fc
      .tuple(...rows.map((row) => typedRow(model, { event, form: form.id, row })))
      .map((typed): readonly Change[] => typed.flat());
  });

  /** As export writes it and a reader finds it. */
  function sheetsOf(record: SubjectRecord): ReadonlyMap<string, SourceSheet> {
    return new Map(
      sheets.map((sheet) => {
        const toRow = createFormRow({ study, reader: { siteOf: () => '01' } }, sheet);
        const exported = record.values.filter(
          (value) => value.form === sheet.form.id && !value.parked && !isEmpty(value),
        );
        const inRows = Map.groupBy(exported, ({ event, row }) => `${event}|${row}`);
        const rows = [...inRows.values()].map((values, index) => {
          const [{ event, row } = { event: '', row: 1 }] = values;
          const state =
            record.forms.find((form) => form.event === event && form.form === sheet.form.id)?.state ??
            'empty';
          const byItem = new Map(values.map((value) => [value.item, value]));
          return {
            number: index + 2,
            cells: toRow({ subject, event, state, row, values: byItem }).cells.map(toSource),
          };
        });
        const header = { number: 1, cells: columnNames(sheet).map(toSource) };
        return [sheet.name, { name: sheet.name, rows: [header, ...rows] }];
      }),
    );
  }

  it('come back from their sheet as they were typed, and a second time change nothing', () => {
    fc.assert(
      fc.property(answers, (changes) => {
        fc.pre(changes.length > 0);
        const typed = planSave(model, empty, changes, { ...context, origin: 'entry' });
        if (!typed.ok) throw new Error(typed.refusal.message);
        const exact = new Map(
          typed.record.values.flatMap((value) =>
            value.number === null || value.text === null
              ? []
              : [[exactKey(subject, value), value.text] as const],
          ),
        );
        const { subjects } = readOwnWorkbook(study, { sheets: sheetsOf(typed.record), exact });
        const [asked] = subjects;
        // Hidden answers are left out of a workbook.
        fc.pre(asked !== undefined);
        const planned = planImport(model, empty, asked, context, decisions);
        expect({ conflicts: planned.conflicts, refused: planned.refused }).toEqual({
          conflicts: [],
          refused: [],
        });
        const imported = planSave(model, empty, planned.changes, context);
        if (!imported.ok) throw new Error(imported.refusal.message);
        expect(answered(imported.record)).toEqual(answered(typed.record));
        const again = planImport(model, imported.record, asked, context, decisions);
        expect([again.accepted, again.same, again.conflicts, again.refused]).toEqual([
          0,
          asked.values.length,
          [],
          [],
        ]);
      }),
      { numRuns: 150 },
    );
  }, 120_000);
});

function answered({ values }: SubjectRecord): readonly RecordedValue[] {
  const place = ({ event, form, row, item }: RecordedValue): string => `${event}|${form}|${row}|${item}`;
  return values
    .filter((value) => !value.parked && !isEmpty(value))
    .sort((a, b) => (place(a) < place(b) ? -1 : 1));
}

function toSource(cell: Cell): SourceCell | null {
  const isFormula = false;
  if (cell === null) return null;
  if (typeof cell === 'string')
    return { kind: 'text', text: cell.replace(/_x(?=[0-9A-Fa-f]{4}_)/gu, '_x005F_x'), isFormula };
  if (typeof cell === 'number') return { kind: 'number', text: plainNumber(cell), isFormula };
  return 'day' in cell
    ? { kind: 'day', text: isoDay(cell.day), isFormula }
    : { kind: 'minute', text: isoMinute(cell.minute), isFormula };
}
