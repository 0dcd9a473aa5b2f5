/**
 * Where a finding is shown: at the first item of its check.
 * In the row or form that the check was run for; else where the value that was looked at stands; else, for checks of a
 * subject, in the event that the check names, in the only event of the form, or in the first one.
 */
import type { UsedValue, ValuePlace } from '../record.ts';
import type { PlacedCheck, PlacedItem } from '../study-model.ts';
import type { Frame } from './frame.ts';
import { headRow, placeOf } from './read-value.ts';

export function placeOfFinding(
  check: PlacedCheck,
  frame: Frame,
  used: readonly UsedValue[],
): ValuePlace | null {
  const placed = frame.subjectItem ?? check.items[0];
  if (placed === undefined) return null;
  return (
    nearby(frame, placed) ??
    namedEvent(check, frame, placed) ??
    lookedAt(placed, used) ??
    anywhere(frame, placed)
  );
}

function nearby({ row, instance }: Frame, placed: PlacedItem): ValuePlace | null {
  if (row?.group === placed.home) return placeOf(row, placed);
  if (instance?.form !== placed.home.home || placed.group.repeating) return null;
  const head = headRow(instance, placed);
  return head === undefined ? null : placeOf(head, placed);
}

function namedEvent(check: PlacedCheck, { index, instance }: Frame, placed: PlacedItem): ValuePlace | null {
  const event = check.check.events?.find((id) => placed.home.home.events.includes(id));
  const named = event === undefined || instance !== null ? undefined : index.model.instancesOf(event)[0];
  return named === undefined ? null : firstRow(named.id, placed);
}

function lookedAt(placed: PlacedItem, used: readonly UsedValue[]): ValuePlace | null {
  const found = used.find((value) => value.item === placed.item.id);
  return found === undefined
    ? null
    : { event: found.event, form: found.form, row: found.row, item: found.item };
}

function anywhere({ index }: Frame, placed: PlacedItem): ValuePlace | null {
  const form = placed.home.home;
  const begun = index.instances.find((instance) => instance.form === form && instance.begun);
  const event = form.onlyInstance ?? begun?.event ?? index.model.instancesOf(form.events[0] ?? '')[0];
  return event === undefined ? null : firstRow(event.id, placed);
}

function firstRow(event: string, placed: PlacedItem): ValuePlace {
  return { event, form: placed.form.id, row: 1, item: placed.item.id };
}
