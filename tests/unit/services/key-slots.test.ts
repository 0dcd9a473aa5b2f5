/** Key file and database change together: what a crash between any two of their steps leaves, looked at from the next start. */
import { cpSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { peopleOf, readKeyring, slotsOf, writeKeyring } from '../../../electron/db/keyring.ts';
import { addColleague, addSettledColleague, chosen, given, signInAs } from './colleagues.ts';
import { openBench, password, startProcess, temporaryFolder, user, type Bench } from './workbench.ts';

const reason = 'Asked for';

/**
 * The folder as a crash leaves it after the new slot is in the key file and before COMMIT, taken in the midst of the
 * transaction by a trigger. `stickyFile`: from then on the key file can't be written any more, as when the process ends
 * between COMMIT and the last step.
 */
function onChangeOfPeople(
  bench: Bench,
  { stickyFile }: { stickyFile: boolean },
): { readonly crashed: string } {
  const crashed = temporaryFolder();
  const { db } = bench.services.session.authorise('signed-in').site;
  db.function('crash', () => {
    cpSync(bench.folder, crashed, { recursive: true, filter: (file) => !file.includes('site.lock') });
    if (stickyFile) mkdirSync(temporaryOf(bench), { recursive: true });
    return 0;
  });
  db.exec('CREATE TEMP TRIGGER crash_update AFTER UPDATE ON main.person BEGIN SELECT crash(); END');
  db.exec('CREATE TEMP TRIGGER crash_insert AFTER INSERT ON main.person BEGIN SELECT crash(); END');
  return { crashed };
}
const temporaryOf = ({ folder }: Bench): string => path.join(folder, `keys.json.${String(process.pid)}.tmp`);

async function restarted(folder: string): Promise<Bench> {
  const bench = startProcess(folder);
  await bench.call('site.use', { folder });
  return bench;
}
const outcome = async (bench: Bench, name: string, withPassword: string): Promise<string> => {
  const answer = await bench.services.dispatch('session.signIn', { user: name, password: withPassword });
  if (answer.ok) await bench.call('session.signOut', {});
  return answer.ok ? 'in' : answer.error.key;
};
const slotCount = (folder: string, name: string): number => slotsOf(readKeyring(folder), name).length;

describe('a crash while a password is replaced', () => {
  it('before COMMIT leaves the old password, and no trace of the new one', async () => {
    const bench = await openBench();
    const { crashed } = onChangeOfPeople(bench, { stickyFile: false });
    await bench.call('session.changePassword', { currentPassword: password, newPassword: chosen });
    expect(slotCount(crashed, user)).toBe(2);
    expect(slotCount(bench.folder, user)).toBe(1);

    const after = await restarted(crashed);
    expect(await outcome(after, user, chosen)).toBe('password-replaced');
    expect(await outcome(after, user, password)).toBe('in');
    expect(slotCount(crashed, user)).toBe(1);
  });

  it('after COMMIT leaves the new password, and the old one opens nothing', async () => {
    const bench = await openBench();
    onChangeOfPeople(bench, { stickyFile: true });
    await bench.call('session.changePassword', { currentPassword: password, newPassword: chosen });
    expect(slotCount(bench.folder, user)).toBe(2);
    // Not even in the session that goes on.
    await bench.call('session.lock', {});
    expect((await bench.refusal('session.unlock', { password })).key).toBe('wrong-password');
    await bench.call('session.signOut', {});

    rmSync(temporaryOf(bench), { recursive: true });
    const after = await restarted(bench.folder);
    expect(await outcome(after, user, password)).toBe('password-replaced');
    expect(await outcome(after, user, chosen)).toBe('in');
    expect(slotCount(bench.folder, user)).toBe(1);
  });

  it('by an administrator leaves one of the two, too', async () => {
    const bench = await openBench();
    await addSettledColleague(bench, 'bob', ['data-entry']);
    const { crashed } = onChangeOfPeople(bench, { stickyFile: false });
    await bench.call('people.setPassword', { user: 'bob', reason, password: given });
    const after = await restarted(crashed);
    expect(await outcome(after, 'bob', given)).toBe('password-replaced');
    expect(await outcome(after, 'bob', chosen)).toBe('in');
  });
});

describe('a crash while an account is made', () => {
  it('leaves none, and its slot is swept at the next opening', async () => {
    const bench = await openBench();
    const { crashed } = onChangeOfPeople(bench, { stickyFile: false });
    await addColleague(bench, 'bob', ['data-entry']);
    expect(peopleOf(readKeyring(crashed))).toContain('bob');
    const after = await restarted(crashed);
    expect(await outcome(after, 'bob', given)).toBe('user-unknown');
    expect(peopleOf(readKeyring(crashed))).toEqual([user]);
    await after.call('session.signIn', { user, password });
    await addColleague(after, 'bob', ['data-entry']);
  });
});

describe('a crash while an account is closed', () => {
  it('before COMMIT leaves it open', async () => {
    const bench = await openBench();
    await addSettledColleague(bench, 'bob', ['data-entry']);
    const { crashed } = onChangeOfPeople(bench, { stickyFile: false });
    await bench.call('people.disable', { user: 'bob', reason });
    expect(await outcome(await restarted(crashed), 'bob', chosen)).toBe('in');
  });

  it('after COMMIT lets nobody in, and their own attempt sweeps the slot', async () => {
    const bench = await openBench();
    await addSettledColleague(bench, 'bob', ['data-entry']);
    onChangeOfPeople(bench, { stickyFile: true });
    await bench.call('people.disable', { user: 'bob', reason });
    await bench.call('session.signOut', {});
    expect(slotCount(bench.folder, 'bob')).toBe(1);

    rmSync(temporaryOf(bench), { recursive: true });
    const after = await restarted(bench.folder);
    expect(await outcome(after, 'bob', chosen)).toBe('person-disabled');
    expect(slotCount(bench.folder, 'bob')).toBe(0);
  });
});

describe('a key file that can’t be written', () => {
  it('leaves account, trail and file as they were', async () => {
    const bench = await openBench();
    mkdirSync(temporaryOf(bench));
    const before = await bench.rows('SELECT COUNT(*) FROM audit');
    const input = { currentPassword: password, newPassword: chosen };
    expect((await bench.services.dispatch('session.changePassword', input)).ok).toBe(false);
    expect(await bench.rows('SELECT COUNT(*) FROM audit')).toEqual(before);
    expect(slotCount(bench.folder, user)).toBe(1);
  });
});

describe('a database that can’t be written', () => {
  it('takes the new slot out of the key file again', async () => {
    const bench = await openBench();
    const { db } = bench.services.session.authorise('signed-in').site;
    db.exec(`CREATE TEMP TRIGGER full AFTER UPDATE ON main.person BEGIN SELECT RAISE(ABORT, 'full'); END`);
    const input = { currentPassword: password, newPassword: chosen };
    expect((await bench.services.dispatch('session.changePassword', input)).ok).toBe(false);
    expect(slotCount(bench.folder, user)).toBe(1);
    await signInAs(bench, user, password);
  });
});

describe('an older copy of the key file, put back', () => {
  it('brings no replaced password back, and the recovery key still opens', async () => {
    const bench = await openBench();
    const { recoveryKey } = await bench.call('people.recoveryKey', { password });
    const older = readKeyring(bench.folder);
    await bench.call('session.changePassword', { currentPassword: password, newPassword: chosen });
    await bench.call('session.signOut', {});
    writeKeyring(bench.folder, older);
    expect(await outcome(bench, user, password)).toBe('password-replaced');
    expect(await outcome(bench, user, chosen)).toBe('wrong-password');
    expect((await bench.call('session.recover', { user, recoveryKey, newPassword: given })).user).toBe(user);
  });

  it('shows on the page who needs a new password', async () => {
    const bench = await openBench();
    await addSettledColleague(bench, 'bob', ['data-entry']);
    const older = readKeyring(bench.folder);
    await bench.call('people.setPassword', { user: 'bob', reason, password: given });
    writeKeyring(bench.folder, older);
    const { people } = await bench.call('people.list', {});
    expect(people.map(({ user: name, lacksKey }) => [name, lacksKey])).toEqual([
      [user, false],
      ['bob', true],
    ]);
  });
});

it('The key file is readable by its owner only, and no other copy of it is left', async () => {
  const bench = await openBench();
  await addSettledColleague(bench, 'bob', ['data-entry']);
  expect(statSync(path.join(bench.folder, 'keys.json')).mode & 0o077).toBe(0);
  expect(readdirSync(bench.folder).filter((name) => name.startsWith('keys.json'))).toEqual(['keys.json']);
});
