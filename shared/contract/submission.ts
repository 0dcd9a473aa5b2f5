/** Handing over to a pooling centre: recipients, keys and bundles. */
import { z } from 'zod';
import type { Refusal } from '../bridge.ts';
import type { AcceptanceReport } from '../submission/acceptance.ts';
import { gives, Name, Nothing } from './method.ts';

/** A pooling centre by the public key of its age identity. */
export interface Recipient {
  readonly key: string;
  readonly name: string;
  /** UTC, ISO 8601. */
  readonly addedAt: string;
}
export interface SubmissionDesk {
  /** What the pooling centre writes down once, to know this site's bundles by; null until the first one. */
  readonly signer: { readonly publicKey: string; readonly fingerprint: string } | null;
  readonly recipients: readonly Recipient[];
}
export interface BundledFile {
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
}
/** What was made, as the trail and the command line tell it. */
export interface MadeBundle {
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly files: readonly BundledFile[];
  readonly recipients: readonly string[];
  readonly signer: { readonly publicKey: string; readonly fingerprint: string };
  /** The newest entry of the trail whose data it holds, and its hash. */
  readonly seq: number;
  readonly head: string;
}
export type BundleStatus =
  | {
      readonly state: 'running';
      readonly job: string;
      readonly step: 'writing' | 'encrypting';
      readonly done: number;
      readonly total: number;
    }
  | { readonly state: 'done'; readonly job: string; readonly bundle: MadeBundle }
  | { readonly state: 'cancelled'; readonly job: string }
  | { readonly state: 'failed'; readonly job: string; readonly error: Refusal };

const Key = z.string().min(1).max(400);
const Job = z.strictObject({ job: z.string().min(1).max(64) });

export const submissionContract = {
  /** Verifies the trail and holds every subject against the pooling centre's rules. */
  'submission.rehearse': gives<AcceptanceReport>()(
    'exports.run',
    z.strictObject({ unsigned: z.enum(['rejects', 'warns']) }),
  ),
  'submission.desk': gives<SubmissionDesk>()('exports.run', Nothing),
  'submission.addRecipient': gives<SubmissionDesk>()('exports.run', z.strictObject({ key: Key, name: Name })),
  'submission.removeRecipient': gives<SubmissionDesk>()('exports.run', z.strictObject({ key: Key })),
  /** Made when there is none yet. */
  'submission.signingKey': gives<SubmissionDesk>()('exports.run', Nothing),
  /** The recipient's key of this folder itself, as a pooling centre gives it to its sites; made when there is none yet. */
  'submission.ownRecipient': gives<{ recipient: string }>()('settings.change', Nothing),
  /** Shows the save dialog; null when it was cancelled. */
  'submission.chooseFile': gives<{ file: string } | null>()('exports.run', Nothing),
  /** For the recipients that the site keeps, into a file chosen there. */
  'submission.bundle': gives<{ job: string }>()(
    'exports.run',
    z.strictObject({ file: z.string().min(1).max(4000) }),
  ),
  'submission.status': gives<BundleStatus>()('exports.run', Job),
  'submission.cancel': gives<null>()('exports.run', Job),
} as const;
