/** Draws, when a form is completed, whether it is entered a second time. Within the transaction that completes it. */
import { randomBytes } from 'node:crypto';
import { auditEvent } from '#shared/audit.ts';
import type { FormStateChange } from '#shared/plan-save.ts';
import { canBeEnteredTwice } from '#shared/second-entry/compare.ts';
import { drawNumber, shareOf } from '#shared/second-entry/draw.ts';
import type { Moment } from '../clock.ts';
import type { SubjectRowId } from './record-rows.ts';
import { askSecondEntry, secondEntryAt } from './second-entry-rows.ts';
import { readSetting } from './settings.ts';
import type { Actor } from './site.ts';
import { sha256 } from './trail.ts';

export const secretKey = 'second.secret';
const selectSecret = 'SELECT value FROM meta WHERE key = ?';
const insertSecret = 'INSERT INTO meta (key, value) VALUES (?, ?)';

export function drawSecondEntries(
  actor: Actor,
  subject: SubjectRowId,
  changes: readonly FormStateChange[],
  moment: Moment,
): void {
  const { site, user, role } = actor;
  for (const { event, form, from, to } of changes) {
    if (from !== 'in-progress' || to !== 'complete') continue;
    const placed = site.model.form(form);
    if (placed === undefined || !canBeEnteredTwice(placed)) continue;
    const share = shareOf(site.model.study, form, readSetting(site.db, 'secondEntryShare'));
    const place = { subject: subject.number, event, form };
    // Asked once in its life: whoever completes it again knows that it was drawn.
    if (share <= 0 || secondEntryAt(site.db, place) !== null) continue;
    const drawn = drawNumber(place, secretOf(actor, moment), sha256);
    if (drawn >= share) continue;
    askSecondEntry(site.db, site.rows.formId(subject, event, form), user, moment.at);
    const about = { ...place, origin: 'system', detail: { share, drawn } } as const;
    site.trail.append([auditEvent(site.trail.stamp({ user, role }, moment), 'second.asked', about)]);
  }
}

/** Made when it is first needed, known to nobody, and the same ever after: the trail holds its SHA-256. */
function secretOf({ site, user, role }: Actor, moment: Moment): string {
  const known = site.db.prepare<[string], string>(selectSecret).pluck().get(secretKey);
  if (known !== undefined) return known;
  const secret = randomBytes(32).toString('hex');
  site.db.prepare(insertSecret).run(secretKey, secret);
  const about = { origin: 'system', detail: { sha256: sha256(secret) } } as const;
  site.trail.append([auditEvent(site.trail.stamp({ user, role }, moment), 'second.secret-made', about)]);
  return secret;
}
