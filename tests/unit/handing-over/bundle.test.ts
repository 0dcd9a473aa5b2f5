import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { BundleStatus, MadeBundle } from '#shared/contract/submission.ts';
import { openingIdentity } from '../../../electron/services/bundle/own-keys.ts';
import { openBundle } from '../../../electron/services/bundle/open-bundle.ts';
import { countCells } from '../../../electron/services/workbook-count.ts';
import { openBench, setRoles, temporaryFolder, user, type Bench } from '../services/workbench.ts';
import { recipient as otherCentre } from './crafted-bundle.ts';

// Whole workbooks, in threads, on a machine that may be busy.
vi.setConfig({ testTimeout: 60_000 });

let bench: Bench;
let stick: string;
let ageKey: string;
let centre: string;
beforeEach(async () => {
  bench = await openBench();
  setRoles(bench, user, ['coordinator', 'data-manager', 'administrator']);
  await bench.call('subjects.enrol', { subject: '01-S01' });
  stick = temporaryFolder();
  ageKey = path.join(stick, 'centre.txt');
  execFileSync('age-keygen', ['-o', ageKey], { stdio: 'ignore' });
  centre = execFileSync('age-keygen', ['-y', ageKey], { encoding: 'utf8' }).trim();
});

async function make(to: readonly string[] = [centre], name = 'site_01.cahier.age'): Promise<BundleStatus> {
  const actor = bench.services.session.authorise('exports.run');
  return await bench.services.bundles.run({ actor, file: path.join(stick, name), to });
}
async function made(to?: readonly string[]): Promise<MadeBundle> {
  const status = await make(to);
  if (status.state !== 'done') throw new Error(JSON.stringify(status));
  return status.bundle;
}
const keyOf = (status: BundleStatus): string => (status.state === 'failed' ? status.error.key : status.state);

describe('a bundle', () => {
  it('is opened by age, and its manifest verified by minisign', async () => {
    const { file, signer, files } = await made([centre, otherCentre]);
    const zip = path.join(stick, 'archive.zip');
    execFileSync('age', ['-d', '-i', ageKey, '-o', zip, file]);
    execFileSync('python3', ['-m', 'zipfile', '-e', zip, path.join(stick, 'un')]);
    const manifest = path.join(stick, 'un', 'MANIFEST.json');
    const said = execFileSync('minisign', ['-V', '-m', manifest, '-P', signer.publicKey], {
      encoding: 'utf8',
    });
    expect(said).toContain('Signature and comment signature verified');
    expect(JSON.parse(readFileSync(manifest, 'utf8'))).toMatchObject({
      format: 'cahier-bundle',
      site: { code: '01', name: 'Ward 7', practice: false },
      subjects: 1,
      signer: signer.publicKey,
      files,
    });
    const workbook = path.join(stick, 'un', files[0]?.name ?? '');
    expect(execFileSync('sha256sum', [workbook], { encoding: 'utf8' })).toContain(files[0]?.sha256);
    expect((await countCells(workbook)).length).toBeGreaterThan(5);
  });

  it('that age encrypted again is opened here', async () => {
    const { file, files } = await made();
    const zip = path.join(stick, 'archive.zip');
    execFileSync('age', ['-d', '-i', ageKey, '-o', zip, file]);
    const again = path.join(stick, 'again.cahier.age');
    const actor = bench.services.session.authorise('settings.change');
    const { recipient } = await bench.call('submission.ownRecipient', {});
    execFileSync('age', ['-r', recipient, '-o', again, zip]);
    const identity = openingIdentity(actor.site.db) ?? '';
    const opened = await openBundle(again, identity, path.join(stick, 'out'));
    expect(opened.files.map(({ path: _, ...one }) => one)).toEqual(files);
  });

  it('is in the trail with its hash, its recipients and the key that signed it, and leaves the data cut as it is', async () => {
    const first = await made();
    const second = await made();
    expect([second.seq, second.head]).toEqual([first.seq, first.head]);
    expect(second.signer).toEqual(first.signer);
    const [entry] = await bench.rows(
      `SELECT user, detail ->> 'file' AS file, detail ->> 'sha256' AS sha256, detail ->> 'recipients' AS recipients,
              detail ->> 'signer' AS signer FROM audit WHERE action = 'export.bundled' ORDER BY seq`,
    );
    expect(entry).toEqual({
      ...{ user, file: 'site_01.cahier.age', sha256: first.sha256 },
      ...{ recipients: centre, signer: first.signer.fingerprint },
    });
    const hash = execFileSync('sha256sum', [second.file], { encoding: 'utf8' });
    expect(hash).toContain(second.sha256);
    expect((await bench.call('audit.verify', {})).ok).toBe(true);
  });

  it('leaves nothing in clear, on the stick or in the site’s folder', async () => {
    await made();
    expect(readdirSync(stick).sort()).toEqual(['centre.txt', 'site_01.cahier.age']);
    expect(readdirSync(bench.folder).filter((name) => name.startsWith('.handing'))).toEqual([]);
  });

  it('that a killed process was making is cleared away when the site is opened', async () => {
    const left = path.join(bench.folder, '.handing-over-id-9');
    mkdirSync(left);
    writeFileSync(path.join(left, 'anakinra-misc_01.xlsx'), 'in clear');
    await bench.call('session.signOut', {});
    await bench.call('session.signIn', { user, password: 'correct horse battery' });
    expect(readdirSync(bench.folder)).not.toContain('.handing-over-id-9');
  });

  it('is cancelled without a file and without an entry', async () => {
    const actor = bench.services.session.authorise('exports.run');
    const file = path.join(stick, 'site_01.cahier.age');
    bench.services.bundles.allow(file);
    await bench.call('submission.addRecipient', { key: centre, name: 'Centre' });
    const { job } = await bench.call('submission.bundle', { file });
    await bench.call('submission.cancel', { job });
    await expect
      .poll(() => bench.services.bundles.status(actor.site, job).state, { timeout: 15_000 })
      .toBe('cancelled');
    expect(readdirSync(stick)).toEqual(['centre.txt']);
    expect(await bench.rows(`SELECT 1 FROM audit WHERE action = 'export.bundled'`)).toEqual([]);
  });

  it('is refused without a recipient, for a key that is none, and under another name', async () => {
    await expect(make([])).rejects.toMatchObject({ refusal: { key: 'recipient-needed' } });
    await expect(make(['age1xyz'])).rejects.toMatchObject({ refusal: { key: 'recipient-mistyped' } });
    await expect(make([centre], 'a.age')).rejects.toMatchObject({ refusal: { key: 'bundle-file-unfit' } });
    expect(keyOf(await make([centre], 'none/a.cahier.age'))).toBe('export-folder-missing');
    expect(readdirSync(bench.folder).filter((name) => name.startsWith('.handing'))).toEqual([]);
  });
});

