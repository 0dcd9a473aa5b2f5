import { describe, expect, it } from 'vitest';
import { peopleProof } from '../../../electron/services/proofs/people.ts';
import { addColleague, addSettledColleague, chosen, given, signInAs } from './colleagues.ts';
import {
  createSite,
  openBench,
  password,
  startProcess,
  temporaryFolder,
  user,
  type Bench,
} from './workbench.ts';

const reason = 'Asked for';

function problems(bench: Bench): readonly string[] {
  const { db, trail } = bench.services.session.authorise('signed-in', 'own-session').site;
  const proof = peopleProof();
  for (const entry of trail.entries()) if (proof.actions.includes(entry.action)) proof.read(entry);
  return proof.problems(db);
}
function alter(bench: Bench, sql: string): void {
  bench.services.session.authorise('signed-in').site.db.exec(sql);
}

describe('accounts, roles and settings', () => {
  it('follow from the trail, whatever was done with them', async () => {
    const bench = startProcess(temporaryFolder());
    const recoveryKey = await createSite(bench);
    await bench.call('session.recover', { user, recoveryKey, newPassword: password });
    await addSettledColleague(bench, 'bob', ['administrator', 'coordinator']);
    await bench.call('people.setRoles', { user: 'bob', roles: ['coordinator', 'data-entry'], reason });
    await bench.call('people.setRoles', { user: 'bob', roles: ['administrator', 'coordinator'], reason });
    await bench.call('people.rename', { user: 'bob', fullName: 'Robert Example' });
    await addColleague(bench, 'carol', ['monitor']);
    await bench.call('people.disable', { user: 'carol', reason });
    await addColleague(bench, 'dan', ['investigator']);
    await bench.call('people.disable', { user: 'dan', reason });
    await bench.call('people.enable', { user: 'dan', reason, password: given });
    await bench.call('people.setPassword', { user: 'bob', reason, password: given });
    await bench.call('people.recoveryKey', { password });
    await bench.call('settings.change', { setting: 'idleMinutes', value: 5 });
    await bench.call('settings.change', { setting: 'backupFolders', value: ['/media/a "quoted" drive'] });
    bench.clock.setBack(86_400_000);
    await bench.call('people.setRoles', { user: 'bob', roles: ['administrator'], reason });
    expect(problems(bench)).toEqual([]);
    await signInAs(bench, 'bob', given);
    await bench.call('session.changePassword', { currentPassword: given, newPassword: chosen });
    expect(problems(bench)).toEqual([]);
  });

  it.each([
    [`UPDATE person SET full_name = 'Mallory'`, 'The account of anne differs from the trail in full_name.'],
    [
      `UPDATE person SET disabled_at = NULL WHERE user = 'bob'`,
      'The account of bob differs from the trail in disabled_at.',
    ],
    [
      `UPDATE person SET must_change = 1 WHERE user = 'anne'`,
      'The account of anne differs from the trail in must_change.',
    ],
    [
      `UPDATE person SET password_set_at = 1 WHERE user = 'anne'`,
      'The account of anne differs from the trail in password_set_at.',
    ],
    [
      `UPDATE person SET slot = NULL WHERE user = 'anne'`,
      'The account of anne differs from the trail in slot.',
    ],
    [
      `INSERT INTO person (user, user_key, created_at) VALUES ('mallory', 'mallory', 1)`,
      'The account of mallory is not in the trail.',
    ],
    [
      `INSERT INTO person_role (person_id, role, granted_at) VALUES (2, 'administrator', 1)`,
      'The role administrator of bob does not follow from the trail.',
    ],
    [
      `DELETE FROM person_role WHERE role = 'coordinator'`,
      'The role coordinator of anne does not follow from the trail.',
    ],
    [
      `UPDATE meta SET value = '02' WHERE key = 'siteCode'`,
      'The entry siteCode of the site differs from the trail.',
    ],
    [
      `UPDATE meta SET value = 'X' WHERE key = 'siteName'`,
      'The entry siteName of the site differs from the trail.',
    ],
    [
      `INSERT INTO meta VALUES ('setting.idleMinutes', '120')`,
      'The entry setting.idleMinutes of the site differs from the trail.',
    ],
    [
      `DELETE FROM meta WHERE key = 'permissions'`,
      'The entry permissions of the site differs from the trail.',
    ],
  ])('are found when they were altered by %s', async (sql, problem) => {
    const bench = await openBench();
    await addColleague(bench, 'bob', ['data-entry']);
    await bench.call('people.disable', { user: 'bob', reason });
    expect(problems(bench)).toEqual([]);
    alter(bench, sql);
    expect(problems(bench)).toContain(problem);
  });
});

describe('a site made before accounts could be closed', () => {
  it('follows from its trail, which says less', async () => {
    const bench = await openBench();
    // As such a site's rows and entries are: no full name, no slot, no time of the password.
    alter(
      bench,
      `UPDATE person SET slot = NULL, password_set_at = NULL; DELETE FROM meta WHERE key = 'permissions'`,
    );
    const { db, trail } = bench.services.session.authorise('signed-in').site;
    const proof = peopleProof();
    for (const entry of trail.entries()) {
      if (entry.action === 'person.created')
        proof.read({ ...entry, detail: { person: user, roles: 'administrator, coordinator' } });
      if (entry.action === 'site.created') proof.read({ ...entry, detail: { site: '01', practice: false } });
    }
    expect(proof.problems(db)).toEqual([]);
  });

  it('is signed in to as before, and knows its slots from the next password on', async () => {
    const bench = await openBench();
    alter(bench, 'UPDATE person SET slot = NULL, password_set_at = NULL');
    expect((await signInAs(bench, user, password)).passwordDue).toBeNull();
    await bench.call('session.changePassword', { currentPassword: password, newPassword: chosen });
    expect(await signInAs(bench, user, chosen)).toMatchObject({ user });
  });
});
