/**
 * Decides which queries of checks open, close, or change their state because findings came, went or rest on other values.
 * Pure; the caller carries it out in the transaction that writes the findings, each move with its entry of the trail.
 *
 *   finding after    query          then
 *   none             open, answered  closed by correction
 *   new              none            opened
 *   there before     accepted        nothing while it rests on the same values, else opened
 *   confirmed        open            answered: what was confirmed stands again
 *   open             answered        open again when it rests on other values than before
 *
 * An answer and an acceptance were given for the values that stood then, and hold as long as these do.
 * A finding without any query is one from before queries were kept: it is opened whether it was there before or not.
 */
import { confirmationBasis, findingKey } from './edit-checks.ts';
import type { Finding } from './record.ts';
import type { QueryMove } from './query-moves.ts';

/** A query of a check that is not closed, or was closed by accepting it. */
export interface StandingQuery {
  readonly id: number;
  /** findingKey of what it asks about. */
  readonly key: string;
  readonly state: 'open' | 'answered' | 'accepted';
}

export type PlannedQuery =
  | { readonly kind: 'open'; readonly finding: Finding }
  | {
      readonly kind: 'move';
      readonly id: number;
      readonly key: string;
      readonly move: QueryMove & ('correct' | 'ask' | 'hold');
    };

/** An item that is still to be answered is work, not a question; information asks nothing. */
export function asksQuery(finding: Pick<Finding, 'severity' | 'check' | 'item'>): boolean {
  return finding.severity !== 'information' && finding.check !== `${finding.item}.required`;
}

/** Closing first, then in the order of the findings. A finding that is confirmed when its query opens is answered with it. */
export function planQueries(
  before: readonly Finding[],
  after: readonly Finding[],
  standing: readonly StandingQuery[],
): readonly PlannedQuery[] {
  const asked = new Map(after.filter(asksQuery).map((finding) => [findingKey(finding), finding]));
  const earlier = new Map(before.map((finding) => [findingKey(finding), finding]));
  const live = new Map(
    standing.filter(({ state }) => state !== 'accepted').map((query) => [query.key, query]),
  );
  const accepted = new Set(standing.filter(({ state }) => state === 'accepted').map(({ key }) => key));
  const closing = [...live.values()].flatMap(({ id, key }): readonly PlannedQuery[] =>
    asked.has(key) ? [] : [{ kind: 'move', id, key, move: 'correct' }],
  );
  const others = [...asked].flatMap(([key, finding]): readonly PlannedQuery[] => {
    const query = live.get(key);
    const was = earlier.get(key);
    const restsOnSame = was !== undefined && confirmationBasis(was) === confirmationBasis(finding);
    if (query === undefined) return accepted.has(key) && restsOnSame ? [] : [{ kind: 'open', finding }];
    if (query.state === 'open')
      return finding.status === 'confirmed' ? [{ kind: 'move', id: query.id, key, move: 'hold' }] : [];
    return finding.status === 'open' && !restsOnSame
      ? [{ kind: 'move', id: query.id, key, move: 'ask' }]
      : [];
  });
  return [...closing, ...others];
}

/** Whether there is nothing to plan: the same findings, one by one, as when the queries were last brought in line. */
export function isSameFindings(before: readonly Finding[], after: readonly Finding[]): boolean {
  return before.length === after.length && before.every((finding, position) => finding === after[position]);
}
