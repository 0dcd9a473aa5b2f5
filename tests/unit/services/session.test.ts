import { describe, expect, it } from 'vitest';
import {
  createSite,
  createTestClock,
  openBench,
  password,
  startProcess,
  temporaryFolder,
  user,
} from './workbench.ts';

const minutes = 60_000;
const wrong = { user, password: 'wrong horse battery' };
const actions = 'SELECT action, user, role FROM audit ORDER BY seq';
const sessionActions = `SELECT action FROM audit WHERE action LIKE 'session.%' ORDER BY seq`;

describe('the first person of a site', () => {
  it('is administrator and coordinator, and can do what both can', async () => {
    const { call } = await openBench();
    const { session } = await call('site.status', {});
    expect(session?.roles).toEqual(['administrator', 'coordinator']);
    expect(session?.verbs).toContain('values.write');
    expect(session?.verbs).toContain('people.manage');
  });

  it('stands in the trail with the site and its study', async () => {
    const { rows } = await openBench();
    expect(await rows(actions)).toEqual([
      { action: 'site.created', user, role: 'administrator' },
      { action: 'person.created', user, role: 'administrator' },
      { action: 'permissions.installed', user, role: 'administrator' },
      { action: 'study.installed', user, role: 'administrator' },
      { action: 'session.signed-in', user, role: 'administrator' },
    ]);
  });
});

describe('a session', () => {
  it('goes from none through closed and open to closed again', async () => {
    const bench = startProcess(temporaryFolder());
    const stateNow = async () => (await bench.call('site.status', {})).state;
    expect(await stateNow()).toBe('none');
    await createSite(bench);
    expect(await stateNow()).toBe('closed');
    await bench.call('session.signIn', { user, password });
    expect(await stateNow()).toBe('open');
    await bench.call('session.lock', {});
    expect(await stateNow()).toBe('locked');
    await bench.call('session.unlock', { password });
    await bench.call('session.signOut', {});
    expect(await stateNow()).toBe('closed');
  });

  it('leaves sign-in, lock, unlock and sign-out in the trail', async () => {
    const { call, rows } = await openBench();
    await call('session.lock', {});
    await call('session.unlock', { password });
    await call('session.signOut', {});
    expect(await rows(sessionActions)).toEqual(
      ['signed-in', 'locked', 'unlocked', 'signed-out'].map((end) => ({ action: `session.${end}` })),
    );
  });

  it('finds the person whatever the case of the name', async () => {
    const bench = startProcess(temporaryFolder());
    await createSite(bench);
    expect((await bench.call('session.signIn', { user: 'ANNE', password })).user).toBe('anne');
  });

  it('shows the name of the site before anybody has signed in', async () => {
    const bench = startProcess(temporaryFolder());
    await createSite(bench);
    expect(await bench.call('site.status', {})).toMatchObject({
      state: 'closed',
      siteName: 'Ward 7',
      siteCode: '01',
      practice: false,
      session: null,
    });
  });

  it('reads the roles anew for every call', async () => {
    const bench = await openBench();
    const { db } = bench.services.session.authorise('subjects.enrol').site;
    db.prepare(`UPDATE person_role SET revoked_at = granted_at WHERE role = 'coordinator'`).run();
    expect((await bench.refusal('subjects.enrol', { subject: '01-S01' })).code).toBe('forbidden');
  });

  it('can be opened once only, until it is closed', async () => {
    const bench = await openBench();
    const second = startProcess(bench.folder, bench.clock);
    await second.call('site.use', { folder: bench.folder });
    expect(await second.refusal('session.signIn', { user, password })).toMatchObject({
      code: 'in-use',
      params: { user },
    });
    await bench.call('session.signOut', {});
    expect((await second.call('session.signIn', { user, password })).user).toBe(user);
  });
});

