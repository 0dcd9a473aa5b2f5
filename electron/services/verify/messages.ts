/** What passes between the main thread and the threads that verify. */
import type { KnownStep } from '../proofs/table-proof.ts';
import type { KnownHead } from './missed-heads.ts';
import type { ChainPass } from './chain-part.ts';
import type { ThreadFault } from '../thread-faults.ts';

export interface VerifyOrder {
  readonly part: 'chain' | 'tables';
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
  | { readonly kind: 'chain'; readonly pass: ChainPass }
  | { readonly kind: 'tables'; readonly problems: readonly string[] }
  | { readonly kind: 'cancelled' }
  | ThreadFault;
