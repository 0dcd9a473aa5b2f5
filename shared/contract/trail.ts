/** The trail as a whole: verifying it, looking through it, and signing that it was looked through. */
import { z } from 'zod';
import type { ChainedEntry } from '../audit/entry.ts';
import { Nothing, Password, Reason, SubjectNumber, gives } from './method.ts';

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

/** What a reviewer asks of a trail, from where mistakes and misconduct are likely (ICH E6(R3) 4.2.3, EMA 6.2.2). */
export const reviewQuestions = [
  'after-complete',
  'after-verified',
  'late-entries',
  'many-changes',
  'out-of-hours',
  'after-query',
  'confirmed-findings',
  'failed-sign-ins',
  'clock-events',
] as const;
export type ReviewQuestion = (typeof reviewQuestions)[number];

export interface QuestionCount {
  readonly question: ReviewQuestion;
  readonly count: number;
}
export interface ReviewState {
  /** What was not looked through yet: from the entry after the last review to the newest. */
  readonly fromSeq: number;
  readonly toSeq: number;
  readonly counts: readonly QuestionCount[];
  readonly last: {
    readonly at: string;
    readonly user: string;
    readonly toSeq: number;
    readonly note: string;
  } | null;
}
export interface TrailWatch {
  /** What was seen at the end of the trail when the site was opened. */
  readonly openingProblems: readonly string[];
  readonly verified: { readonly at: string; readonly ok: boolean; readonly problems: number } | null;
  /** The newest entry that tells of a moved clock. */
  readonly clockMoved: { readonly seq: number; readonly at: string; readonly minutes: number } | null;
}

const Seq = z.int().min(1);
/** UTC milliseconds. */
const Time = z.int().min(0);

export const TrailFilter = z.strictObject({
  subject: SubjectNumber.optional(),
  user: z.string().min(1).max(120).optional(),
  /** The first word of an action: "value", "form", "session". */
  group: z
    .string()
    .regex(/^[a-z-]{1,40}$/u)
    .optional(),
  origin: z.enum(['entry', 'second-entry', 'import', 'merge', 'derivation', 'system']).optional(),
  from: Time.optional(),
  to: Time.optional(),
  question: z.enum(reviewQuestions).optional(),
  fromSeq: Seq.optional(),
});
export type TrailFilter = z.infer<typeof TrailFilter>;

export const trailOrders = ['seq', 'user', 'subject', 'action'] as const;
export type TrailOrder = (typeof trailOrders)[number];

export const trailContract = {
  /** Answers when it is done; refused as `cancelled` when somebody cancelled it. */
  'audit.verify': gives<VerifyReport>()(
    'audit.read',
    z.strictObject({
      /** Heads seen elsewhere, that the trail has to hold as well. */
      against: z
        .array(z.strictObject({ seq: Seq, hash: z.string().regex(/^[0-9a-f]{64}$/u) }))
        .max(10)
        .optional(),
    }),
  ),
  'audit.verifyStatus': gives<VerifyStatus>()('audit.read', Nothing),
  'audit.cancelVerify': gives<null>()('audit.read', Nothing),
  /** Asked now and then by the window: what it has to tell without being asked. */
  'audit.watch': gives<TrailWatch>()('audit.read', Nothing),
  'audit.list': gives<{
    readonly rows: readonly ChainedEntry[];
    readonly total: number;
    readonly users: readonly string[];
    readonly groups: readonly string[];
  }>()(
    'audit.read',
    z.strictObject({
      filter: TrailFilter,
      order: z.enum(trailOrders),
      descending: z.boolean(),
      offset: z.int().min(0),
      limit: z.int().min(1).max(500),
    }),
  ),
  'audit.questions': gives<ReviewState>()('audit.read', Nothing),
  /** Signs that the entries up to `toSeq` were looked through, with the person's password. */
  'audit.review': gives<ReviewState>()(
    'audit.review',
    z.strictObject({ toSeq: Seq, note: Reason, password: Password }),
  ),
} as const;
