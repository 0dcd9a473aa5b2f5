import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayFrom, shiftDate } from '#shared/deidentification/dates.ts';
import { ageBand, countCells } from '#shared/deidentification/small-cells.ts';
import { inUnit, treatValue } from '#shared/deidentification/values.ts';
import {
  dateInterval,
  isoDay,
  isoMinute,
  minuteNumber,
  parseIsoDate,
  precisionOf,
} from '#shared/partial-date.ts';
import type { ItemValue } from '#shared/record.ts';

const day = fc.integer({ min: -25_000, max: 30_000 });
const shift = fc.integer({ min: 1, max: 365 }).chain((days) => fc.constantFrom(days, -days));
const whole = fc.oneof(
  day.map(isoDay),
  fc.tuple(day, fc.integer({ min: 0, max: 1439 })).map(([from, minute]) => isoMinute(from * 1440 + minute)),
);
const partial = fc.oneof(
  day.map((from) => isoDay(from).slice(0, 7)),
  day.map((from) => isoDay(from).slice(0, 4)),
);
const minutes = (text: string): number => minuteNumber(text) ?? (dateInterval(text)?.first ?? NaN) * 1440;
const precision = (text: string): string => precisionOf(parseIsoDate(text) ?? { year: 0 });

describe('a shifted date', () => {
  it('keeps its distance to every other one that is known to the day', () => {
    fc.assert(
      fc.property(whole, whole, shift, (one, other, days) => {
        const [a, b] = [shiftDate(one, days) ?? '', shiftDate(other, days) ?? ''];
        expect(minutes(b) - minutes(a)).toBe(minutes(other) - minutes(one));
        expect(minutes(a) - minutes(one)).toBe(days * 1440);
      }),
    );
  });
  it('is as precise as it was', () => {
    fc.assert(
      fc.property(fc.oneof(whole, partial), shift, (text, days) => {
        expect(precision(shiftDate(text, days) ?? '')).toBe(precision(text));
      }),
    );
  });
  it('is the month or year that holds most of the moved one', () => {
    fc.assert(
      fc.property(partial, shift, (text, days) => {
        const [before, after] = [text, shiftDate(text, days) ?? ''].map(dateInterval);
        if (before == null || after == null) throw new Error('no date');
        const length = before.last - before.first + 1;
        const shared =
          Math.min(before.last + days, after.last) - Math.max(before.first + days, after.first) + 1;
        expect(shared * 2).toBeGreaterThanOrEqual(Math.min(length, after.last - after.first + 1) - 1);
      }),
    );
  });
  it('overtakes no other of its precision', () => {
    fc.assert(
      fc.property(day, day, shift, (one, other, days) => {
        const [a, b] = [Math.min(one, other), Math.max(one, other)].map((each) => isoDay(each).slice(0, 7));
        expect((shiftDate(a ?? '', days) ?? '') <= (shiftDate(b ?? '', days) ?? '')).toBe(true);
      }),
    );
  });
  it('is none where the text is none', () => expect(shiftDate('soon', 3)).toBeNull());
  it('is none outside the years of four digits', () => {
    expect(shiftDate('0001-01-02', -30)).toBeNull();
    expect(shiftDate('9999-12-30', 30)).toBeNull();
  });
});

describe('days from the first dose', () => {
  it('are 0 on its day', () => expect(dayFrom('2024-02-03', '2024-02-03T08:00')).toBe(0));
  it('are negative before', () => expect(dayFrom('2024-01-31T23:59', '2024-02-03')).toBe(-3));
  it('are unknown where the day is', () => expect(dayFrom('2024-02', '2024-02-03')).toBeNull());
  it('are unknown without a first dose', () => expect(dayFrom('2024-02-03', null)).toBeNull());
});

describe('a value that leaves', () => {
  const standIn = { replacement: 'PABCDEFGH', shiftDays: 10, firstDose: '2024-02-03' };
  const value = (part: Partial<ItemValue>): ItemValue => ({
    ...{ text: null, relation: null, number: null, unit: null, precision: null, missing: null },
    ...part,
  });
  it('is none for an identifier, its missing reason neither', () =>
    expect(treatValue(value({ missing: 'ND' }), 'identifier', standIn, Infinity)).toBeNull());
  it('keeps the missing reason of a date', () =>
    expect(treatValue(value({ missing: 'ND' }), 'shifted', standIn, Infinity)).toMatchObject({
      missing: 'ND',
    }));
  it('is the limit where an age is above it', () =>
    expect(treatValue(value({ text: '92.4', number: 92.4 }), 'age', standIn, 89)).toMatchObject({
      ...{ text: '89', number: 89 },
    }));
  it('counts a limit of years in the unit of the age', () => expect(inUnit(2, 'mo')).toBe(24));
});

describe('small cells', () => {
  it('are those of fewer than five subjects, the smallest first', () =>
    expect(countCells(['a', 'b', 'b', 'c', 'c', 'c', 'c', 'c'])).toEqual({
      k: 1,
      all: 3,
      small: [
        { combination: 'a', subjects: 1 },
        { combination: 'b', subjects: 2 },
      ],
    }));
  it('are none where there is nobody', () => expect(countCells([])).toEqual({ k: 0, all: 0, small: [] }));
  it.each([
    [0.4, '0'],
    [4.99, '1–4'],
    [17, '15–17'],
    [95, '90 and above'],
  ])('put an age of %d into the band %s', (years, band) => expect(ageBand(years)).toBe(band));
});
