/** Who may enter a form a second time, and from when on. */

export interface EligibilityFacts {
  /** Everybody who typed a value of the form, with the moment of the newest: UTC milliseconds. */
  readonly firstTypists: ReadonlyMap<string, number>;
  /** Everybody at the site whose account and role allow a second entry now. */
  readonly typists: readonly string[];
  readonly selfAfterDays: number;
}

/**
 * now: this person did not type the form. self: did, and nobody else can enter it; from the moment on, when the days since the
 * newest value have passed. other-person: did, and somebody else can.
 */
export type Eligibility =
  | { readonly kind: 'now' }
  | { readonly kind: 'self'; readonly from: number }
  | { readonly kind: 'other-person' };

const dayMs = 86_400_000;

export function eligibilityOf(
  user: string,
  { firstTypists, typists, selfAfterDays }: EligibilityFacts,
): Eligibility {
  const typedAt = firstTypists.get(user);
  if (typedAt === undefined) return { kind: 'now' };
  if (typists.some((other) => !firstTypists.has(other))) return { kind: 'other-person' };
  return { kind: 'self', from: typedAt + selfAfterDays * dayMs };
}
