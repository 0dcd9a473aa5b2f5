/** Pooling centres that this site hands over to. A key that was taken out stays in the table, with the time. */
import { readRecipient, type RecipientFault } from '#shared/handing-over/age-keys.ts';
import { auditEvent } from '#shared/audit.ts';
import type { Recipient } from '#shared/contract/submission.ts';
import { refuse, type RefusalKey } from '../../app-error.ts';
import { readMoment, type Clock } from '../../clock.ts';
import type { ReadableDb } from '../../db/open.ts';
import type { Actor } from '../site.ts';

/** More than this many make a bundle's head long and its readers hard to oversee. */
const most = 20;

const selectCurrent = `
  SELECT key, name, added_at AS addedAt FROM recipient WHERE removed_at IS NULL ORDER BY id`;
const insertRecipient = 'INSERT INTO recipient (key, name, added_at) VALUES (?, ?, ?)';
const removeCurrent =
  'UPDATE recipient SET removed_at = MAX(added_at, ?) WHERE key = ? AND removed_at IS NULL';

const refusalOf: Readonly<Record<RecipientFault, RefusalKey>> = {
  'not-age': 'recipient-not-age',
  secret: 'recipient-secret',
  mistyped: 'recipient-mistyped',
  'other-kind': 'recipient-other-kind',
};

/** In the one spelling that the key has. */
export function requireRecipient(typed: string): string {
  const read = readRecipient(typed);
  if (!read.ok) throw refuse(refusalOf[read.fault]);
  return read.recipient;
}

export function recipientsOf(db: ReadableDb): readonly Recipient[] {
  return db
    .prepare<[], { key: string; name: string; addedAt: number }>(selectCurrent)
    .all()
    .map(({ key, name, addedAt }) => ({ key, name, addedAt: new Date(addedAt).toISOString() }));
}

export function addRecipient(
  { site, user, role }: Actor,
  clock: Clock,
  { key: typed, name }: { readonly key: string; readonly name: string },
): void {
  const key = requireRecipient(typed);
  const moment = readMoment(clock);
  site.db
    .transaction(() => {
      const current = recipientsOf(site.db);
      if (current.some((recipient) => recipient.key === key)) throw refuse('recipient-exists');
      if (current.length >= most) throw refuse('recipients-full', { most });
      site.db.prepare(insertRecipient).run(key, name, moment.at);
      site.trail.append([
        auditEvent(site.trail.stamp({ user, role }, moment), 'export.recipient-added', {
          origin: 'system',
          detail: { key, name },
        }),
      ]);
    })
    .immediate();
}

export function removeRecipient({ site, user, role }: Actor, clock: Clock, key: string): void {
  const moment = readMoment(clock);
  site.db
    .transaction(() => {
      const { changes } = site.db.prepare(removeCurrent).run(moment.at, key);
      if (changes === 0) throw refuse('recipient-unknown');
      site.trail.append([
        auditEvent(site.trail.stamp({ user, role }, moment), 'export.recipient-removed', {
          origin: 'system',
          detail: { key },
        }),
      ]);
    })
    .immediate();
}
