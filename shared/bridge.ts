/**
 * The contract between the window and the main process: every method, what it takes, what it gives,
 * and the verb that a person needs for it. dispatch.ts parses each input with the schema given here.
 */
import { z } from 'zod';
import type {
  Finding,
  FormState,
  FormStatus,
  ItemValue,
  Origin,
  RecordedValue,
  SubjectRecord,
  ValuePlace,
} from './record.ts';
import { type Freeze, type OpenQueries, workflow } from './contract/workflow.ts';
import { copiesContract } from './contract/copies.ts';
import { backupMethods } from './contract/backups.ts';
import { survivalMethods } from './contract/survival.ts';
import { secondEntryContract } from './contract/second-entry.ts';
import { importContract } from './contract/imports.ts';
import { submissionContract } from './contract/submission.ts';
import { Id, Name, Nothing, Password, Place, Reason, Row, SubjectNumber, gives } from './contract/method.ts';
import { amendmentMethods } from './contract/amendments.ts';
import { poolContract } from './contract/pool.ts';
import { trailContract } from './contract/trail.ts';
import { peopleContract } from './contract/people.ts';
import type { PasswordDue } from './people.ts';
import type { Role, Verb } from './permissions.ts';
import type { Signature } from './signature.ts';
import { queryMethods } from './contract/queries.ts';
import type { Query } from './query.ts';
import type { Study, Text } from './study.ts';
import type { StudyReport } from './summary-table/report.ts';

export * from './contract/trail.ts';

/** Codes of refusals that a person can act on. `internal` carries a reference number instead of detail. */
export type RefusalCode =
  | 'invalid-input'
  | 'not-found'
  | 'signed-out'
  | 'forbidden'
  | 'conflict'
  | 'locked'
  | 'frozen'
  | 'reason-needed'
  | 'unreadable'
  | 'wrong-password'
  | 'too-many-attempts'
  | 'not-a-site'
  | 'newer-file'
  | 'damaged'
  | 'in-use'
  | 'read-only'
  | 'disk-full'
  | 'exists'
  | 'cancelled'
  | 'internal';

export interface Refusal {
  readonly code: RefusalCode;
  /** One sentence in English that says what is so and what to do; the window shows its own words by `key`. */
  readonly message: string;
  /** Key of the sentence in the window's locales, under "refusal", with its parameters. No patient value among them. */
  readonly key: string;
  readonly params: Readonly<Record<string, string | number>>;
  /** For `internal`: what stands in the log. */
  readonly reference?: string;
}
export type Envelope<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: Refusal };

export const ChangeInput = z.strictObject({
  row: Row,
  item: Id,
  value: z.string().max(40_000).nullable(),
  missing: z.string().max(10).optional(),
  baseVersion: z.int().min(0).optional(),
  reason: Reason.optional(),
});

