/** Every function against R, on data sets whose results of R are kept, and on others where R is installed. */
import { describe, expect, it, test } from 'vitest';
import { mean, standardDeviation } from '#shared/statistics/moments.ts';
import { normalProbability } from '#shared/statistics/normal.ts';
import { proportion } from '#shared/statistics/proportion.ts';
import { median, quantile, quartiles, range } from '#shared/statistics/quantiles.ts';
import { signedRank } from '#shared/statistics/signed-rank.ts';
import { wilsonInterval } from '#shared/statistics/wilson.ts';
import { askR, askRNormal, askRWilson, hasR, keptSets, type RResult } from './r.ts';

const tenths = Array.from({ length: 11 }, (_, tenth) => tenth / 10);

/** Everything that R was asked for, in the shape in which it answers. */
function ours(first: readonly number[], second: readonly number[]): unknown {
  const pairs = first.map((own, position) => ({ first: own, second: second[position] ?? Number.NaN }));
  const { q1, median: middle, q3 } = quartiles(first) ?? {};
  const { min, max } = range(first) ?? {};
  const { statistic, p, method } = signedRank(pairs) ?? {};
  return {
    mean: mean(first),
    sd: standardDeviation(first),
    median: median(first),
    quartiles: [q1, middle, q3],
    deciles: tenths.map((share) => quantile(first, share)),
    range: [min, max],
    statistic,
    p,
    method,
  };
}

/** Equal to twelve significant digits, names and null to the letter. */
function near(expected: RResult): unknown {
  const close = (number: number): unknown => {
    const magnitude = number === 0 ? 0 : Math.floor(Math.log10(Math.abs(number)));
    return expect.closeTo(number, 12 - magnitude) as unknown;
  };
  return Object.fromEntries(
    Object.entries(expected).map(([name, value]) => [
      name,
      typeof value === 'number' ? close(value) : Array.isArray(value) ? value.map(close) : value,
    ]),
  );
}

describe('what R gave', () => {
  test.each(keptSets.map((set) => [set.name, set] as const))('for %s', (_, { first, second, r }) => {
    expect(ours(first, second)).toEqual(near(r));
  });
});

describe.skipIf(!hasR)('what R gives now', () => {
  test.each(keptSets.map((set) => [set.name, set] as const))('for %s', (_, { first, second, r }) => {
    expect(askR(first, second)).toEqual(near(r));
  });

  // A linear congruential generator: the same numbers everywhere.
  function* numbers(seed: number): Generator<number, never> {
    for (let state = seed; ;) {
      state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
      yield state / 2 ** 32;
    }
  }
  test.each([2, 3, 5, 8, 13, 21, 34, 48, 55, 89])('for %i pairs of whole numbers, with ties', (count) => {
    const draw = numbers(count);
    const pick = (): number => Math.floor(draw.next().value * 40);
    const [first, second] = [Array.from({ length: count }, pick), Array.from({ length: count }, pick)];
    expect(ours(first, second)).toEqual(near(askR(first, second)));
  });
  test.each([4, 9, 18, 33, 49, 50, 120])('for %i pairs without ties', (count) => {
    const draw = numbers(1000 + count);
    const pick = (): number => draw.next().value * 500;
    const [first, second] = [Array.from({ length: count }, pick), Array.from({ length: count }, pick)];
    expect(ours(first, second)).toEqual(near(askR(first, second)));
  });
  it('for the normal distribution from one tail to the other', () => {
    const zs = Array.from({ length: 161 }, (_, step) => (step - 80) / 10);
    const r = askRNormal(zs);
    zs.forEach((z, position) => {
      const expected = r[position] ?? Number.NaN;
      expect(Math.abs(normalProbability(z) / expected - 1), `pnorm(${String(z)})`).toBeLessThan(1e-12);
    });
  });
});

describe('too few numbers', () => {
  it('none has no mean', () => expect(mean([])).toBeNull());
  it('one has no standard deviation', () => expect(standardDeviation([3])).toBeNull());
  it('two have one', () => expect(standardDeviation([1, 3])).toBeCloseTo(Math.SQRT2, 15));
  it('none has no median', () => expect(median([])).toBeNull());
  it('none has no quartiles', () => expect(quartiles([])).toBeNull());
  it('none has no range', () => expect(range([])).toBeNull());
  it('one is its own quartiles', () => expect(quartiles([7])).toEqual({ q1: 7, median: 7, q3: 7 }));
  it('none has no test', () => expect(signedRank([])).toBeNull());
  it('pairs that don’t differ have no test', () => expect(signedRank([{ first: 2, second: 2 }])).toBeNull());
});

describe('a share', () => {
  it('outside 0 to 1 has no quantile', () =>
    expect([quantile([1, 2], 1.1), quantile([1, 2], -0.1)]).toEqual([null, null]));
  it('of nothing is no percentage', () => expect(proportion([])).toEqual({ count: 0, of: 0, percent: null }));
  it('of 18 is one of 18', () =>
    expect(proportion([true, ...Array<boolean>(17).fill(false)])).toEqual({
      count: 1,
      of: 18,
      percent: 100 / 18,
    }));
});

describe('the signed-rank test', () => {
  const pairs = (...differences: readonly number[]) =>
    differences.map((difference) => ({ first: 100 + difference, second: 100 }));

  it('says how many pairs it left out because they don’t differ', () =>
    expect(signedRank(pairs(1, 2, 0, 3, 0))).toMatchObject({ pairs: 3, zeros: 2, method: 'normal' }));
  it('is exact for five that all fall: 2/32', () => expect(signedRank(pairs(1, 2, 3, 4, 5))?.p).toBe(0.0625));
  it('is never above 1', () => expect(signedRank(pairs(1, -2, 3, -4, 2.5, -0.5))?.p).toBeLessThanOrEqual(1));
  it('gives the same whichever way round', () =>
    expect(signedRank(pairs(1, 2, 3, -4, 5, 7))?.p).toBe(signedRank(pairs(-1, -2, -3, 4, -5, -7))?.p));
  it('does not order the numbers that it is given', () => {
    const given = Object.freeze([3, 1, 2]);
    expect(quartiles(given)?.median).toBe(2);
    expect(given).toEqual([3, 1, 2]);
  });
});

describe("Wilson's interval of a share", () => {
  it('of nothing is none', () => {
    expect(wilsonInterval(0, 0)).toBeNull();
  });

  // prop.test(count, of, correct = FALSE) of R 4
  it.each([
    [0, 200, 0, 0.0188453263772666],
    [3, 400, 0.00255388919524994, 0.0218157207240321],
    [7, 12, 0.31951131254955, 0.806739686341243],
    [50, 50, 0.928652400866641, 1],
  ])('of %d in %d is that of R', (count, of, low, high) => {
    const found = wilsonInterval(count, of);
    expect(found?.low).toBeCloseTo(low, 12);
    expect(found?.high).toBeCloseTo(high, 12);
  });

  test.runIf(hasR)('is that of R for every count of some wholes', () => {
    const shares = [1, 2, 5, 17, 120].flatMap((of) =>
      Array.from({ length: of + 1 }, (_, count) => [count, of] as const),
    );
    askRWilson(shares).forEach(([low, high], position) => {
      const [count, of] = shares[position] ?? [0, 1];
      expect(wilsonInterval(count, of)?.low).toBeCloseTo(low, 10);
      expect(wilsonInterval(count, of)?.high).toBeCloseTo(high, 10);
    });
  });
});
