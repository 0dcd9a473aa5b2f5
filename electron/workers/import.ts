/** The thread that reads a file which somebody else wrote: entry goes on meanwhile, and the thread can be ended at any point. */
import { parentPort, workerData } from 'node:worker_threads';
import type { ImportNews, ImportOrder } from '../services/import/import-messages.ts';
import { guessAt, lookAt, readSource } from '../services/import/source-file.ts';
import { toThreadFault } from '../services/thread-faults.ts';

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
  tell(toThreadFault(error));
});
