/** A question about one item, asked by a check or by a person, and what was said until it was closed. */
import type { ValuePlace } from './record.ts';
import type { Severity } from './study.ts';

export type QueryState = 'open' | 'answered' | 'closed';

export interface QueryMessage {
  readonly kind: 'opened' | 'answered' | 'reopened' | 'closed';
  /** null where a check speaks: its words come from the study. */
  readonly text: string | null;
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
  readonly severity: Exclude<Severity, 'information'> | null;
  readonly state: QueryState;
  readonly closedBy: 'correction' | 'acceptance' | null;
  /** UTC, ISO 8601 with milliseconds. */
  readonly openedAt: string;
  readonly changedAt: string;
  /** Oldest first; the first is how it was opened. */
  readonly messages: readonly QueryMessage[];
}
