/** Draws, when a form is completed, whether it is entered a second time. Within the transaction that completes it. */
import { randomBytes } from 'node:crypto';
import { auditEvent } from '#shared/audit.ts';
import type { FormStateChange } from '#shared/plan-save.ts';
import { canBeEnteredTwice } from '#shared/second-entry/compare.ts';
import { drawNumber, shareOf } from '#shared/second-entry/draw.ts';
import type { Moment } from '../clock.ts';
import type { WritableDb } from '../db/open.ts';
import type { SubjectRowId } from './record-rows.ts';
import { askSecondEntry, secondEntryAt } from './second-entry-rows.ts';
import { readSettings } from './settings.ts';
import type { Actor } from './site.ts';
import { sha256 } from './trail.ts';

const secretKey = 'second.secret';
const selectSecret = 'SELECT value FROM meta WHERE key = ?';
const insertSecret = 'INSERT INTO meta (key, value) VALUES (?, ?)';

export function drawSecondEntries(
  { site, user, role }: Actor,
  subject: SubjectRowId,
  changes: readonly FormStateChange[],
  moment: Moment,
): void {
  for (const { event, form, from, to } of changes) {
    if (from !== 'in-progress' || to !== 'complete') continue;
    const placed = site.model.form(form);
    if (placed === undefined || !canBeEnteredTwice(placed)) continue;
    const share = shareOf(site.model.study, form, readSettings(site.db).secondEntryShare);
    const place = { subject: subject.number, event, form };
    // Asked once in its life: whoever completes it again knows that it was drawn.
    if (share <= 0 || secondEntryAt(site.db, place) !== null) continue;
    const drawn = drawNumber(place, secretOf(site.db), sha256);
    if (drawn >= share) continue;
    askSecondEntry(site.db, site.rows.formId(subject, event, form), user, moment.at);
    const about = { ...place, origin: 'system', detail: { share, drawn } } as const;
    site.trail.append([auditEvent(site.trail.stamp({ user, role }, moment), 'second.asked', about)]);
  }
}

/** Made when it is first needed, known to nobody, and the same ever after. */
function secretOf(db: WritableDb): string {
  const known = db.prepare<[string], string>(selectSecret).pluck().get(secretKey);
  if (known !== undefined) return known;
  const secret = randomBytes(32).toString('hex');
  db.prepare(insertSecret).run(secretKey, secret);
  return secret;
}
