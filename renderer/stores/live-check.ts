/**
 * What would stand if the drafts were saved: the index with its calculated items, and the findings.
 * The same answer as the main process gives after the save, worked out only where the drafts reach (a keystroke's time).
 */
import { derive } from '#shared/derivations.ts';
import { confirmationBasis, findingKey, runChecksTouching } from '#shared/edit-checks.ts';
import type { Finding, FormStatus, LocalMinute } from '#shared/record.ts';
import type { StudyModel } from '#shared/study-model.ts';
import { withDrafts, type Draft, type SubjectIndex } from '#shared/subject-index.ts';
import { needsReason } from './field-draft.ts';
import { formKey } from './places.ts';

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
): LiveSubject {
  if (drafts.length === 0) return saved;
  const typed = drafts.map(({ place }) => place);
  const drafted = withDrafts(saved.index, drafts);
  const derived = derive(model, drafted, now, typed);
  const index = withDrafts(drafted, derived);
  const changed = [...typed, ...derived.map(({ place }) => place)];

  // A complete form is held to more than one that is still being filled.
  const complete = saved.forms.filter(({ state }) => needsReason(state));
  const isOfComplete = formFilter(complete);
  const confirmed = confirmedBasis(saved.findings);
  const [held, open] = partition(saved.findings, isOfComplete);
  const ofOpen = runChecksTouching(model, index, open, changed, { phase: 'entry', now, confirmed });
  const ofComplete =
    complete.length === 0
      ? []
      : runChecksTouching(model, index, held, changed, { phase: 'complete', now, confirmed, only: complete });
  return { index, findings: [...ofOpen.filter((finding) => !isOfComplete(finding)), ...ofComplete] };
}

/** What was confirmed and on which values: a confirmation is void when one of them changes. */
export function confirmedBasis(findings: readonly Finding[]): ReadonlyMap<string, string> {
  return new Map(
    findings
      .filter(({ status }) => status === 'confirmed')
      .map((finding) => [findingKey(finding), confirmationBasis(finding)]),
  );
}

function formFilter(forms: readonly FormStatus[]): (finding: Finding) => boolean {
  const keys = new Set(forms.map(formKey));
  return (finding) => keys.has(formKey(finding));
}

function partition(
  findings: readonly Finding[],
  isFirst: (finding: Finding) => boolean,
): readonly [readonly Finding[], readonly Finding[]] {
  return [findings.filter(isFirst), findings.filter((finding) => !isFirst(finding))];
}
