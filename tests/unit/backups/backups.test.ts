import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { BackupRow } from '#shared/contract/backups.ts';
import { flipByte } from '../faults/damage.ts';
import { run } from '../cli/run.ts';
import {
  openBench,
  setRoles,
  startProcess,
  temporaryFolder,
  user,
  password,
  type Bench,
} from '../services/workbench.ts';

const subject = '01-S01';
const night = { subject, event: 'N1', form: 'NIGHT' };
const ownFolder = (bench: Bench): string => path.join(bench.folder, 'backups');

async function benchWithValues(): Promise<Bench> {
  const bench = await openBench();
  setRoles(bench, user, ['administrator', 'coordinator']);
  await bench.call('subjects.enrol', { subject });
  await setTemperature(bench, '20');
  return bench;
}
async function setTemperature(bench: Bench, value: string): Promise<void> {
  await bench.call('forms.save', { ...night, changes: [{ row: 1, item: 'night_temp', value }] });
}
async function backUp(bench: Bench): Promise<BackupRow> {
  const made = await bench.call('backups.now', {});
  const { backups } = await bench.call('backups.list', {});
  const row = backups.find(({ name }) => name === made.name);
  if (row === undefined) throw new Error('the backup is not in the list');
  return row;
}
const toldOf = (bench: Bench, action: string): Promise<readonly unknown[]> =>
  bench.rows(`SELECT detail FROM audit WHERE action = '${action}' ORDER BY seq`);

describe('a backup', () => {
  it('is a verified copy that nobody reads without the key, listed and told in the trail', async () => {
    const bench = await benchWithValues();
    const row = await backUp(bench);
    expect(row).toMatchObject({ folder: 0, why: 'asked', state: 'verified' });
    const copy = readFileSync(path.join(ownFolder(bench), row.name, 'site.cahier'));
    expect(copy.includes('night_temp') || copy.includes('SQLite format')).toBe(false);
    expect(await toldOf(bench, 'backup.made')).toHaveLength(1);
    expect((await bench.call('audit.verify', {})).ok).toBe(true);
  });

  it('opens as a site by itself, with trail, people, checks and findings', async () => {
    const bench = await benchWithValues();
    await setTemperature(bench, '35');
    const row = await backUp(bench);
    const other = startProcess(path.join(temporaryFolder(), 'copy'), bench.clock);
    cpSync(path.join(ownFolder(bench), row.name), other.folder, { recursive: true });
    await other.call('site.use', { folder: other.folder });
    await other.call('session.signIn', { user, password });
    expect((await other.call('audit.verify', {})).ok).toBe(true);
    const opened = await other.call('subjects.open', { subject });
    expect(opened.findings.length).toBeGreaterThan(0);
    const history = await other.call('audit.history', { ...night, row: 1, item: 'night_temp' });
    expect(history.filter(({ action }) => action === 'value.set')).toHaveLength(2);
  });

  it('goes to every folder of the settings, and one that is gone is told without keeping the others from theirs', async () => {
    const bench = await benchWithValues();
    const [second, gone] = [temporaryFolder(), path.join(temporaryFolder(), 'unplugged')];
    for (const folder of [gone, second]) {
      mkdirSync(folder, { recursive: true });
      bench.dialog.folder = folder;
      await bench.call('backups.addFolder', {});
    }
    rmSync(gone, { recursive: true });
    const { places, name } = await bench.call('backups.now', {});
    expect(places.map(({ state }) => state)).toEqual(['written', 'failed', 'written']);
    expect(places[1]).toMatchObject({ error: { key: 'backup-folder-gone', params: { folder: gone } } });
    expect(readdirSync(second)).toEqual([name]);
    expect(await toldOf(bench, 'backup.failed')).toHaveLength(1);
    const { folders, backups } = await bench.call('backups.list', {});
    expect(folders.map(({ isReachable }) => isReachable)).toEqual([true, false, true]);
    expect(backups.map(({ folder }) => folder)).toEqual([0, 2]);
  });

  it('is made at sign-out when something was recorded, and not when nothing was', async () => {
    const bench = await benchWithValues();
    await bench.call('session.signOut', {});
    expect(readdirSync(ownFolder(bench))).toHaveLength(1);
    await bench.call('session.signIn', { user, password });
    bench.clock.pass(60_000);
    await bench.call('session.signOut', {});
    expect(readdirSync(ownFolder(bench))).toHaveLength(1);
  });

  it('is made after an hour of use, beside the work', async () => {
    const bench = await benchWithValues();
    const { backups, session } = bench.services;
    backups.tick(session.present());
    expect(backups.status()).toMatchObject({ state: 'idle' });
    bench.clock.pass(60 * 60_000);
    backups.tick(session.present());
    expect(backups.status()).toMatchObject({ state: 'running', why: 'hourly' });
    // Work goes on at once.
    await bench.call('session.unlock', { password });
    await setTemperature(bench, '21');
    await expect.poll(() => backups.status().state, { timeout: 20_000 }).toBe('idle');
    expect(await toldOf(bench, 'backup.made')).toHaveLength(1);
  });

  it('that was broken off leaves nothing that counts', async () => {
    const bench = await benchWithValues();
    const asked = bench.refusal('backups.now', {});
    await bench.call('backups.skip', {});
    expect((await asked).code).toBe('cancelled');
    expect((await bench.call('backups.list', {})).backups).toEqual([]);
    expect((await backUp(bench)).state).toBe('verified');
    expect(readdirSync(ownFolder(bench))).toHaveLength(1);
  });

  it('whose entry was prevented by an unexpected end is told at the next sign-in', async () => {
    const bench = await benchWithValues();
    const row = await backUp(bench);
    const copy = startProcess(temporaryFolder(), bench.clock);
    cpSync(path.join(ownFolder(bench), row.name), copy.folder, { recursive: true });
    cpSync(ownFolder(bench), path.join(copy.folder, 'backups'), { recursive: true });
    await copy.call('site.use', { folder: copy.folder });
    await copy.call('session.signIn', { user, password });
    expect(await toldOf(copy, 'backup.made')).toHaveLength(1);
  });

  it('is given up when newer ones of its hour are there, which is told', async () => {
    const bench = await benchWithValues();
    const first = await backUp(bench);
    bench.clock.pass(60_000);
    const second = await backUp(bench);
    expect(readdirSync(ownFolder(bench))).toEqual([second.name]);
    expect(JSON.stringify(await toldOf(bench, 'backup.removed'))).toContain(first.name);
  });
});