// ── outputs ─────────────────────────────────────────────────────────────────────────────────────
export interface SiteStatus {
  /** none: no folder chosen yet. closed: a folder is known, nobody has signed in since the start. open: signed in. locked: idle lock. */
  readonly state: 'none' | 'closed' | 'open' | 'locked';
  readonly folder: string | null;
  readonly siteName: string | null;
  readonly siteCode: string | null;
  readonly practice: boolean;
  readonly session: SessionInfo | null;
  /** Folders opened before, newest first. */
  readonly recent: readonly { readonly folder: string; readonly siteName: string }[];
  readonly appVersion: string;
}
export interface SessionInfo {
  readonly user: string;
  readonly roles: readonly Role[];
  readonly verbs: readonly Verb[];
  readonly idleMinutes: number;
  /** Until another password is chosen nothing else works. */
  readonly passwordDue: PasswordDue | null;
}
export interface SubjectRow {
  readonly subject: string;
  readonly status: 'enrolled' | 'in-progress' | 'complete';
  readonly openHard: number;
  readonly openSoft: number;
  readonly lastChange: string | null;
}
export interface SubjectPage {
  readonly rows: readonly SubjectRow[];
  readonly total: number;
}
/** A subject with all its values and findings: what the subject page and every form page draw from. */
export interface OpenSubject {
  readonly record: SubjectRecord;
  readonly findings: readonly Finding[];
  /** Those that are not closed, oldest first. */
  readonly queries: readonly Query[];
  /** Forms that this person is entering a second time: their first entry is left out, with all that rests on it. */
  readonly unseen?: readonly { readonly event: string; readonly form: string }[];
  /** UTC time of the newest change, ISO 8601, or null. */
  readonly savedAt: string | null;
  /** Oldest first, each with whether it still holds. */
  readonly signatures: readonly Signature[];
  readonly freezes: { readonly ofSubject: Freeze | null; readonly ofSite: Freeze | null };
  readonly openQueries: readonly OpenQueries[];
}
export interface SaveResult {
  /** The new state of every value that was written, derived and parked ones too. */
  readonly values: readonly RecordedValue[];
  readonly formState: FormState;
  /** Of all forms whose state the save changed: another one's review may be taken back by it. */
  readonly states: readonly FormStatus[];
  /** All findings of the subject after the save. */
  readonly findings: readonly Finding[];
  /** Those that the save opened, closed or changed, as they are now. */
  readonly queries: readonly Query[];
  readonly savedAt: string;
}
export interface HistoryEntry {
  readonly seq: number;
  /** UTC, ISO 8601 with milliseconds. */
  readonly at: string;
  readonly offsetMinutes: number;
  readonly user: string;
  readonly role: string;
  readonly action: string;
  readonly old: ItemValue | null;
  readonly new: ItemValue | null;
  readonly reason: string | null;
  readonly origin: Origin;
  /** Number of the query that the entry is about; null for all other entries. */
  readonly query: number | null;
  /** The check that asked, or whose finding was confirmed, and what it said when it fired. */
  readonly check: string | null;
  readonly message: Text | null;
}
/** Who wrote what stands at a place now, and when. */
export interface ValueOrigin extends ValuePlace {
  readonly seq: number;
  /** UTC, ISO 8601 with milliseconds. */
  readonly at: string;
  readonly offsetMinutes: number;
  readonly user: string;
  readonly role: string;
  readonly origin: Origin;
}
export interface WorklistFinding extends Finding {
  readonly subject: string;
}
export interface ExportSheet {
  readonly name: string;
  readonly rows: number;
  readonly cells: number;
  readonly sha256: string;
}
export type ExportStatus =
  | {
      readonly state: 'running';
      readonly job: string;
      readonly sheet: string;
      readonly cells: number;
      readonly totalCells: number;
    }
  | {
      readonly state: 'done';
      readonly job: string;
      readonly file: string;
      readonly sheets: readonly ExportSheet[];
      readonly cells: number;
      readonly head: string;
    }
  | { readonly state: 'cancelled'; readonly job: string }
  | { readonly state: 'failed'; readonly job: string; readonly error: Refusal };

