/** The thread that makes and tries out backups, with connections of its own that only read the site. */
import { parentPort, workerData } from 'node:worker_threads';
import { assertNever } from '#shared/assert-never.ts';
import { readMigrations } from '../db/migrate.ts';
import type { BackupNews, BackupTask } from '../services/backups/backup-messages.ts';
import { makeBackup } from '../services/backups/make-backup.ts';
import { rehearse } from '../services/backups/rehearse.ts';
import { salvage } from '../services/backups/salvage.ts';
import { createStudyReader } from '../services/studies.ts';
import { toThreadFault } from '../services/thread-faults.ts';

// Worker data come from backup-thread.ts alone, which builds them with this type.
const task = workerData as BackupTask;

function tell(news: BackupNews): void {
  parentPort?.postMessage(news);
}

function run(): void {
  const needs = { migrations: readMigrations(task.migrationsFolder), readStudy: createStudyReader() };
  const key = Buffer.from(task.order.key);
  switch (task.kind) {
    case 'make':
      tell({
        kind: 'made',
        outcome: makeBackup({ ...task.order, key }, needs, {
          progress: (stage, bytes) => {
            tell({ kind: 'progress', stage, bytes });
          },
        }),
      });
      return;
    case 'rehearse':
      tell({ kind: 'rehearsed', rehearsal: rehearse({ ...task.order, key }, needs) });
      return;
    case 'salvage':
      tell({ kind: 'salvaged', report: salvage({ ...task.order, key }, needs) });
      return;
    default:
      assertNever(task);
  }
}

try {
  run();
} catch (error) {
  tell(toThreadFault(error));
}
