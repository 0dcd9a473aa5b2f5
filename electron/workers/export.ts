/** The thread that writes a workbook: its own read-only connection, one read transaction from first to last sheet. */
import { parentPort, workerData } from 'node:worker_threads';
import { toRefusal } from '../db/disk-faults.ts';
import { openForReading } from '../db/open.ts';
import { previewOf } from '../services/export-choices/preview.ts';
import { estimateCells, openExportSource } from '../services/export-choices/source.ts';
import { toFileRefusal } from '../services/export-faults.ts';
import type { ExportNews, ExportOrder } from '../services/export-messages.ts';
import { writeOrdered } from '../services/formats/write-ordered.ts';
import { Cancelled, createStop, toThreadFault } from '../services/thread-faults.ts';

// Worker data come from exports.ts alone, which builds them with this type.
const order = workerData as ExportOrder;
const goOn = createStop(order.cancel);

function tell(news: ExportNews): void {
  parentPort?.postMessage(news);
}

async function run(): Promise<void> {
  const db = openForReading(order.databaseFile, Buffer.from(order.key));
  try {
    const source = openExportSource(db, order);
    if (order.purpose === 'preview') {
      tell({ kind: 'previewed', preview: previewOf(source) });
      return;
    }
    const expected = estimateCells(source.reader);
    const watch = {
      progress: (sheet: string, cells: number) => {
        goOn();
        tell({ kind: 'progress', sheet, cells, totalCells: Math.max(cells, expected) });
      },
    };
    const { seq } = source.reader.cut;
    tell({ kind: 'written', ...(await writeOrdered(order, source, watch)), cut: seq });
  } finally {
    db.close();
  }
}

run().catch((error: unknown) => {
  if (error instanceof Cancelled) tell({ kind: 'cancelled' });
  else tell(toThreadFault(error, (fault) => toFileRefusal(fault, order.partial) ?? toRefusal(fault)));
});
