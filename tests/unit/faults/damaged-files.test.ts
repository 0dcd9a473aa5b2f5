/** Every file of a site folder, damaged in every usual way: the site opens whole, or says in one sentence why it does not. */
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  createSite,
  password,
  setRoles,
  startProcess,
  temporaryFolder,
  user,
  type Bench,
} from '../services/workbench.ts';
import { flipByte, pageSize, truncateTo, zeroPage } from './damage.ts';
import { countFaults } from './figures.ts';

const count = countFaults('damaged-files');
const subject = '01-S01';
const night = { subject, event: 'N1', form: 'NIGHT' };
const acknowledged = ['20', '21', '22', '23'];

/** Killed in the midst of work: the log holds the newest values, and nobody signed out. */
let killed = '';
let backupName = '';
const tidy: (() => void)[] = [];
beforeAll(async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'cahier-faults-'));
  const bench = startProcess(folder, undefined, undefined, tidy);
  await createSite(bench);
  await bench.call('session.signIn', { user, password });
  setRoles(bench, user, ['administrator', 'coordinator']);
  await bench.call('subjects.enrol', { subject });
  await save(bench, acknowledged[0] ?? '');
  backupName = (await bench.call('backups.now', {})).name;
  for (const value of acknowledged.slice(1)) await save(bench, value);
  await bench.call('drafts.keep', {
    keep: [{ ...night, row: 1, item: 'night_wakes', typed: '7', baseVersion: 0 }],
  });
  killed = mkdtempSync(path.join(tmpdir(), 'cahier-killed-'));
  cpSync(folder, killed, { recursive: true });
}, 60_000);
afterAll(() => {
  for (const end of tidy) end();
  rmSync(killed, { recursive: true, force: true });
});

async function save(bench: Bench, value: string): Promise<void> {
  await bench.call('forms.save', { ...night, changes: [{ row: 1, item: 'night_temp', value }] });
}
function copyOfKilled(): Bench {
  const bench = startProcess(temporaryFolder());
  cpSync(killed, bench.folder, { recursive: true });
  for (const name of ['site.lock', 'site.lock.json']) rmSync(path.join(bench.folder, name), { force: true });
  return bench;
}
const hash = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex');

/** Everything that was acknowledged is there and the site verifies, or it is refused in words and the file is untouched. */
async function opensWholeOrTells(bench: Bench, file: string): Promise<string> {
  const [before, logBefore] = [hash(file), hash(path.join(bench.folder, 'site.cahier'))];
  await bench.call('site.use', { folder: bench.folder });
  const answer = await bench.services.dispatch('session.signIn', { user, password });
  if (!answer.ok) {
    expect(answer.error.code).not.toBe('internal');
    expect(answer.error.message).toMatch(/^[A-Z].+\.$/u);
    expect(hash(file)).toBe(before);
    expect(hash(path.join(bench.folder, 'site.cahier'))).toBe(logBefore);
    return answer.error.key;
  }
  const history = await bench.call('audit.history', { ...night, row: 1, item: 'night_temp' });
  expect(history.map(({ new: value }) => value?.text)).toEqual(acknowledged);
  // The list of known heads holds nothing that was recorded; that it was altered is named.
  const { problems } = await bench.call('audit.verify', {});
  expect(problems.filter((problem) => !problem.includes('heads.json'))).toEqual([]);
  return 'whole';
}

const positions = [0, 40, 1000, pageSize - 10, pageSize + 100, 5 * pageSize + 7, 20 * pageSize + 1];
type Damage = readonly [string, (file: string) => void];
const damages: readonly Damage[] = [
  ['emptied', (file) => truncateTo(file, 0)],
  ['cut in half', (file) => truncateTo(file, 0.5)],
  ['cut by one byte', (file) => truncateTo(file, 1 - 0.5 / statSync(file).size)],
  ['with its first page zeroed', (file) => zeroPage(file, 0)],
  ['with its second page zeroed', (file) => zeroPage(file, 1)],
  ['with its tenth page zeroed', (file) => zeroPage(file, 9)],
  ...positions.map((position): Damage => [
    `with a bit of byte ${String(position)} flipped`,
    (file) => {
      flipByte(file, Math.min(position, statSync(file).size - 1));
    },
  ]),
];

describe('a site whose database is damaged', () => {
  it.each(damages)('and is %s opens whole or is left alone', async (_, damage) => {
    count.injected();
    const bench = copyOfKilled();
    const file = path.join(bench.folder, 'site.cahier');
    damage(file);
    const outcome = await opensWholeOrTells(bench, file);
    expect(['whole', 'database-damaged', 'entries-missing', 'disk-fault']).toContain(outcome);
  });
});

