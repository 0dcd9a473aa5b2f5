/** What went wrong in a thread, as it is told outside: a refusal crosses as what it says, a bug as the place where it happened. */
import type { Refusal } from '#shared/bridge.ts';
import type { AppError } from '../app-error.ts';
import { toRefusal } from '../db/disk-faults.ts';

export type ThreadFault =
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | { readonly kind: 'crashed'; readonly stack: string };

/** `known`: the refusal that an error amounts to, where the thread works on a file of which more can be said. */
export function toThreadFault(
  error: unknown,
  known: (error: unknown) => AppError | null = toRefusal,
): ThreadFault {
  const refusal = known(error);
  if (refusal !== null) return { kind: 'refused', refusal: refusal.refusal };
  return {
    kind: 'crashed',
    stack: error instanceof Error ? (error.stack ?? error.message) : 'not an error',
  };
}

/** The bug again, with the stack that it had in its thread. */
export function threadError(message: string, stack: string): Error {
  const error = new Error(message);
  error.stack = stack;
  return error;
}

/** The work was asked to stop, and did. */
export class Cancelled extends Error {}

/** Called between the steps of a thread: throws Cancelled once `word`, one of 32 bits, was set to 1 by who ordered the work. */
export function createStop(word: SharedArrayBuffer): () => void {
  const cancelled = new Int32Array(word);
  return () => {
    if (Atomics.load(cancelled, 0) === 1) throw new Cancelled();
  };
}