describe('the idle lock', () => {
  it('closes the session after ten minutes without a call, and records it', async () => {
    const bench = await openBench();
    bench.clock.pass(10 * minutes + 1);
    expect((await bench.refusal('subjects.nextNumber', {})).code).toBe('locked');
    expect(await bench.rows(sessionActions)).toContainEqual({ action: 'session.locked' });
  });

  it('does not come while somebody works', async () => {
    const bench = await openBench();
    for (let call = 0; call < 5; call += 1) {
      bench.clock.pass(9 * minutes);
      await bench.call('subjects.nextNumber', {});
    }
    expect((await bench.call('site.status', {})).state).toBe('open');
  });

  it('is kept away by keys and mouse, but not by asking how an export goes', async () => {
    const bench = await openBench();
    bench.clock.pass(9 * minutes);
    bench.services.session.noteActivity();
    bench.clock.pass(9 * minutes);
    expect((await bench.refusal('exports.status', { job: 'none' })).code).toBe('not-found');
    bench.clock.pass(2 * minutes);
    expect((await bench.refusal('exports.status', { job: 'none' })).code).toBe('locked');
  });

  it('comes when the machine slept, although its steady clock stood still', async () => {
    const bench = await openBench();
    bench.clock.setBack(-30 * minutes);
    bench.services.session.lockWhenIdle();
    expect((await bench.call('site.status', {})).state).toBe('locked');
  });

  it('cannot be put off by setting the clock back', async () => {
    const bench = await openBench();
    bench.clock.setBack(60 * minutes);
    bench.clock.pass(11 * minutes);
    bench.services.session.lockWhenIdle();
    expect((await bench.call('site.status', {})).state).toBe('locked');
  });
});

describe('failed sign-ins', () => {
  it('say the same for a wrong name and a wrong password', async () => {
    const bench = startProcess(temporaryFolder());
    await createSite(bench);
    const [ofName, ofPassword] = [
      await bench.refusal('session.signIn', { user: 'nobody', password }),
      await bench.refusal('session.signIn', wrong),
    ];
    expect(ofName).toEqual(ofPassword);
    expect(ofName.code).toBe('wrong-password');
  });

  it('are told in the trail at the next sign-in, each once, with the name that was typed', async () => {
    const bench = startProcess(temporaryFolder());
    await createSite(bench);
    await bench.refusal('session.signIn', wrong);
    bench.clock.pass(minutes);
    await bench.refusal('session.signIn', { user: 'mallory', password: 'x' });
    await bench.call('session.signIn', { user, password });
    await bench.call('session.signOut', {});
    await bench.call('session.signIn', { user, password });
    expect(
      await bench.rows(`SELECT user, at FROM audit WHERE action = 'session.failed' ORDER BY seq`),
    ).toEqual([
      { user, at: bench.clock.now() - minutes },
      { user: 'mallory', at: bench.clock.now() },
    ]);
  });

  it('bring a delay after the fifth that grows, survives a restart, and refuses the right password too', async () => {
    const bench = startProcess(temporaryFolder());
    await createSite(bench);
    for (let attempt = 0; attempt < 5; attempt += 1)
      expect((await bench.refusal('session.signIn', wrong)).code).toBe('wrong-password');
    expect(await bench.refusal('session.signIn', { user, password })).toMatchObject({
      code: 'too-many-attempts',
      params: { seconds: 30 },
    });

    const restarted = startProcess(bench.folder, bench.clock);
    await restarted.call('site.use', { folder: bench.folder });
    bench.clock.pass(29_000);
    expect(await restarted.refusal('session.signIn', { user, password })).toMatchObject({
      code: 'too-many-attempts',
      params: { seconds: 1 },
    });
    bench.clock.pass(1_000);
    expect((await restarted.refusal('session.signIn', wrong)).code).toBe('wrong-password');
    expect(await restarted.refusal('session.signIn', { user, password })).toMatchObject({
      params: { seconds: 60 },
    });
    bench.clock.pass(60_000);
    expect((await restarted.call('session.signIn', { user, password })).user).toBe(user);
  });

  it('start the whole delay anew when the clock is set back', async () => {
    const bench = startProcess(temporaryFolder());
    await createSite(bench);
    for (let attempt = 0; attempt < 5; attempt += 1) await bench.refusal('session.signIn', wrong);
    bench.clock.setBack(60 * minutes);
    expect(await bench.refusal('session.signIn', { user, password })).toMatchObject({
      params: { seconds: 30 },
    });
    bench.clock.pass(30_000);
    expect((await bench.call('session.signIn', { user, password })).user).toBe(user);
  });

  it('count while the session is locked, and are in the trail at once', async () => {
    const bench = await openBench();
    await bench.call('session.lock', {});
    for (let attempt = 0; attempt < 5; attempt += 1)
      expect((await bench.refusal('session.unlock', { password: 'x' })).code).toBe('wrong-password');
    expect((await bench.refusal('session.unlock', { password })).code).toBe('too-many-attempts');
    expect(await bench.rows(`SELECT 1 FROM audit WHERE action = 'session.failed'`)).toHaveLength(5);
  });

  it('are taken one after the other, however many are sent at once', async () => {
    const bench = startProcess(temporaryFolder());
    await createSite(bench);
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => bench.refusal('session.signIn', wrong)),
    );
    expect(answers.map(({ code }) => code)).toEqual([
      ...Array<string>(5).fill('wrong-password'),
      ...Array<string>(3).fill('too-many-attempts'),
    ]);
  });
});

