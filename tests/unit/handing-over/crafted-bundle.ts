/** Bundles as somebody with the recipient's key and ill will, or another version, could make them. */
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { buffer } from 'node:stream/consumers';
import yazl from 'yazl';
import { manifestText, type BundleManifest } from '#shared/handing-over/manifest.ts';
import { everything } from '#shared/export-choices.ts';
import { toIdentity, toRecipient } from '#shared/handing-over/age-keys.ts';
import { encryptTo } from '../../../electron/services/bundle/age.ts';
import { signFile, toPublicKeyText } from '../../../electron/services/bundle/minisign.ts';
import {
  publicKeyOf,
  randomOpeningSecret,
  randomSigningSecret,
} from '../../../electron/services/bundle/raw-keys.ts';

const opening = randomOpeningSecret();
export const identity = toIdentity(opening);
export const recipient = toRecipient(publicKeyOf(opening, 'x25519'));
export const siteSecret = randomSigningSecret();
export const siteKey = toPublicKeyText(publicKeyOf(siteSecret, 'ed25519'));

export interface Crafted {
  readonly manifest?: object;
  readonly signedWith?: Buffer;
  readonly files?: Readonly<Record<string, string>>;
  readonly compress?: boolean;
  /** Of the finished archive. */
  readonly alter?: (archive: Buffer) => Buffer;
}

export const plainFiles = { 'anakinra-misc_01.xlsx': 'a workbook', 'csv/DM.csv': 'a;b' };

export function manifestOf(files: Readonly<Record<string, string>> = plainFiles): BundleManifest {
  const hash = '0'.repeat(64);
  return {
    ...{ format: 'cahier-bundle', formatVersion: 1, appVersion: '0.1.0', madeBy: 'anne', subjects: 1 },
    study: { id: 'anakinra-misc', version: '1.0.0', fingerprint: hash },
    site: { code: '01', name: 'Ward 7', practice: false },
    madeAt: '2024-03-05T09:30:00.000Z',
    cut: { seq: 5, at: '2024-03-05T09:00:00.000Z', head: hash },
    ...{ choices: everything, signer: siteKey },
    files: Object.entries(files).map(([name, content]) => ({
      ...{ name, bytes: Buffer.byteLength(content) },
      sha256: createHash('sha256').update(content).digest('hex'),
    })),
  };
}

export async function craft(file: string, crafted: Crafted = {}): Promise<void> {
  const { files = plainFiles, compress = false, signedWith = siteSecret } = crafted;
  const manifest = Buffer.from(
    crafted.manifest === undefined ? manifestText(manifestOf(files)) : JSON.stringify(crafted.manifest),
  );
  const zip = new yazl.ZipFile();
  zip.addBuffer(manifest, 'MANIFEST.json', { compress: false });
  zip.addBuffer(Buffer.from(signFile(signedWith, manifest, 'by the test')), 'MANIFEST.json.minisig', {
    compress: false,
  });
  for (const [name, content] of Object.entries(files))
    zip.addBuffer(Buffer.from(content), name, { compress });
  zip.end();
  const archive = await buffer(zip.outputStream);
  await encryptInto(file, (crafted.alter ?? ((same) => same))(archive));
}

export async function encryptInto(file: string, content: Buffer): Promise<void> {
  const pieces: Uint8Array[] = [];
  // eslint-disable-next-line @typescript-eslint/require-await -- a source of one piece
  const source = (async function* () {
    yield content;
  })();
  for await (const piece of await encryptTo([recipient], source)) pieces.push(piece);
  writeFileSync(file, Buffer.concat(pieces));
}

/** Every place where the name stands in the archive, which is its entry and its directory. */
export function renamed(from: string, to: string): (archive: Buffer) => Buffer {
  if (Buffer.byteLength(from) !== Buffer.byteLength(to)) throw new Error('the names differ in length');
  return (archive) => Buffer.from(archive.toString('latin1').replaceAll(from, to), 'latin1');
}
