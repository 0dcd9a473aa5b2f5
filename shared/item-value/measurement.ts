/**
 * relation + number + unit, typed as one: ">35000 ng/L".
 *
 * Without parts the item holds all three. With parts (a laboratory row) it holds the number as reported, and relation
 * and unit are spread over their own items, so that each has its own history and is never said twice.
 */
import type { ItemValue } from '../record.ts';
import type { Analyte, Item, Text } from '../study.ts';
import { matchUnit, showUnit, unitsOf } from '../units.ts';
import { readTypedNumber, type TypedNumber } from './number.ts';
import { nothing, readable, unreadable, type Reading, type Spread, type Unreadable } from './reading.ts';

type Parts = NonNullable<Item['parts']>;
/** What the other items of the row hold, as far as it is known where the text is typed. */
export interface RowContext {
  valueOf(item: string): ItemValue | null;
}
/** What reading a measurement needs to know of the study and of the row. */
export interface MeasurementContext {
  readonly row: RowContext | null;
  analyteOf(test: string): Analyte | undefined;
  /** Whether the unit item of the row can hold the text. */
  isUnit(text: string): boolean;
}

export function readMeasurement(item: Item, typed: string, context: MeasurementContext): Reading {
  const reading = readTypedNumber(typed, item.readableDecimals ?? item.decimals ?? null);
  if (!reading.ok) return reading;
  if (item.parts !== undefined) return readIntoParts(item.parts, typed, reading.typed, context);
  const { relation, text, number } = reading.typed;
  const units = item.unit === undefined ? [] : [item.unit];
  const unit = reading.typed.unit === '' ? (item.unit ?? null) : matchUnit(reading.typed.unit, units);
  if (reading.typed.unit !== '' && unit === null) return unknownUnit(typed, units);
  return readable({ ...nothing, text, number, relation: relation ?? '=', unit });
}

/** The unit as the analyte of the row spells it; as typed when the row has no test yet or the test has no such unit. */
export function spellUnit(
  parts: Parts,
  typed: string,
  context: Pick<MeasurementContext, 'row' | 'analyteOf'>,
): string {
  const analyte = analyteOfRow(parts, context);
  return (analyte === undefined ? null : matchUnit(typed, unitsOf(analyte))) ?? typed;
}

/** A unit that can't be converted for the test of the row is kept as reported: saying so is the business of a check. */
function readIntoParts(parts: Parts, typed: string, read: TypedNumber, context: MeasurementContext): Reading {
  const unit = spellUnit(parts, read.unit, context);
  if (unit !== '' && !context.isUnit(unit)) {
    const analyte = analyteOfRow(parts, context);
    return unknownUnit(typed, analyte === undefined ? [] : unitsOf(analyte));
  }
  const spread: Spread[] = [];
  // A number without a sign is "=", but never against a relation that stands there already.
  const standing = context.row?.valueOf(parts.relation) ?? null;
  const relation = read.relation ?? (context.row !== null && holdsNothing(standing) ? '=' : null);
  if (relation !== null) spread.push({ item: parts.relation, text: relation });
  if (unit !== '') spread.push({ item: parts.unit, text: unit });
  return readable({ ...nothing, text: read.text, number: read.number }, spread);
}

function analyteOfRow(
  parts: Parts,
  { row, analyteOf }: Pick<MeasurementContext, 'row' | 'analyteOf'>,
): Analyte | undefined {
  const test = row?.valueOf(parts.test)?.text ?? null;
  return test === null ? undefined : analyteOf(test);
}

function holdsNothing(value: ItemValue | null): boolean {
  return value === null || (value.text === null && value.missing === null);
}

function unknownUnit(typed: string, units: readonly string[]): Unreadable {
  const named: Text = {
    en: units.map((unit) => showUnit(unit, 'en') || unit).join(', '),
    fr: units.map((unit) => showUnit(unit, 'fr') || unit).join(', '),
  };
  if (units.length === 0) {
    return unreadable(typed, (subject) => ({
      en: `${subject.en} has a unit that is not known here: type the number alone, or a unit of the list after it.`,
      fr: `${subject.fr} a une unité inconnue ici : saisir seulement le nombre, ou après lui une unité de la liste.`,
    }));
  }
  return unreadable(typed, (subject) => ({
    en: `${subject.en} has a unit that is not known here: type one of ${named.en} after the number.`,
    fr: `${subject.fr} a une unité inconnue ici : saisir après le nombre l’une des unités ${named.fr}.`,
  }));
}
