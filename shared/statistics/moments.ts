/**
 * Mean and spread of a sample. Numbers come in one unit and the results are in it; nothing is rounded.
 * None of these throws: what can't be told of so few numbers is null.
 */

/**
 * Arithmetic mean; null of no number. As R's mean(): a second pass takes the rounding of the first one back.
 */
export function mean(numbers: readonly number[]): number | null {
  if (numbers.length === 0) return null;
  const first = sum(numbers) / numbers.length;
  return first + sum(numbers.map((number) => number - first)) / numbers.length;
}

/**
 * Standard deviation of a sample, the sum of squares divided by n − 1, as R's sd(); null of fewer than two numbers.
 */
export function standardDeviation(numbers: readonly number[]): number | null {
  const centre = mean(numbers);
  if (centre === null || numbers.length < 2) return null;
  return Math.sqrt(sum(numbers.map((number) => (number - centre) ** 2)) / (numbers.length - 1));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
