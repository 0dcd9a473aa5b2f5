import { describe, expect, it } from 'vitest';
import { addColleague, addSettledColleague, chosen, given, signInAs } from './colleagues.ts';
import { createSite, openBench, password, startProcess, temporaryFolder, user } from './workbench.ts';

const day = 86_400_000;
const reason = 'Asked for by the investigator';
const trailOf = (action: string) =>
  `SELECT user, role, detail ->> 'person' AS person, reason FROM audit WHERE action = '${action}' ORDER BY seq`;

describe('a new person', () => {
  it('signs in with the password given, and can do nothing before choosing another', async () => {
    const bench = await openBench();
    await addColleague(bench, 'bob', ['data-entry']);
    expect(await signInAs(bench, 'bob', given)).toMatchObject({
      roles: ['data-entry'],
      passwordDue: 'given',
    });
    expect((await bench.refusal('subjects.nextNumber', {})).key).toBe('password-due');
    const renewed = await bench.call('session.changePassword', {
      currentPassword: given,
      newPassword: chosen,
    });
    expect(renewed.passwordDue).toBeNull();
    await bench.call('subjects.nextNumber', {});
    expect((await signInAs(bench, 'bob', chosen)).passwordDue).toBeNull();
    expect(await bench.rows(trailOf('session.password-changed'))).toEqual([
      { user: 'bob', role: 'data-entry', person: 'bob', reason: null },
    ]);
  });

  it.each([
    ['the name of somebody else', { user: 'ANNE' }, 'user-name-taken'],
    ['the name of a group', { user: 'Nurses' }, 'user-name-shared'],
    ['no visible name', { user: ' b' }, 'user-name-unfit'],
    ['the full name of somebody else', { fullName: 'Anne' }, 'full-name-taken'],
    ['a short password', { password: 'short' }, 'password-short'],
    ['roles that don’t fit together', { roles: ['administrator', 'monitor'] as const }, 'role-conflict'],
  ])('is refused with %s', async (_, change, key) => {
    const bench = await openBench();
    const input = { user: 'bob', fullName: 'Bob', roles: ['data-entry'], password: given, ...change };
    expect((await bench.refusal('people.create', input)).key).toBe(key);
    expect((await bench.call('people.list', {})).people).toHaveLength(1);
  });
});

describe('a closed account', () => {
  it('lets nobody in, keeps its name for ever, and opens again with a new password', async () => {
    const bench = await openBench();
    await addSettledColleague(bench, 'bob', ['data-entry']);
    const { people } = await bench.call('people.disable', { user: 'Bob', reason });
    expect(people.find((person) => person.user === 'bob')).toMatchObject({
      isDisabled: true,
      roles: ['data-entry'],
    });
    const again = { user: 'BOB', fullName: 'Other', roles: ['data-entry'], password: given };
    expect((await bench.refusal('people.create', again)).key).toBe('user-name-taken');

    await bench.call('session.signOut', {});
    expect((await bench.refusal('session.signIn', { user: 'bob', password: chosen })).key).toBe(
      'wrong-password',
    );
    await bench.call('session.signIn', { user, password });
    await bench.call('people.enable', { user: 'bob', reason, password: given });
    expect(await signInAs(bench, 'bob', given)).toMatchObject({ passwordDue: 'given' });
    expect(await bench.rows(trailOf('person.disabled'))).toEqual([
      { user, role: 'administrator', person: 'bob', reason },
    ]);
    expect(await bench.rows(trailOf('person.enabled'))).toHaveLength(1);
  });

  it('of a person who is signed in ends the session at its next call', async () => {
    const bench = await openBench();
    await addColleague(bench, 'bob', ['administrator']);
    await bench.call('people.disable', { user, reason });
    expect((await bench.refusal('subjects.nextNumber', {})).code).toBe('signed-out');
    expect((await bench.call('site.status', {})).state).toBe('closed');
    expect((await bench.refusal('session.signIn', { user, password })).key).toBe('wrong-password');
  });
});

describe('the last administrator', () => {
  it('is still there after two have tried to be rid of each other', async () => {
    const bench = await openBench();
    await addSettledColleague(bench, 'bob', ['administrator']);
    const { services } = bench;
    // Bob's call was let in before Anne's had its effect.
    await signInAs(bench, 'bob', chosen);
    const bobs = services.session.authorise('people.manage');
    await bench.call('people.disable', { user, reason });
    expect((await bench.refusal('people.disable', { user: 'bob', reason })).key).toBe('last-administrator');
    expect(
      (await bench.refusal('people.setRoles', { user: 'bob', roles: ['coordinator'], reason })).key,
    ).toBe('last-administrator');
    expect(bobs.role).toBe('administrator');
  });
});

