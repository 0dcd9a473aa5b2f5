/** What an entry of the trail is, and its hash. */
import type { ItemValue, Origin } from '../record.ts';
import { canonicalJson } from './canonical-json.ts';

export const auditActions = [
  'value.set',
  'value.parked',
  'value.unparked',
  'row.removed',
  'form.started',
  'form.completed',
  'form.reopened',
  'form.verified',
  'form.verification-withdrawn',
  'form.signed',
  'form.locked',
  'form.unlocked',
  'signature.made',
  'signature.broken',
  'subject.frozen',
  'subject.unfrozen',
  'site.frozen',
  'site.unfrozen',
  'finding.confirmed',
  'query.opened',
  'query.answered',
  'query.reopened',
  'query.closed',
  'second.secret-made',
  'second.asked',
  'second.begun',
  'second.value',
  'second.differs',
  'second.given-back',
  'second.completed',
  'second.decided',
  'subject.enrolled',
  'session.signed-in',
  'session.failed',
  'session.locked-out',
  'session.refused',
  'session.password-changed',
  'session.locked',
  'session.unlocked',
  'session.signed-out',
  'session.recovered',
  'session.ended-unexpectedly',
  'export.done',
  'preset.saved',
  'preset.removed',
  'pseudonym.drawn',
  'pseudonym.revealed',
  'export.pushed',
  'export.bundled',
  'export.key-made',
  'export.recipient-added',
  'export.recipient-removed',
  'copy.printed',
  'backup.made',
  'backup.failed',
  'backup.removed',
  'backup.restored',
  'pool.site-joined',
  'delivery.taken',
  'delivery.held',
  'delivery.refused',
  'subject.delivered',
  'form.delivered',
  'conflict.found',
  'conflict.decided',
  'conflict.settled',
  'import.started',
  'import.done',
  'mapping.saved',
  'site.created',
  'site.salvaged',
  'site.loss-accepted',
  'person.created',
  'person.renamed',
  'person.disabled',
  'person.enabled',
  'person.password-set',
  'role.granted',
  'role.revoked',
  'recovery-key.made',
  'permissions.installed',
  'study.installed',
  'setting.changed',
  'clock.moved',
  'database.migrated',
  'trail.verified',
  'trail.reviewed',
] as const;
export type AuditAction = (typeof auditActions)[number];

/** Flat, so that it reads the same in a file as on screen. Never undefined inside. */
export type AuditDetail = Readonly<Record<string, string | number | boolean | null>>;

export interface AuditEntry {
  /** 1, 2, 3 … without a gap. */
  readonly seq: number;
  /** UTC, ISO 8601 with milliseconds. */
  readonly at: string;
  /** Of the local clock against UTC at that moment. */
  readonly offsetMinutes: number;
  readonly user: string;
  readonly role: string;
  /** Site code. */
  readonly site: string;
  readonly action: AuditAction;
  readonly subject: string | null;
  readonly event: string | null;
  readonly form: string | null;
  readonly row: number | null;
  readonly item: string | null;
  readonly old: ItemValue | null;
  readonly new: ItemValue | null;
  readonly reason: string | null;
  readonly origin: Origin;
  readonly detail: AuditDetail | null;
}
/** As it is stored. */
export interface ChainedEntry extends AuditEntry {
  /** SHA-256, lower-case hex. */
  readonly hash: string;
}

/** What happened, before the trail gives it its number. */
export type AuditEvent = Omit<AuditEntry, 'seq'>;
/** Who, when and where: the same for all entries of one transaction. */
export type AuditStamp = Pick<AuditEntry, 'at' | 'offsetMinutes' | 'user' | 'role' | 'site'>;
/** Of UTF-8 text, lower-case hex. */
export type Sha256 = (text: string) => string;

/** The previous hash of the first entry. */
export const firstPreviousHash = '0'.repeat(64);

export function entryHash(entry: AuditEntry, previousHash: string, sha256: Sha256): string {
  return sha256(previousHash + canonicalJson(bare(entry)));
}

/** An entry about something else than a value: a session, an export, a person. */
export function auditEvent(
  stamp: AuditStamp,
  action: AuditAction,
  about: Partial<Omit<AuditEvent, keyof AuditStamp | 'action'>> = {},
): AuditEvent {
  const nowhere = { subject: null, event: null, form: null, row: null, item: null };
  return {
    ...stamp,
    action,
    ...nowhere,
    old: null,
    new: null,
    reason: null,
    origin: 'entry',
    detail: null,
    ...about,
  };
}

/** Exactly the fields of an entry, in the order of its text: a stored row may carry its hash and more. */
function bare(entry: AuditEntry): AuditEntry {
  return {
    action: entry.action,
    at: entry.at,
    detail: entry.detail,
    event: entry.event,
    form: entry.form,
    item: entry.item,
    new: entry.new,
    offsetMinutes: entry.offsetMinutes,
    old: entry.old,
    origin: entry.origin,
    reason: entry.reason,
    role: entry.role,
    row: entry.row,
    seq: entry.seq,
    site: entry.site,
    subject: entry.subject,
    user: entry.user,
  };
}
