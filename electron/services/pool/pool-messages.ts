/** What passes between the main thread, the thread that writes a pool, and the threads that read what was delivered. */
import type { PoolFileOutcome } from '#shared/contract/pool.ts';
import type { LocalMinute } from '#shared/record.ts';
import type { Moment } from '../../clock.ts';
import type { Doer } from '../trail.ts';
import type { Extent } from './delivery-file.ts';
import type { DeliveryOnItsWay } from './delivery-transfer.ts';
import type { KnownSites } from './trail-heads.ts';
import type { ThreadFault } from '../thread-faults.ts';

export interface PoolOrder {
  readonly databaseFile: string;
  readonly key: Uint8Array;
  readonly siteCode: string;
  readonly files: readonly string[];
  readonly doer: Doer;
  /** Of all entries that it writes. */
  readonly moment: Moment;
  readonly readerWorker: string;
  /** One 32-bit word; 1 asks the thread to stop after the file that it is at. */
  readonly cancel: SharedArrayBuffer;
}

/** What the thread is told when it may write. */
export const backedUp = 'backed-up';

/** `file` once for each file in its turn, then one of the others. */
export type PoolNews =
  | { readonly kind: 'file'; readonly done: number; readonly outcome: PoolFileOutcome }
  | { readonly kind: 'done' }
  | ThreadFault;

export interface ReaderOrder {
  readonly definition: string;
  readonly fingerprint: string;
  /** For checks that read the time. */
  readonly now: LocalMinute;
}
export interface ReaderTask {
  readonly file: string;
  readonly extent: Extent;
  readonly known: KnownSites;
}
export type ReaderNews = { readonly kind: 'read'; readonly sent: DeliveryOnItsWay } | ThreadFault;
