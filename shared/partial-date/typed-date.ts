/**
 * A date as a person types it, day first (French and British sites):
 * 3/11/2021 · 03.11.2021 · 3-11-2021 · 3 11 2021 · 3 nov 2021 · 1er mars 2021 · 3 November 2021 · 2021-11-03
 * month known: 11/2021 · nov 2021 · 2021-11          year known: 2021
 * with a time, after a full date: 14:20 · 14h20 · 14h · 1420, after a space or a T
 *
 * Whatever could be read in two ways is refused with the reason, never guessed: years have four digits.
 */
import type { Text } from '../study.ts';
import { daysInMonth, type DateParts } from './calendar.ts';
import { monthNames, monthOfWord } from './month-names.ts';

export type DateFault =
  | 'unreadable'
  | 'two-digit-year'
  | 'year-out-of-range'
  | 'no-such-month'
  | 'no-such-day'
  | 'no-such-time'
  | 'time-without-day';

export type TypedDate =
  | { readonly ok: true; readonly parts: DateParts }
  | { readonly ok: false; readonly reason: DateFault; readonly sentence: Text };

/** Years in which a child, a parent or a visit of a study can have been; outside them a digit was mistyped. */
const earliestTypedYear = 1900;
const latestTypedYear = 2199;
const longestTypedDate = 60;

/** The order is spelled out where it is called because "3/11/2021" means nothing without one; there is only this. */
export function readTypedDate(text: string, order: 'dmy'): TypedDate {
  const typed = text.length > longestTypedDate ? '' : text.trim().replace(/\s+/g, ' ');
  for (const shape of shapes[order]) {
    const match = shape.pattern.exec(typed);
    if (match?.groups !== undefined) return toParts(match.groups, shape.month);
  }
  return fault('unreadable', {
    en: 'A date is typed as 03/11/2021, 11/2021 or 2021, with a time as 03/11/2021 14:20.',
    fr: 'Une date se saisit 03/11/2021, 11/2021 ou 2021, avec une heure 03/11/2021 14:20.',
  });
}

/** Where the month stands as digits or as a word. */
interface Shape {
  readonly pattern: RegExp;
  readonly month: 'digits' | 'word' | 'none';
}

const year = '(?<year>\\d{2,4})';
const day = '(?<day>\\d{1,2})';
const time =
  '(?:(?: ?T ?| )(?:(?:à|a|at) )?(?<hour>\\d{1,2})(?: ?[:h] ?(?<minute>\\d{2})(?::00)?|(?<whole> ?h)|(?<=\\d{2})(?<packed>\\d{2})))?';
const month = '(?<month>\\d{1,2})';
const word = '(?<month>\\p{L}+)\\.?';

const shapes: Record<'dmy', readonly Shape[]> = {
  dmy: [
    { pattern: whole(`(?<year>\\d{4})(?<gap>[-/. ])${month}\\k<gap>${day}`), month: 'digits' },
    { pattern: whole(`(?<year>\\d{4})[-/.]${month}`), month: 'digits' },
    { pattern: whole(`${day}(?<gap>[-/. ])${month}\\k<gap>${year}`), month: 'digits' },
    { pattern: whole(`${month}[-/.]${year}`), month: 'digits' },
    { pattern: whole(`${day}(?:er|st|nd|rd|th)?[-/. ]? ?${word}[-/., ]? ?${year}`), month: 'word' },
    { pattern: whole(`${word}[-/. ]? ?${year}`), month: 'word' },
    { pattern: whole('(?<year>\\d{4})'), month: 'none' },
  ],
};

function whole(date: string): RegExp {
  return new RegExp(`^${date}${time}$`, 'iu');
}

function toParts(typed: Partial<Record<string, string>>, monthAs: Shape['month']): TypedDate {
  const yearNumber = Number(typed['year']);
  if (typed['year']?.length !== 4) return twoDigitYear;
  if (yearNumber < earliestTypedYear || yearNumber > latestTypedYear) return yearOutOfRange(typed['year']);

  const monthNumber = monthAs === 'word' ? monthOfWord(typed['month'] ?? '') : Number(typed['month']);
  if (monthAs !== 'none' && (monthNumber === null || monthNumber < 1 || monthNumber > 12))
    return noSuchMonth(typed['month'] ?? '');

  const clock = readClock(typed);
  if (clock === 'impossible') return noSuchTime;
  if (clock !== null && typed['day'] === undefined) return timeWithoutDay;
  if (monthAs === 'none' || monthNumber === null) return { ok: true, parts: { year: yearNumber } };
  if (typed['day'] === undefined) return { ok: true, parts: { year: yearNumber, month: monthNumber } };

  const dayOfMonth = Number(typed['day']);
  if (dayOfMonth < 1 || dayOfMonth > daysInMonth(yearNumber, monthNumber))
    return noSuchDay(yearNumber, monthNumber);
  return { ok: true, parts: { year: yearNumber, month: monthNumber, day: dayOfMonth, ...clock } };
}

function readClock(
  typed: Partial<Record<string, string>>,
): { hour: number; minute: number } | 'impossible' | null {
  if (typed['hour'] === undefined) return null;
  const hour = Number(typed['hour']);
  const minute = Number(typed['minute'] ?? typed['packed'] ?? '0');
  return hour < 24 && minute < 60 ? { hour, minute } : 'impossible';
}

const twoDigitYear = fault('two-digit-year', {
  en: 'The year needs four digits, as in 03/11/2021.',
  fr: 'L’année s’écrit avec quatre chiffres, comme 03/11/2021.',
});

const noSuchTime = fault('no-such-time', {
  en: 'Times run from 00:00 to 23:59.',
  fr: 'Les heures vont de 00:00 à 23:59.',
});

const timeWithoutDay = fault('time-without-day', {
  en: 'A time needs the day, as in 03/11/2021 14:20.',
  fr: 'Une heure demande le jour, comme 03/11/2021 14:20.',
});

function yearOutOfRange(typed: string): TypedDate {
  return fault('year-out-of-range', {
    en: `The year ${typed} is not between ${earliestTypedYear} and ${latestTypedYear}.`,
    fr: `L’année ${typed} n’est pas comprise entre ${earliestTypedYear} et ${latestTypedYear}.`,
  });
}

function noSuchMonth(typed: string): TypedDate {
  return fault('no-such-month', {
    en: `There is no month “${typed}”: dates are typed day, month, year, as in 03/11/2021.`,
    fr: `Il n’y a pas de mois « ${typed} » : les dates se saisissent jour, mois, année, comme 03/11/2021.`,
  });
}

function noSuchDay(inYear: number, inMonth: number): TypedDate {
  const name = monthNames[inMonth - 1]?.full ?? { en: '', fr: '' };
  const days = daysInMonth(inYear, inMonth);
  return fault('no-such-day', {
    en: `${name.en} ${inYear} has the days 1 to ${days}.`,
    fr: `${name.fr.charAt(0).toUpperCase()}${name.fr.slice(1)} ${inYear} a les jours 1 à ${days}.`,
  });
}

function fault(reason: DateFault, sentence: Text): TypedDate {
  return { ok: false, reason, sentence };
}
