/** Reads delivered files in threads, a few at a time, and hands them on in their order: what was read waits for what is taken, never in a heap. */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import path from 'node:path';
import { AppError, refuse } from '../../app-error.ts';
import type { Extent, ReadDelivery } from './delivery-file.ts';
import { receiveDelivery } from './delivery-transfer.ts';
import type { KnownSites } from './trail-heads.ts';
import type { ReaderNews, ReaderOrder, ReaderTask } from './pool-messages.ts';
import { threadError } from '../thread-faults.ts';

/** A file that needs more than this is refused, and nothing else suffers. */
const mostMegabytes = 1024;
const mostThreads = 3;
/** Of what is short-lived in a thread of a pool: little is enough for a row or a form, and there are several threads. */
export const youngMegabytes = 8;

export interface DeliveryReaders {
  /** What is at fault with the file comes as a refusal. */
  read(file: string, extent?: Extent): Promise<ReadDelivery | AppError>;
  close(): Promise<void>;
}

/** `known` is asked for each file as it is begun. */
export function createDeliveryReaders(
  worker: URL,
  order: ReaderOrder,
  known: () => KnownSites,
): DeliveryReaders & { readonly threads: number } {
  const threads = Math.max(1, Math.min(mostThreads, availableParallelism()));
  const idle: Worker[] = [];
  const waiting: ((thread: Worker) => void)[] = [];
  const all = new Set<Worker>();

  function start(): Worker {
    const thread = new Worker(worker, {
      workerData: order,
      stderr: true,
      resourceLimits: { maxOldGenerationSizeMb: mostMegabytes, maxYoungGenerationSizeMb: youngMegabytes },
    });
    all.add(thread);
    return thread;
  }
  const borrow = (): Promise<Worker> => {
    const free = idle.pop();
    if (free !== undefined) return Promise.resolve(free);
    if (all.size < threads) return Promise.resolve(start());
    return new Promise((resolve) => waiting.push(resolve));
  };
  const giveBack = (thread: Worker): void => {
    const next = waiting.shift();
    if (next === undefined) idle.push(thread);
    else next(thread);
  };
  /** A thread that ended is replaced, so that nobody waits for it. */
  const giveUp = (thread: Worker): void => {
    all.delete(thread);
    const next = waiting.shift();
    if (next !== undefined) next(start());
  };

  return {
    threads,
    read: async (file, extent = 'new') => {
      const thread = await borrow();
      const task: ReaderTask = { file, extent, known: known() };
      const answer = await ask(thread, task);
      if (answer instanceof Error) {
        giveUp(thread);
        const isMemory = 'code' in answer && answer.code === 'ERR_WORKER_OUT_OF_MEMORY';
        if (isMemory) return refuse('import-too-large', { file: path.basename(file) }, answer);
        throw answer;
      }
      giveBack(thread);
      if (answer.kind === 'read') return receiveDelivery(answer.sent);
      if (answer.kind === 'refused') return new AppError(answer.refusal);
      throw threadError('a delivery could not be read', answer.stack);
    },
    close: async () => {
      await Promise.all([...all].map((thread) => thread.terminate()));
    },
  };
}

function ask(thread: Worker, task: ReaderTask): Promise<ReaderNews | Error> {
  return new Promise((resolve) => {
    const hear = (answer: ReaderNews | Error): void => {
      thread.off('message', hear);
      thread.off('error', hear);
      thread.off('exit', ended);
      resolve(answer);
    };
    const ended = (): void => {
      hear(new Error('the reading thread ended early'));
    };
    thread.on('message', hear);
    thread.on('error', hear);
    thread.on('exit', ended);
    thread.postMessage(task);
  });
}
