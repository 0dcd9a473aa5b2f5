/**
 * Whether the session before ended without a sign-out: the trail itself tells, so that no marker file can be lost or
 * believed wrongly. It is recorded at the next sign-in, which is told what was saved last.
 */
import type { Recovery } from '#shared/contract/survival.ts';
import { auditEvent } from '#shared/audit.ts';
import { toIsoUtc, type Moment } from '../clock.ts';
import type { ReadableDb } from '../db/open.ts';
import type { Site } from './site.ts';
import type { Doer } from './trail.ts';

const selectNewestSession = `
  SELECT action, user, at FROM audit WHERE item_id IS NULL AND action IN
    ('session.signed-in', 'session.recovered', 'session.signed-out', 'session.ended-unexpectedly', 'backup.restored', 'site.salvaged')
  ORDER BY seq DESC LIMIT 1`;
const selectLast = 'SELECT seq, at FROM audit ORDER BY seq DESC LIMIT 1';
const selectStarts = `
  SELECT seq FROM audit WHERE item_id IS NULL AND action IN ('session.signed-in', 'session.recovered') ORDER BY seq DESC LIMIT 2`;
const selectEnd = `
  SELECT detail FROM audit WHERE item_id IS NULL AND action = 'session.ended-unexpectedly' AND seq > ? ORDER BY seq DESC LIMIT 1`;
const selectLastSaved = `
  SELECT subject.number AS subject, form.event, form.form, audit.row, item.name AS item, audit.at, audit.user
  FROM audit JOIN subject ON subject.id = audit.subject_id JOIN form ON form.id = audit.form_id JOIN item ON item.id = audit.item_id
  WHERE audit.seq < ? AND audit.action = 'value.set' AND audit.origin <> 'derivation' ORDER BY audit.seq DESC LIMIT 1`;

/** Within the transaction of the sign-in, before its entry. */
export function noteUnexpectedEnd(
  { db, trail }: Pick<Site, 'db' | 'trail'>,
  doer: Doer,
  moment: Moment,
): void {
  const newest = db.prepare<[], { action: string; user: string; at: number }>(selectNewestSession).get();
  if (newest?.action !== 'session.signed-in' && newest?.action !== 'session.recovered') return;
  const last = db.prepare<[], { seq: number; at: number }>(selectLast).get();
  const detail = {
    person: newest.user,
    since: toIsoUtc(newest.at),
    last: last?.seq ?? 0,
    lastAt: toIsoUtc(last?.at ?? newest.at),
  };
  trail.append([
    auditEvent(trail.stamp(doer, moment), 'session.ended-unexpectedly', { origin: 'system', detail }),
  ]);
}

/** For the session that has begun now. */
export function readUnexpectedEnd(db: ReadableDb): Pick<Recovery, 'unexpectedEnd' | 'lastSaved'> {
  const [own = 0, before = 0] = db.prepare<[], number>(selectStarts).pluck().all();
  const detail = db.prepare<[number], string>(selectEnd).pluck().get(before);
  const saved = db
    .prepare<[number], NonNullable<Recovery['lastSaved']> & { readonly at: number }>(selectLastSaved)
    .get(own);
  return {
    unexpectedEnd: detail === undefined ? null : toEnd(JSON.parse(detail)),
    lastSaved: saved === undefined ? null : { ...saved, at: toIsoUtc(saved.at) },
  };
}

function toEnd(detail: unknown): Recovery['unexpectedEnd'] {
  const { person, since, lastAt } = detail as { person: string; since: string; lastAt: string }; // written above
  return { user: person, since, lastAt };
}
