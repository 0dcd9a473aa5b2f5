/** The one source of time. Services take it as an argument; nothing a person types can set it. */
import type { LocalMinute } from '#shared/record.ts';

export interface Clock {
  /** UTC, milliseconds since 1970. */
  now(): number;
  /** Milliseconds that never run backwards; they may stand still while the machine sleeps. */
  steady(): number;
  /** Minutes that local time is ahead of UTC at a moment. */
  offsetMinutes(at: number): number;
}

/** One moment as the trail needs it. */
export interface Moment {
  readonly at: number;
  readonly offsetMinutes: number;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  steady: () => performance.now(),
  offsetMinutes: (at) => {
    const offset = -new Date(at).getTimezoneOffset();
    return offset === 0 ? 0 : offset;
  },
};

export function readMoment(clock: Clock): Moment {
  const at = clock.now();
  return { at, offsetMinutes: clock.offsetMinutes(at) };
}

/** Wall-clock time at the machine, as expressions see it: "2021-11-03T14:20". */
export function toLocalMinute(moment: Moment): LocalMinute {
  return new Date(moment.at + moment.offsetMinutes * 60_000).toISOString().slice(0, 16);
}

export function toIsoUtc(at: number): string {
  return new Date(at).toISOString();
}
