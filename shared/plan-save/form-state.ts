/** What a form's state allows. */
import type { FormState } from '../record.ts';

export function isClosed(state: FormState): boolean {
  return state === 'signed' || state === 'locked';
}

export function isCompleteOrLater(state: FormState): boolean {
  return state !== 'empty' && state !== 'in-progress';
}
