/** Pooling for the window: a pool is made, files are taken in, and the conflict book is looked through and decided. */
import path from 'node:path';
import type { poolContract } from '#shared/contract/pool.ts';
import { isPool } from '#shared/pool/pool-code.ts';
import { refuse } from '../app-error.ts';
import type { Handlers } from '../dispatch.ts';
import type { Host } from '../services.ts';
import { readConflicts, readOverview } from '../services/pool/overview.ts';
import type { PoolDesk } from '../services/pool/pool-desk.ts';
import type { Site } from '../services/site.ts';
import { by } from './by.ts';

export interface PoolMethodsOutside {
  readonly pool: PoolDesk;
  readonly host: Pick<Host, 'chooseDeliveries'>;
  readonly newPool: Handlers['pool.create'];
}

export function poolHandlers({
  pool,
  host,
  newPool,
}: PoolMethodsOutside): Pick<Handlers, keyof typeof poolContract> {
  return {
    'pool.create': newPool,
    'pool.chooseFiles': by(async () => {
      const files = await host.chooseDeliveries();
      if (files.length === 0) return null;
      pool.allow(files);
      return { files };
    }),
    'pool.take': by(({ files }, actor) =>
      pool.startAllowed(
        actor,
        files.map((file) => path.normalize(file)),
      ),
    ),
    'pool.status': by(({ job }, { site }) => pool.status(site, job)),
    'pool.cancel': by(({ job }, { site }) => {
      pool.cancel(site, job);
      return null;
    }),
    'pool.overview': by((_, { site }) => readOverview(requirePool(site).db)),
    'pool.conflicts': by((input, { site }) => readConflicts(requirePool(site).db, input)),
    'pool.decide': by((input, actor) => pool.decide(actor, input)),
  };
}

function requirePool(site: Site): Site {
  if (!isPool(site.siteCode)) throw refuse('not-a-pool');
  return site;
}
