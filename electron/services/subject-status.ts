/** How far a subject's record has come, for the list of subjects. */
import { isFilledIn } from '#shared/filled-in.ts';
import type { FormStatus } from '#shared/record.ts';
import type { StudyModel } from '#shared/study-model.ts';
import type { SubjectStatus } from './finding-rows.ts';

/**
 * | nothing entered in any form                                       | enrolled    |
 * | every form begun, and every form that a scheduled event requires,
 *   is complete or further                                            | complete    |
 * | else                                                              | in-progress |
 * A form that the application fills in, a signature, is not waited for. Repeating events count as far as they were begun: how many days a stay has is not known beforehand.
 */
export function statusOf(model: StudyModel, forms: readonly FormStatus[]): SubjectStatus {
  const begun = forms.filter(({ state }) => state !== 'empty');
  if (begun.length === 0) return 'enrolled';
  if (begun.some(({ state }) => state === 'in-progress')) return 'in-progress';
  const isBegun = new Set(begun.map(({ event, form }) => `${event}|${form}`));
  const required = model.eventInstances.filter(
    ({ event, number }) => event.kind === 'scheduled' && number === null,
  );
  const isWhole = required.every((instance) =>
    model.forms.every(
      (placed) =>
        isFilledIn(placed) ||
        model.duty(instance.event, placed.form.id) !== 'required' ||
        isBegun.has(`${instance.id}|${placed.form.id}`),
    ),
  );
  return isWhole ? 'complete' : 'in-progress';
}
