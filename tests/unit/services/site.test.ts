import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '#shared/audit.ts';
import { sha256 } from '../../../electron/services/trail.ts';
import { anakinra } from '../studies/folders.ts';
import {
  createSite,
  createTestClock,
  openBench,
  password,
  startProcess,
  temporaryFolder,
  user,
} from './workbench.ts';

describe('choosing a folder', () => {
  it('tells whether a site is in it', async () => {
    const bench = startProcess(temporaryFolder());
    bench.dialog.folder = bench.folder;
    expect(await bench.call('site.chooseFolder', { purpose: 'new' })).toEqual({
      folder: bench.folder,
      isSite: false,
    });
    await createSite(bench);
    expect(await bench.call('site.chooseFolder', { purpose: 'open' })).toEqual({
      folder: bench.folder,
      isSite: true,
    });
  });

  it('gives nothing when the dialog was cancelled', async () => {
    expect(await startProcess(temporaryFolder()).call('site.chooseFolder', { purpose: 'open' })).toBeNull();
  });

  it('is refused where no site is, and leaves the one that was chosen', async () => {
    const bench = startProcess(temporaryFolder());
    await createSite(bench);
    expect((await bench.refusal('site.use', { folder: temporaryFolder() })).code).toBe('not-a-site');
    expect((await bench.call('site.status', {})).folder).toBe(bench.folder);
  });
});

describe('a new site', () => {
  it('is three files at most once it is closed, and nothing of its making stays', async () => {
    const bench = startProcess(temporaryFolder());
    await createSite(bench);
    expect(readdirSync(bench.folder).sort()).toEqual(['keys.json', 'site.cahier']);
  });

  it('is the one that is signed in to next', async () => {
    const bench = startProcess(temporaryFolder());
    await createSite(bench);
    expect((await bench.call('session.signIn', { user, password })).user).toBe(user);
  });
});

describe('the study of a site', () => {
  it('is what was installed, under the fingerprint of its content', async () => {
    const { study, fingerprint } = await (await openBench()).call('studies.current', {});
    expect(study.id).toBe('sleep-diary');
    expect(sha256(canonicalJson(study))).toBe(fingerprint);
  });
});

describe('a practice site', () => {
  it('says what it is before and after the sign-in, and has children in it', async () => {
    const bench = startProcess(path.join(temporaryFolder(), 'practice'), createTestClock(), anakinra);
    const { people } = await bench.call('site.createPractice', { folder: bench.folder });
    expect(await bench.call('site.status', {})).toMatchObject({ state: 'closed', practice: true });
    const [first] = people;
    await bench.call('session.signIn', { user: first?.user ?? '', password: first?.password ?? '' });
    expect((await bench.call('site.status', {})).practice).toBe(true);
    expect(
      (await bench.call('subjects.list', { search: '', offset: 0, limit: 50 })).total,
    ).toBeGreaterThanOrEqual(8);
    expect((await bench.call('audit.verify', {})).ok).toBe(true);
  }, 120_000);

  it('is not made over another site', async () => {
    const bench = startProcess(temporaryFolder(), createTestClock(), anakinra);
    await createSite(bench);
    expect((await bench.refusal('site.createPractice', { folder: bench.folder })).code).toBe('exists');
    expect((await bench.call('session.signIn', { user, password })).user).toBe(user);
  });

  it('is not offered for a study without sample children', async () => {
    const bench = startProcess(temporaryFolder());
    expect((await bench.refusal('site.createPractice', { folder: bench.folder })).key).toBe('not-available');
    expect(readdirSync(bench.folder)).toEqual([]);
  });
});
