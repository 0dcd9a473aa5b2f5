/** One of the two threads that verify a site: its own read-only connection, one read transaction. */
import { parentPort, workerData } from 'node:worker_threads';
import { openForChecking, openForReading } from '../db/open.ts';
import { createStudyReader } from '../services/studies.ts';
import type { VerifyNews, VerifyOrder } from '../services/verify/messages.ts';
import { verifyChainPart, verifyTablesPart } from '../services/verify/verify-database.ts';
import { Cancelled, createStop, toThreadFault } from '../services/thread-faults.ts';

// Worker data come from verifier.ts alone, which builds them with this type.
const order = workerData as VerifyOrder;
const goOn = createStop(order.cancel);
const done = new Int32Array(order.done);

function run(): VerifyNews {
  const open = order.part === 'tables' ? openForChecking : openForReading;
  const db = open(order.databaseFile, Buffer.from(order.key));
  try {
    if (order.part === 'tables') {
      const context = { ...order, ...createStudyReader()(db) };
      return { kind: 'tables', problems: verifyTablesPart(db, context, goOn) };
    }
    const pass = verifyChainPart(db, order, (entries) => {
      Atomics.store(done, 0, entries);
      goOn();
    });
    return { kind: 'chain', pass };
  } finally {
    db.close();
  }
}

function outcome(): VerifyNews {
  try {
    return run();
  } catch (error) {
    if (error instanceof Cancelled) return { kind: 'cancelled' };
    return toThreadFault(error);
  }
}

parentPort?.postMessage(outcome());
