/** The forms of a subject as the conditions of a move look at them: state, open hard findings, open queries, signatures. */
import type { OpenQueries } from './contract/workflow.ts';
import type { Finding, SubjectRecord } from './record.ts';
import type { Signature } from './signature.ts';
import { isInScope, type FormStanding } from './workflow.ts';

export function formStandings(
  record: SubjectRecord,
  findings: readonly Finding[],
  queries: readonly OpenQueries[],
  signatures: readonly Signature[],
): readonly FormStanding[] {
  const valid = signatures.filter(({ validity }) => validity.state === 'valid');
  return record.forms.map((status) => {
    const isHere = (other: { readonly event: string; readonly form: string }): boolean =>
      other.event === status.event && other.form === status.form;
    return {
      ...status,
      openHard: findings.filter(
        (finding) => finding.severity === 'hard' && finding.status === 'open' && isHere(finding),
      ).length,
      openQueries: queries.find(isHere)?.count ?? 0,
      signatureHolds: valid.some((signature) => isInScope(signature, status)),
    };
  });
}
