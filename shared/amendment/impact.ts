/** What a newer definition would change in one subject: nothing is written, everything is worked out as an installation does it. */
import { findingKey } from '../edit-checks.ts';
import { planRecheck, standingFindings, type SaveContext } from '../plan-save.ts';
import type { Finding, SubjectRecord, ValuePlace } from '../record.ts';
import type { StudyModel } from '../study-model.ts';
import { indexSubject } from '../subject-index.ts';
import { findLosses, type Loss } from './losses.ts';

export interface Impact {
  readonly subject: string;
  readonly losses: readonly Loss[];
  /** Calculated items whose value would be another. */
  readonly calculated: readonly ValuePlace[];
  /** Answers that would be hidden, or asked again. */
  readonly parked: readonly ValuePlace[];
  readonly newFindings: readonly Finding[];
  readonly goneFindings: readonly Finding[];
  /** Forms that are verified, signed or locked and would have to be looked at again. */
  readonly reopened: readonly { readonly event: string; readonly form: string }[];
}

export function impactOn(
  before: StudyModel,
  after: StudyModel,
  record: SubjectRecord,
  context: SaveContext,
): Impact {
  const losses = findLosses(before, after, record);
  const current = standingFindings(before, indexSubject(before, record), record.forms, {
    now: context.now,
    confirmed: context.confirmed,
    phase: 'entry',
  });
  const none: Impact = {
    ...{ subject: record.subject, losses, calculated: [], parked: [] },
    ...{ newFindings: [], goneFindings: [], reopened: [] },
  };
  if (losses.length > 0) return none;
  const plan = planRecheck(after, record, context);
  if (!plan.ok) return none;
  const known = new Set(current.map(findingKey));
  const next = new Set(plan.findings.map(findingKey));
  return {
    ...none,
    calculated: plan.writes.filter(({ kind }) => kind === 'set').map(placeOnly),
    parked: plan.writes.filter(({ kind }) => kind === 'parking').map(placeOnly),
    newFindings: plan.findings.filter((finding) => !known.has(findingKey(finding))),
    goneFindings: current.filter((finding) => !next.has(findingKey(finding))),
    reopened: plan.formStates.map(({ event, form }) => ({ event, form })),
  };
}

/** Whether anything at all is another. */
export function isTouched(impact: Impact): boolean {
  const { losses, calculated, parked, newFindings, goneFindings } = impact;
  return losses.length + calculated.length + parked.length + newFindings.length + goneFindings.length > 0;
}

function placeOnly({ event, form, row, item }: ValuePlace): ValuePlace {
  return { event, form, row, item };
}