describe('a rehearsed restore', () => {
  it('counts and names what would change, and touches nothing', async () => {
    const bench = await benchWithValues();
    const { name } = await backUp(bench);
    await setTemperature(bench, '22');
    await bench.call('subjects.enrol', { subject: '01-S02' });
    const before = await bench.call('audit.verify', {});
    const folder = path.join(temporaryFolder(), 'rehearsal');
    const { comparison } = await bench.call('backups.rehearse', { backup: { folder: 0, name }, folder });
    expect(comparison).toMatchObject({ missingSubjects: ['01-S02'], differentValues: 1 });
    expect(comparison.values).toEqual([
      {
        ...night,
        row: 1,
        item: 'night_temp',
        now: expect.stringContaining('22') as string,
        inBackup: expect.stringContaining('20') as string,
      },
    ]);
    // That the trail was verified is an entry as well.
    expect(comparison.lostEntries).toBe(before.entries + 1 - comparison.seqInBackup);
    expect(await bench.call('audit.verify', {})).toMatchObject({ ok: true, entries: before.entries + 1 });
    const other = startProcess(folder, bench.clock);
    await other.call('site.use', { folder });
    await other.call('session.signIn', { user, password });
    expect((await other.call('audit.verify', {})).ok).toBe(true);
    expect(await toldOf(other, 'backup.restored')).toHaveLength(1);
  });
  it('is refused for a damaged backup, for one that there is not, and into a folder that holds something', async () => {
    const bench = await benchWithValues();
    const { name } = await backUp(bench);
    const folder = temporaryFolder();
    writeFileSync(path.join(folder, 'letter.txt'), '');
    const ref = { folder: 0, name };
    expect((await bench.refusal('backups.rehearse', { backup: ref, folder })).key).toBe(
      'restore-folder-taken',
    );
    const other = { folder: 3, name };
    const empty = path.join(folder, 'new');
    expect((await bench.refusal('backups.rehearse', { backup: other, folder: empty })).key).toBe(
      'backup-unknown',
    );
    flipByte(path.join(ownFolder(bench), name, 'site.cahier'), 5000);
    expect((await bench.refusal('backups.rehearse', { backup: ref, folder: empty })).key).toBe(
      'backup-damaged',
    );
    expect(existsSync(path.join(empty, 'site.cahier'))).toBe(false);
  });
});

describe('a restore', () => {
  it('puts the backup in place, keeps what stood there aside, and names in the trail what it lacks', async () => {
    const bench = await benchWithValues();
    const { name, seq } = await backUp(bench);
    await setTemperature(bench, '22');
    const { aside, lostEntries } = await bench.call('backups.restore', {
      backup: { folder: 0, name },
      reason: 'Wrong file merged',
    });
    expect(readdirSync(path.join(bench.folder, aside))).toContain('site.cahier');
    expect((await bench.call('site.status', {})).state).toBe('closed');
    await bench.call('session.signIn', { user, password });
    expect((await bench.call('audit.verify', {})).ok).toBe(true);
    const { record } = await bench.call('subjects.open', { subject });
    expect(record.values.find(({ item }) => item === 'night_temp')?.text).toBe('20');
    const [told] = await bench.rows(`SELECT detail, reason FROM audit WHERE action = 'backup.restored'`);
    expect(told).toMatchObject({ reason: 'Wrong file merged' });
    expect(JSON.stringify(told)).toContain(`\\"lostFrom\\":${String(seq + 1)}`);
    expect(lostEntries).toBeGreaterThan(0);
  });
  it('is for those who may', async () => {
    const bench = await benchWithValues();
    const { name } = await backUp(bench);
    setRoles(bench, user, ['coordinator']);
    const refusal = await bench.refusal('backups.restore', { backup: { folder: 0, name }, reason: 'x' });
    expect(refusal.code).toBe('forbidden');
  });
});

describe('the command line', () => {
  it('makes a backup in a folder of choice and restores it into a new one, with a comparison', async () => {
    const bench = await benchWithValues();
    bench.services.session.close();
    const out = temporaryFolder();
    const made = await run(['backup', '--dir', bench.folder, '--out', out, '--json']);
    expect(made.code).toBe(0);
    const { name, places } = made.json() as { name: string; places: readonly { state: string }[] };
    expect(places.map(({ state }) => state)).toEqual(['written', 'written']);
    const folder = path.join(temporaryFolder(), 'restored');
    const words = [
      'restore',
      '--from',
      path.join(out, name),
      '--out',
      folder,
      '--compare',
      '--dir',
      bench.folder,
    ];
    const restored = await run([...words, '--json']);
    expect(restored.err).toBe('');
    expect(restored.json()).toMatchObject({ comparison: { differentValues: 0, missingSubjects: [] } });
    expect((await run(['verify', '--dir', folder, '--json'])).json()).toMatchObject({ ok: true });
    expect((await run(words)).code).toBe(1);
  });
});
