/**
 * Opens a bundle for a pooling centre: decrypts it, checks the signature over its manifest and the hash of every file, and only
 * then gives the files their names in a folder of their own. Whatever is wrong is refused in one sentence, and nothing that was
 * decrypted stays.
 */
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, open, readdir, rename, rm, rmdir, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { readIdentity } from '#shared/handing-over/age-keys.ts';
import {
  bundleFormat,
  bundleVersion,
  BundleManifest,
  manifestName,
  signatureName,
  type BundleFile,
} from '#shared/handing-over/manifest.ts';
import { AppError, refuse, type RefusalKey } from '../../app-error.ts';
import { toRefusal } from '../../db/disk-faults.ts';
import { AgeFault, type AgeFaultKind } from './age-fault.ts';
import { decryptWith } from './age.ts';
import { ArchiveFault, openArchive, type Archive, type ArchiveFaultKind } from './bundle-archive.ts';
import { fingerprintOf, isSignatureOf, readPublicKeyText } from './minisign.ts';

export interface OpenedFile extends BundleFile {
  /** Full path. */
  readonly path: string;
}

export interface OpenedBundle {
  readonly manifest: BundleManifest;
  /** Made the signature. Whether it is that of the site is told by comparing it with what the site gave once. */
  readonly signer: { readonly publicKey: string; readonly fingerprint: string };
  readonly files: readonly OpenedFile[];
}

export interface OpeningOptions {
  /** Keys in minisign's form; given, no other is taken. */
  readonly signers?: readonly string[];
  /** Less than the usual only in tests. */
  readonly mostBytes?: number;
}

const mostEntries = 1002;
/** A delivery of a million cells is a hundredth of it. */
const usualMostBytes = 8 * 2 ** 30;
const mostManifestBytes = 4 * 2 ** 20;

/**
 * `identity`: AGE-SECRET-KEY-1…, as openingIdentity() gives it. `outFolder`: empty or not there yet; afterwards it holds the files
 * that the manifest lists and nothing else.
 */
export async function openBundle(
  file: string,
  identity: string,
  outFolder: string,
  options: OpeningOptions = {},
): Promise<OpenedBundle> {
  const name = path.basename(file);
  if (readIdentity(identity) === null) throw refuse('bundle-identity-unfit');
  const made = await takeFolder(outFolder);
  try {
    const workshop = await mkdtemp(path.join(outFolder, '.opening-'));
    const opened = await openInto(file, identity.trim(), workshop, options);
    const files: OpenedFile[] = [];
    for (const one of opened.manifest.files) {
      const target = path.join(outFolder, one.name);
      await mkdir(path.dirname(target), { recursive: true });
      await rename(path.join(workshop, 'files', one.name), target);
      files.push({ ...one, path: target });
    }
    await rm(workshop, { recursive: true, force: true });
    return { ...opened, files };
  } catch (error) {
    for (const left of await readdir(outFolder)) await rm(path.join(outFolder, left), { recursive: true });
    if (made) await rmdir(outFolder);
    throw toBundleRefusal(error, name);
  }
}

/** Whether it was made here. It is empty then, so that all that is in it later came out of the bundle. */
async function takeFolder(folder: string): Promise<boolean> {
  try {
    const made = await mkdir(folder, { recursive: true, mode: 0o700 });
    if ((await readdir(folder)).length > 0) throw refuse('bundle-folder-taken', { folder });
    return made !== undefined;
  } catch (error) {
    throw toRefusal(error) ?? error;
  }
}

async function openInto(
  file: string,
  identity: string,
  workshop: string,
  { signers, mostBytes = usualMostBytes }: OpeningOptions,
): Promise<Omit<OpenedBundle, 'files'>> {
  const name = path.basename(file);
  const archiveFile = path.join(workshop, 'archive.zip');
  await decryptFile(file, identity, archiveFile, mostBytes);
  const limits = { entries: mostEntries, totalBytes: mostBytes };
  const archive = await openArchive(archiveFile, (await stat(archiveFile)).size, limits);
  try {
    const content = await readSmall(archive, manifestName);
    const signature = await readSmall(archive, signatureName);
    const manifest = readManifest(content, name);
    const publicKey = readPublicKeyText(manifest.signer);
    if (publicKey === null || !isSignatureOf(signature.toString('utf8'), publicKey, content))
      throw refuse('bundle-signature-wrong', { file: name });
    const signer = { publicKey: manifest.signer, fingerprint: fingerprintOf(publicKey) };
    if (signers !== undefined && !signers.includes(signer.publicKey))
      throw refuse('bundle-other-signer', { file: name, fingerprint: signer.fingerprint });
    requireSameNames(archive, manifest, name);
    for (const one of manifest.files)
      await takeOut(archive, one, path.join(workshop, 'files', one.name), name);
    return { manifest, signer };
  } finally {
    archive.close();
  }
}

