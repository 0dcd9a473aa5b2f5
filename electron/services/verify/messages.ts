/** What passes between the main thread and the threads that verify. */
import type { Refusal } from '#shared/bridge.ts';
import type { KnownStep } from '../proofs/table-proof.ts';
import type { KnownHead } from './missed-heads.ts';
import type { TrailPass } from './trail-pass.ts';

export interface VerifyOrder {
  readonly part: 'trail' | 'file';
  readonly databaseFile: string;
  readonly key: Uint8Array;
  readonly siteCode: string;
  readonly migrations: readonly KnownStep[];
  readonly heads: readonly KnownHead[];
  readonly headsProblems: readonly string[];
  /** One 32-bit word; 1 asks the thread to stop. */
  readonly cancel: SharedArrayBuffer;
  /** One 32-bit word: entries read so far. */
  readonly done: SharedArrayBuffer;
}

export type VerifyNews =
  | { readonly kind: 'trail'; readonly pass: TrailPass }
  | { readonly kind: 'file'; readonly problems: readonly string[] }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | { readonly kind: 'crashed'; readonly stack: string };
