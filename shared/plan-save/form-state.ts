/** What a form's state allows. */
import type { FormState } from '../record.ts';

/** Locked: no change reaches it until it is unlocked. */
export function isClosed(state: FormState): boolean {
  return state === 'locked';
}

/** Verified or signed: a change takes that back, and the form is complete again. */
export function isReviewed(state: FormState): boolean {
  return state === 'verified' || state === 'signed';
}

export function isCompleteOrLater(state: FormState): boolean {
  return state !== 'empty' && state !== 'in-progress';
}
