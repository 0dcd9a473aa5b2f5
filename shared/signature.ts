/** A signature by an investigator: of a form (event and form), a visit (event) or a subject (neither). */
import type { ValuePlace } from './record.ts';

/** What is signed. */
export interface SignedScope {
  readonly subject: string;
  readonly event: string | null;
  readonly form: string | null;
}

export interface Signature extends SignedScope {
  readonly id: number;
  readonly user: string;
  readonly printedName: string;
  readonly role: string;
  readonly meaning: string;
  /** UTC, ISO 8601 with milliseconds. */
  readonly at: string;
  readonly offsetMinutes: number;
  /** SHA-256 of the canonical JSON of exactly what was signed, lower-case hex. */
  readonly contentHash: string;
  readonly validity: SignatureValidity;
}

export type SignatureValidity =
  | { readonly state: 'valid' }
  /** What was signed is no longer what stands there. `by` are the changes since, oldest first; without any, the file was altered from outside. */
  | { readonly state: 'broken'; readonly by: readonly BreakingChange[] };

export interface BreakingChange extends ValuePlace {
  readonly seq: number;
  /** UTC, ISO 8601 with milliseconds. */
  readonly at: string;
  readonly user: string;
}
