/** The numbers of one row and how they are written: percent without decimals, mean ± SD, median [Q1–Q3]. */
import { inBoth } from '../study-text.ts';
import type { Text } from '../study-text.ts';
import { mean, standardDeviation } from '../statistics/moments.ts';
import { proportion } from '../statistics/proportion.ts';
import { median, quartiles, range } from '../statistics/quantiles.ts';
import { signedRank, type SignedRank } from '../statistics/signed-rank.ts';
import { absent, localNumber, showChange, showP, showPercent, type Decimals } from './numbers.ts';
import { methodWords, shortOf } from './words.ts';

/** Not rounded. A number that could not be worked out is null. */
export type SummaryValues = Readonly<Record<string, number | string | null>>;

export interface Outcome {
  readonly values: SummaryValues;
  readonly text: Text;
  /** What the row can't give of so few values, and why; one sentence each. */
  readonly shortfalls: readonly Text[];
  /** The test that the p-value is from. */
  readonly method: Text | null;
}

const plain = { shortfalls: [], method: null } as const;

export function countSubjects(count: number): Outcome {
  return { ...plain, values: { count }, text: inBoth(() => String(count)) };
}

export function describeShare(answers: readonly boolean[]): Outcome {
  const { count, of, percent } = proportion(answers);
  return {
    ...plain,
    values: { count, of, percent },
    text:
      percent === null
        ? absent
        : inBoth((language) => `${String(count)}/${String(of)} (${showPercent(percent, language)})`),
    shortfalls: percent === null ? [shortOf('percentage', 1)] : [],
  };
}

export function countEvents(counts: readonly number[]): Outcome {
  const events = counts.reduce((sum, count) => sum + count, 0);
  const subjects = counts.filter((count) => count > 0).length;
  if (counts.length === 0)
    return {
      ...plain,
      values: { events: null, subjects: null },
      text: absent,
      shortfalls: [shortOf('count', 1)],
    };
  return {
    ...plain,
    values: { events, subjects },
    text: {
      en: `${String(events)} in ${String(subjects)}`,
      fr: `${String(events)} chez ${String(subjects)}`,
    },
  };
}

export function describeNumbers(
  kind: 'mean-sd' | 'median-quartiles' | 'range',
  numbers: readonly number[],
  decimals: Decimals,
): Outcome {
  const centre = mean(numbers);
  const sd = standardDeviation(numbers);
  const quarters = quartiles(numbers);
  const ends = range(numbers);
  // Of one number the quartiles would be that number: it would look like a spread of nothing.
  const spread = numbers.length < 2 ? null : quarters;
  const values = {
    mean: centre,
    sd,
    median: quarters?.median ?? null,
    q1: spread?.q1 ?? null,
    q3: spread?.q3 ?? null,
    min: ends?.min ?? null,
    max: ends?.max ?? null,
  };
  const shown = textOf(kind, values, decimals);
  return { ...plain, values, text: shown, shortfalls: shortfallsOf(kind, numbers.length) };
}

type NumberValues = Readonly<Record<'mean' | 'sd' | 'median' | 'q1' | 'q3' | 'min' | 'max', number | null>>;

function textOf(
  kind: 'mean-sd' | 'median-quartiles' | 'range',
  values: NumberValues,
  decimals: Decimals,
): Text {
  if (values.mean === null) return absent;
  const spreadDecimals = decimals.spreadDecimals ?? decimals.decimals;
  return inBoth((language) => {
    const main = (number: number | null): string => localNumber(number, decimals.decimals, language);
    const side = (number: number | null): string => localNumber(number, spreadDecimals, language);
    switch (kind) {
      case 'mean-sd':
        return `${main(values.mean)} ± ${side(values.sd)}`;
      case 'median-quartiles':
        return `${main(values.median)} [${values.q1 === null ? '' : side(values.q1)}–${values.q3 === null ? '' : side(values.q3)}]`;
      case 'range':
        return `${main(values.min)}–${main(values.max)}`;
    }
  });
}

function shortfallsOf(kind: 'mean-sd' | 'median-quartiles' | 'range', count: number): readonly Text[] {
  if (count >= 2) return [];
  if (count === 0) return [shortOf(kind === 'mean-sd' ? 'mean' : kind === 'range' ? 'range' : 'median', 1)];
  if (kind === 'mean-sd') return [shortOf('sd', 2)];
  return kind === 'median-quartiles' ? [shortOf('quartiles', 2)] : [];
}

/** `pairs`: before and after, one pair a subject. */
export function describePairs(pairs: readonly (readonly [number, number])[], decimals: Decimals): Outcome {
  const before = pairs.map(([first]) => first);
  const after = pairs.map(([, second]) => second);
  const percents = pairs.filter(([first]) => first > 0).map(([first, second]) => 100 * (second / first - 1));
  const test = signedRank(pairs.map(([first, second]) => ({ first, second })));
  const [beforeQuarters, afterQuarters] = [quartiles(before), quartiles(after)];
  const several = pairs.length >= 2;
  const values = {
    pairs: pairs.length,
    firstMedian: beforeQuarters?.median ?? null,
    firstQ1: several ? (beforeQuarters?.q1 ?? null) : null,
    firstQ3: several ? (beforeQuarters?.q3 ?? null) : null,
    secondMedian: afterQuarters?.median ?? null,
    secondQ1: several ? (afterQuarters?.q1 ?? null) : null,
    secondQ3: several ? (afterQuarters?.q3 ?? null) : null,
    differenceMedian: median(pairs.map(([first, second]) => second - first)),
    changePercentMedian: median(percents),
    falls: pairs.filter(([first, second]) => second < first).length,
    rises: pairs.filter(([first, second]) => second > first).length,
    statistic: test?.statistic ?? null,
    p: test?.p ?? null,
    method: test?.method ?? null,
  };
  return {
    values,
    text: pairs.length === 0 ? absent : pairText(values, decimals),
    shortfalls: pairShortfalls(pairs.length, test),
    method: test === null ? null : methodWords(test),
  };
}

function pairText(
  values: Readonly<Record<'firstMedian' | 'secondMedian' | 'changePercentMedian' | 'p', number | null>>,
  { decimals }: Decimals,
): Text {
  return inBoth((language) => {
    const medians = [values.firstMedian, values.secondMedian].map((one) =>
      localNumber(one, decimals, language),
    );
    const change =
      values.changePercentMedian === null ? '' : ` (${showChange(values.changePercentMedian, language)})`;
    return `${medians.join(' → ')}${change}${values.p === null ? '' : `, ${showP(values.p, language)}`}`;
  });
}

function pairShortfalls(count: number, test: SignedRank | null): readonly Text[] {
  if (count === 0) return [shortOf('pairs', 1)];
  if (test === null) return [noDifference];
  // Half of all signs of n pairs are on each side: no smaller p is possible.
  const least = 2 / 2 ** test.pairs;
  return least > 0.05 ? [tooFewToTest(test.pairs, least)] : [];
}

const noDifference: Text = {
  en: 'No test: no pair differs.',
  fr: 'Pas de test : aucune paire ne diffère.',
};

function tooFewToTest(pairs: number, least: number): Text {
  return {
    en: `With ${String(pairs)} ${pairs === 1 ? 'pair that differs' : 'pairs that differ'}, an exact p below ${localNumber(least, 3, 'en')} is not possible.`,
    fr: `Avec ${String(pairs)} ${pairs === 1 ? 'paire qui diffère' : 'paires qui diffèrent'}, un p exact inférieur à ${localNumber(least, 3, 'fr')} n’est pas possible.`,
  };
}
