/**
 * Everything that `cahier verify` looks at, in two parts that run side by side on connections of their own: the chain of the
 * trail, and the file with every table that has to follow from the trail.
 */
import type { VerifyReport } from '#shared/bridge.ts';
import { canonicalJson } from '#shared/audit.ts';
import type { ReadableDb } from '../../db/open.ts';
import { storedProofs, tableProofs } from '../proofs/index.ts';
import type { ProofContext } from '../proofs/table-proof.ts';
import { sha256 } from '../trail.ts';
import { passChain, type ChainPass } from './chain-part.ts';
import { fileProblems, schemaProblems } from './file-part.ts';
import { findingProblems } from './finding-part.ts';
import type { KnownHead } from './missed-heads.ts';
import { proofProblems } from './proof-part.ts';

export interface VerifyContext extends ProofContext {
  readonly heads: readonly KnownHead[];
  /** What was wrong with the list of heads itself. */
  readonly headsProblems: readonly string[];
}

const problemsMost = 100;

/** In one read transaction, so that entry can go on. */
export function verifyChainPart(
  db: ReadableDb,
  { heads, headsProblems }: Pick<VerifyContext, 'heads' | 'headsProblems'>,
  progress: (entries: number) => void = () => undefined,
): ChainPass {
  const pass = reading(db, () => passChain(db, heads, progress));
  return { ...pass, problems: [...pass.problems, ...headsProblems] };
}

/** In one read transaction as well. */
export function verifyTablesPart(
  db: ReadableDb,
  context: ProofContext,
  progress: () => void = () => undefined,
): readonly string[] {
  return reading(db, () => {
    const proofs = proofProblems(db, tableProofs(context), storedProofs(), progress);
    const { study } = context.model;
    return [
      ...fileProblems(db, progress),
      ...schemaProblems(db, context.migrations),
      ...proofs,
      ...findingProblems(db, context, progress),
      ...(sha256(canonicalJson(study)) === context.fingerprint
        ? []
        : [`The definition of study ${study.id} was changed after it was installed.`]),
    ];
  });
}

export function toReport({ entries, head, problems }: ChainPass, ofTables: readonly string[]): VerifyReport {
  const all = [...new Set([...ofTables, ...problems])];
  return { ok: all.length === 0, entries, head, problems: all.slice(0, problemsMost) };
}

/** Both parts, one after the other. */
export function verifyDatabase(db: ReadableDb, context: VerifyContext): VerifyReport {
  const ofTables = verifyTablesPart(db, context);
  return toReport(verifyChainPart(db, context), ofTables);
}

function reading<T>(db: ReadableDb, act: () => T): T {
  db.exec('BEGIN');
  try {
    return act();
  } finally {
    if (db.inTransaction) db.exec('ROLLBACK');
  }
}
