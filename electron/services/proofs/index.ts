/**
 * The list of proofs, one for each table or small group of tables: `cahier verify` reads the trail once, hands each entry to
 * those that listen to its action, and asks all of them at the end. A table that no proof answers for fails a test.
 */
import { confirmationProof } from './confirmation.ts';
import { createFormStateProof } from './forms.ts';
import { createFreezeProof } from './freezes.ts';
import { createHandingOverProof } from './handing-over.ts';
import { createMappingProof } from './import-mapping.ts';
import { migrationProof } from './migration.ts';
import { peopleProof } from './people.ts';
import { placeProof } from './place.ts';
import { createPoolProof } from './pool.ts';
import { queryProof } from './queries.ts';
import { createSecondEntryProof } from './second-entry.ts';
import { createSignatureProof } from './signatures.ts';
import { studyVersionProof } from './study-version.ts';
import { changedAtProof, subjectProof } from './subject.ts';
import type { ProofContext, StoredProof, TableProof } from './table-proof.ts';
import { valueProof } from './value.ts';

export function tableProofs({ model, migrations }: ProofContext): readonly TableProof[] {
  return [
    ...[peopleProof(), studyVersionProof(), migrationProof(migrations)],
    ...[subjectProof(model), createFormStateProof(), createFreezeProof(), createSignatureProof()],
    ...[confirmationProof(), queryProof(), createSecondEntryProof(), createMappingProof()],
    createPoolProof(),
    createHandingOverProof(),
  ];
}

export function storedProofs(): readonly StoredProof[] {
  return [valueProof(), changedAtProof(), placeProof()];
}

/** Held against the chain itself, and worked out again from the values. */
export const tablesProvenElsewhere = ['audit', 'audit_head', 'finding'] as const;
