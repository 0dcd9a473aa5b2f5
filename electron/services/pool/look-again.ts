/** Findings, status and counts of a pooled subject, worked out from what the pool holds of it, or will hold. */
import { standingFindings } from '#shared/plan-save.ts';
import { toItemValue, unpack, type DeliveredForm } from '#shared/pool/delivered.ts';
import { poolCode } from '#shared/pool/pool-code.ts';
import type { LocalMinute, RecordedValue, SubjectRecord } from '#shared/record.ts';
import type { StudyModel } from '#shared/study-model.ts';
import { indexSubject } from '#shared/subject-index.ts';
import { toLocalMinute, type Moment } from '../../clock.ts';
import { toStored, type StoredFinding, type SubjectStatus } from '../finding-rows.ts';
import type { SubjectRowId } from '../record-rows.ts';
import { statusOf } from '../subject-status.ts';
import type { PoolWork } from './pool-work.ts';

export interface Look {
  readonly findings: readonly StoredFinding[];
  readonly status: SubjectStatus;
}

/** Within the caller's transaction, after the entries about the subject were written. */
export function lookAgain(
  work: Pick<PoolWork, 'model' | 'rows' | 'findings'>,
  subject: SubjectRowId,
  moment: Moment,
): void {
  const confirmed = work.findings.confirmed(subject);
  keepLook(
    work,
    subject,
    look(work.model, work.rows.record(subject), toLocalMinute(moment), confirmed),
    moment,
  );
}

/** Within the caller's transaction: what a thread found out beforehand. */
export function keepLook(
  { rows, findings }: Pick<PoolWork, 'rows' | 'findings'>,
  subject: SubjectRowId,
  found: Look,
  moment: Moment,
): void {
  findings.replaceStored(subject, found.findings);
  rows.touch(subject, found.status, moment.at);
}

/** Of a subject as it is delivered: holds where the pool takes all of it, has nothing else of it, and nobody confirmed a finding. */
export function lookAhead(
  model: StudyModel,
  subject: string,
  forms: readonly DeliveredForm[],
  now: LocalMinute,
): Look {
  const values = forms.flatMap(({ event, form, packed }) =>
    unpack(packed).map((value): RecordedValue => {
      const place = { event, form, row: value[0], item: value[1] };
      return { ...place, ...toItemValue(value), version: 1, derived: value[8] === 1, parked: false };
    }),
  );
  return look(model, { subject, site: poolCode, forms, values }, now, new Map());
}

function look(
  model: StudyModel,
  record: SubjectRecord,
  now: LocalMinute,
  confirmed: ReadonlyMap<string, string>,
): Look {
  const context = { now, confirmed, phase: 'entry' as const };
  const found = standingFindings(model, indexSubject(model, record), record.forms, context);
  return { findings: found.map((finding) => toStored(finding)), status: statusOf(model, record.forms) };
}
