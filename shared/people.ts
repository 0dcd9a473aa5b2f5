/**
 * Accounts: what one may become. Each person has an account of their own, whose name is never given to anybody else
 * (21 CFR 11.100(a), 11.300(a)); the pure rules here are asked by the main process within the transaction that writes.
 */
import { assertNever } from './assert-never.ts';
import type { Role, Verb } from './permissions.ts';
import type { TimedRole } from './people/rights.ts';

export interface Person {
  /** As written at the creation; found whatever the case and width of its letters. */
  readonly user: string;
  readonly fullName: string;
  /** In the order of the table of permissions; those of a disabled person sleep. */
  readonly roles: readonly Role[];
  readonly isDisabled: boolean;
}

/** A person on the administration page. Times are UTC, ISO 8601 with milliseconds. */
export interface PersonRow extends Person {
  readonly createdAt: string;
  readonly disabledAt: string | null;
  /** null: before it was kept. */
  readonly passwordSetAt: string | null;
  /** Why a new password is asked for at the next sign-in. */
  readonly passwordDue: PasswordDue | null;
  readonly lastSignIn: string | null;
  /** Enabled, but the key file holds no slot of theirs: a new password is the remedy. */
  readonly lacksKey: boolean;
}

/** Too many failures for one name; the name is as it was typed. */
export interface LockOut {
  readonly at: string;
  readonly offsetMinutes: number;
  readonly user: string;
  readonly by: 'password' | 'recovery-key';
  readonly failures: number;
  readonly seconds: number;
}

export interface PeopleList {
  readonly people: readonly PersonRow[];
  /** The newest, newest first. */
  readonly lockOuts: readonly LockOut[];
  /** Failed sign-ins since the site was made. */
  readonly failures: number;
}

/** Who could do what on one day at the site, as the trail tells it. */
export interface RightsOn {
  /** Of the site's local calendar. */
  readonly date: string;
  readonly siteCode: string;
  readonly siteName: string;
  /** The newest entry of the trail that it was folded from. */
  readonly cut: { readonly seq: number; readonly hash: string };
  readonly people: readonly PersonRights[];
}
export interface PersonRights {
  readonly user: string;
  readonly fullName: string;
  /** Empty: an account without access on that day. */
  readonly roles: readonly TimedRole[];
  /** Of all roles held at some time of that day, by the table of permissions that was in force. */
  readonly verbs: readonly Verb[];
  /** The site did not yet record its table of permissions: the verbs are those of this version. */
  readonly verbsAreToday: boolean;
}

/** given: somebody else made the password. aged: it is older than the site allows. */
export type PasswordDue = 'given' | 'aged';

export interface PasswordState {
  readonly mustChange: boolean;
  /** UTC milliseconds. */
  readonly setAt: number;
}

const dayMs = 86_400_000;

/** A maximum of 0 days: passwords don't age. */
export function passwordDue(
  { mustChange, setAt }: PasswordState,
  maxAgeDays: number,
  now: number,
): PasswordDue | null {
  if (mustChange) return 'given';
  return maxAgeDays > 0 && now - setAt > maxAgeDays * dayMs ? 'aged' : null;
}

/**
 * Roles that one person can't hold together, and why:
 *
 * | one           | other                                 | because                                                     |
 * | monitor       | coordinator, data-entry, investigator | nobody verifies or questions what they entered themselves   |
 * | data-manager  | coordinator, data-entry, investigator | who locks and adjudicates is not who enters and answers     |
 * | administrator | monitor                               | the eye from outside doesn't hand out the site's access     |
 * | administrator | investigator                          | who can give any account a password doesn't sign            |
 *
 * Administrator and coordinator stay together: a small site is set up by the person who then works there.
 */
