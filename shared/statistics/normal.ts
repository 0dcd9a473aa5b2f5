/**
 * The chance that a standard normal variable is at most z: R's pnorm(z), to 13 significant digits in both tails.
 *
 * Near 0 by the series of Marsaglia, J Stat Softw 2004;11(4); further out by the continued fraction of the upper tail
 * (Abramowitz and Stegun 26.2.14), because the series loses the digits of a small tail.
 */
export function normalProbability(z: number): number {
  if (Number.isNaN(z)) return Number.NaN;
  const distance = Math.abs(z);
  if (distance > seriesReach) return z < 0 ? upperTail(distance) : 1 - upperTail(distance);
  return 0.5 + density(z) * oddSeries(z);
}

const seriesReach = 2.5;
/** Steps of the continued fraction: enough for full precision from `seriesReach` on. */
const fractionSteps = 120;

function density(z: number): number {
  return Math.exp(-(z * z) / 2) / Math.sqrt(2 * Math.PI);
}

/** z + z³/3 + z⁵/(3·5) + z⁷/(3·5·7) + … */
function oddSeries(z: number): number {
  let term = z;
  let total = z;
  for (let odd = 3; Math.abs(term) > Number.EPSILON * Math.abs(total); odd += 2) {
    term *= (z * z) / odd;
    total += term;
  }
  return total;
}

/** density / (z + 1/(z + 2/(z + 3/(z + …)))) */
function upperTail(z: number): number {
  let below = z;
  for (let step = fractionSteps; step > 0; step -= 1) below = z + step / below;
  return density(z) / below;
}
