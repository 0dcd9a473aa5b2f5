/**
 * Notices when the clock of the machine is set while somebody works: wall clock and steady clock then drift apart. A machine that
 * sleeps does the same and is no news, so nothing is said between falling asleep and waking up.
 */
import { toIsoUtc, type Clock } from '../clock.ts';

export interface ClockJump {
  /** What the clock would have said, UTC. */
  readonly from: string;
  readonly to: string;
  /** Below 0 when it was set back. */
  readonly minutes: number;
  readonly kind: 'forward' | 'back';
}

export interface ClockWatch {
  /** Since the last look; null when it went as it should. */
  look(): ClockJump | null;
  /** Begins anew: a session starts, or the machine woke up. */
  restart(): void;
  /** The machine falls asleep. */
  pause(): void;
}

/** Network time trims by seconds; five minutes is what a record should not be wrong by unseen. */
export const toleratedJumpMs = 5 * 60_000;

export function createClockWatch(clock: Clock): ClockWatch {
  let since: { readonly at: number; readonly steady: number } | null = null;
  const restart = (): void => {
    since = { at: clock.now(), steady: clock.steady() };
  };
  return {
    restart,
    pause: () => {
      since = null;
    },
    look: () => {
      if (since === null) return null;
      const expected = since.at + (clock.steady() - since.steady);
      const now = clock.now();
      const off = now - expected;
      // Small steps add up: the start is kept until they are worth an entry.
      if (Math.abs(off) <= toleratedJumpMs) return null;
      restart();
      return {
        from: toIsoUtc(Math.round(expected)),
        to: toIsoUtc(now),
        minutes: Math.round(off / 60_000),
        kind: off > 0 ? 'forward' : 'back',
      };
    },
  };
}
