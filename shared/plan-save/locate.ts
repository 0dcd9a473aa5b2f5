/** Finds where a change goes, or says why nothing can be written there. */
import type { Change, ValuePlace } from '../record.ts';
import type { PlacedItem, StudyModel } from '../study-model.ts';
import { stateOf, type DraftRecord } from './draft-record.ts';
import { isClosed } from './form-state.ts';
import { refuse, type RefusedPlan } from './plan.ts';

export interface Located {
  readonly change: Change;
  readonly place: ValuePlace;
  readonly placed: PlacedItem;
}

const mostRows = 9999;

/** The placed item, or why nothing can be written there. */
export function locate(
  model: StudyModel,
  draft: DraftRecord,
  change: Change,
): { readonly ok: true; readonly located: Located } | RefusedPlan {
  const { event, form, row, item } = change;
  const place: ValuePlace = { event, form, row, item };
  const unknown = findFormFault(model, event, form);
  if (unknown !== null) return unknown;
  const placed = model.item(item);
  if (placed?.form.id !== form) {
    return refuse('not-found', 'no-such-item', `Form ${form} has no item ${name(item)}: check the id.`, {
      item: name(item),
      form,
    });
  }
  if (!Number.isInteger(row) || row < 1 || row > (placed.group.repeating ? mostRows : 1)) {
    return refuse(
      'not-found',
      'no-such-row',
      `Row ${row} does not exist for item ${item}: ${placed.group.repeating ? `rows go from 1 to ${mostRows}` : 'it does not repeat, its row is 1'}.`,
      { item, row },
      place,
    );
  }
  if (placed.item.type === 'calculated') {
    return refuse(
      'invalid-input',
      'item-is-calculated',
      `Item ${item} is calculated and can't be typed: change the items it is calculated from.`,
      { item },
      place,
    );
  }
  if (placed.item.system !== undefined) {
    return refuse(
      'invalid-input',
      'item-is-system',
      `Item ${item} is filled by the application and can't be typed: leave it out.`,
      { item },
      place,
    );
  }
  const closed = findClosedFault(draft, event, form);
  return closed ?? { ok: true, located: { change, place, placed } };
}

/** Unknown event, unknown form, or a form that the matrix doesn't have in the event. */
export function findFormFault(model: StudyModel, event: string, form: string): RefusedPlan | null {
  const instance = model.event(event);
  if (instance === undefined)
    return refuse('not-found', 'no-such-event', `The study has no event ${name(event)}: check the id.`, {
      event: name(event),
    });
  if (model.form(form) === undefined)
    return refuse('not-found', 'no-such-form', `The study has no form ${name(form)}: check the id.`, {
      form: name(form),
    });
  if (model.duty(instance.event, form) !== null) return null;
  return refuse(
    'not-found',
    'form-not-in-event',
    `Form ${form} is not part of event ${event}: choose an event that has it.`,
    { form, event },
  );
}

export function findClosedFault(draft: DraftRecord, event: string, form: string): RefusedPlan | null {
  const state = stateOf(draft, event, form);
  if (!isClosed(state)) return null;
  return refuse(
    'locked',
    'form-is-closed',
    `Form ${form} in ${event} is ${state}: have it unlocked before changing it.`,
    { event, form, state },
  );
}

/** An id that nothing has is shown in part only: it may be anything. */
function name(id: string): string {
  return id.replace(/[\p{C}\p{Z}]/gu, '').slice(0, 40);
}
