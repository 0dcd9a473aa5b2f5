/** Files into the pool, one after the other in the order given, each in its own transaction, while the next ones are read. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import path from 'node:path';
import { AppError, refuse } from '../../app-error.ts';
import type { Moment } from '../../clock.ts';
import type { DeliveryReaders } from './delivery-readers.ts';
import { takeDelivery, type PoolWork, type TakenDelivery } from './take.ts';

export interface PoolRun {
  readonly files: readonly string[];
  readonly moment: Moment;
  readonly isCancelled: () => boolean;
  readonly told: (done: number, outcome: TakenDelivery) => void;
}

export async function runPool(
  work: PoolWork,
  readers: DeliveryReaders & { readonly threads: number },
  { files, moment, isCancelled, told }: PoolRun,
): Promise<void> {
  const ahead: ReturnType<typeof readers.read>[] = [];
  const readAhead = (index: number): void => {
    const file = files[index];
    if (file === undefined) return;
    const reading = readers.read(file);
    // Awaited in its turn; until then an error is nobody's.
    reading.catch(() => undefined);
    ahead[index] = reading;
  };
  for (let index = 0; index < readers.threads; index += 1) readAhead(index);
  const sites = new Map<string, number>();
  for (const [index, file] of files.entries()) {
    if (isCancelled()) throw refuse('cancelled');
    const read = await (ahead[index] ?? readers.read(file));
    delete ahead[index];
    readAhead(index + readers.threads);
    const name = path.basename(file);
    const sha256 = read instanceof AppError ? await sha256Of(file) : read.sha256;
    const handedIn = { file: name, sha256, kind: 'workbook' as const, signer: null };
    const outcome = takeDelivery(work, handedIn, secondOfSite(sites, read, name), moment);
    told(index + 1, outcome);
  }
}

/** Of two files of one site in one delivery, the later one is taken only if it is newer. */
function secondOfSite(
  sites: Map<string, number>,
  read: Awaited<ReturnType<DeliveryReaders['read']>>,
  file: string,
): typeof read {
  if (read instanceof AppError) return read;
  const { genesis, cutSeq, siteCode } = read.facts;
  const before = sites.get(genesis) ?? -1;
  if (before >= cutSeq) return refuse('delivery-site-twice', { file, site: siteCode });
  sites.set(genesis, cutSeq);
  return read;
}

/** Of a file that can't be read at all: of nothing. */
async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256');
  try {
    for await (const chunk of createReadStream(file)) hash.update(chunk as Uint8Array); // no encoding: bytes
  } catch {
    // Why it can't be read was told by who tried first.
  }
  return hash.digest('hex');
}
