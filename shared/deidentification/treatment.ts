/**
 * What becomes of each item in a de-identified export, by what the definition says of it.
 *
 * | item                                              | treatment                                                       |
 * |---------------------------------------------------|-----------------------------------------------------------------|
 * | marked as an identifier                           | identifier: left out, whatever else is chosen                   |
 * | system: signed-by, signed-scope                   | identifier: a name; a hash from which a value could be guessed  |
 * | system: signed-at, unless dates are kept          | stamp: left out; beside the data cut it would tell the shift    |
 * | system: subject                                   | replaced, or kept                                               |
 * | a date, calculated or not                         | shifted, day, or kept                                           |
 * | text, calculated or not                           | free-text: left out, or kept                                    |
 * | an age, by the definition                         | age: above the limit it becomes the limit                       |
 * | anything else                                     | kept                                                            |
 */
import type { Deidentification } from '../export-choices.ts';
import type { Item, Study } from '../study.ts';

export const treatments = [
  'identifier',
  'free-text',
  'stamp',
  'replaced',
  'shifted',
  'day',
  'age',
  'kept',
] as const;
export type Treatment = (typeof treatments)[number];

const dateTypes: readonly string[] = ['date', 'date-time', 'year-month', 'partial-date'];

/** What the item holds, whoever fills it in. */
export function heldType(item: Item): string {
  return item.type === 'calculated' ? (item.result ?? 'text') : item.type;
}

export function isDate(item: Item): boolean {
  return dateTypes.includes(heldType(item));
}

export function treatmentOf(item: Item, study: Study, choices: Deidentification): Treatment {
  if (item.identifier === true) return 'identifier';
  switch (item.system) {
    case 'signed-by':
    case 'signed-scope':
      return 'identifier';
    case 'signed-at':
      return choices.dates === 'kept' ? 'kept' : 'stamp';
    case 'subject':
      return choices.subjects === 'replaced' ? 'replaced' : 'kept';
    case 'site':
      return 'kept';
    case undefined:
      break;
  }
  if (isDate(item)) return ofDate[choices.dates];
  if (heldType(item) === 'text') return choices.freeText === 'removed' ? 'free-text' : 'kept';
  const isAge = study.deidentification?.ages.includes(item.id) ?? false;
  return isAge && choices.oldestAge !== null ? 'age' : 'kept';
}

const ofDate = { kept: 'kept', shifted: 'shifted', 'first-dose': 'day' } as const satisfies Record<
  Deidentification['dates'],
  Treatment
>;

/** By item id, for all items of the study. */
export function treatmentsOf(study: Study, choices: Deidentification): ReadonlyMap<string, Treatment> {
  const items = study.forms.flatMap((form) => form.groups.flatMap((group) => group.items));
  return new Map(items.map((item) => [item.id, treatmentOf(item, study, choices)]));
}
