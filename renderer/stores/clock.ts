/** The time of this machine, in the shapes in which the window needs it. */
import type { Language } from '#shared/study.ts';
import type { LocalMinute } from '#shared/record.ts';

/** Wall-clock time to the minute, as checks see it. */
export function localMinute(at: Date = new Date()): LocalMinute {
  const local = new Date(at.getTime() - at.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}

/** From the first to past the last moment of a day, a month or a year of this machine's calendar, UTC milliseconds. */
export function localPeriod(isoDate: string): { readonly from: number; readonly until: number } {
  const [year = 0, month, day] = isoDate.split('-').map(Number);
  const from = new Date(year, (month ?? 1) - 1, day ?? 1);
  const until =
    month === undefined
      ? new Date(year + 1, 0, 1)
      : new Date(year, day === undefined ? month : month - 1, day === undefined ? 1 : day + 1);
  return { from: from.getTime(), until: until.getTime() };
}

/** "14:20:03", local. */
export function clockTime(utc: string): string {
  const at = new Date(utc);
  return [at.getHours(), at.getMinutes(), at.getSeconds()]
    .map((part) => String(part).padStart(2, '0'))
    .join(':');
}

/** "03 Nov 2021 14:20:03", in the local time of the one who wrote it. */
export function stampTime(utc: string, offsetMinutes: number, language: Language): string {
  const shifted = new Date(new Date(utc).getTime() + offsetMinutes * 60_000);
  const month = new Intl.DateTimeFormat(language, { month: 'short', timeZone: 'UTC' }).format(shifted);
  const [, time = ''] = shifted.toISOString().split('T');
  return `${String(shifted.getUTCDate()).padStart(2, '0')} ${month} ${String(shifted.getUTCFullYear())} ${time.slice(0, 8)}`;
}

/** "03 Nov 2021 14:20:03", in the local time of this machine. */
export function dateAndTime(utc: string, language: Language): string {
  return stampTime(utc, -new Date(utc).getTimezoneOffset(), language);
}

/** "03 Nov 2021 14:20", in the time of this machine. */
export function localStamp(utc: string, language: Language): string {
  return dateAndTime(utc, language).slice(0, -3);
}

/** "UTC+1", "UTC−3:30". */
export function offsetName(offsetMinutes: number): string {
  const absolute = Math.abs(offsetMinutes);
  const minutes = absolute % 60 === 0 ? '' : `:${String(absolute % 60).padStart(2, '0')}`;
  return `UTC${offsetMinutes < 0 ? '−' : '+'}${String(Math.floor(absolute / 60))}${minutes}`;
}
