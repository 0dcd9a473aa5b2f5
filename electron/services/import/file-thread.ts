/** Starts the thread that reads a file and waits for what it says. */
import { Worker } from 'node:worker_threads';
import path from 'node:path';
import { AppError, refuse } from '../../app-error.ts';
import type { ImportNews, ImportOrder } from './import-messages.ts';
import { threadError } from '../thread-faults.ts';

/** A file that needs more than this is refused, and nothing else suffers. */
const mostMegabytes = 2048;

/** Rejected with a refusal when the file is at fault, and with `cancelled` when `signal` ends it. */
export function readInThread(
  worker: URL,
  order: ImportOrder,
  signal: AbortSignal,
): Promise<Extract<ImportNews, { kind: 'looked' | 'guessed' | 'read' }>> {
  return new Promise((resolve, reject) => {
    const thread = new Worker(worker, {
      workerData: order,
      stderr: true,
      resourceLimits: { maxOldGenerationSizeMb: mostMegabytes },
    });
    const stop = (): void => {
      reject(refuse('cancelled'));
      void thread.terminate();
    };
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    thread.on('message', (news: ImportNews) => {
      if (news.kind === 'refused') reject(new AppError(news.refusal));
      else if (news.kind === 'crashed') reject(threadError('the import thread failed', news.stack));
      else resolve(news);
    });
    thread.on('error', (error: unknown) => {
      const fault = error instanceof Error ? error : new Error('the import thread failed');
      const isMemory = 'code' in fault && fault.code === 'ERR_WORKER_OUT_OF_MEMORY';
      reject(isMemory ? refuse('import-too-large', { file: path.basename(order.file) }, fault) : fault);
    });
    thread.on('exit', () => {
      signal.removeEventListener('abort', stop);
      reject(new Error('the import thread ended early'));
    });
  });
}
