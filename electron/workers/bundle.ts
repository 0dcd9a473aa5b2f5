/** The thread that makes a bundle: its own read-only connection, one read transaction for all that it hands over. */
import { parentPort, workerData } from 'node:worker_threads';
import { Study } from '#shared/study.ts';
import { toRefusal } from '../db/disk-faults.ts';
import { openForReading } from '../db/open.ts';
import type { BundleNews, BundleOrder } from '../services/bundle/bundle-messages.ts';
import { readSecret } from '../services/bundle/own-keys.ts';
import { writeBundle } from '../services/bundle/write-bundle.ts';
import { toFileRefusal } from '../services/export-faults.ts';
import { createExportReader, type ExportReader } from '../services/export-rows.ts';

// Worker data come from bundle-desk.ts alone, which builds them with this type.
const order = workerData as BundleOrder;
const cancelled = new Int32Array(order.cancel);

class Cancelled extends Error {}

function tell(news: BundleNews): void {
  parentPort?.postMessage(news);
}

async function run(): Promise<void> {
  const db = openForReading(order.databaseFile, Buffer.from(order.key));
  try {
    db.exec('BEGIN');
    const reader = createExportReader(db);
    const definition = db
      .prepare<[string], string>('SELECT definition FROM study_version WHERE fingerprint = ?')
      .pluck()
      .get(order.fingerprint);
    const study = Study.parse(JSON.parse(definition ?? 'null'));
    const secret = readSecret(db, 'sign');
    if (secret === null) throw new Error('the site has no key to sign with');
    const expected = estimateCells(reader);
    let told = 0;
    const bundle = await writeBundle({ ...order, reader, study }, order, secret, {
      progress: (step, done) => {
        if (Atomics.load(cancelled, 0) === 1) throw new Cancelled();
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

/** Only for the progress bar, as for a workbook alone. */
function estimateCells(reader: ExportReader): number {
  return reader.countValues().exported * 3 + reader.cut.seq * 15 + 20_000;
}

run().catch((error: unknown) => {
  if (error instanceof Cancelled) tell({ kind: 'cancelled' });
  else {
    const known = toFileRefusal(error, order.partial) ?? toRefusal(error);
    if (known !== null) tell({ kind: 'refused', refusal: known.refusal });
    else
      tell({
        kind: 'crashed',
        stack: error instanceof Error ? (error.stack ?? error.message) : 'not an error',
      });
  }
});