describe('roles', () => {
  it('are given and taken with a reason, each in an entry of its own', async () => {
    const bench = await openBench();
    await addColleague(bench, 'bob', ['data-entry']);
    await bench.call('people.setRoles', { user: 'bob', roles: ['investigator', 'coordinator'], reason });
    const changes = `SELECT action, detail ->> 'role' AS role, reason FROM audit WHERE action LIKE 'role.%' ORDER BY seq`;
    expect(await bench.rows(changes)).toEqual([
      { action: 'role.revoked', role: 'data-entry', reason },
      { action: 'role.granted', role: 'coordinator', reason },
      { action: 'role.granted', role: 'investigator', reason },
    ]);
    await bench.call('people.setRoles', { user: 'bob', roles: ['coordinator', 'investigator'], reason });
    expect(await bench.rows(changes)).toHaveLength(3);
  });

  it('end although the clock was set back since they were given', async () => {
    const bench = await openBench();
    await addColleague(bench, 'bob', ['data-entry']);
    bench.clock.setBack(day);
    const { people } = await bench.call('people.setRoles', { user: 'bob', roles: ['investigator'], reason });
    expect(people.find((person) => person.user === 'bob')?.roles).toEqual(['investigator']);
  });
});

describe('a full name', () => {
  it('is changed, and the trail has both', async () => {
    const bench = await openBench();
    await bench.call('people.rename', { user, fullName: ' Anne Martin ' });
    expect(
      await bench.rows(
        `SELECT detail ->> 'old' AS old, detail ->> 'new' AS new FROM audit WHERE action = 'person.renamed'`,
      ),
    ).toEqual([{ old: user, new: 'Anne Martin' }]);
  });
});

describe('a password', () => {
  it('given by an administrator replaces the old one at once', async () => {
    const bench = await openBench();
    await addSettledColleague(bench, 'bob', ['data-entry']);
    await bench.call('people.setPassword', { user: 'bob', reason, password: given });
    await bench.call('session.signOut', {});
    expect((await bench.refusal('session.signIn', { user: 'bob', password: chosen })).key).toBe(
      'wrong-password',
    );
    expect((await bench.call('session.signIn', { user: 'bob', password: given })).passwordDue).toBe('given');
  });

  it('is not given to oneself past the question for the current one', async () => {
    const bench = await openBench();
    expect((await bench.refusal('people.setPassword', { user, reason, password: given })).key).toBe(
      'own-password-elsewhere',
    );
  });

  it.each([
    ['the current one is wrong', { currentPassword: 'wrong horse battery' }, 'wrong-password'],
    ['it is the same again', { newPassword: password }, 'password-same'],
    ['it is too short', { newPassword: 'short' }, 'password-short'],
    ['it holds the user name', { newPassword: 'this is Anne again' }, 'password-holds-name'],
  ])('is not changed when %s', async (_, change, key) => {
    const bench = await openBench();
    const input = { currentPassword: password, newPassword: chosen, ...change };
    expect((await bench.refusal('session.changePassword', input)).key).toBe(key);
    await signInAs(bench, user, password);
  });

  it('that is too old has to be changed at the next sign-in, and not in the midst of work', async () => {
    const bench = await openBench();
    await bench.call('settings.change', { setting: 'idleMinutes', value: 120 });
    bench.clock.pass(366 * day);
    await bench.call('session.unlock', { password });
    await bench.call('subjects.nextNumber', {});
    expect((await signInAs(bench, user, password)).passwordDue).toBe('aged');
    expect((await bench.refusal('subjects.nextNumber', {})).key).toBe('password-due');
    await bench.call('session.changePassword', { currentPassword: password, newPassword: chosen });
    await bench.call('subjects.nextNumber', {});
  });

  it('does not age where the site says so', async () => {
    const bench = await openBench();
    await bench.call('settings.change', { setting: 'passwordMaxAgeDays', value: 0 });
    bench.clock.pass(3650 * day);
    expect((await signInAs(bench, user, password)).passwordDue).toBeNull();
  });
});

