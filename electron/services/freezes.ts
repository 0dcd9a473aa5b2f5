/**
 * A frozen subject, or a whole frozen site: every write about its data is refused until the freeze is lifted; questions
 * go on. Each freeze keeps its row, so that who froze what when can be read later.
 */
import { auditEvent, type AuditAction } from '#shared/audit.ts';
import { refuse } from '../app-error.ts';
import { readMoment, type Clock, type Moment } from '../clock.ts';
import { standingFreeze } from './freeze-rows.ts';
import type { Actor } from './site.ts';
import { requireSubject } from './subjects.ts';

export interface FreezesService {
  freezeSubject(actor: Actor, input: { subject: string; reason: string }): null;
  unfreezeSubject(actor: Actor, input: { subject: string; reason: string }): null;
  freezeSite(actor: Actor, input: { reason: string }): null;
  unfreezeSite(actor: Actor, input: { reason: string }): null;
}

const insertFreeze = 'INSERT INTO freeze (subject_id, frozen_at, user, reason) VALUES (?, ?, ?, ?)';
const liftFreeze = 'UPDATE freeze SET lifted_at = ? WHERE id = ?';

export function createFreezes(clock: Clock): FreezesService {
  return {
    freezeSubject: (actor, { subject, reason }) => freeze(actor, subject, reason, readMoment(clock)),
    unfreezeSubject: (actor, { subject, reason }) => lift(actor, subject, reason, readMoment(clock)),
    freezeSite: (actor, { reason }) => freeze(actor, null, reason, readMoment(clock)),
    unfreezeSite: (actor, { reason }) => lift(actor, null, reason, readMoment(clock)),
  };
}

function freeze(actor: Actor, number: string | null, reason: string, moment: Moment): null {
  const { site, user } = actor;
  const act = (): void => {
    const subject = number === null ? null : requireSubject(actor, number);
    if (standingFreeze(site.db, subject?.id ?? null) !== undefined)
      throw refuse(subject === null ? 'site-frozen-already' : 'subject-frozen-already');
    site.db
      .prepare<[number | null, number, string, string]>(insertFreeze)
      .run(subject?.id ?? null, moment.at, user, reason);
    tell(actor, moment, number, subject === null ? 'site.frozen' : 'subject.frozen', reason);
  };
  site.db.transaction(act).immediate();
  return null;
}

function lift(actor: Actor, number: string | null, reason: string, moment: Moment): null {
  const { site } = actor;
  const act = (): void => {
    const subject = number === null ? null : requireSubject(actor, number);
    const row = standingFreeze(site.db, subject?.id ?? null);
    if (row === undefined) throw refuse(subject === null ? 'site-not-frozen' : 'subject-not-frozen');
    site.db.prepare<[number, number]>(liftFreeze).run(moment.at, row.id);
    tell(actor, moment, number, subject === null ? 'site.unfrozen' : 'subject.unfrozen', reason);
  };
  site.db.transaction(act).immediate();
  return null;
}

function tell(
  { site, user, role }: Actor,
  moment: Moment,
  subject: string | null,
  action: AuditAction,
  reason: string,
): void {
  site.trail.append([auditEvent(site.trail.stamp({ user, role }, moment), action, { subject, reason })]);
}
