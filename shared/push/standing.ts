/** Whether a state may take the place of what a target holds already: the same is left, an older or a stranger's never unasked. */

/** A state of a folder's data, as it is written beside what was loaded. */
export interface PushedState {
  /** SHA-256 of data cut, definition and layout of the tables: the same id, the same content. */
  readonly exportId: string;
  readonly study: string;
  readonly studyVersion: string;
  readonly fingerprint: string;
  /** Hash of the first entry of the folder's trail: which folder it came from. */
  readonly origin: string;
  readonly cutSeq: number;
  /** UTC, ISO 8601. */
  readonly cutAt: string;
  readonly head: string;
  readonly values: number;
}

export type Standing =
  | { readonly kind: 'new' }
  | { readonly kind: 'same' }
  | { readonly kind: 'replaces' }
  | { readonly kind: 'other-study'; readonly study: string }
  | { readonly kind: 'other-origin' }
  | { readonly kind: 'older'; readonly cutAt: string };

/**
 * | target holds             | not asked to overwrite | asked to overwrite |
 * |--------------------------|------------------------|--------------------|
 * | nothing                  | new                    | new                |
 * | this state               | same                   | same               |
 * | another study            | other-study            | other-study        |
 * | another folder's data    | other-origin           | replaces           |
 * | a newer state            | older                  | replaces           |
 * | an older state           | replaces               | replaces           |
 */
export function standingOf(ours: PushedState, held: PushedState | null, mayOverwrite: boolean): Standing {
  if (held === null) return { kind: 'new' };
  if (held.study !== ours.study) return { kind: 'other-study', study: held.study };
  if (held.exportId === ours.exportId) return { kind: 'same' };
  if (mayOverwrite) return { kind: 'replaces' };
  if (held.origin !== ours.origin) return { kind: 'other-origin' };
  return held.cutSeq > ours.cutSeq ? { kind: 'older', cutAt: held.cutAt } : { kind: 'replaces' };
}
