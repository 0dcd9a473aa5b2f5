/** What passes between the main thread and the thread that makes a bundle. */
import type { BundledFile, MadeBundle } from '#shared/contract/submission.ts';
import type { ExportChoices } from '#shared/export-choices.ts';
import type { ThreadFault } from '../thread-faults.ts';

export interface BundleOrder {
  readonly databaseFile: string;
  readonly key: Uint8Array;
  /** Where the bundle is written; the main thread gives it its name. */
  readonly partial: string;
  /** For what goes into it, in clear, until it is encrypted: in the site's folder, never on the stick. */
  readonly workFolder: string;
  readonly fingerprint: string;
  readonly siteCode: string;
  readonly siteName: string;
  readonly practice: boolean;
  readonly appVersion: string;
  /** age1… */
  readonly recipients: readonly string[];
  readonly choices: ExportChoices;
  /** UTC milliseconds. */
  readonly madeAt: number;
  readonly madeBy: string;
  /** One 32-bit word; 1 asks the thread to stop. */
  readonly cancel: SharedArrayBuffer;
}

export interface WrittenBundle {
  readonly bytes: number;
  readonly sha256: string;
  readonly files: readonly BundledFile[];
  readonly signer: MadeBundle['signer'];
  readonly seq: number;
  readonly head: string;
}

/** Progress any number of times, then one of the others, and nothing after it. */
export type BundleNews =
  | {
      readonly kind: 'progress';
      readonly step: 'writing' | 'encrypting';
      readonly done: number;
      readonly total: number;
    }
  | { readonly kind: 'written'; readonly bundle: WrittenBundle }
  | { readonly kind: 'cancelled' }
  | ThreadFault;
