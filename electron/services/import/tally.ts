/** Adds up what became of every cell of a file, and refuses to report what does not add up. */
import type { ImportCounts, ImportFinding, ImportReport } from '#shared/contract/imports.ts';
import type { ImportConflict, NotCompleted, SubjectPlan } from '#shared/import/plan.ts';
import type { ImportedSubject, ImportSource, RefusedValue } from '#shared/import/values.ts';
import type { AppError } from '../../app-error.ts';

export interface Tally {
  add(asked: ImportedSubject, plan: SubjectPlan, isNew: boolean): void;
  /** None of the subject's values can be taken. */
  refuse(asked: ImportedSubject, why: AppError): void;
  report(facts: Pick<ImportReport, 'file' | 'sha256' | 'dryRun' | 'mapping' | 'isWhole'>): ImportReport;
}

export function createTally(source: ImportSource): Tally {
  const refused: RefusedValue[] = [...source.refused];
  const conflicts: ImportConflict[] = [];
  const notCompleted: NotCompleted[] = [];
  const findings: ImportFinding[] = [];
  const sum = { accepted: 0, overwritten: 0, same: 0, subjects: 0, newSubjects: 0, completed: 0 };
  let asked = 0;

  return {
    add: ({ values }, plan, isNew) => {
      asked += values.length;
      sum.accepted += plan.accepted;
      sum.overwritten += plan.overwritten;
      sum.same += plan.same;
      sum.subjects += 1;
      if (isNew) sum.newSubjects += 1;
      sum.completed += plan.completing.length;
      refused.push(...plan.refused);
      conflicts.push(...plan.conflicts);
      notCompleted.push(...plan.notCompleted);
      findings.push(...plan.findings.map((finding) => ({ ...finding, subject: plan.subject })));
    },
    refuse: ({ subject, values }, { refusal }) => {
      asked += values.length;
      const { code, key, params, message } = refusal;
      refused.push(
        ...values.map(({ place, from }) => ({
          subject,
          place,
          from,
          code,
          key,
          params,
          message,
          words: null,
        })),
      );
    },
    report: (facts) => {
      const { empty, calculated } = source;
      const read = asked + source.refused.length + empty;
      const counts: ImportCounts = {
        ...{ ...sum, read, empty, calculated },
        ...{ conflicts: conflicts.length, refused: refused.length, findings: findings.length },
      };
      const found = sum.accepted + sum.same + conflicts.length + refused.length + empty;
      if (found !== read) throw new Error(`${read} cells were read and ${found} accounted for`);
      return { ...facts, counts, conflicts, refused, notCompleted, findings };
    },
  };
}
