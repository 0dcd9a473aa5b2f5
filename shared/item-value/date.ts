/** Dates, by how much of them an item wants: a day, a day and time, a month, or whatever is known. */
import { assertNever } from '../assert-never.ts';
import { parseIsoDate, precisionOf, readTypedDate, toIsoDate, type DateParts } from '../partial-date.ts';
import type { DatePrecision } from '../record.ts';
import type { Text } from '../study.ts';
import { nothing, readable, unreadable, type Reading, type Unreadable } from './reading.ts';

export type DateType = 'date' | 'date-time' | 'year-month' | 'partial-date';

export function readDate(type: DateType, typed: string): Reading {
  const read = readTypedDate(typed, 'dmy');
  if (!read.ok) return notADate(type, typed, read.sentence);
  const precision = precisionOf(read.parts);
  const fault = findPrecisionFault(type, precision);
  if (fault !== null) return wrongPrecision(typed, fault);
  return readable({ ...nothing, text: toIsoDate(read.parts), precision });
}

/** Day first, in digits: "03/11/2021 14:20", "11/2021", "2021". A text that is no date stays as it is. */
export function editDate(text: string): string {
  const parts = parseIsoDate(text);
  if (parts === null) return text;
  const date = [parts.day, parts.month].filter((part) => part !== undefined).map(twoDigits);
  const time =
    parts.hour === undefined || parts.minute === undefined
      ? ''
      : ` ${twoDigits(parts.hour)}:${twoDigits(parts.minute)}`;
  return `${[...date, fourDigits(parts)].join('/')}${time}`;
}

/**
 * | precision | date | date-time | year-month | partial-date |
 * |-----------|------|-----------|------------|--------------|
 * | year      | no   | no        | no         | yes          |
 * | month     | no   | no        | yes        | yes          |
 * | day       | yes  | no        | no         | yes          |
 * | minute    | no   | yes       | no         | no           |
 */
function findPrecisionFault(type: DateType, precision: DatePrecision): Text | null {
  switch (type) {
    case 'date':
      if (precision === 'day') return null;
      return precision === 'minute' ? timeTooMuch : dayMissing;
    case 'date-time':
      if (precision === 'minute') return null;
      return precision === 'day' ? timeMissing : dayAndTimeMissing;
    case 'year-month':
      if (precision === 'month') return null;
      return precision === 'year' ? monthMissing : dayTooMuch;
    case 'partial-date':
      return precision === 'minute' ? timeTooMuch : null;
    default:
      return assertNever(type);
  }
}

const timeTooMuch: Text = {
  en: 'has a time and this item takes none: type the date alone, such as 03/11/2021.',
  fr: 'comporte une heure et cette rubrique n’en accepte pas : saisir seulement la date, par exemple 03/11/2021.',
};
const dayMissing: Text = {
  en: 'lacks the day: type day, month and year, such as 03/11/2021, or a missing reason when the day is not known.',
  fr: 'n’indique pas le jour : saisir jour, mois et année, par exemple 03/11/2021, ou un motif d’absence si le jour est inconnu.',
};
const timeMissing: Text = {
  en: 'lacks the time: add hour and minute, such as 03/11/2021 14:20, or type a missing reason when the time is not known.',
  fr: 'n’indique pas l’heure : ajouter heure et minute, par exemple 03/11/2021 14:20, ou saisir un motif d’absence si l’heure est inconnue.',
};
const dayAndTimeMissing: Text = {
  en: 'lacks the day and the time: type both, such as 03/11/2021 14:20, or a missing reason when they are not known.',
  fr: 'n’indique ni le jour ni l’heure : saisir les deux, par exemple 03/11/2021 14:20, ou un motif d’absence s’ils sont inconnus.',
};
const monthMissing: Text = {
  en: 'lacks the month: type month and year, such as 11/2021, or a missing reason when the month is not known.',
  fr: 'n’indique pas le mois : saisir mois et année, par exemple 11/2021, ou un motif d’absence si le mois est inconnu.',
};
const dayTooMuch: Text = {
  en: 'has a day and this item records none: type month and year only, such as 11/2021.',
  fr: 'comporte un jour et cette rubrique n’en enregistre pas : saisir seulement le mois et l’année, par exemple 11/2021.',
};

function wrongPrecision(typed: string, fault: Text): Unreadable {
  return unreadable(typed, (subject) => ({
    en: `${subject.en} ${fault.en}`,
    fr: `${subject.fr} ${fault.fr}`,
  }));
}

const expected: Readonly<Record<DateType, Text>> = {
  date: {
    en: 'type day, month and year, such as 03/11/2021',
    fr: 'saisir jour, mois et année, par exemple 03/11/2021',
  },
  'date-time': {
    en: 'type day and time, such as 03/11/2021 14:20',
    fr: 'saisir le jour et l’heure, par exemple 03/11/2021 14:20',
  },
  'year-month': {
    en: 'type month and year, such as 11/2021',
    fr: 'saisir mois et année, par exemple 11/2021',
  },
  'partial-date': {
    en: 'type what is known, such as 03/11/2021, 11/2021 or 2021',
    fr: 'saisir ce qui est connu, par exemple 03/11/2021, 11/2021 ou 2021',
  },
};

/** `why` may repeat a part of what was typed, so it is left out where nothing may be quoted. */
function notADate(type: DateType, typed: string, why: Text): Unreadable {
  const { en, fr } = expected[type];
  return unreadable(typed, (subject, mayQuote) => ({
    en: `${subject.en} is not readable as a date: ${en}.${mayQuote ? ` ${why.en}` : ''}`,
    fr: `${subject.fr} n’est pas lisible comme une date : ${fr}.${mayQuote ? ` ${why.fr}` : ''}`,
  }));
}

function fourDigits(parts: DateParts): string {
  return String(parts.year).padStart(4, '0');
}

function twoDigits(number: number): string {
  return String(number).padStart(2, '0');
}
