/** Moves forms on and back as the table of shared/workflow.ts allows: a form, a visit or a subject, as a whole or not at all. */
import type { MoveResult } from '#shared/contract/workflow.ts';
import { formStandings } from '#shared/form-standings.ts';
import { planMoves, standingFindings, type SaveContext } from '#shared/plan-save.ts';
import type { SubjectRecord } from '#shared/record.ts';
import type { SignedScope } from '#shared/signature.ts';
import { indexSubject } from '#shared/subject-index.ts';
import {
  moveOf,
  planStep,
  type AskedStep,
  type FormStanding,
  type Obstacle,
  type StepPlan,
} from '#shared/workflow.ts';
import { refuse, type AppError } from '../app-error.ts';
import { readMoment, type Clock } from '../clock.ts';
import { carryOut } from './forms.ts';
import { openQueriesOf } from './open-queries.ts';
import type { SubjectRowId } from './record-rows.ts';
import { signaturesOf } from './signature-rows.ts';
import type { Actor } from './site.ts';
import { requireSubject } from './subjects.ts';

/** Completing has its own way, and signing asks for more. */
export type PlainStep = Exclude<AskedStep, 'complete' | 'sign'>;

export interface WorkflowService {
  move(actor: Actor, step: PlainStep, scope: SignedScope, reason?: string): MoveResult;
}

export function createWorkflow(clock: Clock): WorkflowService {
  return {
    move: (actor, step, scope, reason) => {
      const given = requireReason(step, reason);
      return carryOut(
        actor,
        scope.subject,
        readMoment(clock),
        requireSubject,
        (record, context, subject) => {
          const moving = requireMoving(actor, step, scope, record, context, subject);
          const to = moveOf(step).to;
          const asked = moving.map(({ event, form }) => ({ event, form, to }));
          return planMoves(actor.site.model, record, asked, context, given);
        },
        ({ formStates }) => ({
          moved: formStates.map(({ event, form, to }) => ({ event, form, state: to })),
        }),
      );
    },
  };
}

/** The forms that a step moves; refused with what stands in the way. Within the caller's transaction. */
export function requireMoving(
  { site }: Actor,
  step: AskedStep,
  scope: SignedScope,
  record: SubjectRecord,
  context: SaveContext,
  subject: SubjectRowId,
): readonly FormStanding[] {
  const findings =
    context.standing?.findings ??
    standingFindings(site.model, indexSubject(site.model, record), record.forms, {
      ...{ now: context.now, confirmed: context.confirmed, phase: 'entry' },
    });
  const signatures = signaturesOf(site.db, subject, record);
  const forms = formStandings(record, findings, openQueriesOf(site.db, subject), signatures);
  const plan = planStep(step, scope, forms);
  if (!plan.ok) throw refusalOf(step, scope, plan);
  return plan.moving;
}

function requireReason(step: PlainStep, reason: string | undefined): { readonly reason?: string } {
  const given = (reason ?? '').trim();
  if (given !== '') return { reason: given };
  if (moveOf(step).needs === 'reason') throw refuse('move-needs-reason');
  return {};
}

function refusalOf(
  step: AskedStep,
  { subject, event, form }: SignedScope,
  { inTheWay }: Extract<StepPlan, { ok: false }>,
): AppError {
  if (inTheWay.length === 0) {
    const where = [subject, event, form].filter((part) => part !== null).join(' ');
    return refuse('no-form-to-move', { where, from: words[moveOf(step).from], to: words[moveOf(step).to] });
  }
  return refuse('forms-in-the-way', {
    forms: [...new Set(inTheWay.map((obstacle) => `${obstacle.form} (${obstacle.event})`))].join(', '),
    details: inTheWay.map(describe).join('; '),
  });
}

const words = {
  empty: 'empty',
  'in-progress': 'in progress',
  complete: 'complete',
  verified: 'verified',
  signed: 'signed',
  locked: 'locked',
} as const;

function describe({ event, form, state, why, count }: Obstacle): string {
  const place = `${form} in ${event}`;
  if (why === 'state') return `${place} is ${words[state]}`;
  if (why === 'signature-holds') return `${place} has no signature that still holds`;
  const what = why === 'no-hard-finding' ? ['hard finding', 'hard findings'] : ['query', 'queries'];
  return `${place} has ${String(count)} open ${what[count === 1 ? 0 : 1] ?? ''}`;
}
