/** Who works at the site, and in which roles: the rows. Rights are read from here for every call, not from the session. */
import { auditEvent } from '#shared/audit.ts';
import type { PasswordState, Person } from '#shared/people.ts';
import { roles as allRoles, type Role } from '#shared/permissions.ts';
import { toUserKey } from '../db/password-rule.ts';
import type { ReadableDb, WritableDb } from '../db/open.ts';
import { prepared } from '../db/prepared.ts';
import type { Moment } from '../clock.ts';
import type { Doer, Trail } from './trail.ts';

const selectRoles = `
  SELECT person_role.role FROM person JOIN person_role ON person_role.person_id = person.id
  WHERE person.user_key = ? AND person_role.revoked_at IS NULL AND person.disabled_at IS NULL`;
const selectUser = 'SELECT user FROM person WHERE user_key = ?';
const selectPeople = `
  SELECT user, full_name AS fullName, created_at AS createdAt, disabled_at AS disabledAt, password_set_at AS passwordSetAt,
         must_change AS mustChange,
         (SELECT group_concat(role) FROM person_role WHERE person_id = person.id AND revoked_at IS NULL) AS roles
  FROM person ORDER BY disabled_at IS NOT NULL, user_key`;
const selectPassword = `
  SELECT must_change AS mustChange, COALESCE(password_set_at, created_at) AS setAt, disabled_at AS disabledAt
  FROM person WHERE user_key = ?`;
const insertPerson = `
  INSERT INTO person (user, user_key, full_name, created_at, password_set_at, must_change, slot) VALUES (?, ?, ?, ?, ?, ?, ?)`;
const selectFullName = 'SELECT full_name FROM person WHERE user_key = ?';

const insertRole = 'INSERT INTO person_role (person_id, role, granted_at) VALUES (?, ?, ?)';
const updatePassword = 'UPDATE person SET slot = ?, password_set_at = ?, must_change = ? WHERE user_key = ?';

/** Times are UTC milliseconds. */
export interface StoredPerson extends Person, PasswordState {
  readonly createdAt: number;
  readonly disabledAt: number | null;
  readonly passwordSetAt: number | null;
}

export interface NewAccount {
  readonly user: string;
  readonly fullName: string;
  readonly roles: readonly Role[];
  /** Which slot of the key file is theirs. */
  readonly slot: string;
  /** The password was made by somebody else. */
  readonly mustChange: boolean;
}

/** In the order of the table of permissions, so that the role named in the trail does not depend on when it was granted. None of a disabled person. */
export function rolesOf(db: ReadableDb, user: string): readonly Role[] {
  const granted = new Set(prepared<[string], string>(db, selectRoles).pluck().all(toUserKey(user)));
  return allRoles.filter((role) => granted.has(role));
}

/** The name as it was written at enrolment; null when there is no such person. */
export function personNamed(db: ReadableDb, user: string): string | null {
  return db.prepare<[string], string>(selectUser).pluck().get(toUserKey(user)) ?? null;
}

/** What a sign-in and every call ask of an account; null when there is none. */
export function passwordStateOf(
  db: ReadableDb,
  user: string,
): (PasswordState & { readonly isDisabled: boolean }) | null {
  const row = prepared<[string], { mustChange: number; setAt: number; disabledAt: number | null }>(
    db,
    selectPassword,
  ).get(toUserKey(user));
  if (row === undefined) return null;
  return { mustChange: row.mustChange === 1, setAt: row.setAt, isDisabled: row.disabledAt !== null };
}

/** Enabled ones first, then by name. */
export function everybody(db: ReadableDb): readonly StoredPerson[] {
  const rows = db
    .prepare<
      [],
      Omit<StoredPerson, 'roles' | 'mustChange' | 'isDisabled' | 'setAt'> & {
        roles: string | null;
        mustChange: number;
      }
    >(selectPeople)
    .all();
  return rows.map(({ roles, mustChange, ...row }) => {
    const held = new Set((roles ?? '').split(','));
    return {
      ...row,
      roles: allRoles.filter((role) => held.has(role)),
      mustChange: mustChange === 1,
      isDisabled: row.disabledAt !== null,
      setAt: row.passwordSetAt ?? row.createdAt,
    };
  });
}

/** The name in full, as a signature prints it. */
export function fullNameOf(db: ReadableDb, user: string): string {
  const name = db.prepare<[string], string>(selectFullName).pluck().get(toUserKey(user)) ?? '';
  return name === '' ? user : name;
}

/** Within the caller's transaction. */
export function createPerson(
  db: WritableDb,
  trail: Trail,
  by: Doer,
  { user, fullName, roles, slot, mustChange }: NewAccount,
  moment: Moment,
): void {
  const { at } = moment;
  const { lastInsertRowid } = db
    .prepare(insertPerson)
    .run(user, toUserKey(user), fullName, at, at, mustChange ? 1 : 0, slot);
  const grant = db.prepare<[number | bigint, Role, number]>(insertRole);
  for (const role of roles) grant.run(lastInsertRowid, role, at);
  const detail = { person: user, fullName, roles: roles.join(', '), mustChange, slot };
  trail.append([auditEvent(trail.stamp(by, moment), 'person.created', { origin: 'system', detail })]);
}

/** Within the caller's transaction, beside the trail entry that carries the slot. */
export function keepPassword(
  db: WritableDb,
  user: string,
  { slot, at, mustChange }: { readonly slot: string; readonly at: number; readonly mustChange: boolean },
): void {
  db.prepare(updatePassword).run(slot, at, mustChange ? 1 : 0, toUserKey(user));
}
