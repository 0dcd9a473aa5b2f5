/**
 * The values that an item can hold, counted in whole steps: a tenth of a kilogram, a day, a minute. How far they go:
 *
 *   number   to the hard bounds (of the analyte, in the unit given); without them, from 0 on when it is not negative
 *   date     some years around what is typed
 */
import type { Bounds } from '../study.ts';
import { dateInterval, dayNumber, isoDay, isoMinute, minuteNumber, parseIsoDate } from '../partial-date.ts';
import type { ItemValue, ValuePlace } from '../record.ts';
import { partsOf } from '../study-scope/measurement.ts';
import { visibleCell } from '../study-scope/visible-cell.ts';
import type { PlacedItem } from '../study-model.ts';
import { rowAt, type SubjectIndex } from '../subject-index.ts';
import { factorOf } from '../units.ts';
import type { Span } from './search.ts';

export interface Grid extends Span {
  valueAt(step: number): ItemValue;
}

const farthestNumber = 1e9;
const decimalsOfMeasurement = 3;
const years = 20;

/** null for what is not a number or a date, and for an answer that is missing. */
export function gridOf(
  index: SubjectIndex,
  place: ValuePlace,
  placed: PlacedItem,
  current: ItemValue,
): Grid | null {
  if (current.text === null) return null;
  switch (placed.item.type) {
    case 'integer':
    case 'decimal':
    case 'comparator':
    case 'measurement':
      return current.number === null ? null : numberGrid(index, place, placed, current, current.number);
    case 'date':
      return dateGrid(current, parsedDay(current.text), 366 * years, isoDay);
    case 'date-time':
      return dateGrid(current, minuteNumber(current.text), 366 * years * 1440, isoMinute);
    case 'year-month':
      return dateGrid(current, parsedMonth(current.text), 12 * years, isoMonth);
    default:
      return null;
  }
}

function numberGrid(
  index: SubjectIndex,
  place: ValuePlace,
  placed: PlacedItem,
  current: ItemValue,
  number: number,
): Grid {
  const { item } = placed;
  const decimals = item.type === 'integer' ? 0 : (item.decimals ?? decimalsOfMeasurement);
  const steps = 10 ** decimals;
  const { min, max } = hardBounds(index, place, placed) ?? {};
  const least = min ?? (number < 0 ? -farthestNumber : 0);
  const inSteps = (value: number): number => Number((value * steps).toPrecision(14));
  return {
    from: inSteps(number),
    first: Math.ceil(inSteps(least)),
    last: Math.floor(inSteps(max ?? farthestNumber)),
    valueAt: (step) => {
      const text = (step / steps).toFixed(decimals);
      return { ...current, text, number: Number(text) };
    },
  };
}

/** In the unit in which the number is given. */
function hardBounds(index: SubjectIndex, place: ValuePlace, placed: PlacedItem): Bounds | undefined {
  if (placed.parts === null) return placed.item.hard;
  const row = rowAt(index, place.event, placed.home, place.row);
  const cell = row === null ? null : visibleCell(index, row, placed);
  if (row === null || cell === null) return undefined;
  const { test, unit, qualifier } = partsOf(index, row, placed, cell);
  const analyte = test === null ? undefined : index.model.analyte(test);
  const factor = analyte === undefined || unit === null ? null : factorOf(analyte, unit, qualifier);
  if (analyte?.hard === undefined || factor === null) return undefined;
  const { min, max } = analyte.hard;
  return {
    ...(min === undefined ? {} : { min: min / factor }),
    ...(max === undefined ? {} : { max: max / factor }),
  };
}

function dateGrid(
  current: ItemValue,
  from: number | null,
  reach: number,
  show: (step: number) => string,
): Grid | null {
  if (from === null) return null;
  return {
    from,
    first: from - reach,
    last: from + reach,
    valueAt: (step) => ({ ...current, text: show(step) }),
  };
}

function parsedDay(text: string): number | null {
  const { year, month, day } = parseIsoDate(text) ?? {};
  return year === undefined || month === undefined || day === undefined ? null : dayNumber(year, month, day);
}

function parsedMonth(text: string): number | null {
  const { year, month } = parseIsoDate(text) ?? {};
  return dateInterval(text) === null || year === undefined || month === undefined
    ? null
    : year * 12 + month - 1;
}

function isoMonth(step: number): string {
  return `${String(Math.floor(step / 12)).padStart(4, '0')}-${String((step % 12) + 1).padStart(2, '0')}`;
}
