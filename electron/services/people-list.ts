/** Everybody with an account, when they last signed in, and what was kept out: the administration page. */
import type { LockOut, PeopleList } from '#shared/people.ts';
import { passwordDue } from '#shared/people.ts';
import { toIsoUtc } from '../clock.ts';
import type { ReadableDb } from '../db/open.ts';
import { toUserKey } from '../db/password-rule.ts';
import { withoutSlot } from './key-slots.ts';
import { everybody } from './people.ts';
import { maxAgeDaysOf } from './settings.ts';
import type { Site } from './site.ts';

const selectSignIns = `
  SELECT user, MAX(at) AS at FROM audit
  WHERE action IN ('session.signed-in', 'session.recovered') AND item_id IS NULL GROUP BY user`;
const selectLockOuts = `
  SELECT at, offset_minutes AS offsetMinutes, user, detail ->> 'by' AS by, detail ->> 'failures' AS failures,
         detail ->> 'seconds' AS seconds
  FROM audit WHERE action = 'session.locked-out' AND item_id IS NULL ORDER BY seq DESC LIMIT 20`;
const countFailures = `SELECT COUNT(*) FROM audit WHERE action = 'session.failed' AND item_id IS NULL`;

export function listPeople(site: Pick<Site, 'db' | 'folder' | 'practice'>, now: number): PeopleList {
  const { db } = site;
  const signIns = new Map(
    db
      .prepare<[], { user: string; at: number }>(selectSignIns)
      .all()
      .map(({ user, at }) => [user, at]),
  );
  const lacking = withoutSlot(site);
  const maxAgeDays = maxAgeDaysOf(site);
  const people = everybody(db).map((person) => {
    const { user, fullName, roles, isDisabled, createdAt, disabledAt, passwordSetAt } = person;
    return {
      ...{ user, fullName, roles, isDisabled },
      createdAt: toIsoUtc(createdAt),
      disabledAt: toIsoOrNull(disabledAt),
      passwordSetAt: toIsoOrNull(passwordSetAt),
      passwordDue: isDisabled ? null : passwordDue(person, maxAgeDays, now),
      lastSignIn: toIsoOrNull(signIns.get(user) ?? null),
      lacksKey: !isDisabled && lacking.has(toUserKey(user)),
    };
  });
  return {
    people,
    lockOuts: lockOuts(db),
    failures: db.prepare<[], number>(countFailures).pluck().get() ?? 0,
  };
}

function lockOuts(db: ReadableDb): readonly LockOut[] {
  return db
    .prepare<[], Omit<LockOut, 'at'> & { at: number }>(selectLockOuts)
    .all()
    .map(({ at, ...lockOut }) => ({ ...lockOut, at: toIsoUtc(at) }));
}

function toIsoOrNull(at: number | null): string | null {
  return at === null ? null : toIsoUtc(at);
}
