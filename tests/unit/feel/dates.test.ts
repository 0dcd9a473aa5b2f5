import { describe } from 'vitest';
import { dateInterval } from '#shared/partial-date.ts';
import type { PartialDateValue } from '#shared/feel/value.ts';
import { expr, warns } from './expr.ts';

function partly(text: string): PartialDateValue {
  const interval = dateInterval(text);
  if (interval === null) throw new Error(`${text} is no date`);
  return { kind: 'partial', ...interval, text };
}

describe('Dates', () => {
  expr('date("2021-11-03")', '2021-11-03');
  expr('date(2021, 11, 3)', '2021-11-03');
  expr('date(@"2021-11-03T14:20:00")', '2021-11-03');
  expr('date(a)', null);
  expr('date and time("2021-11-03T14:20:00")', '2021-11-03T14:20:00');
  expr('date and time("2021-11-03T14:20")', '2021-11-03T14:20:00');
  expr('date and time("2021-11-03")', '2021-11-03T00:00:00');
  expr('@"2021-11-03".year', 2021);
  expr('@"2021-11-03".month', 11);
  expr('@"2021-11-03".weekday', 3);
  expr('@"2021-11-03T14:20:30".hour', 14);
  expr('@"2021-11-03T14:20:30".minute', 20);
  expr('@"2021-11-03T14:20:30".second', 30);
  expr('@"1969-12-31T23:59:00".minute', 59);
  expr('day of week(@"2021-11-03")', 'Wednesday');
  expr('month of year(@"2021-11-03")', 'November');
  expr('day of year(@"2020-12-31")', 366);
  warns('date(a)', 'date(…) takes a date that exists, as "2021-11-03" or 2021, 11, 3', { a: '2021-02-29' });
  warns('date and time(a)', 'date and time(…) takes a local time that exists, as "2021-11-03T14:20:00"', {
    a: '24:00',
  });
  warns('duration(a)', 'duration(…) takes months ("P1Y6M") or days and time ("P2DT12H")', { a: 'P1Y2D' });
  warns('a.month', 'a number has no “month”', { a: 3 });
});

describe('Arithmetic with dates', () => {
  expr('@"2021-01-31" + @"P1M"', '2021-02-28');
  expr('@"2024-02-29" - @"P1Y"', '2023-02-28');
  expr('@"2021-11-03" + @"P10D"', '2021-11-13');
  expr('@"P10D" + @"2021-11-03"', '2021-11-13');
  expr('@"2021-11-03" - @"P3D"', '2021-10-31');
  expr('@"2021-11-03" + @"PT36H"', '2021-11-04T12:00:00');
  expr('@"2021-11-03T23:50:00" + @"PT20M"', '2021-11-04T00:10:00');
  expr('@"2021-01-31T08:00:00" + @"P1M"', '2021-02-28T08:00:00');
  expr('@"2021-11-03" - @"2021-10-31"', 'P3D');
  expr('@"2021-11-03T12:00:00" - @"2021-11-03"', 'PT12H');
  expr('@"P1Y" + @"P2M"', 'P1Y2M');
  expr('@"P1D" - @"PT12H"', 'PT12H');
  expr('@"P1D" * 2', 'P2D');
  expr('2 * @"P1M"', 'P2M');
  expr('@"P49M" / 49', 'P1M');
  expr('@"P2D" / @"PT12H"', 4);
  expr('-@"P2D"', '-P2D');
  expr('@"P1Y6M".years', 1);
  expr('@"P1Y6M".months', 6);
  expr('@"P3DT4H".days', 3);
  expr('@"P3DT4H".hours', 4);
  expr('@"P3DT4H".months', null);
  warns('@"P1D" + @"P1M"', 'a duration in months cannot be added to a duration in days');
  warns('@"2021-11-03" + 1', 'a number cannot be added to a date');
  warns('@"2021-11-03" + @"2021-11-03"', 'a date cannot be added to a date');
  warns('a + @"P1D"', 'a duration in days cannot be added to a partly known date', { a: partly('2021-11') });
  warns('@"P1D" / @"PT0S"', 'division by zero');
});

describe('Comparison of dates', () => {
  expr('@"2021-11-03" < @"2021-11-04"', true);
  expr('@"2021-11-03" = @"2021-11-03"', true);
  expr('@"2021-11-03T08:00:00" <= @"2021-11-03T08:00:00"', true);
  expr('@"2021-11-03" between @"2021-11-01" and @"2021-11-30"', true);
  expr('@"2021-11-03" in [@"2021-11-01"..@"2021-11-03")', false);
});

