/** A disk that is full or refuses to be written to, at whichever write: what was acknowledged stays, the rest is told. */
import { cpSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readOnlyFolder } from '../exports/full-disk.ts';
import {
  openBench,
  password,
  setRoles,
  startProcess,
  temporaryFolder,
  user,
  type Bench,
} from '../services/workbench.ts';
import { countFaults } from './figures.ts';
import { openDisk, type Disk } from './small-disk.ts';

const count = countFaults('full-disk');
const subject = '01-S01';
const night = { subject, event: 'N1', form: 'NIGHT' };

/** Room for a site and little more. */
let disk: Disk;
beforeAll(() => {
  disk = openDisk(6 * 1024 * 1024);
});
afterAll(() => {
  disk.remove();
});

async function benchOnDisk(name: string): Promise<Bench> {
  const template = await openBench();
  setRoles(template, user, ['administrator', 'coordinator']);
  await template.call('subjects.enrol', { subject });
  template.services.session.close();
  const bench = startProcess(path.join(disk.folder, name));
  cpSync(template.folder, bench.folder, { recursive: true });
  await bench.call('site.use', { folder: bench.folder });
  await bench.call('session.signIn', { user, password });
  return bench;
}
const save = (bench: Bench, value: string) =>
  bench.services.dispatch('forms.save', { ...night, changes: [{ row: 1, item: 'night_temp', value }] });

describe('a disk that is full', () => {
  it.each([0, 1, 2, 3, 5, 8, 13, 21])(
    'with %i kilobytes left loses no acknowledged value and says that it is full',
    async (kilobytes) => {
      count.injected();
      const bench = await benchOnDisk(`entry-${String(kilobytes)}`);
      const release = disk.fill(kilobytes * 1024);
      const acknowledged: string[] = [];
      let refused = 0;
      try {
        for (let index = 0; index < 60 && refused < 3; index += 1) {
          const value = String(15 + (index % 20));
          const answer = await save(bench, value);
          if (answer.ok) acknowledged.push(value);
          else {
            refused += 1;
            expect(['disk-full', 'damaged']).toContain(answer.error.code);
          }
        }
        expect(refused).toBeGreaterThan(0);
      } finally {
        release();
      }
      bench.services.session.close();
      await bench.call('session.signIn', { user, password });
      const history = await bench.call('audit.history', { ...night, row: 1, item: 'night_temp' });
      const values = history.map(({ new: value }) => value?.text);
      const kept = acknowledged.filter((value, index) => value !== acknowledged[index - 1]);
      expect(values).toEqual(kept);
      expect((await bench.call('audit.verify', {})).problems).toEqual([]);
      expect((await save(bench, '36')).ok).toBe(true);
      bench.services.session.close();
      disk.clear(`entry-${String(kilobytes)}`);
    },
  );

  it.each([0, 40, 200, 400, 700])(
    'with %i kilobytes left makes no half backup, says so and keeps nobody from signing out',
    async (kilobytes) => {
      count.injected();
      const bench = await benchOnDisk(`backup-${String(kilobytes)}`);
      const release = disk.fill(kilobytes * 1024);
      try {
        const answer = await bench.services.dispatch('backups.now', {});
        const { backups } = await bench.call('backups.list', {});
        if (answer.ok) expect(backups).toHaveLength(1);
        else {
          expect(answer.error.code).toBe('disk-full');
          expect(backups).toEqual([]);
        }
        await bench.call('session.signOut', {});
        const own = path.join(bench.folder, 'backups');
        if (!answer.ok && existsSync(own)) expect(readdirSync(own)).toEqual([]);
      } finally {
        release();
      }
      await bench.call('session.signIn', { user, password });
      expect((await bench.call('audit.verify', {})).problems).toEqual([]);
      bench.services.session.close();
      disk.clear(`backup-${String(kilobytes)}`);
    },
  );

  it('of a further folder is told and does not keep the site from its own backup', async () => {
    count.injected();
    const bench = await openBench();
    setRoles(bench, user, ['administrator', 'coordinator']);
    const folder = path.join(disk.folder, 'further');
    mkdirSync(folder);
    bench.dialog.folder = folder;
    await bench.call('backups.addFolder', {});
    const release = disk.fill(0);
    const { places } = await bench.call('backups.now', {});
    release();
    expect(places).toMatchObject([
      { state: 'written' },
      { state: 'failed', error: { key: 'backup-disk-full' } },
    ]);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('keeps the drafts that were kept before', async () => {
    count.injected();
    const bench = await benchOnDisk('drafts');
    const keep = (typed: string) =>
      bench.services.dispatch('drafts.keep', {
        keep: [{ ...night, row: 1, item: 'night_wakes', typed, baseVersion: 0 }],
      });
    expect((await keep('7')).ok).toBe(true);
    const release = disk.fill(0);
    const answer = await keep('8'.repeat(39_000));
    release();
    if (!answer.ok) expect(answer.error.code).toBe('disk-full');
    const [draft] = await bench.call('drafts.list', {});
    expect(['7', '8'.repeat(39_000)]).toContain(draft?.typed);
    bench.services.session.close();
    disk.clear('drafts');
  });
});

describe('a folder that cannot be written to', () => {
  it('takes no restored site and says so', async () => {
    count.injected();
    const bench = await openBench();
    setRoles(bench, user, ['administrator', 'coordinator']);
    const { name } = await bench.call('backups.now', {});
    const folder = path.join(readOnlyFolder, 'cahier-restored');
    const refusal = await bench.refusal('backups.rehearse', { backup: { folder: 0, name }, folder });
    expect(refusal.code).not.toBe('internal');
    expect(existsSync(folder)).toBe(false);
  });
  it('is no obstacle as a further backup folder', async () => {
    count.injected();
    const bench = await openBench();
    setRoles(bench, user, ['administrator', 'coordinator']);
    bench.dialog.folder = readOnlyFolder;
    await bench.call('backups.addFolder', {});
    const { places } = await bench.call('backups.now', {});
    expect(places).toMatchObject([
      { state: 'written' },
      { state: 'failed', error: { key: 'backup-read-only' } },
    ]);
  });
  it('in whose place a file stands takes no backup and says so', async () => {
    count.injected();
    const bench = await openBench();
    writeFileSync(path.join(bench.folder, 'backups'), 'a file');
    const refusal = await bench.refusal('backups.now', {});
    expect(refusal.code).not.toBe('internal');
    expect(temporaryFolder()).not.toBe('');
  });
});

describe('a second process', () => {
  it('on the same folder is refused by name, in every way in', async () => {
    count.injected();
    const bench = await openBench();
    const second = startProcess(bench.folder, bench.clock);
    await second.call('site.use', { folder: bench.folder });
    expect((await second.refusal('session.signIn', { user, password })).code).toBe('in-use');
    const folder = path.join(temporaryFolder(), 'new');
    expect((await second.refusal('damage.salvage', { folder, user, password })).code).toBe('in-use');
    expect((await second.refusal('damage.accept', { user, password })).code).toBe('in-use');
    const backup = { folder: 0, name: '01-x.cahier-backup' };
    expect((await second.refusal('damage.takeKeys', { backup, user, password })).code).toBe('in-use');
    expect((await second.refusal('damage.restore', { backup, folder, user, password })).code).toBe('in-use');
  });
});
