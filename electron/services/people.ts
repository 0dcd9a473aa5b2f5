/** Who works at the site, and in which roles. Rights are read from here for every call, not from the session. */
import { auditEvent } from '#shared/audit.ts';
import { roles as allRoles, type Role } from '#shared/permissions.ts';
import { toUserKey } from '../db/password-rule.ts';
import type { ReadableDb, WritableDb } from '../db/open.ts';
import type { Moment } from '../clock.ts';
import type { Doer, Trail } from './trail.ts';

const selectRoles = `
  SELECT person_role.role FROM person JOIN person_role ON person_role.person_id = person.id
  WHERE person.user_key = ? AND person_role.revoked_at IS NULL`;
const selectUser = 'SELECT user FROM person WHERE user_key = ?';
const insertPerson = 'INSERT INTO person (user, user_key, full_name, created_at) VALUES (?, ?, ?, ?)';
const insertRole = 'INSERT INTO person_role (person_id, role, granted_at) VALUES (?, ?, ?)';

/** In the order of the table of permissions, so that the role named in the trail does not depend on when it was granted. */
export function rolesOf(db: ReadableDb, user: string): readonly Role[] {
  const granted = new Set(db.prepare<[string], string>(selectRoles).pluck().all(toUserKey(user)));
  return allRoles.filter((role) => granted.has(role));
}

/** The name as it was written at enrolment; null when there is no such person. */
export function personNamed(db: ReadableDb, user: string): string | null {
  return db.prepare<[string], string>(selectUser).pluck().get(toUserKey(user)) ?? null;
}

/** Within the caller's transaction. */
export function createPerson(
  db: WritableDb,
  trail: Trail,
  by: Doer,
  person: { user: string; roles: readonly Role[] },
  moment: Moment,
): void {
  const { lastInsertRowid } = db
    .prepare<[string, string, string, number]>(insertPerson)
    .run(person.user, toUserKey(person.user), person.user, moment.at);
  const grant = db.prepare<[number | bigint, Role, number]>(insertRole);
  for (const role of person.roles) grant.run(lastInsertRowid, role, moment.at);
  const detail = { person: person.user, roles: person.roles.join(', ') };
  trail.append([auditEvent(trail.stamp(by, moment), 'person.created', { origin: 'system', detail })]);
}
