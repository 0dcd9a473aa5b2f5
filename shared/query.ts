/** A question about one item, asked by a check or by a person, and what was said until it was closed. */
import type { ValuePlace } from './record.ts';
import type { Severity, Text } from './study.ts';

export const queryStates = ['open', 'answered', 'closed'] as const;
export type QueryState = (typeof queryStates)[number];
/** correction: the finding of its check is gone. acceptance: a person took the answer, or the value as it stands. */
export type QueryEnd = 'correction' | 'acceptance';
export type QuerySeverity = Exclude<Severity, 'information'>;
export type QueryMessageKind = 'opened' | 'answered' | 'reopened' | 'closed';

export interface QueryMessage {
  readonly kind: QueryMessageKind;
  /** null: said by the application, or an acceptance without a word. */
  readonly text: string | null;
  /** Who wrote it; where the application speaks, whose save it was. */
  readonly user: string;
  readonly role: string;
  /** UTC, ISO 8601 with milliseconds. */
  readonly at: string;
  readonly offsetMinutes: number;
}

export interface Query extends ValuePlace {
  readonly id: number;
  readonly subject: string;
  /** null: asked by a person. */
  readonly check: string | null;
  readonly checkVersion: number | null;
  readonly severity: QuerySeverity | null;
  /** What the check said when it fired. */
  readonly message: Text | null;
  readonly state: QueryState;
  readonly closedBy: QueryEnd | null;
  /** UTC, ISO 8601 with milliseconds. */
  readonly openedAt: string;
  readonly changedAt: string;
  /** Oldest first; the first is how it was opened. */
  readonly messages: readonly QueryMessage[];
}

const dayMs = 86_400_000;

/** Whole days from its opening to its end, or to `now` (UTC milliseconds) while it has none. */
export function daysOpen(
  { state, openedAt, changedAt }: Pick<Query, 'state' | 'openedAt' | 'changedAt'>,
  now: number,
): number {
  const until = state === 'closed' ? Date.parse(changedAt) : now;
  return Math.max(0, Math.floor((until - Date.parse(openedAt)) / dayMs));
}

/** The words of a message that nobody typed. Everything else has a text. */
export function isOfApplication(query: Pick<Query, 'check' | 'closedBy'>, message: QueryMessage): boolean {
  if (message.text !== null || query.check === null) return false;
  return message.kind !== 'closed' || query.closedBy === 'correction';
}
