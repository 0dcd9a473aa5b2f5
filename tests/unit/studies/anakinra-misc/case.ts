/** A fact about one check, as data: what it says of a child, and why that child was chosen. */
import type { Given } from '../scenario.ts';

export interface Case {
  readonly check: string;
  /**
   * fires: a finding somewhere. silent: none, and the rule is told to hold somewhere.
   * undecided: none, because what it would take is not known: the condition itself gives null, not false.
   */
  readonly expect: 'fires' | 'silent' | 'undecided';
  /** Undecided at this one of the rows that are asked (from 1), the others being decided; null: at all of them. */
  readonly nth: number | null;
  readonly because: string;
  readonly given: Given;
  /** A part of the English message, where the words matter. */
  readonly says: string | null;
}

export function fires(check: string, because: string, given: Given, says: string | null = null): Case {
  return { check, expect: 'fires', nth: null, because, given, says };
}

export function silent(check: string, because: string, given: Given): Case {
  return { check, expect: 'silent', nth: null, because, given, says: null };
}

export function undecided(check: string, because: string, given: Given, nth: number | null = null): Case {
  return { check, expect: 'undecided', nth, because, given, says: null };
}
