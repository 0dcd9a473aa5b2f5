/**
 * How often people mistype, judged by what was decided where two entries differed. Where both made the same mistake
 * nothing shows: such a rate is a lower bound.
 *
 * | decided | the first person erred | the second person erred |
 * |---------|------------------------|-------------------------|
 * | first   | no                     | yes                     |
 * | second  | yes                    | no                      |
 * | other   | yes                    | yes                     |
 */
import { wilsonInterval, type Interval } from '../statistics/wilson.ts';

export type Decision = 'first' | 'second' | 'other';

/** A form whose differences are all decided. */
export interface JudgedForm {
  readonly form: string;
  readonly second: string;
  /** Fields compared, by the person who typed them first. */
  readonly compared: readonly { readonly first: string; readonly fields: number }[];
  readonly differences: readonly { readonly first: string; readonly decided: Decision }[];
}

export interface ErrorRate {
  readonly errors: number;
  readonly fields: number;
  /** 0 to 1; null of no fields. */
  readonly rate: number | null;
  readonly interval: Interval | null;
}
export interface PersonRate extends ErrorRate {
  readonly user: string;
  readonly as: 'first' | 'second';
}
export interface FormRate extends ErrorRate {
  readonly form: string;
  readonly entered: number;
  readonly differences: number;
}

/** By name, first entries before second ones. */
export function ratesByPerson(forms: readonly JudgedForm[]): readonly PersonRate[] {
  const first = new Map<string, Tally>();
  const second = new Map<string, Tally>();
  for (const { second: typist, compared, differences } of forms) {
    for (const { first: user, fields } of compared) tally(first, user).fields += fields;
    tally(second, typist).fields += sum(compared.map(({ fields }) => fields));
    for (const { first: user, decided } of differences) {
      if (decided !== 'first') tally(first, user).errors += 1;
      if (decided !== 'second') tally(second, typist).errors += 1;
    }
  }
  const users = [...new Set([...first.keys(), ...second.keys()])].sort();
  return users.flatMap((user) => [
    ...[first.get(user)].flatMap((found) =>
      found === undefined ? [] : [{ user, as: 'first' as const, ...rateOf(found) }],
    ),
    ...[second.get(user)].flatMap((found) =>
      found === undefined ? [] : [{ user, as: 'second' as const, ...rateOf(found) }],
    ),
  ]);
}

/** What stood in the record and was wrong, by form; in the order in which forms come. */
export function ratesByForm(forms: readonly JudgedForm[]): readonly FormRate[] {
  return [...Map.groupBy(forms, ({ form }) => form)].map(([form, entries]) => {
    const fields = sum(entries.flatMap(({ compared }) => compared.map((counted) => counted.fields)));
    const differences = entries.flatMap((entry) => entry.differences);
    const errors = differences.filter(({ decided }) => decided !== 'first').length;
    return { form, entered: entries.length, differences: differences.length, ...rateOf({ errors, fields }) };
  });
}

interface Tally {
  errors: number;
  fields: number;
}

function tally(of: Map<string, Tally>, key: string): Tally {
  const found = of.get(key) ?? { errors: 0, fields: 0 };
  of.set(key, found);
  return found;
}

function rateOf({ errors, fields }: Tally): ErrorRate {
  return {
    errors,
    fields,
    rate: fields === 0 ? null : errors / fields,
    interval: wilsonInterval(errors, fields),
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
