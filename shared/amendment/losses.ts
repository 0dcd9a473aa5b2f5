/**
 * What a newer definition would no longer have a place for. An amendment that loses a recorded answer is refused: the item
 * stays in the definition, shown to nobody any more, or the answer is decided on first.
 *
 * | an answer whose                                                | is   |
 * |----------------------------------------------------------------|------|
 * | item is gone, or stands in another form, group or event        | lost |
 * | item is of another type, or its number of another unit         | lost |
 * | code, or reason for being missing, is no longer in the list    | lost |
 * | bounds, condition, formula or words are others                 | kept |
 */
import { codesOf } from '../item-value/choice.ts';
import { isEmpty } from '../item-value.ts';
import type { RecordedValue, SubjectRecord, ValuePlace } from '../record.ts';
import type { PlacedItem, StudyModel } from '../study-model.ts';

export type LossCause = 'noItem' | 'otherPlace' | 'otherType' | 'otherUnit' | 'noCode' | 'noMissingReason';

export interface Loss extends ValuePlace {
  readonly cause: LossCause;
}

/** Calculated answers are calculated anew and can't be lost. */
export function findLosses(before: StudyModel, after: StudyModel, record: SubjectRecord): readonly Loss[] {
  const reasons = new Set(
    after.study.codeLists
      .find(({ id }) => id === after.study.missingReasons)
      ?.codes.map(({ code }) => code) ?? [],
  );
  return record.values.flatMap((value): readonly Loss[] => {
    if (value.derived || isEmpty(value)) return [];
    const cause = lossOf(before.item(value.item), after.item(value.item), value, after, reasons);
    const { event, form, row, item } = value;
    return cause === null ? [] : [{ event, form, row, item, cause }];
  });
}

function lossOf(
  old: PlacedItem | undefined,
  now: PlacedItem | undefined,
  value: RecordedValue,
  after: StudyModel,
  reasons: ReadonlySet<string>,
): LossCause | null {
  if (now === undefined) return 'noItem';
  const event = after.event(value.event);
  const isHome =
    now.form.id === value.form && event !== undefined && now.home.home.events.includes(event.event.id);
  if (!isHome || (old !== undefined && old.group.id !== now.group.id)) return 'otherPlace';
  if (old !== undefined && old.item.type !== now.item.type) return 'otherType';
  if (old !== undefined && value.number !== null && old.item.unit !== now.item.unit) return 'otherUnit';
  if (value.missing !== null) return reasons.has(value.missing) ? null : 'noMissingReason';
  if (now.codeList === null) return null;
  const known = new Set(now.codeList.codes.map(({ code }) => code));
  const codes = now.item.type === 'multiple-choice' ? codesOf(value) : [value.text ?? ''];
  return codes.every((code) => known.has(code)) ? null : 'noCode';
}
