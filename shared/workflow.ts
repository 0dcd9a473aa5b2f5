/**
 * The one table of a form's states and the legal moves between them, read by the transaction that carries a move out and
 * by the window that offers it (21 CFR 11.10(f): steps in their order, none left out).
 *
 *   empty → in progress → complete → verified → signed → locked
 *
 * A change of a value is a move too: it takes a verified or signed form back to complete, with its reason. Locked forms
 * and frozen subjects refuse every change. Nothing leads back from complete to in progress: from complete on every change
 * has its own reason (21 CFR 11.10(e), ICH E6(R3) 4.2.4), and a form that is opened again would be changed without.
 */
import type { Verb } from './permissions.ts';
import type { FormState } from './record.ts';

export const steps = [
  'start',
  'complete',
  'verify',
  'unverify',
  'sign',
  'fill',
  'change',
  'lock',
  'unlock',
] as const;
export type Step = (typeof steps)[number];

/** What has to be so before a form moves. `signature`: a signature that still holds covers the form. */
export type Condition = 'no-hard-finding' | 'no-open-query' | 'signature-holds';

export interface Move {
  readonly step: Step;
  readonly from: FormState;
  readonly to: FormState;
  readonly verb: Verb;
  /** reason: from the study's list or in words. password: with meaning and name, 21 CFR 11.50 and 11.200. */
  readonly needs: 'nothing' | 'reason' | 'password';
  readonly conditions: readonly Condition[];
  /** A person asks for it; else it comes with a value that is written or a signature that is made. */
  readonly isAsked: boolean;
}

const asked = { isAsked: true, conditions: [] } as const;
const implied = { isAsked: false, conditions: [] } as const;
const isClean = ['no-hard-finding', 'no-open-query'] as const;

/** No other move exists. */
export const moves: readonly Move[] = [
  { ...implied, step: 'start', from: 'empty', to: 'in-progress', verb: 'values.write', needs: 'nothing' },
  {
    ...{ step: 'complete', from: 'in-progress', to: 'complete', verb: 'forms.complete', needs: 'nothing' },
    ...{ isAsked: true, conditions: ['no-hard-finding'] },
  },
  {
    ...{ step: 'verify', from: 'complete', to: 'verified', verb: 'forms.verify', needs: 'nothing' },
    ...{ isAsked: true, conditions: isClean },
  },
  { ...asked, step: 'unverify', from: 'verified', to: 'complete', verb: 'forms.verify', needs: 'reason' },
  { ...implied, step: 'change', from: 'verified', to: 'complete', verb: 'values.write', needs: 'reason' },
  {
    ...{ step: 'sign', from: 'verified', to: 'signed', verb: 'forms.sign', needs: 'password' },
    ...{ isAsked: true, conditions: isClean },
  },
  // A form that holds the signature itself: nobody types there, and it stands signed from its first moment.
  { ...implied, step: 'fill', from: 'empty', to: 'signed', verb: 'forms.sign', needs: 'password' },
  { ...implied, step: 'change', from: 'signed', to: 'complete', verb: 'values.write', needs: 'reason' },
  {
    ...{ step: 'lock', from: 'signed', to: 'locked', verb: 'forms.lock', needs: 'nothing' },
    ...{ isAsked: true, conditions: ['no-hard-finding', 'no-open-query', 'signature-holds'] },
  },
  { ...asked, step: 'unlock', from: 'locked', to: 'signed', verb: 'forms.lock', needs: 'reason' },
];

/** The steps that a person asks for, each with its one row of the table. */
export type AskedStep = 'complete' | 'verify' | 'unverify' | 'sign' | 'lock' | 'unlock';
export const askedSteps: readonly AskedStep[] = ['complete', 'verify', 'sign', 'lock', 'unlock', 'unverify'];

export function moveOf(step: AskedStep): Move {
  const move = moves.find((other) => other.step === step);
  if (move === undefined) throw new Error(`the table has no step ${step}`);
  return move;
}

/** The move between two states, null where there is none. */
export function moveBetween(from: FormState, to: FormState): Move | null {
  return moves.find((move) => move.from === from && move.to === to) ?? null;
}

const order = ['empty', 'in-progress', 'complete', 'verified', 'signed', 'locked'] as const;

function isBefore(one: FormState, other: FormState): boolean {
  return order.indexOf(one) < order.indexOf(other);
}

/** What is asked for: a form (event and form), a visit (event), or the subject (neither). */
export interface FormScope {
  readonly event: string | null;
  readonly form: string | null;
}

export function isInScope(
  scope: FormScope,
  place: { readonly event: string; readonly form: string },
): boolean {
  return (
    (scope.event === null || scope.event === place.event) &&
    (scope.form === null || scope.form === place.form)
  );
}

/** A form as the conditions look at it. */
export interface FormStanding {
  readonly event: string;
  readonly form: string;
  readonly state: FormState;
  readonly openHard: number;
  readonly openQueries: number;
  readonly signatureHolds: boolean;
}

/** Why a form keeps the others of its scope from moving. */
export type Obstacle = Pick<FormStanding, 'event' | 'form' | 'state'> & {
  readonly why: 'state' | Condition;
  /** Of open hard findings or queries. */
  readonly count: number;
};

export type StepPlan =
  | {
      readonly ok: true;
      /** Forms that move; those further on already stay. */
      readonly moving: readonly FormStanding[];
    }
  /** `inTheWay` is empty where there is no form to move at all. */
  | { readonly ok: false; readonly inTheWay: readonly Obstacle[] };

/**
 * All forms of a scope that are not empty, together or not at all.
 *
 * | a step forward (complete, verify, sign, lock) | a step back (unverify, unlock)          |
 * |-----------------------------------------------|-----------------------------------------|
 * | before `from`: stands in the way              | stays                                   |
 * | at `from`: moves, or stands in the way        | at `from`: moves                        |
 * | after `from`: stays                           | stays                                   |
 *
 * A signature can also be put over forms that are all signed already: for them nothing moves, and the plan is good.
 */
export function planStep(step: AskedStep, scope: FormScope, forms: readonly FormStanding[]): StepPlan {
  const move = moveOf(step);
  const begun = forms.filter((form) => isInScope(scope, form) && form.state !== 'empty');
  const moving = begun.filter(({ state }) => state === move.from);
  const isForward = isBefore(move.from, move.to);
  const behind = isForward ? begun.filter(({ state }) => isBefore(state, move.from)) : [];
  const inTheWay = [
    ...behind.map(({ event, form, state }): Obstacle => ({ event, form, state, why: 'state', count: 0 })),
    ...moving.flatMap((form) => obstaclesAt(move, form)),
  ];
  if (inTheWay.length > 0) return { ok: false, inTheWay };
  const isEmptyHanded = step === 'sign' ? begun.length === 0 : moving.length === 0;
  return isEmptyHanded ? { ok: false, inTheWay: [] } : { ok: true, moving };
}

function obstaclesAt({ conditions }: Move, form: FormStanding): readonly Obstacle[] {
  const { event, state } = form;
  const at = { event, form: form.form, state };
  return conditions.flatMap((why): Obstacle[] => {
    if (why === 'no-hard-finding' && form.openHard > 0) return [{ ...at, why, count: form.openHard }];
    if (why === 'no-open-query' && form.openQueries > 0) return [{ ...at, why, count: form.openQueries }];
    if (why === 'signature-holds' && !form.signatureHolds) return [{ ...at, why, count: 0 }];
    return [];
  });
}
