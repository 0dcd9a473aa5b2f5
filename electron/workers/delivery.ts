/** A thread that reads delivered workbooks, one after the other as it is asked to. */
import { parentPort, workerData } from 'node:worker_threads';
import { Study } from '#shared/study.ts';
import { createStudyModel } from '#shared/study-model.ts';
import { readDelivery } from '../services/pool/delivery-file.ts';
import { sendDelivery } from '../services/pool/delivery-transfer.ts';
import type { ReaderNews, ReaderOrder, ReaderTask } from '../services/pool/pool-messages.ts';
import { toThreadFault } from '../services/thread-faults.ts';

// Worker data and tasks come from delivery-readers.ts alone, which builds them with these types.
const { definition, fingerprint, now } = workerData as ReaderOrder;
const { model } = createStudyModel(Study.parse(JSON.parse(definition)));

function tell(news: ReaderNews, handedOver: readonly ArrayBuffer[] = []): void {
  parentPort?.postMessage(news, handedOver);
}

parentPort?.on('message', ({ file, extent, known }: ReaderTask) => {
  readDelivery({ file, model, fingerprint, now, extent, known })
    .then((read) => {
      const sent = sendDelivery(read);
      tell({ kind: 'read', sent }, [sent.bytes.buffer]);
    })
    .catch((error: unknown) => {
      tell(toThreadFault(error));
    });
});
