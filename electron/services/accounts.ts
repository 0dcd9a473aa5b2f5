/**
 * What an administrator does with accounts. Rules are asked within the transaction that writes, of the rows as they are
 * then: between the call and its end a password is being stretched, and the world may have moved.
 */
import { auditEvent, type AuditAction, type AuditDetail } from '#shared/audit.ts';
import type { MethodInput } from '#shared/bridge.ts';
import {
  isSharedName,
  refusalOfChange,
  roleConflict,
  type AccountChange,
  type PeopleList,
} from '#shared/people.ts';
import { roleFor, roles as allRoles } from '#shared/permissions.ts';
import { refuse } from '../app-error.ts';
import { readMoment, type Clock, type Moment } from '../clock.ts';
import { createRecoverySlot, createSlot, readKeyring, type ScryptCost, type Slot } from '../db/keyring.ts';
import { requireFitPassword, requireFitUserName, toUserKey } from '../db/password-rule.ts';
import { putSlot, recoverySlotKey, trySweep } from './key-slots.ts';
import { createPerson, everybody, keepPassword, personNamed, rolesOf } from './people.ts';
import { listPeople } from './people-list.ts';
import { checkPassword } from './sign-in.ts';
import type { Actor } from './site.ts';

export interface AccountsService {
  list(actor: Actor): PeopleList;
  create(actor: Actor, input: MethodInput<'people.create'>): Promise<PeopleList>;
  rename(actor: Actor, input: MethodInput<'people.rename'>): PeopleList;
  setRoles(actor: Actor, input: MethodInput<'people.setRoles'>): PeopleList;
  disable(actor: Actor, input: MethodInput<'people.disable'>): PeopleList;
  enable(actor: Actor, input: MethodInput<'people.enable'>): Promise<PeopleList>;
  setPassword(actor: Actor, input: MethodInput<'people.setPassword'>): Promise<PeopleList>;
  makeRecoveryKey(actor: Actor, input: MethodInput<'people.recoveryKey'>): Promise<{ recoveryKey: string }>;
}

const updateName = 'UPDATE person SET full_name = ? WHERE user_key = ?';
const disablePerson = 'UPDATE person SET disabled_at = ?, slot = NULL WHERE user_key = ?';
const enablePerson = 'UPDATE person SET disabled_at = NULL WHERE user_key = ?';
const grantRole =
  'INSERT INTO person_role (person_id, role, granted_at) SELECT id, ?, ? FROM person WHERE user_key = ?';
// A clock that was set back does not make a role end before it began.
const revokeRole = `
  UPDATE person_role SET revoked_at = MAX(granted_at, ?)
  WHERE role = ? AND revoked_at IS NULL AND person_id = (SELECT id FROM person WHERE user_key = ?)`;
const upsertMeta =
  'INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value';