export const contract = {
  ...amendmentMethods,
  'site.status': gives<SiteStatus>()(null, Nothing),
  /** Shows the system's folder dialog; null when it was cancelled. */
  'site.chooseFolder': gives<{ folder: string; isSite: boolean } | null>()(
    null,
    z.strictObject({ purpose: z.enum(['new', 'open']) }),
  ),
  'site.create': gives<{ recoveryKey: string }>()(
    null,
    z.strictObject({
      folder: z.string().min(1).max(4000),
      siteCode: z.string().regex(/^\d{2}$/),
      siteName: Name,
      user: Name,
      password: Password,
    }),
  ),
  'site.createPractice': gives<{ people: readonly { user: string; role: string; password: string }[] }>()(
    null,
    z.strictObject({ folder: z.string().min(1).max(4000) }),
  ),
  /** Makes a folder the current one; opening its database waits for the sign-in. */
  'site.use': gives<SiteStatus>()(null, z.strictObject({ folder: z.string().min(1).max(4000) })),
  'session.signIn': gives<SessionInfo>()(null, z.strictObject({ user: Name, password: Password })),
  'session.lock': gives<null>()('signed-in', Nothing),
  'session.unlock': gives<SessionInfo>()(null, z.strictObject({ password: Password })),
  'session.signOut': gives<null>()(null, Nothing),
  /** Opens the site with the recovery key and sets a new password for a person. */
  'session.recover': gives<SessionInfo>()(
    null,
    z.strictObject({ user: Name, recoveryKey: z.string().min(1).max(200), newPassword: Password }),
  ),
  /** The own password, for which the current one is needed. Works while a new one is due. */
  'session.changePassword': gives<SessionInfo>()(
    'signed-in',
    z.strictObject({ currentPassword: Password, newPassword: Password }),
  ),
  ...peopleContract,
  'studies.current': gives<{ study: Study; fingerprint: string }>()('signed-in', Nothing),
  'subjects.list': gives<SubjectPage>()(
    'subjects.read',
    z.strictObject({ search: z.string().max(100), offset: z.int().min(0), limit: z.int().min(1).max(500) }),
  ),
  /** The next free number of the site, to be offered. */
  'subjects.nextNumber': gives<{ subject: string }>()('subjects.read', Nothing),
  'subjects.enrol': gives<{ subject: string }>()(
    'subjects.enrol',
    z.strictObject({ subject: SubjectNumber }),
  ),
  'subjects.open': gives<OpenSubject>()('subjects.read', z.strictObject({ subject: SubjectNumber })),
  'forms.save': gives<SaveResult>()(
    'values.write',
    z.strictObject({ ...Place, changes: z.array(ChangeInput).min(1).max(2000) }),
  ),
  /** Empties and removes a row of a repeating group; its values stay in the trail. */
  'forms.removeRow': gives<SaveResult>()(
    'values.write',
    z.strictObject({ ...Place, group: Id, row: Row, reason: Reason.optional() }),
  ),
  /** In progress → complete. Refused (`conflict`) while hard findings or unanswered required items are open. */
  'forms.complete': gives<SaveResult>()('forms.complete', z.strictObject({ ...Place })),
  ...workflow,
  ...secondEntryContract,
  /** A soft finding is confirmed with a reason and stays listed; it reopens when a value it rests on changes. */
  'findings.confirm': gives<{ findings: readonly Finding[]; queries: readonly Query[] }>()(
    'findings.confirm',
    z.strictObject({ ...Place, row: Row, item: Id, check: z.string().min(1).max(60), reason: Reason }),
  ),
  'findings.list': gives<{ rows: readonly WorklistFinding[]; total: number }>()(
    'subjects.read',
    z.strictObject({
      severity: z.enum(['hard', 'soft', 'information']).optional(),
      status: z.enum(['open', 'confirmed']).optional(),
      offset: z.int().min(0),
      limit: z.int().min(1).max(500),
    }),
  ),
  ...queryMethods,
  'audit.history': gives<readonly HistoryEntry[]>()(
    'audit.read',
    z.strictObject({ ...Place, row: Row, item: Id }),
  ),
  /** The newest entry of each place, for those that the trail knows: where the values of a finding came from. */
  'audit.origins': gives<readonly ValueOrigin[]>()(
    'audit.read',
    z.strictObject({
      subject: SubjectNumber,
      places: z
        .array(z.strictObject({ event: Id, form: Id, row: Row, item: Id }))
        .min(1)
        .max(500),
    }),
  ),
  ...trailContract,
  /** Shows the save dialog; null when it was cancelled. */
  'exports.chooseFile': gives<{ file: string } | null>()('exports.run', Nothing),
  'exports.start': gives<{ job: string }>()(
    'exports.run',
    z.strictObject({ file: z.string().min(1).max(4000) }),
  ),
  'exports.status': gives<ExportStatus>()('exports.run', z.strictObject({ job: z.string().min(1).max(64) })),
  'exports.cancel': gives<null>()('exports.run', z.strictObject({ job: z.string().min(1).max(64) })),
  ...submissionContract,
  ...copiesContract,
  ...backupMethods,
  ...survivalMethods,
  ...importContract,
  ...poolContract,
  /** The study's summary tables over all subjects of the site, with the subjects behind every number. */
  'reports.studyTable': gives<StudyReport>()('subjects.read', Nothing),
  /** Shows the save dialog; null when it was cancelled. */
  'reports.chooseFile': gives<{ file: string } | null>()(
    'exports.run',
    z.strictObject({ format: z.enum(['xlsx', 'html']) }),
  ),
  /** Writes the tables to a file chosen there, as its name ends. */
  'reports.write': gives<{ file: string }>()(
    'exports.run',
    z.strictObject({ file: z.string().min(1).max(4000), language: z.enum(['en', 'fr']) }),
  ),
} as const;

export type MethodName = keyof typeof contract;
export type MethodInput<M extends MethodName> = z.infer<(typeof contract)[M]['input']>;
export type MethodOutput<M extends MethodName> =
  NonNullable<(typeof contract)[M]['output']> | Extract<(typeof contract)[M]['output'], null>;
/** What the preload script exposes as window.cahier: one function per method. */
export type Bridge = {
  readonly [M in MethodName]: (input: MethodInput<M>) => Promise<Envelope<MethodOutput<M>>>;
};
