/**
 * Everything that `cahier verify` looks at, in two parts that can run side by side on connections of their own: the trail with
 * all that follows from it entry by entry, and the file with its schema and what is worked out from the values alone.
 */
import type { VerifyReport } from '#shared/bridge.ts';
import { canonicalJson } from '#shared/audit.ts';
import type { ReadableDb } from '../../db/open.ts';
import { storedProofs, tableProofs } from '../proofs/index.ts';
import type { ProofContext } from '../proofs/table-proof.ts';
import { sha256 } from '../trail.ts';
import { fileProblems, schemaProblems } from './file-part.ts';
import { findingProblems } from './finding-part.ts';
import type { KnownHead } from './missed-heads.ts';
import { passTrail, type TrailPass } from './trail-pass.ts';

export interface VerifyContext extends ProofContext {
  readonly heads: readonly KnownHead[];
  /** What was wrong with the list of heads itself. */
  readonly headsProblems: readonly string[];
}

const problemsMost = 100;

/** Each in one read transaction, so that entry can go on. */
export function verifyTrailPart(
  db: ReadableDb,
  context: VerifyContext,
  progress: (entries: number) => void = () => undefined,
): TrailPass {
  return reading(db, () => {
    const pass = passTrail(db, {
      proofs: tableProofs(context),
      stored: storedProofs(),
      heads: context.heads,
      progress,
    });
    return { ...pass, problems: [...pass.problems, ...context.headsProblems] };
  });
}

export function verifyFilePart(
  db: ReadableDb,
  context: VerifyContext,
  progress: () => void = () => undefined,
): readonly string[] {
  return reading(db, () => {
    const file = fileProblems(db);
    progress();
    const study = sha256(canonicalJson(context.model.study)) === context.fingerprint;
    return [
      ...file,
      ...schemaProblems(db, context.migrations),
      ...findingProblems(db, context, progress),
      ...(study
        ? []
        : [`The definition of study ${context.model.study.id} was changed after it was installed.`]),
    ];
  });
}

export function toReport({ entries, head, problems }: TrailPass, ofFile: readonly string[]): VerifyReport {
  const all = [...new Set([...ofFile, ...problems])];
  return { ok: all.length === 0, entries, head, problems: all.slice(0, problemsMost) };
}

/** Both parts, one after the other. */
export function verifyDatabase(db: ReadableDb, context: VerifyContext): VerifyReport {
  const ofFile = verifyFilePart(db, context);
  return toReport(verifyTrailPart(db, context), ofFile);
}

function reading<T>(db: ReadableDb, act: () => T): T {
  db.exec('BEGIN');
  try {
    return act();
  } finally {
    if (db.inTransaction) db.exec('ROLLBACK');
  }
}
