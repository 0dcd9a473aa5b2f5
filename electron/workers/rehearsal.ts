/** The thread that holds a site against the pooling centre's rules: its own read-only connection, one read transaction. */
import { parentPort, workerData } from 'node:worker_threads';
import { judgeDelivery } from '#shared/submission/acceptance.ts';
import { openForReading } from '../db/open.ts';
import { createStudyReader } from '../services/studies.ts';
import { readDeliveredSubjects } from '../services/submission/delivered-subjects.ts';
import type { RehearsalNews, RehearsalOrder } from '../services/submission/rehearsal-messages.ts';
import { toThreadFault } from '../services/thread-faults.ts';

// Worker data come from rehearsal.ts alone, which builds them with this type.
const order = workerData as RehearsalOrder;

function tell(news: RehearsalNews): void {
  parentPort?.postMessage(news);
}

try {
  const db = openForReading(order.databaseFile, Buffer.from(order.key));
  try {
    db.exec('BEGIN');
    const { model, fingerprint } = createStudyReader()(db);
    const { currentFingerprint, trail, options } = order;
    const facts = { manifest: 'not-made', fingerprint, currentFingerprint, trail } as const;
    const report = judgeDelivery(model, readDeliveredSubjects(db, order.siteCode), facts, options);
    tell({ kind: 'judged', report });
  } finally {
    db.close();
  }
} catch (error) {
  tell(toThreadFault(error));
}
