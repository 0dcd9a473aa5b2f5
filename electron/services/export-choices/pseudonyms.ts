/**
 * What stands for a subject in de-identified exports: a number that says nothing, and the days by which its dates are moved.
 * Both are drawn when they are first needed, from the system's own source of randomness, and are the same in all exports.
 */
import { randomBytes, randomInt } from 'node:crypto';
import { auditEvent, canonicalJson } from '#shared/audit.ts';
import type { KeyLine } from '#shared/bridge.ts';
import { readMoment, type Clock, type Moment } from '../../clock.ts';
import type { ReadableDb } from '../../db/open.ts';
import type { Actor } from '../site.ts';
import { sha256 } from '../trail.ts';

export interface Pseudonym {
  readonly subject: string;
  readonly replacement: string;
  readonly shiftDays: number;
  readonly salt: string;
}

/** A year either way: seasons are hidden, and a date stays in the years of the study. */
const mostDays = 365;
/** Without letters that are read as digits. */
const letters = 'ABCDEFGHJKMNPQRSTVWXYZ23456789';
const lettersDrawn = 8;

const selectPseudonyms = `
  SELECT subject.number AS subject, replacement, shift_days AS shiftDays, salt
  FROM pseudonym JOIN subject ON subject.id = pseudonym.subject_id ORDER BY subject.number`;
const selectLacking = `
  SELECT id, number FROM subject WHERE id NOT IN (SELECT subject_id FROM pseudonym) ORDER BY id`;
const insertPseudonym =
  'INSERT INTO pseudonym (subject_id, replacement, shift_days, salt) VALUES (?, ?, ?, ?)';

export function readPseudonyms(db: ReadableDb): readonly Pseudonym[] {
  return db.prepare<[], Pseudonym>(selectPseudonyms).all();
}

/** What the trail says of it: with the row it proves every part of it, alone it can't be tried out. */
export function commitmentTo({ subject, replacement, shiftDays, salt }: Pseudonym): string {
  return sha256(canonicalJson({ subject, replacement, shiftDays, salt }));
}

/** Within the caller's transaction, for every subject of the site that has none yet. */
export function drawPseudonyms({ site, user, role }: Actor, moment: Moment): void {
  const lacking = site.db.prepare<[], { id: number; number: string }>(selectLacking).all();
  if (lacking.length === 0) return;
  const taken = new Set(readPseudonyms(site.db).map(({ replacement }) => replacement));
  const insert = site.db.prepare(insertPseudonym);
  const stamp = site.trail.stamp({ user, role }, moment);
  site.trail.append(
    lacking.map(({ id, number: subject }) => {
      const drawn: Pseudonym = {
        subject,
        replacement: drawReplacement(taken),
        shiftDays: drawShift(),
        salt: randomBytes(16).toString('hex'),
      };
      taken.add(drawn.replacement);
      insert.run(id, drawn.replacement, drawn.shiftDays, drawn.salt);
      return auditEvent(stamp, 'pseudonym.drawn', {
        ...{ subject, origin: 'system' },
        detail: { sha256: commitmentTo(drawn) },
      });
    }),
  );
}

/** The key itself, for a person who may lead an export back: whoever reads it is in the trail, with the reason. */
export function revealKey({ site, user, role }: Actor, clock: Clock, reason: string): readonly KeyLine[] {
  const key = readPseudonyms(site.db).map(({ subject, replacement, shiftDays }) => {
    return { subject, replacement, shiftDays };
  });
  const stamp = site.trail.stamp({ user, role }, readMoment(clock));
  site.db
    .transaction(() => {
      site.trail.append([
        auditEvent(stamp, 'pseudonym.revealed', {
          ...{ origin: 'system', reason },
          detail: { subjects: key.length },
        }),
      ]);
    })
    .immediate();
  return key;
}

function drawReplacement(taken: ReadonlySet<string>): string {
  const drawn = `P${Array.from({ length: lettersDrawn }, () => letters[randomInt(letters.length)]).join('')}`;
  return taken.has(drawn) ? drawReplacement(taken) : drawn;
}

/** Never 0: a date that was not moved can't be told from one that was. */
function drawShift(): number {
  const days = randomInt(1, mostDays + 1);
  return randomInt(2) === 0 ? days : -days;
}
