/**
 * A 95 % confidence interval for a share, by Wilson's score method (J Am Stat Assoc 1927;22:209-212): R's
 * prop.test(count, of, correct = FALSE). It keeps its coverage for the few errors in many fields that double entry
 * finds, where the usual p ± 1.96 se gives an interval of nothing.
 */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** R's qnorm(0.975). */
const z = 1.959963984540054;

/** Shares from 0 to 1; null for a share of nothing. */
export function wilsonInterval(count: number, of: number): Interval | null {
  if (of <= 0) return null;
  const share = count / of;
  const spread = (z * z) / of;
  const centre = share + spread / 2;
  const reach = z * Math.sqrt((share * (1 - share)) / of + spread / (4 * of));
  // At the ends the formula gives exactly 0 and 1, but for rounding.
  return {
    low: count === 0 ? 0 : Math.max(0, (centre - reach) / (1 + spread)),
    high: count === of ? 1 : Math.min(1, (centre + reach) / (1 + spread)),
  };
}
