/**
 * What would stand if the drafts were saved: the index with its calculated items, and the findings.
 * The same answer as the main process gives after the save, worked out only where the drafts reach (a keystroke's time).
 */
import { derive } from '#shared/derivations.ts';
import { confirmationBasis, findingKey } from '#shared/edit-checks.ts';
import { standingFindingsTouching } from '#shared/plan-save.ts';
import type { Finding, FormStatus, LocalMinute } from '#shared/record.ts';
import type { StudyModel } from '#shared/study-model.ts';
import { withDrafts, type Draft, type SubjectIndex } from '#shared/subject-index.ts';

export interface SavedSubject {
  readonly index: SubjectIndex;
  readonly findings: readonly Finding[];
  readonly forms: readonly FormStatus[];
}
export interface LiveSubject {
  readonly index: SubjectIndex;
  readonly findings: readonly Finding[];
}

export function checkDrafts(
  model: StudyModel,
  saved: SavedSubject,
  drafts: readonly Draft[],
  now: LocalMinute,
  phase: 'entry' | 'second-entry' = 'entry',
): LiveSubject {
  if (drafts.length === 0) return saved;
  const typed = drafts.map(({ place }) => place);
  const drafted = withDrafts(saved.index, drafts);
  const derived = derive(model, drafted, now, { places: typed, clock: false });
  const index = withDrafts(drafted, derived);
  const changed = { places: [...typed, ...derived.map(({ place }) => place)], clock: false };
  const context = { now, confirmed: confirmedBasis(saved.findings), phase };
  const since = { findings: saved.findings, changed };
  return { index, findings: standingFindingsTouching(model, index, saved.forms, context, since) };
}

/** What was confirmed and on which values: a confirmation is void when one of them changes. */
export function confirmedBasis(findings: readonly Finding[]): ReadonlyMap<string, string> {
  return new Map(
    findings
      .filter(({ status }) => status === 'confirmed')
      .map((finding) => [findingKey(finding), confirmationBasis(finding)]),
  );
}