export function createAccounts({
  clock,
  cost,
}: {
  readonly clock: Clock;
  readonly cost: ScryptCost;
}): AccountsService {
  const list = (actor: Actor): PeopleList => listPeople(actor.site, clock.now());
  const slotFor = ({ site }: Actor, user: string, password: string): Promise<Slot> =>
    createSlot(readKeyring(site.folder), user, password, site.key, cost);
  /** In one transaction: the rules, the rows of `write`, which takes the name as written at enrolment, and its entries. */
  const change = (
    actor: Actor,
    named: string,
    asked: AccountChange,
    write: (user: string, moment: Moment) => void,
  ): void => {
    requireOpen(actor);
    actor.site.db
      .transaction(() => {
        write(requireAllowed(actor, named, asked), readMoment(clock));
      })
      .immediate();
  };
  const givePassword = async (
    actor: Actor,
    { user: named, password, reason }: MethodInput<'people.setPassword'>,
    asked: AccountChange,
    action: 'person.enabled' | 'person.password-set',
  ): Promise<PeopleList> => {
    const { site } = actor;
    const user = requireAllowed(actor, named, asked);
    requireFitPassword(user, password);
    const made = await slotFor(actor, user, password);
    requireOpen(actor);
    putSlot(site, made, (slot) => {
      requireAllowed(actor, user, asked);
      const moment = readMoment(clock);
      if (action === 'person.enabled') site.db.prepare(enablePerson).run(toUserKey(user));
      keepPassword(site.db, user, { slot, at: moment.at, mustChange: true });
      note(actor, moment, action, { person: user, slot, mustChange: true }, reason);
    });
    return list(actor);
  };

  return {
    list,
    create: async (actor, { user, fullName, roles, password }) => {
      const { site } = actor;
      const asked = { kind: 'create', fullName: fullName.trim(), roles } as const;
      const requireNew = (): void => {
        if (isSharedName(user)) throw refuse('user-name-shared');
        if (personNamed(site.db, user) !== null) throw refuse('user-name-taken', { user });
        requireRules(actor, user, asked);
      };
      requireFitUserName(user);
      requireNew();
      requireFitPassword(user, password);
      const made = await slotFor(actor, user, password);
      requireOpen(actor);
      putSlot(site, made, (slot) => {
        requireNew();
        const account = { user, fullName: asked.fullName, roles: inOrder(roles), slot, mustChange: true };
        createPerson(site.db, site.trail, actor, account, readMoment(clock));
      });
      return list(actor);
    },
    rename: (actor, { user: named, fullName }) => {
      const { db } = actor.site;
      const name = fullName.trim();
      change(actor, named, { kind: 'rename', fullName: name }, (user, moment) => {
        const old = everybody(db).find((person) => person.user === user)?.fullName ?? '';
        if (old === name) return;
        db.prepare(updateName).run(name, toUserKey(user));
        note(actor, moment, 'person.renamed', { person: user, old, new: name });
      });
      return list(actor);
    },
    setRoles: (actor, { user: named, roles, reason }) => {
      const { db } = actor.site;
      change(actor, named, { kind: 'set-roles', roles }, (user, moment) => {
        const held = everybody(db).find((person) => person.user === user)?.roles ?? [];
        for (const role of held.filter((other) => !roles.includes(other))) {
          db.prepare(revokeRole).run(moment.at, role, toUserKey(user));
          note(actor, moment, 'role.revoked', { person: user, role }, reason);
        }
        for (const role of inOrder(roles).filter((other) => !held.includes(other))) {
          db.prepare(grantRole).run(role, moment.at, toUserKey(user));
          note(actor, moment, 'role.granted', { person: user, role }, reason);
        }
      });
      return list(actor);
    },
    disable: (actor, { user: named, reason }) => {
      change(actor, named, { kind: 'disable' }, (user, moment) => {
        actor.site.db.prepare(disablePerson).run(moment.at, toUserKey(user));
        note(actor, moment, 'person.disabled', { person: user }, reason);
      });
      trySweep(actor.site);
      return list(actor);
    },
    enable: (actor, input) => givePassword(actor, input, { kind: 'enable' }, 'person.enabled'),
    setPassword: (actor, input) =>
      givePassword(actor, input, { kind: 'set-password' }, 'person.password-set'),
    makeRecoveryKey: async (actor, { password }) => {
      const { site } = actor;
      await checkPassword(clock, actor, password);
      const { slot: made, recoveryKey } = await createRecoverySlot(readKeyring(site.folder), site.key, cost);
      requireOpen(actor);
      putSlot(site, made, (slot) => {
        requireStanding(actor);
        site.db.prepare(upsertMeta).run(recoverySlotKey, slot);
        note(actor, readMoment(clock), 'recovery-key.made', { slot });
      });
      return { recoveryKey };
    },
  };
}

function note(
  actor: Actor,
  moment: Moment,
  action: AuditAction,
  detail: AuditDetail,
  reason: string | null = null,
): void {
  const { trail } = actor.site;
  trail.append([auditEvent(trail.stamp(actor, moment), action, { origin: 'system', detail, reason })]);
}

/** The name as written at enrolment. */
function requireAllowed(actor: Actor, named: string, change: AccountChange): string {
  const user = personNamed(actor.site.db, named);
  if (user === null) throw refuse('user-unknown');
  requireRules(actor, user, change);
  return user;
}

function requireRules(actor: Actor, user: string, change: AccountChange): void {
  requireStanding(actor);
  const people = everybody(actor.site.db);
  const refusal = refusalOfChange(people, user, actor.user, change);
  if (refusal === null) return;
  const roles =
    'roles' in change ? change.roles : (people.find((person) => person.user === user)?.roles ?? []);
  const { one = '', other = '' } = roleConflict(roles) ?? {};
  throw refuse(refusal, refusal === 'role-conflict' ? { one, other } : {});
}

/** Who acts may have been disabled, or lost the role, since the call was let in. */
function requireStanding({ site, user }: Actor): void {
  if (roleFor('people.manage', rolesOf(site.db, user)) === null) throw refuse('forbidden', { user });
}

function requireOpen({ site }: Actor): void {
  if (!site.db.open) throw refuse('signed-out');
}

function inOrder<Item extends (typeof allRoles)[number]>(roles: readonly Item[]): readonly Item[] {
  return [...new Set(roles)].sort((one, other) => allRoles.indexOf(one) - allRoles.indexOf(other));
}
