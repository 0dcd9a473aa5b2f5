/** Findings, status and counts of a pooled subject, worked out again from what the pool holds of it now. */
import { standingFindings } from '#shared/plan-save.ts';
import { indexSubject } from '#shared/subject-index.ts';
import { toLocalMinute, type Moment } from '../../clock.ts';
import type { SubjectRowId } from '../record-rows.ts';
import { statusOf } from '../subject-status.ts';
import type { PoolWork } from './take.ts';

/** Within the caller's transaction, after the entries about the subject were written. */
export function lookAgain(
  { model, rows, findings }: Pick<PoolWork, 'model' | 'rows' | 'findings'>,
  subject: SubjectRowId,
  moment: Moment,
): void {
  const record = rows.record(subject);
  const found = standingFindings(model, indexSubject(model, record), record.forms, {
    now: toLocalMinute(moment),
    confirmed: findings.confirmed(subject),
    phase: 'entry',
  });
  findings.replace(subject, found, null);
  rows.touch(subject, statusOf(model, record.forms), moment.at);
}