describe('a site whose log is damaged after a crash', () => {
  it.each(damages)('and is %s opens whole or is left alone', async (_, damage) => {
    count.injected();
    const bench = copyOfKilled();
    const file = path.join(bench.folder, 'site.cahier-wal');
    damage(file);
    const outcome = await opensWholeOrTells(bench, file);
    expect(['whole', 'database-damaged', 'entries-missing', 'disk-fault']).toContain(outcome);
  });
});

describe.each([
  'attempts.json',
  'newest-entry.json',
  'site.lock.json',
  'drafts.cahier',
  'drafts.cahier-wal',
  'heads.json',
])('a site whose file %s is damaged', (name) => {
  it.each(damages)('and is %s opens whole', async (_, damage) => {
    count.injected();
    const bench = copyOfKilled();
    const file = path.join(bench.folder, name);
    if (!existsSync(file)) writeFileSync(file, '{"counts":[],"untold":[]}');
    if (statSync(file).size > 0) damage(file);
    const outcome = await opensWholeOrTells(bench, file);
    expect(outcome).toBe('whole');
    // The record goes on; drafts are kept, or their damaged journal is.
    const { drafts, damagedJournal } = await bench.call('recovery.look', {});
    const aside = readdirSync(bench.folder).filter((other) => other.startsWith('drafts-damaged'));
    if (damagedJournal !== null) expect(aside).toContain(damagedJournal);
    else if (name !== 'drafts.cahier-wal') expect(drafts.map(({ typed }) => typed)).toEqual(['7']);
  });
});

describe('a site whose key file is damaged', () => {
  it.each(damages)(
    'and is %s is opened with that of a backup, once that was asked for',
    async (_, damage) => {
      count.injected();
      const bench = copyOfKilled();
      const file = path.join(bench.folder, 'keys.json');
      damage(file);
      const outcome = await opensWholeOrTells(bench, file);
      if (outcome === 'whole') return;
      expect(['keys-damaged', 'wrong-password']).toContain(outcome);
      if (outcome === 'wrong-password') return;
      const backup = { folder: 0, name: backupName };
      expect(await bench.call('damage.look', {})).toMatchObject({
        keys: 'damaged',
        backups: [{ name: backupName }],
      });
      await bench.call('damage.takeKeys', { backup, user, password });
      await bench.call('session.signIn', { user, password });
      expect((await bench.call('audit.verify', {})).ok).toBe(true);
      expect(readdirSync(bench.folder).some((name) => name.startsWith('keys-damaged-'))).toBe(true);
    },
  );
});

describe('a slot of the key file', () => {
  it.each(['nonce', 'wrapped', 'tag', 'salt'])(
    'whose %s is damaged opens nothing, and the recovery key still does',
    async (part) => {
      count.injected();
      const bench = copyOfKilled();
      const file = path.join(bench.folder, 'keys.json');
      const text = readFileSync(file, 'utf8');
      writeFileSync(file, text.replace(new RegExp(`("${part}": ")(.)(.)`, 'u'), '$1$3$2').replace(/$/u, ''));
      const outcome = await opensWholeOrTells(bench, file);
      // Two equal letters swapped are no damage.
      expect(['whole', 'wrong-password']).toContain(outcome);
    },
  );
});

describe.each(['site.cahier', 'keys.json', 'manifest.json'])('a backup whose %s is damaged', (name) => {
  it.each(damages)('and is %s is never restored, and the site stays as it is', async (_, damage) => {
    count.injected();
    const bench = copyOfKilled();
    const file = path.join(bench.folder, 'backups', backupName, name);
    const before = hash(file);
    damage(file);
    await bench.call('site.use', { folder: bench.folder });
    const folder = path.join(temporaryFolder(), 'restored');
    const input = { backup: { folder: 0, name: backupName }, folder, user, password };
    const answer = await bench.services.dispatch('damage.restore', input);
    const isHarmless = hash(file) === before || (name === 'manifest.json' && answer.ok);
    if (isHarmless) return;
    if (answer.ok) throw new Error('a damaged backup was restored');
    expect(['backup-damaged', 'backup-unknown']).toContain(answer.error.key);
    expect(existsSync(path.join(folder, 'site.cahier'))).toBe(false);
    await bench.call('session.signIn', { user, password });
    expect((await bench.call('audit.verify', {})).ok).toBe(true);
  });
});

