/**
 * A subject as somebody sees it who must not know what certain forms hold: their values are gone, others may stand in
 * their place, and everything that is calculated, hidden or found is worked out anew from that. So nothing that rests on
 * a value that is not seen can tell it.
 */
import { startDraft, toRecord } from '../plan-save/draft-record.ts';
import { isClosed } from '../plan-save/form-state.ts';
import { settleDraft } from '../plan-save/settle.ts';
import type { FormStatus, LocalMinute, RecordedValue, SubjectRecord } from '../record.ts';
import type { StudyModel } from '../study-model.ts';
import type { SubjectIndex } from '../subject-index.ts';

interface FormPlace {
  readonly event: string;
  readonly form: string;
}

export interface BlindRecord {
  /** The forms that are not seen are in progress here; signed and locked ones are complete, so that they don't stand against the calculation. */
  readonly record: SubjectRecord;
  readonly index: SubjectIndex;
}

/** `instead`: what stands in the forms that are not seen, as the second person typed it. */
export function blindRecord(
  model: StudyModel,
  record: SubjectRecord,
  unseen: readonly FormPlace[],
  now: LocalMinute,
  instead: readonly RecordedValue[] = [],
): BlindRecord {
  const isUnseen = isOneOf(unseen);
  const forms = record.forms.map((status): FormStatus => {
    if (isUnseen(status)) return { ...status, state: 'in-progress' };
    return isClosed(status.state) ? { ...status, state: 'complete' } : status;
  });
  const values = [...record.values.filter((value) => !isUnseen(value)), ...instead];
  const draft = startDraft({ ...record, forms, values });
  const settled = settleDraft(model, draft, { now, clock: true }, true, null);
  if (!settled.ok) throw new Error('a record without a closed form could not be settled');
  return { record: toRecord(draft), index: settled.index };
}

export function isOneOf(unseen: readonly FormPlace[]): (place: FormPlace) => boolean {
  const keys = new Set(unseen.map(({ event, form }) => `${event}|${form}`));
  return ({ event, form }) => keys.has(`${event}|${form}`);
}
