/** What reading is measured against: exceljs's streaming reader in a thread of its own, every cell of every sheet looked at. */
import { performance } from 'node:perf_hooks';
import { parentPort, workerData } from 'node:worker_threads';
import exceljs from 'exceljs';

export interface ReadNews {
  readonly ms: number;
  readonly cells: number;
}

const file = workerData as string; // import.ts gives the path
const start = performance.now();
let cells = 0;
const reader = new exceljs.stream.xlsx.WorkbookReader(file, {
  sharedStrings: 'cache',
  styles: 'cache',
  worksheets: 'emit',
  entries: 'emit',
  hyperlinks: 'ignore',
});
for await (const sheet of reader)
  for await (const row of sheet)
    row.eachCell(() => {
      cells += 1;
    });
parentPort?.postMessage({ ms: performance.now() - start, cells } satisfies ReadNews);
