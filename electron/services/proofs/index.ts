/**
 * The list of proofs, one for each table or small group of tables: `cahier verify` reads the trail once, hands each entry to
 * those that listen to its action, and asks all of them at the end. A table that no proof answers for fails a test.
 */
import { confirmationProof } from './confirmation.ts';
import { migrationProof } from './migration.ts';
import { placeProof } from './place.ts';
import { studyVersionProof } from './study-version.ts';
import { changedAtProof, subjectProof } from './subject.ts';
import type { ProofContext, StoredProof, TableProof } from './table-proof.ts';
import { valueProof } from './value.ts';

/** Add yours here. */
export function tableProofs({ model, migrations }: ProofContext): readonly TableProof[] {
  return [subjectProof(model), confirmationProof(), studyVersionProof(), migrationProof(migrations)];
}

export function storedProofs(): readonly StoredProof[] {
  return [valueProof(), changedAtProof(), placeProof()];
}

/** Held against the chain itself, and worked out again from the values. */
export const tablesProvenElsewhere = ['audit', 'audit_head', 'finding'] as const;
