/** Files into the pool, one after the other in the order given, each in its own transaction, while the next ones are read. */
import { AppError, refuse } from '../../app-error.ts';
import type { Moment } from '../../clock.ts';
import { receive, removeLeftovers, type Incoming, type Received } from './handed-in.ts';
import type { TakenDelivery } from './delivery-entry.ts';
import type { PoolWork } from './pool-work.ts';
import { createReadAhead } from './read-ahead.ts';
import { takeDelivery } from './take.ts';

export interface PoolRun {
  readonly files: readonly string[];
  readonly moment: Moment;
  /** So many files are read at the same time. */
  readonly threads: number;
  /** When the first one may be taken. */
  readonly backedUp: Promise<unknown>;
  readonly isCancelled: () => boolean;
  readonly told: (done: number, outcome: TakenDelivery) => void;
}

export async function runPool(
  work: PoolWork,
  incoming: Incoming,
  { files, moment, threads, backedUp, isCancelled, told }: PoolRun,
): Promise<void> {
  await removeLeftovers(incoming.folder);
  const readNext = createReadAhead(files, threads, (file) => receive(incoming, file));
  await backedUp;
  const sites = new Map<string, number>();
  for (const [index, file] of files.entries()) {
    if (isCancelled()) throw refuse('cancelled');
    const { handedIn, read } = await readNext();
    const fit = secondOfSite(sites, read, handedIn.file);
    const taken =
      takeDelivery(work, handedIn, fit, moment) ?? (await takeWhole(work, incoming, file, moment));
    told(index + 1, taken);
  }
}

/** A file that does not follow what the pool holds by now. */
async function takeWhole(
  work: PoolWork,
  incoming: Incoming,
  file: string,
  moment: Moment,
): Promise<TakenDelivery> {
  const { handedIn, read } = await receive(incoming, file, 'whole');
  const taken = takeDelivery(work, handedIn, read, moment);
  if (taken === null) throw new Error('a delivery that was read as a whole follows another');
  return taken;
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
