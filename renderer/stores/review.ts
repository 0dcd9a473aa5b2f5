/** The steps that this person can ask for at a form, a visit or a subject, by the table that the main process goes by. */
import { defineStore } from 'pinia';
import type { MethodInput } from '#shared/bridge.ts';
import type { Signature } from '#shared/signature.ts';
import {
  askedSteps,
  isInScope,
  moveOf,
  planStep,
  type AskedStep,
  type FormScope,
  type StepPlan,
} from '#shared/workflow.ts';
import { call } from '../bridge.ts';
import { useSession } from './session.ts';
import { useSubject } from './subject.ts';

/** Completing is the form page's own. */
export type ReviewStep = Exclude<AskedStep, 'complete'>;

export interface OfferedStep {
  readonly step: ReviewStep;
  readonly plan: StepPlan;
  /** Towards "locked", or back with a reason. */
  readonly isForward: boolean;
}

const forward: ReadonlySet<ReviewStep> = new Set(['verify', 'sign', 'lock']);

export const useReview = defineStore('review', () => {
  const session = useSession();
  const subject = useSubject();

  /** In the order in which forms go on, then those that lead back. */
  function stepsAt(scope: FormScope): readonly OfferedStep[] {
    if (subject.isFrozen) return [];
    return askedSteps.flatMap((step): readonly OfferedStep[] => {
      if (step === 'complete' || !session.can(moveOf(step).verb)) return [];
      const plan = planStep(step, scope, subject.standings);
      return isWorthOffering(step, scope, plan) ? [{ step, plan, isForward: forward.has(step) }] : [];
    });
  }
  /** A step is offered where some form waits for it, also while others stand in the way: then it says which. */
  function isWorthOffering(step: ReviewStep, scope: FormScope, plan: StepPlan): boolean {
    const { from } = moveOf(step);
    const isWaiting = subject.standings.some((form) => isInScope(scope, form) && form.state === from);
    if (step !== 'sign' || isWaiting) return isWaiting;
    // All signed already: a signature over the scope itself may still be missing, or be broken.
    return plan.ok && !isSigned(scope);
  }
  function isSigned(scope: FormScope): boolean {
    const user = session.session?.user;
    return subject.signatures.some(
      (one) => isOf(one, scope) && one.validity.state === 'valid' && one.user === user,
    );
  }

  function asked(scope: FormScope): { subject: string; event?: string; form?: string } {
    const { event, form } = scope;
    return {
      subject: subject.subject ?? '',
      ...(event === null ? {} : { event }),
      ...(form === null ? {} : { form }),
    };
  }
  async function take(step: Exclude<ReviewStep, 'sign'>, scope: FormScope, reason: string): Promise<void> {
    const input = asked(scope);
    if (step === 'verify' || step === 'lock') await call(`forms.${step}`, input);
    else await call(`forms.${step}`, { ...input, reason });
    await subject.open(input.subject);
  }
  async function sign(
    scope: FormScope,
    given: Pick<MethodInput<'signatures.sign'>, 'meaning' | 'password' | 'user'>,
  ): Promise<void> {
    const input = asked(scope);
    await call('signatures.sign', { ...input, ...given, savedAt: subject.savedAt ?? '-' });
    await subject.open(input.subject);
  }
  async function freeze(isFrozen: boolean, reason: string): Promise<void> {
    const input = { subject: subject.subject ?? '', reason };
    await (isFrozen ? call('subjects.freeze', input) : call('subjects.unfreeze', input));
    await subject.open(input.subject);
  }
  async function freezeSite(isFrozen: boolean, reason: string): Promise<void> {
    await (isFrozen ? call('site.freeze', { reason }) : call('site.unfreeze', { reason }));
    if (subject.subject !== null) await subject.open(subject.subject);
  }
  return { stepsAt, take, sign, freeze, freezeSite };
});

export function isOf(signature: Signature, scope: FormScope): boolean {
  return signature.event === scope.event && signature.form === scope.form;
}

/** Broken, and no later signature of the same scope has taken its place. */
export function isOwed(signature: Signature, all: readonly Signature[]): boolean {
  return (
    signature.validity.state === 'broken' &&
    !all.some((later) => later.id > signature.id && isOf(later, signature))
  );
}
