/** Runs one task of backups in a thread of its own, so that entry never waits for it. */
import { Worker } from 'node:worker_threads';
import { AppError, refuse } from '../../app-error.ts';
import type { BackupNews, BackupTask } from './backup-messages.ts';
import { threadError } from '../thread-faults.ts';

export type EndNews = Extract<BackupNews, { readonly kind: 'made' | 'rehearsed' | 'salvaged' }>;

export interface RunningTask {
  readonly ended: Promise<EndNews>;
  /** Breaks it off; what it was making is removed by the next run. `ended` is refused with `cancelled`. */
  stop(): void;
}

export function startTask(
  workerUrl: URL,
  task: BackupTask,
  progress: (news: Extract<BackupNews, { readonly kind: 'progress' }>) => void,
): RunningTask {
  const worker = new Worker(workerUrl, { workerData: task, stderr: true });
  let isStopped = false;
  const ended = new Promise<EndNews>((resolve, reject) => {
    worker.on('message', (news: BackupNews) => {
      if (news.kind === 'progress') progress(news);
      else if (news.kind === 'refused') reject(new AppError(news.refusal));
      else if (news.kind === 'crashed') reject(threadError('the thread of the backup failed', news.stack));
      else resolve(news);
    });
    worker.on('error', reject);
    worker.on('exit', () => {
      reject(isStopped ? refuse('cancelled') : new Error('the thread of the backup ended early'));
    });
  });
  return {
    ended,
    stop: () => {
      isStopped = true;
      void worker.terminate();
    },
  };
}
