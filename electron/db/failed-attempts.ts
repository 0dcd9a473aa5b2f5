/**
 * Failed sign-ins, counted in the site folder because they happen before the database is open. The delay survives a
 * restart, and each failure is brought into the trail at the next opening.
 * Whoever can delete this file can copy the folder as well: the delay slows a person at the keyboard, scrypt the others.
 */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { refuse } from '../app-error.ts';
import type { Moment } from '../clock.ts';
import { toRefusal } from './disk-faults.ts';
import { writeDurably } from './durable-file.ts';
import { toUserKey } from './password-rule.ts';

const Failure = z.strictObject({
  id: z.string(),
  at: z.number(),
  offsetMinutes: z.number(),
  user: z.string().max(120),
  by: z.enum(['password', 'recovery-key']),
  /** Set when this failure shut the name out for a while. */
  lockOut: z.strictObject({ failures: z.int(), seconds: z.int() }).optional(),
});
export type Failure = z.infer<typeof Failure>;

const AttemptFile = z.strictObject({
  counts: z
    .array(z.strictObject({ slot: z.string().max(130), failures: z.int(), last: z.number() }))
    .max(1000),
  /** Not yet in the trail. */
  untold: z.array(Failure).max(1000),
});
type AttemptFile = z.infer<typeof AttemptFile>;

/** After the fifth failure, the sixth …: seconds to wait. */
const delays = [30, 60, 120, 300, 900, 1800] as const;
const freeFailures = 5;

/** Which counter an attempt belongs to. All unknown names share one. */
export type AttemptSlot = string;
export function attemptSlotOf(user: string, people: readonly string[]): AttemptSlot {
  return people.some((name) => toUserKey(name) === toUserKey(user)) ? `person:${toUserKey(user)}` : 'unknown';
}
export const recoverySlot: AttemptSlot = 'recovery';

export function requireNoDelay(folder: string, slot: AttemptSlot, now: number): void {
  const file = read(folder);
  const count = file.counts.find((other) => other.slot === slot);
  if (count === undefined || count.failures < freeFailures) return;
  const delay = delayAfter(count.failures);
  if (now < count.last) {
    // The clock was set back: the whole delay starts again, but not the time that the clock lost.
    write(folder, {
      ...file,
      counts: file.counts.map((other) => (other === count ? { ...count, last: now } : other)),
    });
    throw refuse('too-many-attempts', { seconds: delay });
  }
  const seconds = Math.ceil(delay - (now - count.last) / 1000);
  if (seconds > 0) throw refuse('too-many-attempts', { seconds });
}

function delayAfter(failures: number): number {
  return delays[Math.min(failures - freeFailures, delays.length - 1)] ?? 1800;
}

export function countFailure(
  folder: string,
  slot: AttemptSlot,
  user: string,
  by: Failure['by'],
  moment: Moment,
): void {
  const file = read(folder);
  const earlier = file.counts.find((other) => other.slot === slot)?.failures ?? 0;
  const failures = earlier + 1;
  const lockOut = failures < freeFailures ? {} : { lockOut: { failures, seconds: delayAfter(failures) } };
  const failure = { id: randomUUID(), ...moment, user: user.slice(0, 120), by, ...lockOut };
  write(folder, {
    counts: [
      ...file.counts.filter((other) => other.slot !== slot),
      { slot, failures, last: moment.at },
    ].slice(-1000),
    untold: [...file.untold, failure].slice(-1000),
  });
}

export function untoldFailures(folder: string): readonly Failure[] {
  return read(folder).untold;
}

/** After a success: the person's counter starts anew, and what was told is told. */
export function forgetFailures(folder: string, slot: AttemptSlot | null): void {
  const file = read(folder);
  if (file.untold.length === 0 && !file.counts.some((count) => count.slot === slot)) return;
  write(folder, { counts: file.counts.filter((other) => other.slot !== slot), untold: [] });
}

const fileIn = (folder: string): string => path.join(folder, 'attempts.json');

function read(folder: string): AttemptFile {
  try {
    return AttemptFile.parse(JSON.parse(readFileSync(fileIn(folder), 'utf8')));
  } catch {
    // Absent at first; damaged, it counts anew rather than locking everybody out.
    return { counts: [], untold: [] };
  }
}

function write(folder: string, file: AttemptFile): void {
  try {
    writeDurably(fileIn(folder), JSON.stringify(file));
  } catch (error) {
    throw toRefusal(error) ?? error;
  }
}
