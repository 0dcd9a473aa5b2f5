/**
 * Makes a bundle: the files of the export, a manifest with their hashes, the site's signature over the manifest, all in one
 * archive that only the recipients can open. What lies in clear meanwhile lies in the site's folder and is gone at the end,
 * however that comes about; on the stick there is nothing but what is encrypted.
 */
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { PassThrough } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import yazl from 'yazl';
import {
  bundleFormat,
  bundleVersion,
  manifestName,
  manifestText,
  signatureName,
  type BundleFile,
  type BundleManifest,
} from '#shared/handing-over/manifest.ts';
import type { ExportSource } from '../export-content.ts';
import { writeWorkbookFile } from '../export-file.ts';
import { writeFormats } from '../formats/write-formats.ts';
import { flushToDisk } from '../partial-file.ts';
import { encryptTo } from './age.ts';
import type { BundleOrder, WrittenBundle } from './bundle-messages.ts';
import { hashFile } from '../file-hash.ts';
import { fingerprintOf, signFile, toPublicKeyText } from './minisign.ts';
import { publicKeyOf } from './raw-keys.ts';

export interface BundleWatch {
  /** Called now and then; throws to stop. */
  progress(step: 'writing' | 'encrypting', done: number): void;
}

export type BundleTask = Pick<
  BundleOrder,
  'partial' | 'workFolder' | 'practice' | 'recipients' | 'choices' | 'madeAt' | 'madeBy'
>;

/** Leaves a whole bundle in `task.partial`, or nothing. `secret`: the site's signing key. */
export async function writeBundle(
  source: ExportSource,
  task: BundleTask,
  secret: Buffer,
  watch: BundleWatch,
): Promise<WrittenBundle> {
  const { reader } = source;
  try {
    await mkdir(task.workFolder, { mode: 0o700 });
    const files = await writeContents(source, task, watch);
    const publicKey = publicKeyOf(secret, 'ed25519');
    const signer = { publicKey: toPublicKeyText(publicKey), fingerprint: fingerprintOf(publicKey) };
    const manifest = Buffer.from(manifestText(toManifest(source, task, files, signer.publicKey)));
    const trusted = `timestamp:${String(Math.floor(task.madeAt / 1000))}\tfile:${manifestName}`;
    const signature = Buffer.from(signFile(secret, manifest, trusted));
    const written = await writeEncrypted(source, task, { manifest, signature, files }, watch);
    return { ...written, files, signer, seq: reader.cut.seq, head: reader.cut.head };
  } catch (error) {
    await rm(task.partial, { force: true });
    throw error;
  } finally {
    await rm(task.workFolder, { recursive: true, force: true });
  }
}

/** Every file of the delivery in the work folder, by its name in the archive. */
async function writeContents(
  source: ExportSource,
  { workFolder }: BundleTask,
  watch: BundleWatch,
): Promise<readonly BundleFile[]> {
  const base = `${source.study.id}_${source.siteCode}`;
  const progress = {
    progress: (_: string, cells: number): void => {
      watch.progress('writing', cells);
    },
  };
  const workbook = `${base}.xlsx`;
  await writeWorkbookFile(source, path.join(workFolder, workbook), progress);
  const beside = await writeFormats(source, workFolder, base, ['odm'], progress);
  const files: BundleFile[] = [];
  for (const name of [workbook, ...beside.map(({ file }) => file)])
    files.push({ name, ...hashFile(path.join(workFolder, name)) });
  return files;
}

function toManifest(
  { reader, study, siteCode, siteName, fingerprint, appVersion }: ExportSource,
  { practice, choices, madeAt, madeBy }: BundleTask,
  files: readonly BundleFile[],
  signer: string,
): BundleManifest {
  const { seq, at, head } = reader.cut;
  return {
    ...{ format: bundleFormat, formatVersion: bundleVersion },
    study: { id: study.id, version: study.version, fingerprint },
    site: { code: siteCode, name: siteName, practice },
    ...{ appVersion, madeAt: new Date(madeAt).toISOString(), madeBy },
    cut: { seq, at: new Date(at).toISOString(), head },
    ...{ choices, subjects: Array.from(reader.subjects()).length, signer, files: [...files] },
  };
}

interface Contents {
  readonly manifest: Buffer;
  readonly signature: Buffer;
  readonly files: readonly BundleFile[];
}

async function writeEncrypted(
  { reader }: ExportSource,
  { partial, workFolder, recipients }: BundleTask,
  { manifest, signature, files }: Contents,
  watch: BundleWatch,
): Promise<{ readonly bytes: number; readonly sha256: string }> {
  const zip = new yazl.ZipFile();
  // Workbooks are compressed already; a stored entry can't unfold into more than it is.
  const options = { mtime: new Date(reader.cut.at), mode: 0o100600, compress: false };
  zip.addBuffer(manifest, manifestName, options);
  zip.addBuffer(signature, signatureName, options);
  for (const { name } of files) zip.addFile(path.join(workFolder, name), name, options);
  zip.end();
  // Declared as any stream; it is a PassThrough.
  const archive = zip.outputStream as PassThrough;
  zip.on('error', (error: Error) => archive.destroy(error));
  const hash = createHash('sha256');
  let bytes = 0;
  async function* encrypted(): AsyncGenerator<Uint8Array, void, undefined> {
    for await (const piece of await encryptTo(recipients, archive)) {
      hash.update(piece);
      bytes += piece.length;
      watch.progress('encrypting', bytes);
      yield piece;
    }
  }
  await pipeline(
    encrypted(),
    createWriteStream(partial, { flags: 'wx', mode: 0o600, highWaterMark: 1 << 20 }),
  );
  await flushToDisk(partial);
  return { bytes, sha256: hash.digest('hex') };
}
