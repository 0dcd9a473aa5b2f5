/**
 * Which moves a query can make, and who may make them: one table, read by the service before it writes and by the window
 * to offer no more than that.
 *
 *   move     from      to        by            text     not for
 *   answer   open      answered  a person      needed
 *   reopen   answered  open      a person      needed
 *   accept   answered  closed    a person      as liked
 *   accept   open      closed    a person      needed   a hard check: nobody takes a value that can't be
 *   correct  open      closed    application   none     a question of a person: only a person closes it
 *   correct  answered  closed    application   none     a question of a person
 *   ask      answered  open      application   none     a question of a person
 *   hold     open      answered  application   none     a question of a person
 *
 * correct: the finding is gone. ask: it rests on other values than when it was answered. hold: it was confirmed for
 * exactly the values that stand again.
 * A person answers with the verb queries.answer. Reopening and accepting take queries.close, or having opened the query
 * oneself.
 */
import { isAllowed, type Role, type Verb } from './permissions.ts';
import type { Query, QueryEnd, QueryMessageKind, QuerySeverity, QueryState } from './query.ts';

export type PersonsMove = 'answer' | 'reopen' | 'accept';
export type ApplicationsMove = 'correct' | 'ask' | 'hold';
export type QueryMove = PersonsMove | ApplicationsMove;

export interface LegalMove {
  readonly move: QueryMove;
  readonly from: QueryState;
  readonly to: QueryState;
  /** What it leaves in the thread. */
  readonly kind: Exclude<QueryMessageKind, 'opened'>;
  readonly end: QueryEnd | null;
  readonly text: 'needed' | 'as liked' | 'none';
  readonly notFor: QuerySeverity | 'person' | null;
}

export const legalMoves: readonly LegalMove[] = [
  step('answer', 'open', 'answered', 'answered', 'needed'),
  step('reopen', 'answered', 'open', 'reopened', 'needed'),
  step('accept', 'answered', 'closed', 'closed', 'as liked'),
  step('accept', 'open', 'closed', 'closed', 'needed', 'hard'),
  step('correct', 'open', 'closed', 'closed', 'none', 'person'),
  step('correct', 'answered', 'closed', 'closed', 'none', 'person'),
  step('ask', 'answered', 'open', 'reopened', 'none', 'person'),
  step('hold', 'open', 'answered', 'answered', 'none', 'person'),
];

export type MoveFault =
  'query-is-closed' | 'query-is-open' | 'query-is-answered' | 'query-of-hard-check' | 'query-text-needed';
export type MoveDecision =
  { readonly ok: true; readonly step: LegalMove } | { readonly ok: false; readonly fault: MoveFault };

export function decideMove(
  query: Pick<Query, 'state' | 'check' | 'severity'>,
  move: QueryMove,
  text: string | null,
): MoveDecision {
  const legal = legalMoves.find((known) => known.move === move && known.from === query.state);
  if (legal === undefined) return { ok: false, fault: `query-is-${query.state}` };
  if (legal.notFor !== null && legal.notFor === (query.severity ?? 'person'))
    return {
      ok: false,
      fault: query.severity === 'hard' ? 'query-of-hard-check' : `query-is-${query.state}`,
    };
  if (legal.text === 'needed' && (text ?? '').trim() === '') return { ok: false, fault: 'query-text-needed' };
  return { ok: true, step: legal };
}

/** The role in which a person may make the move; null when none of the roles, nor having asked, allows it. */
export function roleForMove(
  query: Pick<Query, 'messages' | 'check'>,
  move: PersonsMove,
  person: { readonly user: string; readonly roles: readonly Role[] },
): Role | null {
  const verb: Verb = move === 'answer' ? 'queries.answer' : 'queries.close';
  const role = person.roles.find((granted) => isAllowed(granted, verb));
  if (role !== undefined || move === 'answer') return role ?? null;
  const isOwn = query.check === null && query.messages[0]?.user === person.user;
  return isOwn ? (person.roles.find((granted) => isAllowed(granted, 'queries.open')) ?? null) : null;
}

function step(
  move: QueryMove,
  from: QueryState,
  to: QueryState,
  kind: LegalMove['kind'],
  text: LegalMove['text'],
  notFor: LegalMove['notFor'] = null,
): LegalMove {
  const end = to !== 'closed' ? null : move === 'correct' ? 'correction' : 'acceptance';
  return { move, from, to, kind, end, text, notFor };
}
