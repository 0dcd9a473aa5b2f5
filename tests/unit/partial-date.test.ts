import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addMonths,
  completedMonths,
  dateInterval,
  dayNumber,
  daysInMonth,
  fromDayNumber,
  isoDay,
  isoMinute,
  minuteNumber,
  parseIsoDate,
  precisionOf,
  readTypedDate,
  showDate,
  toIsoDate,
} from '#shared/partial-date.ts';

/** Date.UTC is the oracle; it takes years below 100 for 19xx, so those are set afterwards. */
function oracleDay(year: number, month: number, day: number): number {
  return new Date(0).setUTCFullYear(year, month - 1, day) / 86_400_000;
}

const days = fc.integer({ min: oracleDay(1, 1, 1), max: oracleDay(9999, 12, 31) });

describe('The calendar', () => {
  it('counts days as Date.UTC does, both ways', () => {
    fc.assert(
      fc.property(days, (day) => {
        const date = new Date(day * 86_400_000);
        const expected = {
          year: date.getUTCFullYear(),
          month: date.getUTCMonth() + 1,
          day: date.getUTCDate(),
        };
        expect(fromDayNumber(day)).toEqual(expected);
        expect(dayNumber(expected.year, expected.month, expected.day)).toBe(day);
      }),
      { numRuns: 2000 },
    );
  });

  it('knows each day of four hundred years', () => {
    const first = oracleDay(1800, 1, 1);
    const wrong = Array.from({ length: 146_097 }, (_, index) => first + index).filter((day) => {
      const { year, month, day: dayOfMonth } = fromDayNumber(day);
      return oracleDay(year, month, dayOfMonth) !== day || dayNumber(year, month, dayOfMonth) !== day;
    });
    expect(wrong).toEqual([]);
  });

  it('has no day that does not exist', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9999 }),
        fc.integer({ min: -1, max: 14 }),
        fc.integer({ min: -1, max: 33 }),
        (year, month, day) => {
          const date = new Date(oracleDay(year, month, day) * 86_400_000);
          const exists =
            date.getUTCFullYear() === year && date.getUTCMonth() + 1 === month && date.getUTCDate() === day;
          expect(dayNumber(year, month, day)).toBe(exists ? oracleDay(year, month, day) : null);
        },
      ),
      { numRuns: 1000 },
    );
    expect(dayNumber(0, 1, 1)).toBeNull();
    expect(dayNumber(10_000, 1, 1)).toBeNull();
    expect(dayNumber(2021.5, 1, 1)).toBeNull();
  });

  it('knows leap years', () => {
    expect([1900, 2000, 2023, 2024].map((year) => daysInMonth(year, 2))).toEqual([28, 29, 28, 29]);
  });

  it('adds months to the last day where a month is too short', () => {
    const later = (text: string, months: number) =>
      isoDay(addMonths(dateInterval(text)?.first ?? NaN, months));
    expect(later('2021-01-31', 1)).toBe('2021-02-28');
    expect(later('2024-02-29', 12)).toBe('2025-02-28');
    expect(later('2021-03-31', -1)).toBe('2021-02-28');
    expect(later('2021-11-03', 2)).toBe('2022-01-03');
    expect(later('2021-01-03', -13)).toBe('2019-12-03');
  });

  it('completes as many months as can be added without passing the later day', () => {
    const near = fc.integer({ min: oracleDay(1990, 1, 1), max: oracleDay(2030, 12, 31) });
    fc.assert(
      fc.property(near, near, (from, to) => {
        const months = completedMonths(from, to);
        expect(addMonths(from, months)).toBeLessThanOrEqual(to);
        expect(addMonths(from, months + 1)).toBeGreaterThan(to);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('ISO texts', () => {
  it('are read part by part', () => {
    expect(parseIsoDate('2021')).toEqual({ year: 2021 });
    expect(parseIsoDate('2021-11')).toEqual({ year: 2021, month: 11 });
    expect(parseIsoDate('2021-11-03')).toEqual({ year: 2021, month: 11, day: 3 });
    expect(parseIsoDate('2021-11-03T14:20')).toEqual({ year: 2021, month: 11, day: 3, hour: 14, minute: 20 });
  });

  it.each([
    '',
    '21',
    '2021-13',
    '2021-00',
    '2021-02-29',
    '2021-11-3',
    '2021-11-03T24:00',
    '2021-11-03T14:60',
    '2021-11-03 14:20',
    '0000',
    '2021-11-03T14:20:00',
    ' 2021',
    '2021\n',
  ])('“%s” is none', (text) => {
    expect(parseIsoDate(text)).toBeNull();
    expect(dateInterval(text)).toBeNull();
  });

  it('come back as they were', () => {
    const parts = fc.tuple(days, fc.integer({ min: 0, max: 1439 }), fc.constantFrom(4, 7, 10, 16));
    fc.assert(
      fc.property(parts, ([day, minute, length]) => {
        const text = isoMinute(day * 1440 + minute).slice(0, length);
        expect(toIsoDate(parseIsoDate(text) ?? { year: NaN })).toBe(text);
      }),
    );
  });

  it('have a precision', () => {
    expect(
      ['2021', '2021-11', '2021-11-03', '2021-11-03T14:20'].map((text) =>
        precisionOf(parseIsoDate(text) ?? { year: 0 }),
      ),
    ).toEqual(['year', 'month', 'day', 'minute']);
  });

  it('cover the days that they can be', () => {
    const covered = (text: string) => {
      const interval = dateInterval(text);
      return interval === null ? null : [isoDay(interval.first), isoDay(interval.last)];
    };
    expect(covered('2024')).toEqual(['2024-01-01', '2024-12-31']);
    expect(covered('2024-02')).toEqual(['2024-02-01', '2024-02-29']);
    expect(covered('2024-02-03')).toEqual(['2024-02-03', '2024-02-03']);
    expect(covered('2024-02-03T23:59')).toEqual(['2024-02-03', '2024-02-03']);
  });

  it('count minutes when they are known to the minute', () => {
    expect(minuteNumber('1970-01-02T00:01')).toBe(1441);
    expect(minuteNumber('1969-12-31T23:59')).toBe(-1);
    expect(minuteNumber('1970-01-02')).toBeNull();
    expect(isoMinute(-1)).toBe('1969-12-31T23:59');
  });
});

describe('A typed date', () => {
  const read = (text: string) => {
    const typed = readTypedDate(text, 'dmy');
    return typed.ok ? toIsoDate(typed.parts) : typed.reason;
  };

  it.each([
    ['3/11/2021', '2021-11-03'],
    ['03.11.2021', '2021-11-03'],
    ['3-11-2021', '2021-11-03'],
    ['3 11 2021', '2021-11-03'],
    ['3 nov 2021', '2021-11-03'],
    ['3nov2021', '2021-11-03'],
    ['3-Nov-2021', '2021-11-03'],
    ['3 nov. 2021', '2021-11-03'],
    ['03 NOV 2021', '2021-11-03'],
    ['3 November 2021', '2021-11-03'],
    ['3rd November, 2021', '2021-11-03'],
    ['1er février 2021', '2021-02-01'],
    ['1 fevr 2021', '2021-02-01'],
    ['14 août 2021', '2021-08-14'],
    ['14 aout 2021', '2021-08-14'],
    ['14 Aug 2021', '2021-08-14'],
    ['2 juil. 2021', '2021-07-02'],
    ['2021-11-03', '2021-11-03'],
    ['2021/11/03', '2021-11-03'],
    ['29/02/2024', '2024-02-29'],
    ['11/2021', '2021-11'],
    ['11-2021', '2021-11'],
    ['nov 2021', '2021-11'],
    ['nov. 2021', '2021-11'],
    ['novembre 2021', '2021-11'],
    ['2021-11', '2021-11'],
    ['2021', '2021'],
    [' 2021 ', '2021'],
    ['3/11/2021 14:20', '2021-11-03T14:20'],
    ['3/11/2021 14h20', '2021-11-03T14:20'],
    ['3/11/2021 14 h 20', '2021-11-03T14:20'],
    ['3/11/2021 à 14h20', '2021-11-03T14:20'],
    ['3/11/2021 14h', '2021-11-03T14:00'],
    ['3/11/2021 1420', '2021-11-03T14:20'],
    ['3/11/2021 0005', '2021-11-03T00:05'],
    ['3/11/2021 9:05', '2021-11-03T09:05'],
    ['2021-11-03T14:20', '2021-11-03T14:20'],
    ['2021-11-03 14:20', '2021-11-03T14:20'],
    ['2021-11-03 14:20:00', '2021-11-03T14:20'],
    ['3 nov 2021 1420', '2021-11-03T14:20'],
    ['3 nov 2021 14:20', '2021-11-03T14:20'],
  ])('“%s” is %s', (text, expected) => {
    expect(read(text)).toBe(expected);
  });

  it.each([
    ['', 'unreadable'],
    ['yesterday', 'unreadable'],
    ['14:20', 'unreadable'],
    ['3/11-2021', 'unreadable'],
    ['3/11/2021 14', 'unreadable'],
    ['3/11/2021 142', 'unreadable'],
    ['3/11/2021 14:20:30', 'unreadable'],
    ['31/11', 'two-digit-year'],
    ['3/11/21', 'two-digit-year'],
    ['3 nov 21', 'two-digit-year'],
    ['nov 21', 'two-digit-year'],
    ['3/11/021', 'two-digit-year'],
    ['3/11/0021', 'year-out-of-range'],
    ['3/11/2921', 'year-out-of-range'],
    ['3/13/2021', 'no-such-month'],
    ['0/2021', 'no-such-month'],
    ['3 jui 2021', 'no-such-month'],
    ['3 foo 2021', 'no-such-month'],
    ['2021-13-03', 'no-such-month'],
    ['31/02/2021', 'no-such-day'],
    ['29/02/2021', 'no-such-day'],
    ['0/11/2021', 'no-such-day'],
    ['31 nov 2021', 'no-such-day'],
    ['3/11/2021 24:00', 'no-such-time'],
    ['3/11/2021 14:60', 'no-such-time'],
    ['3/11/2021 2460', 'no-such-time'],
    ['11/2021 14:20', 'time-without-day'],
    ['2021 14:20', 'time-without-day'],
  ])('“%s” is refused: %s', (text, reason) => {
    expect(read(text)).toBe(reason);
  });

  it('says in both languages what is wrong with an impossible day', () => {
    expect(readTypedDate('31/02/2021', 'dmy')).toEqual({
      ok: false,
      reason: 'no-such-day',
      sentence: { en: 'February 2021 has the days 1 to 28.', fr: 'Février 2021 a les jours 1 à 28.' },
    });
  });

  it('is read again as the same date when it is typed as it is shown', () => {
    const parts = fc.tuple(
      fc.integer({ min: oracleDay(1900, 1, 1), max: oracleDay(2199, 12, 31) }),
      fc.integer({ min: 0, max: 1439 }),
    );
    fc.assert(
      fc.property(
        parts,
        fc.constantFrom(4, 7, 10, 16),
        fc.constantFrom('en', 'fr'),
        ([day, minute], length, language) => {
          const text = isoMinute(day * 1440 + minute).slice(0, length);
          expect(read(showDate(text, language))).toBe(text);
          expect(read(text)).toBe(text);
        },
      ),
    );
  });

  it('never throws and never takes long, whatever is typed', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => typeof read(text) === 'string'));
    expect(read('1'.repeat(10_000_000))).toBe('unreadable');
  });
});

describe('A shown date', () => {
  it.each([
    ['2021-11-03', '03 Nov 2021', '03 nov. 2021'],
    ['2021-11', 'Nov 2021', 'nov. 2021'],
    ['2021', '2021', '2021'],
    ['2021-11-03T14:20', '03 Nov 2021 14:20', '03 nov. 2021 14:20'],
    ['2021-05-01', '01 May 2021', '01 mai 2021'],
    ['no date', 'no date', 'no date'],
  ])('%s is %s and %s', (text, en, fr) => {
    expect([showDate(text, 'en'), showDate(text, 'fr')]).toEqual([en, fr]);
  });
});
