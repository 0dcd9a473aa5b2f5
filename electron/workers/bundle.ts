/** The thread that makes a bundle: its own read-only connection, one read transaction for all that it hands over. */
import { parentPort, workerData } from 'node:worker_threads';
import { toRefusal } from '../db/disk-faults.ts';
import { openForReading } from '../db/open.ts';
import type { BundleNews, BundleOrder } from '../services/bundle/bundle-messages.ts';
import { readSecret } from '../services/bundle/own-keys.ts';
import { writeBundle } from '../services/bundle/write-bundle.ts';
import { toFileRefusal } from '../services/export-faults.ts';
import { estimateCells, openExportSource } from '../services/export-choices/source.ts';
import { Cancelled, createStop, toThreadFault } from '../services/thread-faults.ts';

// Worker data come from bundle-desk.ts alone, which builds them with this type.
const order = workerData as BundleOrder;
const goOn = createStop(order.cancel);

function tell(news: BundleNews): void {
  parentPort?.postMessage(news);
}

async function run(): Promise<void> {
  const db = openForReading(order.databaseFile, Buffer.from(order.key));
  try {
    const source = openExportSource(db, { ...order, purpose: 'write' });
    const secret = readSecret(db, 'sign');
    if (secret === null) throw new Error('the site has no key to sign with');
    const expected = estimateCells(source.reader);
    let told = 0;
    const bundle = await writeBundle(source, order, secret, {
      progress: (step, done) => {
        goOn();
        // Encrypting goes by pieces of 64 KiB: not each is worth a message.
        if (step === 'encrypting' && done - told < 1 << 22) return;
        told = step === 'encrypting' ? done : 0;
        tell({ kind: 'progress', step, done, total: Math.max(done, step === 'writing' ? expected : 0) });
      },
    });
    tell({ kind: 'written', bundle });
  } finally {
    db.close();
  }
}

run().catch((error: unknown) => {
  if (error instanceof Cancelled) tell({ kind: 'cancelled' });
  else tell(toThreadFault(error, (fault) => toFileRefusal(fault, order.partial) ?? toRefusal(fault)));
});