describe('the recovery key', () => {
  it('opens the site, sets a new password, and is told in the trail', async () => {
    const bench = startProcess(temporaryFolder());
    const recoveryKey = await createSite(bench);
    const newPassword = 'a quite new password';
    await bench.call('session.recover', {
      user,
      recoveryKey: recoveryKey.toLowerCase().replaceAll('-', ' '),
      newPassword,
    });
    await bench.call('session.signOut', {});
    expect((await bench.refusal('session.signIn', { user, password })).code).toBe('wrong-password');
    expect((await bench.call('session.signIn', { user, password: newPassword })).user).toBe(user);
    const { db } = bench.services.session.authorise('signed-in').site;
    expect(db.prepare(`SELECT 1 FROM audit WHERE action = 'session.recovered'`).all()).toHaveLength(1);
  });

  it('of another site is refused and counted', async () => {
    const [bench, other] = [startProcess(temporaryFolder()), startProcess(temporaryFolder())];
    await createSite(bench);
    const recoveryKey = await createSite(other);
    const ask = () =>
      bench.refusal('session.recover', { user, recoveryKey, newPassword: 'a quite new password' });
    for (let attempt = 0; attempt < 5; attempt += 1) expect((await ask()).key).toBe('recovery-key-wrong');
    expect((await ask()).code).toBe('too-many-attempts');
  });

  it('does not make a person of a name that is not there', async () => {
    const bench = startProcess(temporaryFolder());
    const recoveryKey = await createSite(bench);
    expect(
      (
        await bench.refusal('session.recover', {
          user: 'mallory',
          recoveryKey,
          newPassword: 'a quite new password',
        })
      ).code,
    ).toBe('not-found');
    expect((await bench.call('session.signIn', { user, password })).user).toBe(user);
  });
});

describe('a site that cannot be made', () => {
  it.each([
    ['a short password', { password: 'short' }, 'password-short'],
    ['a password with the name in it', { password: 'my name is Anne!' }, 'password-holds-name'],
    ['a password of one character', { password: 'aaaaaaaaaaaaaaaa' }, 'password-uniform'],
    ['a name of spaces', { user: '   ' }, 'user-name-unfit'],
    ['a name with a line end', { user: 'an\nne' }, 'user-name-unfit'],
    ['a relative folder', { folder: 'here' }, 'folder-relative'],
  ])('for %s leaves nothing behind', async (_, change, key) => {
    const bench = startProcess(temporaryFolder());
    const input = { folder: bench.folder, siteCode: '01', siteName: 'Ward 7', user, password, ...change };
    expect((await bench.refusal('site.create', input)).key).toBe(key);
    expect((await bench.refusal('site.use', { folder: bench.folder })).code).toBe('not-a-site');
  });

  it('is not made over another one', async () => {
    const bench = startProcess(temporaryFolder(), createTestClock());
    await createSite(bench);
    expect(
      (
        await bench.refusal('site.create', {
          folder: bench.folder,
          siteCode: '02',
          siteName: 'Other',
          user,
          password,
        })
      ).code,
    ).toBe('exists');
    expect((await bench.call('session.signIn', { user, password })).user).toBe(user);
  });
});
