/** Carries out what shared/plan-queries.ts decides, and every other move: the row, what was said, and the entry of the trail. */
import { auditEvent, type AuditEvent } from '#shared/audit.ts';
import { findingKey } from '#shared/edit-checks.ts';
import { isSameFindings, planQueries } from '#shared/plan-queries.ts';
import { decideMove, type QueryMove } from '#shared/query-moves.ts';
import type { Query, QuerySeverity } from '#shared/query.ts';
import type { Finding, ValuePlace } from '#shared/record.ts';
import { refuse } from '../app-error.ts';
import type { Moment } from '../clock.ts';
import type { AskingCheck } from './query-rows.ts';
import type { SubjectRowId } from './record-rows.ts';
import type { Actor } from './site.ts';

export interface KeptQueries {
  /** For the trail, in the order in which it happened. */
  readonly events: readonly AuditEvent[];
  /** As they are now. */
  readonly queries: readonly Query[];
}

interface Settling {
  readonly before: readonly Finding[];
  readonly after: readonly Finding[];
  readonly moment: Moment;
  /** The finding that a person confirms, with the reason: the answer to its query. */
  readonly confirmed?: { readonly key: string; readonly reason: string };
}

const nothingKept: KeptQueries = { events: [], queries: [] };

/**
 * Brings the queries of a subject in line with its findings, within the caller's transaction. With `isSettled` the
 * findings before were held against the queries already, and equal findings need no look at them.
 */
export function settleQueries(
  actor: Actor,
  subject: SubjectRowId,
  { before, after, moment, confirmed }: Settling,
  isSettled: boolean,
): KeptQueries {
  if (isSettled && isSameFindings(before, after)) return nothingKept;
  const { queries } = actor.site;
  const plan = planQueries(before, after, queries.standing(subject));
  if (plan.length === 0) return nothingKept;
  const events: AuditEvent[] = [];
  const touched = new Set<number>();
  const move = (query: MovedQuery, key: string, planned: 'correct' | 'ask' | 'hold'): void => {
    const isAnswer = planned === 'hold' && key === confirmed?.key;
    touched.add(query.id);
    events.push(
      moveQuery(
        actor,
        subject,
        query,
        isAnswer ? 'answer' : planned,
        isAnswer ? confirmed.reason : null,
        moment,
      ),
    );
  };
  const known = new Map(
    queries
      .byIds(plan.flatMap((planned) => (planned.kind === 'move' ? [planned.id] : [])))
      .map((query) => [query.id, query]),
  );
  for (const planned of plan) {
    if (planned.kind === 'move') {
      const query = known.get(planned.id);
      if (query !== undefined) move(query, planned.key, planned.move);
      continue;
    }
    const { finding } = planned;
    const check = checkOf(finding);
    const { id, event } = openQuery(actor, subject, finding, check, null, moment);
    events.push(event);
    touched.add(id);
    const opened = {
      ...placeOf(finding),
      id,
      check: check.id,
      severity: check.severity,
      state: 'open',
    } as const;
    if (finding.status === 'confirmed') move(opened, findingKey(finding), 'hold');
  }
  return { events, queries: queries.byIds([...touched]) };
}

export function openQuery(
  { site, user, role }: Actor,
  subject: SubjectRowId,
  place: ValuePlace,
  check: AskingCheck,
  text: string | null,
  moment: Moment,
): { readonly id: number; readonly event: AuditEvent } {
  const id = site.queries.open(subject, place, check, { kind: 'opened', text, by: { user, role }, moment });
  const asked =
    check === null
      ? {}
      : {
          check: check.id,
          version: check.version,
          severity: check.severity,
          en: check.message.en,
          fr: check.message.fr,
        };
  const event = auditEvent(site.trail.stamp({ user, role }, moment), 'query.opened', {
    ...inTrail(site, subject, place),
    reason: text,
    origin: check === null ? 'entry' : 'system',
    detail: { query: id, ...asked },
  });
  return { id, event };
}

type MovedQuery = Pick<Query, 'id' | 'check' | 'severity' | 'state'> & ValuePlace;

/** Refuses a move that the table does not have. */
export function moveQuery(
  { site, user, role }: Actor,
  subject: SubjectRowId,
  query: MovedQuery,
  move: QueryMove,
  text: string | null,
  moment: Moment,
): AuditEvent {
  const decided = decideMove(query, move, text);
  if (!decided.ok) throw refuse(decided.fault);
  const { kind, to, end } = decided.step;
  site.queries.move(query.id, to, end, { kind, text, by: { user, role }, moment });
  return auditEvent(site.trail.stamp({ user, role }, moment), `query.${kind}`, {
    ...inTrail(site, subject, query),
    reason: text,
    origin: move === 'answer' || move === 'reopen' || move === 'accept' ? 'entry' : 'system',
    detail: {
      query: query.id,
      ...(query.check === null ? {} : { check: query.check }),
      ...(end === null ? {} : { by: end }),
    },
  });
}

/** A finding can stand, and a question be asked, where nothing was entered yet; the trail needs the rows that its place refers to. */
function inTrail(
  { rows }: Actor['site'],
  subject: SubjectRowId,
  place: ValuePlace,
): ValuePlace & { readonly subject: string } {
  const { event, form, row, item } = place;
  rows.formId(subject, event, form);
  rows.itemId(item);
  return { subject: subject.number, event, form, row, item };
}

function checkOf({ check, version, severity, message }: Finding): NonNullable<AskingCheck> {
  const asked: QuerySeverity = severity === 'hard' ? 'hard' : 'soft';
  return { id: check, version, severity: asked, message };
}

function placeOf({ event, form, row, item }: ValuePlace): ValuePlace {
  return { event, form, row, item };
}