async function decryptFile(file: string, identity: string, into: string, mostBytes: number): Promise<void> {
  const name = path.basename(file);
  const handle = await open(file, 'r').catch((error: unknown) => {
    throw refuse('file-unreadable', { file: name }, error);
  });
  const { size } = await handle.stat().finally(() => handle.close());
  if (size === 0) throw refuse('bundle-cut-short', { file: name });
  if (size > mostBytes) throw refuse('bundle-too-large', { file: name });
  // A stream without an encoding gives buffers.
  const source = createReadStream(file) as AsyncIterable<Buffer>;
  await pipeline(decryptWith(identity, source, size), createWriteStream(into, { flags: 'wx', mode: 0o600 }));
}

async function readSmall(archive: Archive, name: string): Promise<Buffer> {
  const size = archive.sizes.get(name);
  if (size === undefined) throw new ArchiveFault('foreign');
  if (size > mostManifestBytes) throw new ArchiveFault('too-large');
  return await buffer(await archive.stream(name));
}

const Versioned = z.looseObject({ format: z.literal(bundleFormat), formatVersion: z.int() });

function readManifest(content: Buffer, file: string): BundleManifest {
  let json: unknown;
  try {
    json = JSON.parse(content.toString('utf8'));
  } catch (error) {
    throw refuse('bundle-foreign', { file }, error);
  }
  const versioned = Versioned.safeParse(json);
  if (!versioned.success) throw refuse('bundle-foreign', { file });
  const { formatVersion } = versioned.data;
  if (formatVersion !== bundleVersion) throw refuse('bundle-newer', { file, version: formatVersion });
  const manifest = BundleManifest.safeParse(json);
  if (!manifest.success) throw refuse('bundle-foreign', { file });
  return manifest.data;
}

/** What is signed is all that there is. */
function requireSameNames(archive: Archive, { files }: BundleManifest, file: string): void {
  const listed = [manifestName, signatureName, ...files.map(({ name }) => name)];
  const stray = [...archive.sizes.keys()].find((name) => !listed.includes(name));
  const lacking = listed.find((name) => !archive.sizes.has(name));
  const wrong = stray ?? lacking ?? listed.find((name, index) => listed.indexOf(name) !== index);
  if (wrong !== undefined) throw refuse('bundle-file-differs', { file, name: wrong });
}

async function takeOut(archive: Archive, expected: BundleFile, into: string, file: string): Promise<void> {
  await mkdir(path.dirname(into), { recursive: true, mode: 0o700 });
  const hash = createHash('sha256');
  let bytes = 0;
  const counted = async function* (source: Readable): AsyncGenerator<Buffer, void, undefined> {
    for await (const piece of source) {
      const chunk = piece as Buffer; // a stream without an encoding gives buffers
      hash.update(chunk);
      bytes += chunk.length;
      yield chunk;
    }
  };
  const stream = await archive.stream(expected.name);
  await pipeline(stream, counted, createWriteStream(into, { flags: 'wx', mode: 0o600 }));
  if (bytes !== expected.bytes || hash.digest('hex') !== expected.sha256)
    throw refuse('bundle-file-differs', { file, name: expected.name });
}

const keyOfAge: Readonly<Record<AgeFaultKind, RefusalKey>> = {
  'not-age': 'bundle-not-age',
  'other-recipient': 'bundle-other-recipient',
  'cut-short': 'bundle-cut-short',
  changed: 'bundle-changed',
};
const keyOfArchive: Readonly<Record<ArchiveFaultKind, RefusalKey>> = {
  foreign: 'bundle-foreign',
  'unsafe-name': 'bundle-name-unsafe',
  'too-large': 'bundle-too-large',
};

function toBundleRefusal(error: unknown, file: string): unknown {
  if (error instanceof AppError) return error;
  if (error instanceof AgeFault) return refuse(keyOfAge[error.kind], { file }, error);
  if (error instanceof ArchiveFault) return refuse(keyOfArchive[error.kind], { file }, error);
  return toRefusal(error) ?? error;
}