describe('the recipients of a site', () => {
  it('are added and removed with entries of the trail', async () => {
    await bench.call('submission.addRecipient', { key: ` ${centre} `, name: 'Centre' });
    const { recipients } = await bench.call('submission.addRecipient', { key: otherCentre, name: 'Other' });
    expect(recipients.map(({ key, name }) => [key, name])).toEqual([
      [centre, 'Centre'],
      [otherCentre, 'Other'],
    ]);
    await bench.call('submission.removeRecipient', { key: centre });
    await bench.call('submission.addRecipient', { key: centre, name: 'Centre again' });
    expect((await bench.call('submission.desk', {})).recipients.map(({ name }) => name)).toEqual([
      'Other',
      'Centre again',
    ]);
    expect((await bench.call('audit.verify', {})).ok).toBe(true);
  });

  it.each([
    ['submission.addRecipient', { key: 'AGE-SECRET-KEY-1QQ', name: 'x' }, 'recipient-secret'],
    ['submission.addRecipient', { key: 'centre@example.org', name: 'x' }, 'recipient-not-age'],
    ['submission.addRecipient', { key: otherCentre, name: 'Twice' }, 'recipient-exists'],
    ['submission.removeRecipient', { key: 'age1none' }, 'recipient-unknown'],
    ['submission.bundle', { file: '/tmp/never-chosen.cahier.age' }, 'bundle-file-not-chosen'],
    ['submission.bundle', { file: 'site.cahier' }, 'bundle-file-unfit'],
    ['submission.status', { job: 'none' }, 'bundle-unknown'],
  ])('%s with %j is refused', async (method, input, key) => {
    await bench.call('submission.addRecipient', { key: otherCentre, name: 'Other' });
    expect((await bench.refusal(method, input)).key).toBe(key);
  });

  it('that were changed behind the application’s back are found', async () => {
    await bench.call('submission.addRecipient', { key: centre, name: 'Centre' });
    await bench.call('submission.signingKey', {});
    await bench.call('submission.ownRecipient', {});
    const { db } = bench.services.session.authorise('signed-in').site;
    for (const statement of [
      `UPDATE recipient SET key = '${otherCentre}'`,
      `UPDATE own_key SET secret = randomblob(32) WHERE purpose = 'sign'`,
      `UPDATE own_key SET secret = CAST(substr(secret, 1, 31) || x'ff' AS BLOB) WHERE purpose = 'open'`,
      'DELETE FROM own_key',
    ]) {
      db.exec('SAVEPOINT tampered');
      db.exec(statement);
      db.exec('RELEASE tampered');
      const { ok, problems } = await bench.call('audit.verify', {});
      expect([ok, problems.length], statement).toEqual([false, expect.any(Number)]);
    }
  });
});
