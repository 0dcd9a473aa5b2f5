/** The wall clock of the ward, in minutes: no time zone, so that an hour is an hour in every test. */

export type Minute = number;

export const hour = 60;
export const day = 24 * hour;

/** "2020-04-21 14:20". */
export function minuteOf(text: string): Minute {
  return Date.parse(`${text.replace(' ', 'T')}:00Z`) / 60_000;
}

export function midnightOf(at: Minute): Minute {
  return Math.floor(at / day) * day;
}

/** So many days after the day of a moment, at a time of the day. */
export function onDay(at: Minute, days: number, hours: number, minutes = 0): Minute {
  return midnightOf(at) + days * day + hours * hour + minutes;
}

export function daysFrom(first: Minute, last: Minute): number {
  return (midnightOf(last) - midnightOf(first)) / day;
}

/** As it is typed: 21/04/2020. */
export function typedDate(at: Minute): string {
  const [year = '', month = '', ofMonth = ''] = isoOf(at).slice(0, 10).split('-');
  return `${ofMonth}/${month}/${year}`;
}

/** As it is typed: 21/04/2020 14:20. */
export function typedTime(at: Minute): string {
  return `${typedDate(at)} ${isoOf(at).slice(11, 16)}`;
}

function isoOf(at: Minute): string {
  return new Date(at * 60_000).toISOString();
}
