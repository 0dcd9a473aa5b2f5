import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../../electron/app-error.ts';
import { openBundle, type OpeningOptions } from '../../../electron/services/bundle/open-bundle.ts';
import { randomOpeningSecret, randomSigningSecret } from '../../../electron/services/bundle/raw-keys.ts';
import { toIdentity } from '#shared/handing-over/age-keys.ts';
import { temporaryFolder } from '../services/workbench.ts';
import {
  craft,
  encryptInto,
  identity,
  manifestOf,
  plainFiles,
  renamed,
  siteKey,
  type Crafted,
} from './crafted-bundle.ts';

let folder: string;
let file: string;
let out: string;
beforeEach(() => {
  folder = temporaryFolder();
  file = path.join(folder, 'site_01.cahier.age');
  out = path.join(folder, 'out');
});

/** The key of the refusal; "opened" where there is none. Nothing may be left behind by a refusal. */
async function outcome(options: OpeningOptions = {}, by = identity): Promise<string> {
  try {
    await openBundle(file, by, out, options);
    return 'opened';
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    expect(existsSync(out)).toBe(false);
    expect(error.refusal.message).not.toContain('{');
    return error.refusal.key;
  }
}

describe('a bundle', () => {
  it('is opened into a folder that holds what its manifest lists', async () => {
    await craft(file);
    const opened = await openBundle(file, identity, out);
    expect(opened.signer.publicKey).toBe(siteKey);
    expect(opened.manifest).toEqual(manifestOf());
    expect(readdirSync(out).sort()).toEqual(['anakinra-misc_01.xlsx', 'csv']);
    expect(opened.files.map((one) => readFileSync(one.path, 'utf8'))).toEqual(Object.values(plainFiles));
  });

  it('is opened into an empty folder, and not into one that holds something', async () => {
    await craft(file);
    mkdirSync(out);
    expect(await outcome()).toBe('opened');
    await expect(openBundle(file, identity, out)).rejects.toMatchObject({
      refusal: { key: 'bundle-folder-taken' },
    });
    expect(readdirSync(out)).toHaveLength(2);
  });

  it('that is refused leaves an empty folder as it was', async () => {
    writeFileSync(file, 'no bundle');
    mkdirSync(out);
    await expect(openBundle(file, identity, out)).rejects.toThrow('not an encrypted bundle');
    expect(readdirSync(out)).toEqual([]);
  });

  it('of a signer who is written down is taken, and of no other', async () => {
    await craft(file);
    expect(await outcome({ signers: [siteKey] })).toBe('opened');
    out = path.join(folder, 'again');
    expect(await outcome({ signers: [] })).toBe('bundle-other-signer');
  });
});

