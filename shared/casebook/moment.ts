/** Times as a copy tells them: always UTC, with the local time of the one who wrote beside it. */
import { showDate } from '../partial-date.ts';
import type { Language } from '../study.ts';

const minuteMs = 60_000;

/** A moment and how far local time was ahead of UTC then. */
export interface Stamp {
  /** UTC, ISO 8601 with milliseconds. */
  readonly at: string;
  readonly offsetMinutes: number;
}

/** "05 Mar 2024 09:30:00 UTC (10:30:00 UTC+1)" */
export function showStamp({ at, offsetMinutes }: Stamp, language: Language): string {
  const local = localOf({ at, offsetMinutes });
  const day = local.slice(0, 10) === at.slice(0, 10) ? '' : `${showDate(local.slice(0, 10), language)} `;
  return `${showUtc(at, language)} (${day}${local.slice(11, 19)} ${showOffset(offsetMinutes)})`;
}

/** "05 Mar 2024 09:30:00 UTC" */
export function showUtc(at: string, language: Language): string {
  return `${showDate(at.slice(0, 10), language)} ${at.slice(11, 19)} UTC`;
}

/** In a narrow column: "05 Mar 2024 10:30 UTC+1", local. */
export function showLocal(stamp: Stamp, language: Language): string {
  return `${showDate(localOf(stamp).slice(0, 16), language)} ${showOffset(stamp.offsetMinutes)}`;
}

/** "UTC+1", "UTC−3:30", "UTC+0" */
export function showOffset(offsetMinutes: number): string {
  const absolute = Math.abs(offsetMinutes);
  const minutes = absolute % 60 === 0 ? '' : `:${String(absolute % 60).padStart(2, '0')}`;
  return `UTC${offsetMinutes < 0 ? '−' : '+'}${String(Math.floor(absolute / 60))}${minutes}`;
}

function localOf({ at, offsetMinutes }: Stamp): string {
  return new Date(Date.parse(at) + offsetMinutes * minuteMs).toISOString();
}
