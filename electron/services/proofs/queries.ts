/**
 * Queries and what was said about them follow from the entries query.*; and every finding that asks has a query that is
 * not closed, or one that was accepted.
 */
import { findingKey } from '#shared/edit-checks.ts';
import type { ChainedEntry } from '#shared/audit.ts';
import { asksQuery } from '#shared/plan-queries.ts';
import type { QueryEnd, QueryState } from '#shared/query.ts';
import type { Finding } from '#shared/record.ts';
import type { ReadableDb } from '../../db/open.ts';
import type { TableProof } from './table-proof.ts';

/** Everything that the two tables hold of a query, as one text: what a row has to be equal to. */
interface ProvenQuery {
  readonly place: readonly unknown[];
  readonly opened: string;
  state: QueryState;
  end: QueryEnd | null;
  changed: string;
  readonly said: string[];
}

interface StoredQuery {
  readonly id: number;
  readonly place: string;
  readonly state: QueryState;
  readonly end: QueryEnd | null;
  readonly opened: number;
  readonly changed: number;
}

const selectQueries = `
  SELECT query.id, json_array(subject.number, event, form, row, item, check_id, check_version, severity, message_en, message_fr) AS place,
         state, closed_by AS "end", opened_at AS opened, query.changed_at AS changed
  FROM query LEFT JOIN subject ON subject.id = query.subject_id ORDER BY query.id`;
const selectMessages =
  'SELECT query_id, position, kind, text, user, role, at, offset_minutes FROM query_message ORDER BY query_id, position';
const selectFindings = `SELECT subject.number, finding.body FROM finding JOIN subject ON subject.id = finding.subject_id`;
const selectAsking = `
  SELECT subject.number, event, form, row, item, check_id AS "check", state FROM query JOIN subject ON subject.id = query.subject_id
  WHERE check_id IS NOT NULL AND (state <> 'closed' OR closed_by = 'acceptance')`;

const states = { opened: 'open', answered: 'answered', reopened: 'open', closed: 'closed' } as const;

export function queryProof(): TableProof {
  const proven = new Map<number, ProvenQuery>();
  const problems: string[] = [];

  return {
    tables: ['query', 'query_message'],
    actions: ['query.opened', 'query.answered', 'query.reopened', 'query.closed'],
    read: (entry) => {
      const fault = take(proven, entry);
      if (fault !== null) problems.push(fault);
    },
    problems: (db) => [...problems, ...differing(proven, db), ...unasked(db)],
  };
}

/** What an entry makes of its query; a sentence when there is none that it could be about. */
function take(proven: Map<number, ProvenQuery>, entry: ChainedEntry): string | null {
  const { detail, at, subject, event, form, row, item } = entry;
  const id = Number(detail?.['query']);
  const kind = entry.action.slice('query.'.length) as keyof typeof states; // one of the actions above
  const said = JSON.stringify([
    kind,
    entry.reason,
    entry.user,
    entry.role,
    Date.parse(at),
    entry.offsetMinutes,
  ]);
  const known = proven.get(id);
  if (kind === 'opened') {
    if (known !== undefined) return `Entry ${entry.seq} of the trail opens query ${id} a second time.`;
    const check = ['check', 'version', 'severity', 'en', 'fr'].map((name) => detail?.[name] ?? null);
    const place = [subject, event, form, row, item, ...check];
    proven.set(id, { place, opened: at, state: 'open', end: null, changed: at, said: [said] });
    return null;
  }
  if (known === undefined) return `Entry ${entry.seq} of the trail is about a query that was never opened.`;
  known.state = states[kind];
  known.end = kind === 'closed' ? (detail?.['by'] === 'correction' ? 'correction' : 'acceptance') : null;
  known.changed = at;
  known.said.push(said);
  return null;
}

function differing(proven: ReadonlyMap<number, ProvenQuery>, db: ReadableDb): readonly string[] {
  const problems: string[] = [];
  const seen = new Set<number>();
  const said = Map.groupBy(
    db.prepare<[], [number, number, ...unknown[]]>(selectMessages).raw().all(),
    ([query]) => query,
  );
  for (const stored of db.prepare<[], StoredQuery>(selectQueries).iterate()) {
    seen.add(stored.id);
    const expected = proven.get(stored.id);
    if (expected === undefined) {
      problems.push(`Query ${stored.id} is stored and the trail knows nothing of it.`);
      continue;
    }
    const isSame =
      stored.place === JSON.stringify(expected.place) &&
      stored.state === expected.state &&
      stored.end === expected.end &&
      stored.opened === Date.parse(expected.opened) &&
      stored.changed === Date.parse(expected.changed);
    if (!isSame) problems.push(`Query ${stored.id} is stored otherwise than the trail says.`);
    const messages = (said.get(stored.id) ?? []).map(([, position, ...rest]) => [
      position,
      JSON.stringify(rest),
    ]);
    const written = expected.said.map((each, index) => [index + 1, each]);
    if (JSON.stringify(messages) !== JSON.stringify(written))
      problems.push(`What was said about query ${stored.id} is stored otherwise than the trail says.`);
  }
  for (const id of proven.keys())
    if (!seen.has(id)) problems.push(`Query ${id} is in the trail and not stored.`);
  for (const id of said.keys())
    if (!seen.has(id)) problems.push(`What was said about query ${id} is stored without the query.`);
  return problems;
}

/**
 * Findings and queries of checks, one against the other. A subject without any query of a check may be one that was last
 * saved before queries were kept; its first save makes up for it.
 */
function unasked(db: ReadableDb): readonly string[] {
  type Asking = Pick<Finding, 'event' | 'form' | 'row' | 'item' | 'check'> & {
    readonly number: string;
    readonly state: QueryState;
  };
  const asking = db.prepare<[], Asking>(selectAsking).all();
  const keyOf = (number: string, place: Omit<Asking, 'number' | 'state'>): string =>
    `${number}|${findingKey(place)}`;
  const asked = new Set(asking.map((query) => keyOf(query.number, query)));
  const kept = new Set(asking.map(({ number }) => number));
  const findings = new Set<string>();
  const problems: string[] = [];
  for (const [number, body] of db.prepare<[], [string, string]>(selectFindings).raw().iterate()) {
    const finding = JSON.parse(body) as Finding; // written by finding-rows.ts
    if (!asksQuery(finding)) continue;
    const key = keyOf(number, finding);
    findings.add(key);
    if (kept.has(number) && !asked.has(key))
      problems.push(
        `Finding ${finding.check} of subject ${number} at ${finding.item} (${finding.form} in ${finding.event}, row ${finding.row}) has no query.`,
      );
  }
  for (const query of asking) {
    if (query.state !== 'closed' && !findings.has(keyOf(query.number, query)))
      problems.push(
        `A query of check ${query.check} about subject ${query.number} at ${query.item} (${query.form} in ${query.event}, row ${query.row}) has no finding.`,
      );
  }
  return problems;
}
