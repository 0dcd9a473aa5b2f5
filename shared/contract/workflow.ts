/** Moves of forms between their states, signatures and freezes. The rules are in shared/workflow.ts. */
import { z } from 'zod';
import type { FormStatus } from '../record.ts';
import { meanings, type Signature } from '../signature.ts';
import { Id, Name, Password, Reason, SubjectNumber, gives } from './method.ts';

/** A freeze that stands. */
export interface Freeze {
  /** UTC, ISO 8601 with milliseconds. */
  readonly at: string;
  readonly user: string;
  readonly reason: string;
}
/** Queries of a form that are not closed. */
export interface OpenQueries {
  readonly event: string;
  readonly form: string;
  readonly count: number;
}
/** What was moved; forms further on already are not among them. */
export interface MoveResult {
  readonly moved: readonly FormStatus[];
}
/** A signature that something since has broken, and no later one has replaced. */
export type OwedSignature = Signature;

/** A form (event and form), a visit (event) or the subject (neither): all its forms that are not empty, together or not at all. */
export const Scope = { subject: SubjectNumber, event: Id.optional(), form: Id.optional() };
const isScope = ({ event, form }: { event?: string | undefined; form?: string | undefined }): boolean =>
  form === undefined || event !== undefined;

export const workflow = {
  'forms.verify': gives<MoveResult>()('forms.verify', z.strictObject(Scope).refine(isScope)),
  'forms.unverify': gives<MoveResult>()(
    'forms.verify',
    z.strictObject({ ...Scope, reason: Reason }).refine(isScope),
  ),
  'forms.lock': gives<MoveResult>()('forms.lock', z.strictObject(Scope).refine(isScope)),
  'forms.unlock': gives<MoveResult>()(
    'forms.lock',
    z.strictObject({ ...Scope, reason: Reason }).refine(isScope),
  ),
  /**
   * The person signs with the password; the first time in a session with the user name as well (21 CFR 11.200(a)(1)).
   * `savedAt` is that of the subject as the person saw it: what was changed meanwhile is not signed unseen.
   */
  'signatures.sign': gives<{ signature: Signature }>()(
    'forms.sign',
    z
      .strictObject({
        ...Scope,
        meaning: z.enum(meanings),
        user: Name.optional(),
        password: Password,
        savedAt: z.string().min(1).max(40),
      })
      .refine(isScope),
  ),
  'signatures.list': gives<{ signatures: readonly Signature[] }>()(
    'subjects.read',
    z.strictObject({ subject: SubjectNumber }),
  ),
  /** Whether the next signature of this session asks for the user name too. */
  'signatures.asksName': gives<{ asksName: boolean }>()('forms.sign', z.strictObject({})),
  /** Over the whole site, oldest break first. */
  'signatures.owed': gives<{ signatures: readonly OwedSignature[] }>()('subjects.read', z.strictObject({})),
  'subjects.freeze': gives<null>()(
    'subjects.freeze',
    z.strictObject({ subject: SubjectNumber, reason: Reason }),
  ),
  'subjects.unfreeze': gives<null>()(
    'subjects.freeze',
    z.strictObject({ subject: SubjectNumber, reason: Reason }),
  ),
  'site.freeze': gives<null>()('subjects.freeze', z.strictObject({ reason: Reason })),
  'site.unfreeze': gives<null>()('subjects.freeze', z.strictObject({ reason: Reason })),
} as const;
