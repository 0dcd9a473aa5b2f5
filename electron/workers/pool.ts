/** The thread that writes a pool: its own connection, so that the window answers while a delivery is taken. */
import path from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { toLocalMinute } from '../clock.ts';
import { openBeside } from '../db/open.ts';
import { openingIdentity } from '../services/bundle/own-keys.ts';
import { createDeliveryReaders } from '../services/pool/delivery-readers.ts';
import type { PoolNews, PoolOrder } from '../services/pool/pool-messages.ts';
import { createPoolWriter, type PoolReader } from '../services/pool/pool-rows.ts';
import { runPool } from '../services/pool/pool-run.ts';
import type { KnownSites } from '../services/pool/trail-heads.ts';
import { createFindingRows } from '../services/finding-rows.ts';
import { createRecordWriter } from '../services/record-rows.ts';
import { createStudyReader } from '../services/studies.ts';
import { createTrail } from '../services/trail.ts';
import { toThreadFault } from '../services/thread-faults.ts';

// Worker data come from pool-desk.ts alone, which builds them with this type.
const order = workerData as PoolOrder;
const cancelled = new Int32Array(order.cancel);

const backedUp = new Promise((resolve) => parentPort?.once('message', resolve));

function tell(news: PoolNews): void {
  parentPort?.postMessage(news);
}

async function run(): Promise<void> {
  const db = openBeside(order.databaseFile, Buffer.from(order.key));
  // A transaction of the window's connection is short: it is waited for.
  db.pragma('busy_timeout = 30000');
  const { model, fingerprint } = createStudyReader()(db);
  const pool = createPoolWriter(db);
  const definition =
    db
      .prepare<[string], string>('SELECT definition FROM study_version WHERE fingerprint = ?')
      .pluck()
      .get(fingerprint) ?? 'null';
  const now = toLocalMinute(order.moment);
  const readers = createDeliveryReaders(new URL(order.readerWorker), { definition, fingerprint, now }, () =>
    knownSites(pool),
  );
  try {
    const work = {
      ...{ db, model, fingerprint, pool, doer: order.doer, trail: createTrail(db, order.siteCode) },
      ...{ rows: createRecordWriter(db, order.siteCode), findings: createFindingRows(db) },
    };
    const folder = path.dirname(order.databaseFile);
    const incoming = { folder, identity: () => openingIdentity(db), readers };
    await runPool(work, incoming, {
      ...{ files: order.files, moment: order.moment, threads: readers.threads, backedUp },
      isCancelled: () => Atomics.load(cancelled, 0) === 1,
      told: (done, { why, ...outcome }) => {
        tell({ kind: 'file', done, outcome: { ...outcome, why: why?.refusal ?? null } });
      },
    });
    tell({ kind: 'done' });
  } finally {
    await readers.close();
    db.close();
  }
}

function knownSites(pool: PoolReader): KnownSites {
  const unsettled = pool.unsettledSites();
  return new Map(
    pool
      .newestDeliveries()
      .map(({ genesis, cutHead, site }) => [genesis, { head: cutHead, isSettled: !unsettled.has(site) }]),
  );
}

run().catch((error: unknown) => {
  tell(toThreadFault(error));
});