describe('the ways out of a damaged database', () => {
  it('restore the newest good backup into a new folder', async () => {
    const bench = copyOfKilled();
    zeroPage(path.join(bench.folder, 'site.cahier'), 0);
    await bench.call('site.use', { folder: bench.folder });
    const folder = path.join(temporaryFolder(), 'restored');
    const backup = { folder: 0, name: backupName };
    await bench.call('damage.restore', { backup, folder, user, password });
    await bench.call('site.use', { folder });
    await bench.call('session.signIn', { user, password });
    expect((await bench.call('audit.verify', {})).ok).toBe(true);
  });

  it('salvage what can be read around damaged pages, and count what can not', async () => {
    const bench = copyOfKilled();
    const other = startProcess(bench.folder, bench.clock);
    await other.call('site.use', { folder: bench.folder });
    await other.call('session.signIn', { user, password });
    // That it was verified and closed are entries as well.
    const whole = (await other.call('audit.verify', {})).entries + 2;
    other.services.session.close();
    const file = path.join(bench.folder, 'site.cahier');
    const pages = Math.floor(statSync(file).size / pageSize);
    let salvaged = 0;
    for (const page of [Math.floor(pages / 2), pages - 3, pages - 8]) {
      const victim = temporaryFolder();
      cpSync(bench.folder, victim, { recursive: true });
      zeroPage(path.join(victim, 'site.cahier'), page);
      const before = hash(path.join(victim, 'site.cahier'));
      const process = startProcess(victim, bench.clock);
      await process.call('site.use', { folder: victim });
      const folder = path.join(temporaryFolder(), 'salvaged');
      const report = await process.call('damage.salvage', { folder, user, password });
      expect(hash(path.join(victim, 'site.cahier'))).toBe(before);
      expect(report.entries + report.missingEntries).toBeLessThanOrEqual(whole + 1);
      expect(report.tables.some(({ rows }) => rows > 0)).toBe(true);
      if (report.error === null) {
        await process.call('site.use', { folder });
        const answer = await process.services.dispatch('session.signIn', { user, password });
        if (answer.ok) salvaged += 1;
        process.services.session.close();
      }
    }
    expect(salvaged).toBeGreaterThan(0);
  });

  it('go on without acknowledged entries only when a person says so, which the trail keeps', async () => {
    const bench = copyOfKilled();
    rmSync(path.join(bench.folder, 'site.cahier-wal'));
    rmSync(path.join(bench.folder, 'site.cahier-shm'), { force: true });
    await bench.call('site.use', { folder: bench.folder });
    const refusal = await bench.refusal('session.signIn', { user, password });
    expect(['entries-missing', 'database-damaged']).toContain(refusal.key);
    if (refusal.key !== 'entries-missing') return;
    await bench.call('damage.accept', { user, password });
    await bench.call('session.signIn', { user, password });
    expect((await bench.call('audit.verify', {})).ok).toBe(true);
    expect(await bench.rows(`SELECT 1 FROM audit WHERE action = 'site.loss-accepted'`)).toHaveLength(1);
  });

  it('are closed to somebody without a password', async () => {
    const bench = copyOfKilled();
    await bench.call('site.use', { folder: bench.folder });
    const folder = path.join(temporaryFolder(), 'stolen');
    const input = { folder, user, password: 'not the password' };
    expect((await bench.refusal('damage.salvage', input)).code).toBe('wrong-password');
    expect(existsSync(folder)).toBe(false);
  });
});

describe('after an unexpected end', () => {
  it('the next sign-in is told what was saved last and which drafts were kept, and the trail keeps that it was', async () => {
    const bench = copyOfKilled();
    await bench.call('site.use', { folder: bench.folder });
    await bench.call('session.signIn', { user, password });
    const told = await bench.call('recovery.look', {});
    expect(told.unexpectedEnd).toMatchObject({ user });
    expect(told.lastSaved).toMatchObject({ ...night, item: 'night_temp', user });
    expect(told.drafts).toMatchObject([{ item: 'night_wakes', typed: '7' }]);
    await bench.call('session.signOut', {});
    await bench.call('session.signIn', { user, password });
    expect((await bench.call('recovery.look', {})).unexpectedEnd).toBeNull();
    expect(await bench.rows(`SELECT 1 FROM audit WHERE action = 'session.ended-unexpectedly'`)).toHaveLength(
      1,
    );
  });
  it('a draft that was saved after all is not offered again', async () => {
    const bench = copyOfKilled();
    await bench.call('site.use', { folder: bench.folder });
    await bench.call('session.signIn', { user, password });
    await bench.call('forms.save', { ...night, changes: [{ row: 1, item: 'night_wakes', value: '7' }] });
    expect(await bench.call('drafts.list', {})).toEqual([]);
  });
  it('drafts are for their author alone, and gone when discarded', async () => {
    const bench = copyOfKilled();
    await bench.call('site.use', { folder: bench.folder });
    await bench.call('session.signIn', { user, password });
    const [draft] = await bench.call('drafts.list', {});
    expect(draft).toMatchObject({ typed: '7' });
    await bench.call('drafts.discard', { places: [{ ...night, row: 1, item: 'night_wakes' }] });
    expect(await bench.call('drafts.list', {})).toEqual([]);
    expect(readFileSync(path.join(bench.folder, 'drafts.cahier')).includes('night_wakes')).toBe(false);
  });
});
