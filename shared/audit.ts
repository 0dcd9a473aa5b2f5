/**
 * The trail: what an entry is, how entries are chained, and what a save leaves in it.
 * Each entry's hash covers the hash before it, so that an entry changed, taken out, put in or moved shows.
 */
import { auditEvent, type AuditAction, type AuditEvent, type AuditStamp } from './audit/entry.ts';
import { assertNever } from './assert-never.ts';
import type { AcceptedPlan, FormStateChange, ValueWrite } from './plan-save.ts';
import type { FormState, ValuePlace } from './record.ts';

export { canonicalJson } from './audit/canonical-json.ts';
export {
  auditActions,
  auditEvent,
  entryHash,
  firstPreviousHash,
  type AuditAction,
  type AuditDetail,
  type AuditEntry,
  type AuditEvent,
  type AuditStamp,
  type ChainedEntry,
  type Sha256,
} from './audit/entry.ts';
export { sentence } from './audit/sentence.ts';
export { differsFromTrail, valuesFromTrail, type TrailValue } from './audit/values-from-trail.ts';
export { startChain, verifyChain, type ChainProblem, type ChainReport } from './audit/verify-chain.ts';

/** The entries that a plan leaves, one for each write and each change of a form's state, in that order. */
export function eventsOfPlan(plan: AcceptedPlan, stamp: AuditStamp): readonly AuditEvent[] {
  const { subject } = plan.record;
  const ofForms = plan.formStates.map((change) => eventOfState(change, subject, stamp));
  return [...plan.writes.map((write) => eventOfWrite(write, subject, stamp)), ...ofForms];
}

function eventOfWrite(write: ValueWrite, subject: string, stamp: AuditStamp): AuditEvent {
  const { event, form, row, item, reason, origin } = write;
  const about = { subject, event, form, row, item, old: write.old, new: write.new, reason, origin };
  if (write.kind === 'removed') return auditEvent(stamp, 'row.removed', about);
  if (write.kind === 'parking')
    return auditEvent(stamp, write.parked ? 'value.parked' : 'value.unparked', about);
  // What the value alone doesn't tell, so that the trail is enough to build the record again.
  const detail = { ...(write.parked ? { parked: true } : {}), ...(write.derived ? { derived: true } : {}) };
  return auditEvent(stamp, 'value.set', Object.keys(detail).length === 0 ? about : { ...about, detail });
}

function eventOfState(change: FormStateChange, subject: string, stamp: AuditStamp): AuditEvent {
  const { event, form, from, to, reason = null, cause } = change;
  const causes = cause === undefined ? {} : { changed: toWords(cause.changed), by: toWords(cause.by) };
  const about = { subject, event, form, reason, detail: { from, to, ...causes } };
  return auditEvent(stamp, stateAction(from, to), about);
}

/** A place in one word, as far as the trail is concerned. */
function toWords({ event, form, row, item }: ValuePlace): string {
  return `${event}/${form}/${String(row)}/${item}`;
}

/** One for each move of shared/workflow.ts; a form filled and completed in one save was begun. */
function stateAction(from: FormState, to: FormState): AuditAction {
  switch (to) {
    case 'in-progress':
      return 'form.started';
    case 'complete':
      if (from === 'empty') return 'form.started';
      return from === 'in-progress' ? 'form.completed' : 'form.verification-withdrawn';
    case 'verified':
      return 'form.verified';
    case 'signed':
      return from === 'locked' ? 'form.unlocked' : 'form.signed';
    case 'locked':
      return 'form.locked';
    case 'empty':
      throw new Error('a form that was begun is never empty again');
    default:
      return assertNever(to);
  }
}
