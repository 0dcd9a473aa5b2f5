/**
 * A stored value as expressions read it.
 *
 * missing reason → null · number with a relation → bounded · code → string · multiple choice → list of codes ·
 * date, date-time → FEEL's own · year-month and partial date → the interval of days that they can be.
 */
import type { FeelValue } from '../feel/value.ts';
import { dateInterval, dayNumber, minuteNumber, parseIsoDate } from '../partial-date.ts';
import type { ItemValue, Relation } from '../record.ts';
import type { PlacedItem } from '../study-model.ts';
import type { Item } from '../study.ts';

export function toFeel(placed: PlacedItem, value: ItemValue): FeelValue {
  const { text } = value;
  if (text === null) return null;
  switch (readsAs(placed.item)) {
    case 'number':
      return toNumber(value.number, value.relation);
    case 'text':
      return text;
    case 'codes':
      return toCodes(text);
    case 'date':
      return toDate(text);
    case 'date-time':
      return toDateTime(text);
    case 'partial':
      return toPartial(text);
    case 'measurement':
      // Without parts there is no analyte to convert by: only the item's own unit can be compared.
      return placed.item.parts === undefined && (value.unit === null || value.unit === placed.item.unit)
        ? toNumber(value.number, value.relation)
        : null;
  }
}

type Reading = 'number' | 'text' | 'codes' | 'date' | 'date-time' | 'partial' | 'measurement';

const readings = {
  integer: 'number',
  decimal: 'number',
  comparator: 'number',
  text: 'text',
  'yes-no': 'text',
  'yes-no-unknown': 'text',
  'single-choice': 'text',
  'multiple-choice': 'codes',
  date: 'date',
  'date-time': 'date-time',
  'year-month': 'partial',
  'partial-date': 'partial',
  measurement: 'measurement',
} as const satisfies Record<Exclude<Item['type'], 'calculated'>, Reading>;

export function readsAs(item: Item): Reading {
  return item.type === 'calculated' ? readings[item.result ?? 'text'] : readings[item.type];
}

export function toNumber(number: number | null, relation: Relation | null): FeelValue {
  return number === null || relation === null || relation === '='
    ? number
    : { kind: 'bounded', relation, number };
}

function toCodes(text: string): FeelValue {
  try {
    const codes: unknown = JSON.parse(text);
    return Array.isArray(codes) && codes.every((code) => typeof code === 'string') ? codes : null;
  } catch {
    // Text that is no list of codes says nothing; the codec never writes any.
    return null;
  }
}

function toDate(text: string): FeelValue {
  const day = toDay(text);
  return day === null ? null : { kind: 'date', day };
}

function toDateTime(text: string): FeelValue {
  const minute = minuteNumber(text);
  return minute === null ? toDate(text) : { kind: 'date-time', minute };
}

function toPartial(text: string): FeelValue {
  const interval = dateInterval(text);
  return interval === null ? null : { kind: 'partial', first: interval.first, last: interval.last, text };
}

function toDay(text: string): number | null {
  const parsed = parseIsoDate(text);
  return parsed?.month === undefined || parsed.day === undefined
    ? null
    : dayNumber(parsed.year, parsed.month, parsed.day);
}
