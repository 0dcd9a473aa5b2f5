import { describe, expect, it } from 'vitest';
import {
  isSharedName,
  passwordDue,
  refusalOfChange,
  roleConflict,
  type AccountChange,
  type Person,
} from '#shared/people.ts';
import { roles as allRoles, type Role } from '#shared/permissions.ts';

const person = (user: string, roles: readonly Role[], isDisabled = false): Person => ({
  ...{ user, fullName: `${user} Example`, roles, isDisabled },
});
const anne = person('anne', ['administrator', 'coordinator']);
const bob = person('bob', ['administrator']);
const carol = person('carol', ['administrator'], true);
const dan = person('dan', ['data-entry']);

describe('the last administrator', () => {
  const people = [anne, carol, dan];
  it.each<[string, AccountChange]>([
    ['can’t be disabled', { kind: 'disable' }],
    ['can’t lose the role', { kind: 'set-roles', roles: ['coordinator'] }],
  ])('%s, whoever asks', (_, change) => {
    expect(refusalOfChange(people, 'anne', 'anne', change)).toBe('last-administrator');
    expect(refusalOfChange(people, 'anne', 'dan', change)).toBe('last-administrator');
    expect(refusalOfChange([...people, bob], 'anne', 'bob', change)).toBeNull();
  });
  it('can change other roles', () => {
    expect(
      refusalOfChange(people, 'anne', 'anne', { kind: 'set-roles', roles: ['administrator'] }),
    ).toBeNull();
  });
  it('is none who is disabled', () => {
    expect(refusalOfChange([anne, carol], 'anne', 'anne', { kind: 'disable' })).toBe('last-administrator');
  });
});

describe('an account', () => {
  it.each<[string, string, AccountChange, string | null]>([
    ['is not disabled twice', 'carol', { kind: 'disable' }, 'person-disabled-already'],
    ['is not enabled while it is', 'dan', { kind: 'enable' }, 'person-enabled-already'],
    ['is enabled again', 'carol', { kind: 'enable' }, null],
    ['gets no password while it is disabled', 'carol', { kind: 'set-password' }, 'person-disabled-already'],
    ['gets no password from its own person', 'anne', { kind: 'set-password' }, 'own-password-elsewhere'],
    ['gets a password from an administrator', 'dan', { kind: 'set-password' }, null],
    ['keeps its full name', 'dan', { kind: 'rename', fullName: 'dan Example' }, null],
    ['has a full name of its own', 'dan', { kind: 'rename', fullName: ' ANNE  example' }, 'full-name-taken'],
    ['has a full name with letters', 'dan', { kind: 'rename', fullName: '12' }, 'person-name-unfit'],
    ['has a full name in one line', 'dan', { kind: 'rename', fullName: 'Dan\nDoe' }, 'person-name-unfit'],
    [
      'has roles that fit together',
      'dan',
      { kind: 'set-roles', roles: ['monitor', 'data-entry'] },
      'role-conflict',
    ],
  ])('%s', (_, user, change, refusal) => {
    expect(refusalOfChange([anne, bob, carol, dan], user, 'anne', change)).toBe(refusal);
  });
});

describe('roles of one person', () => {
  it.each<[Role, readonly Role[]]>([
    ['monitor', ['administrator', 'coordinator', 'data-entry', 'investigator']],
    ['data-manager', ['coordinator', 'data-entry', 'investigator']],
    ['administrator', ['investigator', 'monitor']],
    ['coordinator', ['monitor', 'data-manager']],
  ])('%s stands beside all but %j', (role, conflicting) => {
    const refused = allRoles.filter((other) => roleConflict([other, role]) !== null);
    expect(refused).toEqual(allRoles.filter((other) => conflicting.includes(other)));
  });
  it('say which two conflict and why', () => {
    expect(roleConflict(['coordinator', 'monitor', 'data-entry'])).toEqual({
      one: 'monitor',
      other: 'coordinator',
      why: 'verifies-own',
    });
  });
});

describe('a user name', () => {
  it.each([
    'admin',
    'Admin 2',
    'nurse',
    'Infirmière',
    'infirmieres',
    'ward7',
    'team',
    'data entry',
    'User01',
  ])('%s could be that of several people', (name) => {
    expect(isSharedName(name)).toBe(true);
  });
  it.each(['anne', 'Anne Martin', 'mnurse', 'teamsun', 'internet smith', 'ward.b'])(
    '%s is one of a person',
    (name) => {
      expect(isSharedName(name)).toBe(false);
    },
  );
});

describe('a password', () => {
  const day = 86_400_000;
  it.each([
    [false, 365, 365 * day, null],
    [false, 365, 365 * day + 1, 'aged'],
    [false, 0, 10_000 * day, null],
    [true, 0, 0, 'given'],
    [true, 365, 400 * day, 'given'],
    // A clock that was set back makes no password too old.
    [false, 1, -day, null],
  ])(
    'made by somebody else %s, with a limit of %i days, after %i ms is due: %s',
    (mustChange, limit, age, due) => {
      expect(passwordDue({ mustChange, setAt: 1000 }, limit, 1000 + age)).toBe(due);
    },
  );
});