describe('A date beside a date and time is the whole of its day', () => {
  expr('@"2021-11-03" < @"2021-11-04T08:00:00"', true);
  expr('@"2021-11-03" < @"2021-11-04T00:00:00"', true);
  expr('@"2021-11-03" < @"2021-11-03T08:00:00"', null);
  expr('@"2021-11-03" >= @"2021-11-03T00:00:00"', true);
  expr('@"2021-11-03" > @"2021-11-02T23:59:00"', true);
  expr('@"2021-11-03" = @"2021-11-03T08:00:00"', null);
  expr('@"2021-11-03" = @"2021-11-04T08:00:00"', false);
});

describe('A partly known date is every day that it can be', () => {
  const november = { a: partly('2021-11') };
  expr('a > @"2021-10-31"', true, november);
  expr('a < @"2021-12-01"', true, november);
  expr('a > @"2021-11-15"', null, november);
  expr('a >= @"2021-11-01"', true, november);
  expr('a > @"2021-11-01"', null, november);
  expr('a <= @"2021-11-30"', true, november);
  expr('a < @"2021-11-01"', false, november);
  expr('a > @"2021-11-30"', false, november);
  expr('a = @"2021-11-15"', null, november);
  expr('a = @"2021-12-01"', false, november);
  expr('a != @"2021-12-01"', true, november);
  expr('a < b', true, { ...november, b: partly('2022') });
  expr('a < b', null, { ...november, b: partly('2021') });
  expr('a = b', null, { ...november, b: partly('2021-11') });
  expr('a = b', true, { a: partly('2021-11-03'), b: { kind: 'date', day: 18934 } });
  expr('a < @"2021-12-01T00:00:00"', true, november);
  expr('a < @"2021-11-30T23:59:00"', null, november);
  expr('a > @"2021-10-31T23:59:00"', true, november);
  expr('a between @"2021-01-01" and @"2021-12-31"', true, november);
  expr('a in [@"2021-12-01"..@"2021-12-31"]', false, november);
  expr('earliest(a)', '2021-11-01', november);
  expr('latest(a)', '2021-11-30', november);
  expr('latest(@"2021-11-03")', '2021-11-03');
  expr('a.year', 2021, november);
  expr('a.month', 11, november);
  expr('a.day', null, november);
  expr('a.month', null, { a: partly('2021') });
  expr('min([a, @"2021-12-24"])', '2021-11', november);
  expr('min([a, @"2021-11-24"])', null, november);
  expr('days between(a, @"2021-12-24")', null, november);
});

describe('Between two dates', () => {
  expr('days between(@"2021-10-31", @"2021-11-03")', 3);
  expr('days between(@"2021-11-03", @"2021-10-31")', -3);
  expr('days between(@"2021-11-03T12:00:00", @"2021-11-05T00:00:00")', 1.5);
  expr('days between(@"2021-11-03T23:50:00", @"2021-11-04")', 1);
  expr('days between(a, @"2021-11-03")', null);
  expr('hours between(@"2021-11-03T23:50:00", @"2021-11-04T00:20:00")', 0.5);
  warns('hours between(@"2021-11-03", a)', 'hours between(…) takes dates with times', {
    a: { kind: 'date', day: 0 },
  });
  expr('years and months duration(@"2011-12-22", @"2013-08-24")', 'P1Y8M');
  expr('years and months duration(@"2021-04-30", @"2021-03-31")', 'P0M');
});

describe('Age in months', () => {
  expr('age in months(@"2003-11-03", @"2021-11-03")', 216);
  expr('age in months(@"2021-03-01", @"2021-10-31")', 7 + 30 / 31);
  expr('age in months(@"2021-01-31", @"2021-02-28")', 1);
  expr('age in months(@"2021-11-03", @"2021-11-03T23:59:00")', 0);
  expr('age in months(@"2021-11-03", @"2021-10-03")', -1);
  expr('age in months(a, @"2021-11-15")', 120, { a: partly('2011-11') });
  expr('age in months(a, @"2021-11-30")', 120.5, { a: partly('2011-11') });
  expr('age in months(a, @"2021-11-15")', null, { a: partly('2011') });
  expr('age in months(@"2011-11-15", a)', null, { a: partly('2021-11') });
  expr('age in months(a, @"2021-11-15")', null);
});
