/** What became of a file that was handed in: its row, its entry in the trail, and the answer to who handed it in. */
import type { PoolFileOutcome } from '#shared/contract/pool.ts';
import type { AppError } from '../../app-error.ts';
import { toIsoUtc, type Moment } from '../../clock.ts';
import type { ReadDelivery } from './delivery-file.ts';
import type { PoolSite } from './pool-rows.ts';
import type { PoolWork } from './pool-work.ts';

export interface HandedIn {
  readonly file: string;
  readonly sha256: string;
  readonly kind: 'workbook' | 'bundle';
  readonly signer: string | null;
}

/** As the window is told of it, but for the refusal. */
export interface TakenDelivery extends Omit<PoolFileOutcome, 'why'> {
  readonly why: AppError | null;
}

export const nothingDone = { added: 0, changed: 0, withdrawn: 0 };

/** `values`: that the pool has of the site by this delivery. */
export type Done = Pick<TakenDelivery, 'values' | 'added' | 'changed' | 'withdrawn'>;

export function writeDelivery(
  { pool, trail, doer }: PoolWork,
  handedIn: HandedIn,
  read: ReadDelivery,
  site: PoolSite,
  moment: Moment,
  state: 'taken' | 'unchanged',
  { values, ...done }: Done,
): TakenDelivery {
  const { facts, subjects } = read;
  const { studyVersion, fingerprint, appVersion, cutAt, cutSeq, cutHead } = facts;
  const id = pool.nextDelivery();
  const row = {
    ...{ ...handedIn, site: site.code, siteName: site.name, state, why: null },
    ...{ studyVersion, fingerprint, appVersion, cutAt: Date.parse(cutAt), cutSeq, cutHead },
    ...{ subjects: subjects.length, values, told: facts.values, ...done, at: moment.at, user: doer.user },
  };
  pool.addDelivery(id, row);
  trail.note(doer, moment, 'delivery.taken', {
    detail: { delivery: id, ...row, cutAt, at: toIsoUtc(moment.at), genesis: site.genesis },
  });
  return {
    ...{ state, site: site.code, siteName: site.name, file: handedIn.file, why: null },
    ...{ subjects: subjects.length, values, ...done, conflicts: 0 },
  };
}

export function writeRefused(
  { pool, trail, doer }: PoolWork,
  handedIn: HandedIn,
  read: ReadDelivery | null,
  why: AppError,
  moment: Moment,
  conflicts = 0,
  state: 'refused' | 'held' = 'refused',
): TakenDelivery {
  const id = pool.nextDelivery();
  const facts = read?.facts ?? null;
  const site = facts === null ? null : (pool.siteByGenesis(facts.genesis)?.code ?? facts.siteCode);
  const counts = { subjects: read?.subjects.length ?? 0, values: facts?.values ?? 0 };
  const row = {
    ...{ ...handedIn, site, siteName: facts?.siteName ?? null, state, why: why.refusal.message },
    ...{ studyVersion: facts?.studyVersion ?? null, fingerprint: facts?.fingerprint ?? null },
    ...{ appVersion: facts?.appVersion ?? null, cutAt: facts === null ? null : Date.parse(facts.cutAt) },
    ...{ cutSeq: facts?.cutSeq ?? null, cutHead: facts?.cutHead ?? null },
    ...{ ...counts, told: facts?.values ?? null, ...nothingDone, at: moment.at, user: doer.user },
  };
  pool.addDelivery(id, row);
  trail.note(doer, moment, state === 'held' ? 'delivery.held' : 'delivery.refused', {
    detail: { delivery: id, ...row, cutAt: facts?.cutAt ?? null, at: toIsoUtc(moment.at) },
  });
  return {
    ...{ state, site, siteName: facts?.siteName ?? null, file: handedIn.file, why },
    ...{ ...counts, ...nothingDone, conflicts },
  };
}
