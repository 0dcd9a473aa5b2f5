/** Where a value stands, as a person says it. */
import { showDate } from '#shared/partial-date.ts';
import type { Origin } from '#shared/read-aid.ts';
import type { ValuePlace } from '#shared/record.ts';
import type { StudyModel } from '#shared/study-model.ts';
import type { Language } from '#shared/study.ts';

/** "Screening / admission", "Daily in-hospital 2". */
export function eventWords(model: StudyModel, event: string, language: Language): string {
  const instance = model.event(event);
  if (instance === undefined) return event;
  const name = instance.event.name[language];
  return instance.number === null ? name : `${name} ${String(instance.number)}`;
}

/** "Vital signs and anthropometry · Screening / admission · row 2": the row only where it says anything. */
export function placeWords(
  model: StudyModel,
  { event, form, row, item }: ValuePlace,
  language: Language,
  rowWords: (row: number) => string,
): string {
  const repeats = model.item(item)?.group.repeating === true;
  const parts = [model.form(form)?.form.name[language] ?? form, eventWords(model, event, language)];
  return [...parts, ...(repeats ? [rowWords(row)] : [])].join(' · ');
}

/** "01 Nov 2021 09:00, Screening / admission" */
export function originWords(model: StudyModel, { place, at }: Origin, language: Language): string {
  const event = eventWords(model, place.event, language);
  return at === null ? event : `${showDate(at, language)}, ${event}`;
}
