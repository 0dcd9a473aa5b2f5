/** The trail as a whole: verifying it, looking through it, and signing that it was looked through. */
import { Nothing, gives } from './method.ts';

export interface VerifyReport {
  readonly ok: boolean;
  readonly entries: number;
  /** SHA-256 of the newest entry, hex. */
  readonly head: string;
  readonly problems: readonly string[];
}
export type VerifyStatus =
  | { readonly state: 'idle' }
  /** `total` is what the trail held when it was started. */
  | { readonly state: 'running'; readonly entries: number; readonly total: number };

export const trailContract = {
  /** Answers when it is done; refused as `cancelled` when somebody cancelled it. */
  'audit.verify': gives<VerifyReport>()('audit.read', Nothing),
  'audit.verifyStatus': gives<VerifyStatus>()('audit.read', Nothing),
  'audit.cancelVerify': gives<null>()('audit.read', Nothing),
} as const;
