/** Subjects: who was enrolled when, in that order; and what the list shows of them, worked out again from forms and findings. */
import { auditActions, type AuditAction } from '#shared/audit.ts';
import type { FormStatus } from '#shared/record.ts';
import type { StudyModel } from '#shared/study-model.ts';
import { statusOf } from '../subject-status.ts';
import type { StoredProof, TableProof } from './table-proof.ts';

/** What counts as a change of a subject's record, and has its findings worked out again: its time is the subject's newest. */
export const changing: readonly AuditAction[] = auditActions.filter((action) =>
  /^(?:value|row|form)\./u.test(action),
);

interface Row {
  readonly id: number;
  readonly number: string;
  readonly enrolled_at: number;
  readonly status: string;
  readonly open_hard: number;
  readonly open_soft: number;
  readonly hard: number;
  readonly soft: number;
}
const selectSubjects = `
  SELECT id, number, enrolled_at, status, open_hard, open_soft,
         (SELECT COUNT(*) FROM finding WHERE subject_id = subject.id AND severity = 'hard' AND status = 'open') AS hard,
         (SELECT COUNT(*) FROM finding WHERE subject_id = subject.id AND severity = 'soft' AND status = 'open') AS soft
  FROM subject ORDER BY id`;
const selectForms = 'SELECT subject_id, event, form, state FROM form ORDER BY id';

export function subjectProof(model: StudyModel): TableProof {
  const enrolled: { readonly number: string; readonly at: number }[] = [];
  return {
    tables: ['subject'],
    actions: ['subject.enrolled'],
    read: ({ subject, at, detail }) => {
      // A pool keeps when the site enrolled it.
      const enrolledAt = detail?.['enrolledAt'];
      const when = typeof enrolledAt === 'string' ? enrolledAt : at;
      if (subject !== null) enrolled.push({ number: subject, at: Date.parse(when) });
    },
    problems: (db) => {
      const forms = Map.groupBy(
        db.prepare<[], FormStatus & { subject_id: number }>(selectForms).all(),
        ({ subject_id }) => subject_id,
      );
      const rows = db.prepare<[], Row>(selectSubjects).all();
      const known = new Set(rows.map(({ number }) => number));
      const missing = enrolled
        .filter(({ number }) => !known.has(number))
        .map(({ number }) => `Subject ${number} is in the trail and not stored.`);
      return [...missing, ...rows.flatMap((row) => faultsOf(row, forms.get(row.id) ?? []))];

      function faultsOf(row: Row, own: readonly FormStatus[]): readonly string[] {
        const said = enrolled[row.id - 1];
        if (said?.number !== row.number)
          return [`Subject ${row.number} is stored otherwise than the trail says.`];
        const shown = [
          row.enrolled_at === said.at,
          row.status === statusOf(model, own),
          row.open_hard === row.hard && row.open_soft === row.soft,
        ];
        const what = ['The time of enrolment', 'The status', 'The number of open findings'];
        return shown.flatMap((agrees, position) =>
          agrees ? [] : [`${what[position] ?? ''} of subject ${row.number} is not what the trail gives.`],
        );
      }
    },
  };
}

const selectChanged = 'SELECT id, number, changed_at FROM subject';

export function changedAtProof(): StoredProof {
  const newest = new Map<number, number>();
  return {
    tables: ['subject'],
    actions: changing,
    take: ([, at, , subjectId]) => {
      if (subjectId !== null) newest.set(subjectId, at);
    },
    problems: (db) =>
      db
        .prepare<[], { id: number; number: string; changed_at: number | null }>(selectChanged)
        .all()
        .filter(({ id, changed_at }) => changed_at !== (newest.get(id) ?? null))
        .map(
          ({ number }) => `The time of the newest change of subject ${number} is not what the trail gives.`,
        ),
  };
}
