/** Opens a database that is to be kept and runs everything that shows it to be whole; only then it counts as a backup. */
import { verifyChain } from '#shared/audit.ts';
import { refuse } from '../../app-error.ts';
import { openForReading, type ReadableDb } from '../../db/open.ts';
import { hasPendingSteps, type Migration } from '../../db/migrate.ts';
import { siteCodeIn } from '../site-code.ts';
import type { StudyReader } from '../studies.ts';
import { createTrailReader, sha256 } from '../trail.ts';
import { verifyDatabase } from '../verify/verify-database.ts';

export interface ProofNeeds {
  readonly migrations: readonly Migration[];
  readonly readStudy: StudyReader;
}

/** Newest entry of the trail in it. Refuses a file that can't be read wholly, or whose trail does not hold. */
export function proveDatabase(
  file: string,
  key: Buffer,
  { migrations, readStudy }: ProofNeeds,
): { readonly seq: number; readonly head: string } {
  const db = openForReading(file, key);
  try {
    if (db.pragma('integrity_check(1)', { simple: true }) !== 'ok') throw refuse('backup-unproven');
    // Of a database of an earlier version the tables can't be held against the trail yet; its file and chain can.
    const report = hasPendingSteps(db, migrations)
      ? chainReport(db)
      : verifyDatabase(db, {
          ...{ ...readStudy(db), migrations, siteCode: siteCodeIn(db) },
          ...{ heads: [], headsProblems: [] },
        });
    if (!report.ok) throw refuse('backup-unproven');
    const { seq, hash } = createTrailReader(db).head();
    return { seq, head: hash };
  } finally {
    db.close();
  }
}

function chainReport(db: ReadableDb): { readonly ok: boolean } {
  const reader = createTrailReader(db);
  return { ok: verifyChain(reader.entries(), sha256, reader.head()).problems.length === 0 };
}
