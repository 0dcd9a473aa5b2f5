/** What passes between the main thread and the thread that rehearses a delivery. */
import type { AcceptanceReport } from '#shared/submission/acceptance.ts';
import type { AcceptanceOptions, DeliveryFacts } from '#shared/submission/delivery.ts';
import type { ThreadFault } from '../thread-faults.ts';

export interface RehearsalOrder {
  readonly databaseFile: string;
  readonly key: Uint8Array;
  readonly siteCode: string;
  readonly currentFingerprint: string;
  readonly trail: DeliveryFacts['trail'];
  readonly options: AcceptanceOptions;
}

export type RehearsalNews = { readonly kind: 'judged'; readonly report: AcceptanceReport } | ThreadFault;
