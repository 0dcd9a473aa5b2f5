/** Why a form that was verified or signed is complete again. */
import type { ValuePlace } from '../record.ts';
import { formKey } from './draft-record.ts';
import { isReviewed } from './form-state.ts';
import type { FormStateChange, ValueWrite } from './plan.ts';

/** Of a form whose review was taken back: by which of its values, and through which change. */
export function withCauses(
  changes: readonly FormStateChange[],
  writes: readonly ValueWrite[],
): readonly FormStateChange[] {
  return changes.map((change) => {
    const changed = writes.find((write) => formKey(write) === formKey(change));
    const by = writes[0];
    if (!isReviewed(change.from) || change.to !== 'complete' || changed === undefined || by === undefined)
      return change;
    return { ...change, cause: { changed: placeOf(changed), by: placeOf(by) } };
  });
}

function placeOf({ event, form, row, item }: ValuePlace): ValuePlace {
  return { event, form, row, item };
}
