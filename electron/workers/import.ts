/** The thread that reads a file which somebody else wrote: entry goes on meanwhile, and the thread can be ended at any point. */
import { parentPort, workerData } from 'node:worker_threads';
import { toRefusal } from '../db/disk-faults.ts';
import type { ImportNews, ImportOrder } from '../services/import/import-messages.ts';
import { guessAt, lookAt, readSource } from '../services/import/source-file.ts';

// Worker data come from file-thread.ts alone, which builds them with this type.
const { file, home, want, mapping, layout } = workerData as ImportOrder;

function tell(news: ImportNews): void {
  parentPort?.postMessage(news);
}

async function run(): Promise<void> {
  if (want === 'look') tell({ kind: 'looked', looked: await lookAt(file, home, layout) });
  else if (want === 'guess') tell({ kind: 'guessed', guess: await guessAt(file, home) });
  else tell({ kind: 'read', read: await readSource(file, home, mapping) });
}

run().catch((error: unknown) => {
  const known = toRefusal(error);
  if (known !== null) tell({ kind: 'refused', refusal: known.refusal });
  else
    tell({
      kind: 'crashed',
      stack: error instanceof Error ? (error.stack ?? error.message) : 'not an error',
    });
});
