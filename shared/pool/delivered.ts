/** What a site delivers, read out of its workbook: values as they are recorded, form by form, and what they come from. */
import type { FormState, ItemValue } from '../record.ts';

/** A value in the order in which it is packed. `derived`: worked out at the site. */
export type PackedValue = readonly [
  row: number,
  item: string,
  text: string | null,
  relation: ItemValue['relation'],
  number: number | null,
  unit: string | null,
  precision: ItemValue['precision'],
  missing: string | null,
  derived: 0 | 1,
];

/** A form of a subject in an event, with all its values in one text: what is hashed, compared and kept in the trail. */
export interface DeliveredForm {
  readonly subject: string;
  readonly event: string;
  readonly form: string;
  readonly state: FormState;
  /** JSON of PackedValue[], by row and then in the order of the form's items. */
  readonly packed: string;
  readonly values: number;
}

export interface DeliveredSubject {
  readonly number: string;
  /** UTC milliseconds. */
  readonly enrolledAt: number;
  readonly openHard: number;
  readonly openSoft: number;
  readonly openQueries: number;
}

/** A cell that says something this study has no place for: a code that is in no list, a unit that can't be converted. */
export interface DoubtfulValue {
  readonly kind: 'code' | 'unit';
  readonly subject: string;
  readonly event: string;
  readonly form: string;
  readonly row: number;
  readonly item: string;
  /** As the workbook has it. */
  readonly incoming: ItemValue;
  /** Values of the row that wait with it: its relation and its unit. */
  readonly parts: number;
}

/** What a workbook says of itself. */
export interface DeliveryFacts {
  readonly study: string;
  readonly studyVersion: string;
  readonly fingerprint: string;
  readonly siteCode: string;
  readonly siteName: string;
  readonly appVersion: string;
  /** UTC, ISO 8601. */
  readonly cutAt: string;
  readonly cutSeq: number;
  readonly cutHead: string;
  /** Hash of the first entry of its trail: tells one site folder from every other. */
  readonly genesis: string;
  /** Values that it says it holds. */
  readonly values: number;
}

export interface Delivery {
  readonly facts: DeliveryFacts;
  readonly subjects: readonly DeliveredSubject[];
  readonly forms: readonly DeliveredForm[];
  readonly doubtful: readonly DoubtfulValue[];
}

export function sumOfValues(forms: readonly DeliveredForm[]): number {
  return forms.reduce((sum, { values }) => sum + values, 0);
}

/** Values that were read, as the site counts them: taken, or in doubt. */
export function countTold({ forms, doubtful }: Pick<Delivery, 'forms' | 'doubtful'>): number {
  return sumOfValues(forms) + doubtful.reduce((sum, { parts }) => sum + 1 + parts, 0);
}

export function unpack(packed: string): readonly PackedValue[] {
  return JSON.parse(packed) as PackedValue[]; // written by pack() below alone
}

export function pack(values: readonly PackedValue[]): string {
  return JSON.stringify(values);
}

export function toPacked(row: number, item: string, value: ItemValue, derived: 0 | 1 = 0): PackedValue {
  const { text, relation, number, unit, precision, missing } = value;
  return [row, item, text, relation, number, unit, precision, missing, derived];
}

/** Within a form. */
export const rowKey = (row: number, item: string): string => `${String(row)}|${item}`;

export function toItemValue([, , text, relation, number, unit, precision, missing]: PackedValue): ItemValue {
  return { text, relation, number, unit, precision, missing };
}
