import { describe, expect, it } from 'vitest';
import {
  decideMove,
  legalMoves,
  roleForMove,
  type PersonsMove,
  type QueryMove,
} from '#shared/query-moves.ts';
import {
  daysOpen,
  isOfApplication,
  queryStates,
  type QueryMessage,
  type QuerySeverity,
  type QueryState,
} from '#shared/query.ts';
import { roles, type Role } from '#shared/permissions.ts';

const asker = { hard: 'check', soft: 'check', person: null } as const;
type Asker = keyof typeof asker;

function outcome(by: Asker, state: QueryState, move: QueryMove, text: string | null): string {
  const severity: QuerySeverity | null = by === 'person' ? null : by;
  const decided = decideMove({ check: asker[by], severity, state }, move, text);
  return decided.ok
    ? `${decided.step.to}${decided.step.end === null ? '' : ` by ${decided.step.end}`}`
    : decided.fault;
}

describe('a move of a query', () => {
  it.each([
    ['soft', 'open', 'answer', 'answered'],
    ['soft', 'answered', 'answer', 'query-is-answered'],
    ['soft', 'open', 'reopen', 'query-is-open'],
    ['soft', 'answered', 'reopen', 'open'],
    ['soft', 'open', 'accept', 'closed by acceptance'],
    ['soft', 'answered', 'accept', 'closed by acceptance'],
    ['soft', 'open', 'correct', 'closed by correction'],
    ['soft', 'answered', 'correct', 'closed by correction'],
    ['soft', 'answered', 'ask', 'open'],
    ['soft', 'open', 'hold', 'answered'],
    ['hard', 'open', 'answer', 'answered'],
    ['hard', 'open', 'accept', 'query-of-hard-check'],
    ['hard', 'answered', 'accept', 'closed by acceptance'],
    ['hard', 'open', 'correct', 'closed by correction'],
    ['person', 'open', 'answer', 'answered'],
    ['person', 'open', 'accept', 'closed by acceptance'],
    ['person', 'open', 'correct', 'query-is-open'],
    ['person', 'answered', 'correct', 'query-is-answered'],
    ['person', 'answered', 'ask', 'query-is-answered'],
    ['person', 'open', 'hold', 'query-is-open'],
  ] as const)('of a %s asker, %s: %s → %s', (by, state, move, expected) => {
    expect(outcome(by, state, move, 'A text.')).toBe(expected);
  });

  it.each(['hard', 'soft', 'person'] as const)('is never made from a closed one (%s)', (by) => {
    for (const { move } of legalMoves) expect(outcome(by, 'closed', move, 'A text.')).toBe('query-is-closed');
  });

  it('needs a text where somebody has to be convinced, and never leaves an open query without one', () => {
    expect(outcome('soft', 'open', 'answer', ' ')).toBe('query-text-needed');
    expect(outcome('soft', 'answered', 'reopen', null)).toBe('query-text-needed');
    expect(outcome('soft', 'open', 'accept', null)).toBe('query-text-needed');
    expect(outcome('soft', 'answered', 'accept', null)).toBe('closed by acceptance');
  });

  it('has one row a move and state in the table', () => {
    const rows = legalMoves.map(({ move, from }) => `${move} ${from}`);
    expect(new Set(rows).size).toBe(rows.length);
    expect(legalMoves.every(({ from, to }) => from !== to && queryStates.includes(to))).toBe(true);
  });
});

describe('the right to move a query', () => {
  const mine: QueryMessage = {
    kind: 'opened',
    text: '?',
    user: 'anne',
    role: 'investigator',
    at: '',
    offsetMinutes: 0,
  };
  const who = (move: PersonsMove, check: string | null, user: string): readonly Role[] =>
    roles.filter((role) => roleForMove({ check, messages: [mine] }, move, { user, roles: [role] }) !== null);

  it('to answer is of those who enter', () => {
    expect(who('answer', null, 'anne')).toEqual(['coordinator', 'data-entry', 'investigator']);
  });
  it.each(['accept', 'reopen'] as const)(
    'to %s is of those who review, and of whoever asked by hand',
    (move) => {
      expect(who(move, 'c', 'anne')).toEqual(['monitor', 'data-manager']);
      expect(who(move, null, 'mallory')).toEqual(['monitor', 'data-manager']);
      expect(who(move, null, 'anne')).toEqual(['investigator', 'monitor', 'data-manager']);
    },
  );
  it('is used in the role that has it', () => {
    const both = { user: 'anne', roles: ['data-entry', 'monitor'] } as const;
    expect(roleForMove({ check: 'c', messages: [mine] }, 'accept', both)).toBe('monitor');
    expect(roleForMove({ check: 'c', messages: [mine] }, 'answer', both)).toBe('data-entry');
  });
});

describe('the days of a query', () => {
  const opened = { openedAt: '2024-03-01T12:00:00.000Z', changedAt: '2024-03-04T11:59:00.000Z' };
  it('are counted to its end, or to now', () => {
    expect(daysOpen({ ...opened, state: 'closed' }, Date.UTC(2024, 5, 1))).toBe(2);
    expect(daysOpen({ ...opened, state: 'answered' }, Date.UTC(2024, 2, 11, 12))).toBe(10);
  });
  it('are never less than none, though a clock went back', () => {
    expect(daysOpen({ ...opened, state: 'open' }, Date.UTC(2024, 1, 1))).toBe(0);
  });
});

describe('a message without a text', () => {
  const of = (kind: QueryMessage['kind']): QueryMessage => ({
    kind,
    text: null,
    user: 'a',
    role: 'b',
    at: '',
    offsetMinutes: 0,
  });
  it('is said by the application, but for an acceptance', () => {
    expect(isOfApplication({ check: 'c', closedBy: null }, of('opened'))).toBe(true);
    expect(isOfApplication({ check: 'c', closedBy: 'correction' }, of('closed'))).toBe(true);
    expect(isOfApplication({ check: 'c', closedBy: 'acceptance' }, of('closed'))).toBe(false);
    expect(isOfApplication({ check: null, closedBy: 'acceptance' }, of('closed'))).toBe(false);
  });
});