const conflicts = [
  ...(['coordinator', 'data-entry', 'investigator'] as const).flatMap(
    (entering) =>
      [
        ['monitor', entering, 'verifies-own'],
        ['data-manager', entering, 'locks-own'],
      ] as const,
  ),
  ['administrator', 'monitor', 'watches-own'],
  ['administrator', 'investigator', 'signs-own'],
] as const satisfies readonly (readonly [Role, Role, string])[];

export interface RoleConflict {
  readonly one: Role;
  readonly other: Role;
  readonly why: (typeof conflicts)[number][2];
}

/** The first pair that can't be held together. */
export function roleConflict(roles: readonly Role[]): RoleConflict | null {
  const found = conflicts.find(([one, other]) => roles.includes(one) && roles.includes(other));
  if (found === undefined) return null;
  const [one, other, why] = found;
  return { one, other, why };
}

/** Names that a group or a machine would go by. An account is one person's (21 CFR 11.100(a)). */
const sharedNames =
  /^(?:admin(?:istrator|istrateur)?|user|utilisateur|guest|invite|test|demo|root|team|equipe|ward|service|nurses?|infirmi(?:er|ere)s?|doctors?|medecins?|interns?|internes?|coordinator|investigator|monitor|data[ -]?(?:entry|manager))[\s._-]*\d*$/iu;

export function isSharedName(user: string): boolean {
  return sharedNames.test(user.normalize('NFKD').replace(/\p{M}/gu, '').trim());
}

export type AccountChange =
  | { readonly kind: 'create'; readonly fullName: string; readonly roles: readonly Role[] }
  | { readonly kind: 'rename'; readonly fullName: string }
  | { readonly kind: 'set-roles'; readonly roles: readonly Role[] }
  | { readonly kind: 'disable' }
  | { readonly kind: 'enable' }
  | { readonly kind: 'set-password' };

export type AccountRefusal =
  | 'person-name-unfit'
  | 'full-name-taken'
  | 'role-conflict'
  | 'last-administrator'
  | 'person-disabled-already'
  | 'person-enabled-already'
  | 'own-password-elsewhere';

/**
 * Why a change of an account is refused; null when it is not. `people` are all of the site; `user` is the account and
 * `by` who changes it, both as written there.
 */
export function refusalOfChange(
  people: readonly Person[],
  user: string,
  by: string,
  change: AccountChange,
): AccountRefusal | null {
  const person = people.find((other) => other.user === user);
  const isLast = person !== undefined && isLastAdministrator(people, person);
  switch (change.kind) {
    case 'create':
    case 'rename':
      if (!/\p{L}/u.test(change.fullName) || /\p{C}/u.test(change.fullName)) return 'person-name-unfit';
      if (people.some((other) => other.user !== user && isSameName(other.fullName, change.fullName)))
        return 'full-name-taken';
      return change.kind === 'create' && roleConflict(change.roles) !== null ? 'role-conflict' : null;
    case 'set-roles':
      if (roleConflict(change.roles) !== null) return 'role-conflict';
      return isLast && !change.roles.includes('administrator') ? 'last-administrator' : null;
    case 'disable':
      if (person?.isDisabled === true) return 'person-disabled-already';
      return isLast ? 'last-administrator' : null;
    case 'enable':
      if (person?.isDisabled === false) return 'person-enabled-already';
      return person !== undefined && roleConflict(person.roles) !== null ? 'role-conflict' : null;
    case 'set-password':
      if (user === by) return 'own-password-elsewhere';
      return person?.isDisabled === true ? 'person-disabled-already' : null;
    default:
      return assertNever(change);
  }
}

function isLastAdministrator(people: readonly Person[], person: Person): boolean {
  const administers = ({ isDisabled, roles }: Person): boolean =>
    !isDisabled && roles.includes('administrator');
  return administers(person) && people.filter(administers).length === 1;
}

/** Two people of one name could not be told apart in the trail and under a signature. */
function isSameName(one: string, other: string): boolean {
  const plain = (name: string): string => name.normalize('NFKC').trim().replace(/\s+/gu, ' ').toLowerCase();
  return plain(one) === plain(other);
}
