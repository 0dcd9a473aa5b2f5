/** Files into the pool, one after the other in the order given, each in its own transaction, while the next ones are read. */
import { AppError, refuse } from '../../app-error.ts';
import type { Moment } from '../../clock.ts';
import { receive, removeLeftovers, type Incoming, type Received } from './handed-in.ts';
import { takeDelivery, type PoolWork, type TakenDelivery } from './take.ts';

export interface PoolRun {
  readonly files: readonly string[];
  readonly moment: Moment;
  /** So many files are read at the same time. */
  readonly threads: number;
  readonly isCancelled: () => boolean;
  readonly told: (done: number, outcome: TakenDelivery) => void;
}

export async function runPool(
  work: PoolWork,
  incoming: Incoming,
  { files, moment, threads, isCancelled, told }: PoolRun,
): Promise<void> {
  await removeLeftovers(incoming.folder);
  const ahead = new Map<string, Promise<Received>>();
  const readAhead = (index: number): void => {
    const file = files[index];
    if (file === undefined) return;
    const reading = receive(incoming, file);
    // Awaited in its turn; until then an error is nobody's.
    reading.catch(() => undefined);
    ahead.set(file, reading);
  };
  for (let index = 0; index < threads; index += 1) readAhead(index);
  const sites = new Map<string, number>();
  for (const [index, file] of files.entries()) {
    if (isCancelled()) throw refuse('cancelled');
    const { handedIn, read } = await (ahead.get(file) ?? receive(incoming, file));
    ahead.delete(file);
    readAhead(index + threads);
    told(index + 1, takeDelivery(work, handedIn, secondOfSite(sites, read, handedIn.file), moment));
  }
}

/** Of two files of one site in one delivery, the later one is taken only if it is newer. */
function secondOfSite(sites: Map<string, number>, read: Received['read'], file: string): Received['read'] {
  if (read instanceof AppError) return read;
  const { genesis, cutSeq, siteCode } = read.facts;
  const before = sites.get(genesis) ?? -1;
  if (before >= cutSeq) return refuse('delivery-site-twice', { file, site: siteCode });
  sites.set(genesis, cutSeq);
  return read;
}
