/** Keys of places, so that what is known about a field is found without searching. */
import type { ValuePlace } from '#shared/record.ts';

export interface FormPlace {
  readonly event: string;
  readonly form: string;
}

export function formKey(place: FormPlace): string {
  return `${place.event}|${place.form}`;
}

export function fieldKey(place: ValuePlace): string {
  return `${place.event}|${place.form}|${String(place.row)}|${place.item}`;
}

export function isSamePlace(one: ValuePlace, other: ValuePlace): boolean {
  return (
    one.item === other.item && one.row === other.row && one.form === other.form && one.event === other.event
  );
}

/** Ids in the document; an id of a study has only letters, digits and "_". */
export function controlId(place: ValuePlace): string {
  return `field-${place.event}-${place.form}-${String(place.row)}-${place.item}`;
}
