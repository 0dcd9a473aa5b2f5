/** The worklist, and the confirmation of a soft finding with a reason. */
import { auditEvent } from '#shared/audit.ts';
import type { MethodInput, WorklistFinding } from '#shared/bridge.ts';
import { standingFindings } from '#shared/plan-save.ts';
import { confirmationBasis, findingKey } from '#shared/edit-checks.ts';
import type { Query } from '#shared/query.ts';
import type { Finding } from '#shared/record.ts';
import { indexSubject } from '#shared/subject-index.ts';
import { refuse } from '../app-error.ts';
import { readMoment, toLocalMinute, type Clock } from '../clock.ts';
import { requireNotFrozen } from './freeze-rows.ts';
import { settleQueries } from './query-keeping.ts';
import { unseenBy } from './second-entry-rows.ts';
import type { Actor } from './site.ts';
import { requireSubject } from './subjects.ts';
import { sha256 } from './trail.ts';

export interface FindingsService {
  confirm(
    actor: Actor,
    input: MethodInput<'findings.confirm'>,
  ): { findings: readonly Finding[]; queries: readonly Query[] };
  list(
    actor: Actor,
    input: MethodInput<'findings.list'>,
  ): { rows: readonly WorklistFinding[]; total: number };
}

export function createFindings(clock: Clock): FindingsService {
  return {
    list: ({ site, user }, filter) => {
      // A finding says in words what it rests on.
      const without = unseenBy(site.db, user).map(({ subject }) => subject);
      return site.findings.worklist({ ...filter, without });
    },
    confirm: (actor, { subject: number, reason, ...place }) => {
      const { site, user, role } = actor;
      const moment = readMoment(clock);
      const stand = site.db.transaction(() => {
        const subject = requireSubject(actor, number);
        requireNotFrozen(site, subject);
        const record = site.rows.record(subject);
        const index = indexSubject(site.model, record);
        const findingsNow = (): readonly Finding[] =>
          standingFindings(site.model, index, record.forms, {
            now: toLocalMinute(moment),
            confirmed: site.findings.confirmed(subject),
            phase: 'entry',
          });

        const finding = findingsNow().find((other) => isAt(other, place));
        if (finding === undefined) throw refuse('finding-unknown');
        if (finding.severity !== 'soft') throw refuse('finding-not-soft');
        site.findings.confirm(subject, finding, { reason, user, at: moment.at });
        const { event, form, row, item, check } = place;
        const about = {
          subject: number,
          event,
          form,
          row,
          item,
          reason,
          // With what it rested on, so that the row of the confirmation follows from the entry.
          detail: { check, version: finding.version, basis: sha256(confirmationBasis(finding)) },
        };
        // A finding can stand where nothing was entered yet; the trail needs the rows that its place refers to.
        site.rows.formId(subject, event, form);
        site.rows.itemId(item);
        const findings = findingsNow();
        const before = site.findings.of(subject);
        const answer = { key: findingKey(finding), reason };
        const kept = settleQueries(
          actor,
          subject,
          { before, after: findings, moment, confirmed: answer },
          false,
        );
        const entry = auditEvent(site.trail.stamp({ user, role }, moment), 'finding.confirmed', about);
        site.trail.append([entry, ...kept.events]);
        site.findings.replace(subject, findings, before);
        site.rows.forget();
        return { findings, queries: kept.queries };
      });
      return stand.immediate();
    },
  };
}

function isAt(finding: Finding, place: Pick<Finding, 'event' | 'form' | 'row' | 'item' | 'check'>): boolean {
  return (
    finding.event === place.event &&
    finding.form === place.form &&
    finding.row === place.row &&
    finding.item === place.item &&
    finding.check === place.check
  );
}
