/** The sleep study with something wrong in it, and the faults that are found. */
import type { Study } from '#shared/study.ts';
import { faultsOf } from './run.ts';
import type { item, CheckInput, StudyInput } from './sleep-study.ts';
import { check, sleepStudy, sleepWith } from './sleep-study.ts';

export type ItemInput = ReturnType<typeof item>;

/** The sleep study with one more item, at the end of the enrolment form unless another group is named. */
export function withItem(added: ItemInput, group = 'ENR_MAIN'): Study {
  const forms = structuredClone(sleepStudy.forms);
  forms
    .flatMap((form) => form.groups)
    .find((known) => known.id === group)
    ?.items.push(added);
  return sleepWith({ forms });
}
export function ofItem(added: ItemInput, group?: string): readonly string[] {
  return faultsOf(withItem(added, group));
}
export function ofCheck(more: Partial<CheckInput> & Pick<CheckInput, 'each' | 'fires'>): readonly string[] {
  return faultsOf(sleepWith({ checks: [check({ items: ['n_bed'], ...more })] }));
}
export function ofStudy(more: Partial<StudyInput>): readonly string[] {
  return faultsOf(sleepWith(more));
}

/** The path of the item that `ofItem` adds. */
export const at = 'forms.0.groups.0.items.9';
