/**
 * A file as it was handed in, made ready to be read: a workbook as it is, a bundle opened into a folder inside the pool's
 * own, which is gone again as soon as the workbook was read. What a crash left of one is removed before the next is opened.
 */
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { AppError, refuse } from '../../app-error.ts';
import { hashFile } from '../file-hash.ts';
import { openBundle } from '../bundle/open-bundle.ts';
import type { Extent, ReadDelivery } from './delivery-file.ts';
import type { DeliveryReaders } from './delivery-readers.ts';
import { sha256 } from '../trail.ts';
import type { HandedIn } from './delivery-entry.ts';

export interface Received {
  readonly handedIn: HandedIn;
  readonly read: ReadDelivery | AppError;
}

export interface Incoming {
  /** Where the pool lies. */
  readonly folder: string;
  /** AGE-SECRET-KEY-1…; null while the pool has no key. */
  readonly identity: () => string | null;
  readonly readers: DeliveryReaders;
}

const opening = '.incoming-';

export async function removeLeftovers(folder: string): Promise<void> {
  for (const name of await readdir(folder))
    if (name.startsWith(opening)) await rm(path.join(folder, name), { recursive: true, force: true });
}

/** What is at fault with the file comes as a refusal. */
export async function receive(incoming: Incoming, file: string, extent: Extent = 'new'): Promise<Received> {
  const name = path.basename(file);
  if (/\.age$/iu.test(name)) return receiveBundle(incoming, file, name, extent);
  const read = await incoming.readers.read(file, extent);
  const sha256 = read instanceof AppError ? sha256Of(file) : read.sha256;
  return { handedIn: { file: name, sha256, kind: 'workbook', signer: null }, read };
}

async function receiveBundle(
  { folder, identity, readers }: Incoming,
  file: string,
  name: string,
  extent: Extent,
): Promise<Received> {
  const handedIn = { file: name, sha256: sha256Of(file), kind: 'bundle' as const, signer: null };
  const secret = identity();
  if (secret === null) return { handedIn, read: refuse('pool-without-key', { file: name }) };
  const place = await mkdtemp(path.join(folder, opening));
  try {
    const { files, signer } = await openBundle(file, secret, path.join(place, 'bundle'));
    const workbook = files.find((one) => /\.xlsx$/iu.test(one.name));
    if (workbook === undefined) return { handedIn, read: refuse('delivery-not-ours', { file: name }) };
    const read = await readers.read(workbook.path, extent);
    return { handedIn: { ...handedIn, signer: signer.publicKey }, read };
  } catch (error) {
    if (error instanceof AppError) return { handedIn, read: error };
    throw error;
  } finally {
    await rm(place, { recursive: true, force: true });
  }
}

/** Of a file that can't be read at all: of nothing. Why it can't is told by who reads it. */
function sha256Of(file: string): string {
  try {
    return hashFile(file).sha256;
  } catch {
    return sha256('');
  }
}
