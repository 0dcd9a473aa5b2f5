/** Which findings are shown after a save. */
import { assertNever } from '../assert-never.ts';
import type { Changed } from '../derivations.ts';
import { runChecks, runChecksTouching } from '../edit-checks.ts';
import type { Finding, FormStatus, LocalMinute, Origin } from '../record.ts';
import type { Phase } from '../study.ts';
import { sortFindings } from '../study-scope/finding-order.ts';
import type { StudyModel } from '../study-model.ts';
import type { SubjectIndex } from '../subject-index.ts';
import { formKey } from './draft-record.ts';
import { isCompleteOrLater } from './form-state.ts';

export interface FindingContext {
  readonly now: LocalMinute;
  readonly confirmed: ReadonlyMap<string, string>;
  readonly phase: Phase;
}

/**
 * The findings that stand: in forms still being filled those of the phase, in complete forms also what is asked of a
 * complete form, so that an item emptied after "complete" is missed at once.
 */
export function standingFindings(
  model: StudyModel,
  index: SubjectIndex,
  forms: readonly FormStatus[],
  context: FindingContext,
): readonly Finding[] {
  const complete = forms.filter((status) => isCompleteOrLater(status.state));
  const current = runChecks(model, index, context);
  if (complete.length === 0) return current;
  const completeForms = new Set(complete.map(formKey));
  const ofComplete = runChecks(model, index, { ...context, phase: 'complete', only: complete });
  return sortFindings(model, [
    ...current.filter((finding) => !completeForms.has(formKey(finding))),
    ...ofComplete,
  ]);
}

/** The same after a change of values, given the findings before it; no form has changed its state. */
export function standingFindingsTouching(
  model: StudyModel,
  index: SubjectIndex,
  forms: readonly FormStatus[],
  context: FindingContext,
  since: { readonly findings: readonly Finding[]; readonly changed: Changed },
): readonly Finding[] {
  const complete = forms.filter((status) => isCompleteOrLater(status.state));
  if (complete.length === 0) return runChecksTouching(model, index, since.findings, since.changed, context);
  const completeForms = new Set(complete.map(formKey));
  const held = since.findings.filter((finding) => completeForms.has(formKey(finding)));
  const open = since.findings.filter((finding) => !completeForms.has(formKey(finding)));
  const current = runChecksTouching(model, index, open, since.changed, context);
  const ofComplete = runChecksTouching(model, index, held, since.changed, {
    ...context,
    phase: 'complete',
    only: complete,
  });
  return sortFindings(model, [
    ...current.filter((finding) => !completeForms.has(formKey(finding))),
    ...ofComplete,
  ]);
}

/** The same data gives the same findings on every path; the origin only says which checks are due now. */
export function phaseOf(origin: Origin): Phase {
  switch (origin) {
    case 'entry':
      return 'entry';
    case 'second-entry':
      return 'second-entry';
    case 'import':
    case 'merge':
      return 'import';
    case 'derivation':
    case 'system':
      return 'batch';
    default:
      return assertNever(origin);
  }
}