describe('the recovery key', () => {
  it('is made anew by an administrator, and the old one opens nothing any more', async () => {
    const bench = startProcess(temporaryFolder());
    const old = await createSite(bench);
    await bench.call('session.signIn', { user, password });
    expect((await bench.refusal('people.recoveryKey', { password: chosen })).key).toBe('wrong-password');
    const { recoveryKey } = await bench.call('people.recoveryKey', { password });
    await bench.call('session.signOut', {});
    const recover = { user, newPassword: chosen };
    expect((await bench.refusal('session.recover', { ...recover, recoveryKey: old })).key).toBe(
      'recovery-key-wrong',
    );
    expect((await bench.call('session.recover', { ...recover, recoveryKey })).passwordDue).toBeNull();
  });

  it('does not open a closed account', async () => {
    const bench = startProcess(temporaryFolder());
    const recoveryKey = await createSite(bench);
    await bench.call('session.signIn', { user, password });
    await addColleague(bench, 'bob', ['data-entry']);
    await bench.call('people.disable', { user: 'bob', reason });
    await bench.call('session.signOut', {});
    const input = { user: 'bob', recoveryKey, newPassword: chosen };
    expect((await bench.refusal('session.recover', input)).key).toBe('person-disabled');
    await bench.call('session.signIn', { user, password });
    expect(
      await bench.rows(`SELECT user, detail ->> 'why' AS why FROM audit WHERE action = 'session.refused'`),
    ).toEqual([{ user: 'bob', why: 'disabled' }]);
  });
});

describe('lock-outs', () => {
  it('stand in the trail and on the page, with the name that was tried', async () => {
    const bench = await openBench();
    await bench.call('session.signOut', {});
    for (let attempt = 0; attempt < 5; attempt += 1)
      await bench.refusal('session.signIn', { user: 'Anne', password: 'wrong horse battery' });
    bench.clock.pass(30_000);
    await bench.call('session.signIn', { user, password });
    const { lockOuts, failures, people } = await bench.call('people.list', {});
    expect(failures).toBe(5);
    expect(lockOuts).toMatchObject([{ user: 'Anne', by: 'password', failures: 5, seconds: 30 }]);
    expect(people[0]?.lastSignIn).toBe(new Date(bench.clock.now()).toISOString());
  });
});

describe('the settings', () => {
  it('of the idle lock hold at once', async () => {
    const bench = await openBench();
    await bench.call('settings.change', { setting: 'idleMinutes', value: 2 });
    expect((await bench.call('site.status', {})).session?.idleMinutes).toBe(2);
    bench.clock.pass(2 * 60_000 + 1);
    expect((await bench.refusal('subjects.nextNumber', {})).code).toBe('locked');
  });
});

describe('a setting', () => {
  it.each([
    ['passwordMaxAgeDays', 0, 3650, 3651],
    ['idleMinutes', 1, 120, 0],
    ['backupEveryMinutes', 5, 1440, 4],
    ['secondEntryShare', 0, 1, 1.01],
  ] as const)(
    '%s goes from %d to %d, not to %d, and each change is told',
    async (setting, least, most, no) => {
      const bench = await openBench();
      for (const value of [least, most, most]) await bench.call('settings.change', { setting, value });
      expect((await bench.call('settings.get', {}))[setting]).toBe(most);
      expect((await bench.refusal('settings.change', { setting, value: no })).code).toBe('invalid-input');
      const told = await bench.rows(
        `SELECT detail ->> 'new' AS new FROM audit WHERE action = 'setting.changed' AND detail ->> 'setting' = '${setting}' ORDER BY seq`,
      );
      expect(told.at(-1)).toEqual({ new: String(most) });
    },
  );
});

describe('the rights of a past day', () => {
  it('come from the trail, whatever the tables say', async () => {
    const bench = await openBench();
    await addColleague(bench, 'bob', ['data-entry']);
    bench.clock.pass(3 * day);
    await bench.call('session.unlock', { password });
    await bench.call('people.setRoles', { user: 'bob', roles: ['coordinator'], reason });
    bench.services.session.authorise('signed-in').site.db.exec('DELETE FROM person_role WHERE person_id = 2');
    const rolesOn = async (date: string) =>
      (await bench.call('people.rightsOn', { date })).people
        .find((person) => person.user === 'bob')
        ?.roles.map(({ role }) => role);
    expect(await rolesOn('2024-03-04')).toBeUndefined();
    expect(await rolesOn('2024-03-05')).toEqual(['data-entry']);
    expect(await rolesOn('2024-03-08')).toEqual(['data-entry', 'coordinator']);
    expect((await bench.refusal('people.rightsOn', { date: '2024-03-09' })).key).toBe('day-ahead');
  });
});
