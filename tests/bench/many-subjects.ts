/**
 * A record of any size, as the readers of a large pool give it: the children of the practice site over and over under
 * new numbers, their trail with them. It is made while it is read, so that what is measured is the writing.
 */
import type {
  ExportAuditEntry,
  ExportReader,
  ExportRow,
  ExportSubject,
} from '../../electron/services/export-rows.ts';

export function repeatSubjects(reader: ExportReader, times: number): ExportReader {
  const subjects = [...reader.subjects()];
  const trail = [...reader.audit()];
  const signatures = [...reader.signatures()];
  const copies = Array.from({ length: times }, (_, copy) => String(copy + 1).padStart(5, '0'));
  const numberOf = (copy: string, subject: string): string => `${copy}-${subject}`;
  const counts = reader.countValues();

  function* manySubjects(): Generator<ExportSubject> {
    for (const copy of copies)
      for (const subject of subjects) yield { ...subject, number: numberOf(copy, subject.number) };
  }
  function* formRows(form: string, eventOrder: (event: string) => number): Generator<ExportRow> {
    const rows = [...reader.formRows(form, eventOrder)];
    for (const copy of copies) for (const row of rows) yield { ...row, subject: numberOf(copy, row.subject) };
  }
  function* audit(): Generator<ExportAuditEntry> {
    let seq = 0;
    for (const copy of copies) {
      for (const entry of trail) {
        seq += 1;
        yield { ...entry, seq, subject: entry.subject === null ? null : numberOf(copy, entry.subject) };
      }
    }
  }

  return {
    ...reader,
    ...{ formRows, audit, subjects: manySubjects },
    countFormValues: () =>
      new Map([...reader.countFormValues()].map(([form, count]) => [form, count * times])),
    countValues: () => ({ ...counts, exported: counts.exported * times }),
    answers: (item) =>
      new Map(
        copies.flatMap((copy) =>
          [...reader.answers(item)].map(([subject, answer]) => [numberOf(copy, subject), answer] as const),
        ),
      ),
    signatures: function* () {
      for (const copy of copies)
        for (const one of signatures) yield { ...one, subject: numberOf(copy, one.subject) };
    },
  };
}