describe('refused', () => {
  it('is a file that is none', async () => {
    expect(await outcome()).toBe('file-unreadable');
    writeFileSync(file, '');
    expect(await outcome()).toBe('bundle-cut-short');
    for (const content of ['PK\x03\x04 a workbook without a cover', 'age-encryption.org/v9\n-> X25519 a\n']) {
      writeFileSync(file, content);
      expect(await outcome()).toBe('bundle-not-age');
    }
  });

  it('is one for another key, and a key that is none', async () => {
    await craft(file);
    expect(await outcome({}, toIdentity(randomOpeningSecret()))).toBe('bundle-other-recipient');
    expect(await outcome({}, 'AGE-SECRET-KEY-1')).toBe('bundle-identity-unfit');
  });

  it('is one that was copied in part, wherever it ends', async () => {
    await craft(file, { files: { 'large.bin': 'x'.repeat(200_000) } });
    const whole = readFileSync(file);
    for (const end of [10, 60, 150, 190, 220, 65_536, 200 + 65_552, 150_000, whole.length - 1]) {
      writeFileSync(file, whole.subarray(0, end));
      expect(await outcome(), String(end)).toMatch(end < 22 ? /not-age|cut-short/u : /cut-short/u);
    }
    writeFileSync(file, Buffer.concat([whole, Buffer.from('x')]));
    expect(await outcome()).toMatch(/cut-short|changed/u);
  });

  it('is one of which any one byte was changed', { timeout: 60_000 }, async () => {
    await craft(file, { files: { 'large.bin': 'x'.repeat(150_000) } });
    const whole = readFileSync(file);
    const head = whole.indexOf('\n---') + 60;
    const anywhere = fc.oneof(fc.nat(head), fc.nat(whole.length - 1));
    await fc.assert(
      fc.asyncProperty(anywhere, fc.integer({ min: 1, max: 255 }), async (at, bits) => {
        const changed = Buffer.from(whole);
        changed[at] = (changed[at] ?? 0) ^ bits;
        writeFileSync(file, changed);
        expect(await outcome()).toMatch(/^bundle-(not-age|other-recipient|cut-short|changed)$/u);
      }),
      { numRuns: 300 },
    );
  });

  it('says in the middle that it was changed, and at the end that it may be cut short', async () => {
    await craft(file, { files: { 'large.bin': 'x'.repeat(200_000) } });
    const whole = readFileSync(file);
    const changedAt = (at: number): Buffer => {
      const changed = Buffer.from(whole);
      changed[at] = (changed[at] ?? 0) ^ 1;
      return changed;
    };
    writeFileSync(file, changedAt(100_000));
    expect(await outcome()).toBe('bundle-changed');
    writeFileSync(file, changedAt(whole.length - 5));
    expect(await outcome()).toBe('bundle-cut-short');
  });

  const other = randomSigningSecret();
  const manifest = manifestOf();
  const bad: readonly (readonly [string, string, Crafted])[] = [
    ['is signed by another key than it names', 'bundle-signature-wrong', { signedWith: other }],
    ['names no key', 'bundle-signature-wrong', { manifest: { ...manifest, signer: 'RWQ' } }],
    ['has another format', 'bundle-newer', { manifest: { ...manifest, formatVersion: 2, more: [] } }],
    ['has a manifest of something else', 'bundle-foreign', { manifest: { format: 'other' } }],
    ['has a manifest with more in it', 'bundle-foreign', { manifest: { ...manifest, more: 1 } }],
    ['lists a file that is not there', 'bundle-file-differs', { manifest, files: { 'csv/DM.csv': 'a;b' } }],
    [
      'holds a file that is not listed',
      'bundle-file-differs',
      { manifest, files: { ...plainFiles, x: 'y' } },
    ],
    [
      'holds another file than listed',
      'bundle-file-differs',
      { manifest, files: { ...plainFiles, 'csv/DM.csv': 'a;c' } },
    ],
    [
      'lists a file twice',
      'bundle-file-differs',
      { manifest: { ...manifest, files: [...manifest.files, ...manifest.files] } },
    ],
    ['leads up', 'bundle-name-unsafe', { files: { 'aaa/x': 'y' }, alter: renamed('aaa/x', '../.x') }],
    ['is absolute', 'bundle-name-unsafe', { files: { 'aaaa/x': 'y' }, alter: renamed('aaaa/x', '/etc/x') }],
    ['has a drive', 'bundle-name-unsafe', { files: { 'aaaa/x': 'y' }, alter: renamed('aaaa/x', 'C:/a/x') }],
    [
      'has a backslash',
      'bundle-name-unsafe',
      { files: { 'aaaa/x': 'y' }, alter: renamed('aaaa/x', '..\\..x') },
    ],
    ['names a device', 'bundle-name-unsafe', { files: { 'nul.txt': 'y' } }],
    ['has two names that differ in case', 'bundle-name-unsafe', { files: { a: 'y', A: 'z' } }],
    ['unfolds', 'bundle-too-large', { files: { 'zeros.bin': '0'.repeat(5_000_000) }, compress: true }],
    ['declares more than it holds', 'bundle-too-large', { alter: withSizes(0x7fff0000) }],
    ['has no directory', 'bundle-foreign', { alter: (archive) => archive.subarray(0, 100) }],
  ];
  it.each(bad)('is one that %s', async (_, key, crafted) => {
    await craft(file, crafted);
    expect(await outcome()).toBe(key);
  });

  it('is one that is larger than the limit', async () => {
    await craft(file);
    expect(await outcome({ mostBytes: 500 })).toBe('bundle-too-large');
  });

  it('is something else that was encrypted for the same key', async () => {
    await encryptInto(file, Buffer.from('a letter'));
    expect(await outcome()).toBe('bundle-foreign');
  });
});

/** Both sizes of the last entry, as the directory declares them. */
function withSizes(bytes: number): (archive: Buffer) => Buffer {
  return (archive) => {
    const changed = Buffer.from(archive);
    const entry = changed.lastIndexOf(Buffer.from('504b0102', 'hex'));
    changed.writeUInt32LE(bytes, entry + 20);
    changed.writeUInt32LE(bytes, entry + 24);
    return changed;
  };
}
