/** Everything that a row's values say, by name: what the one text of the row has no room for. */
import { assertNever } from '../assert-never.ts';
import type { Language, Text } from '../study-text.ts';
import { showNumber } from '../study-scope/shown-value.ts';
import type { SummaryRowResult } from '../summary-table.ts';
import { showP } from './numbers.ts';

export type Fact = readonly [name: string, value: string];

const names = {
  mean: { en: 'Mean ± SD', fr: 'Moyenne ± écart-type' },
  median: { en: 'Median [Q1–Q3]', fr: 'Médiane [Q1–Q3]' },
  range: { en: 'Range', fr: 'Étendue' },
  before: { en: 'Before, median [Q1–Q3]', fr: 'Avant, médiane [Q1–Q3]' },
  after: { en: 'After, median [Q1–Q3]', fr: 'Après, médiane [Q1–Q3]' },
  difference: { en: 'Median difference', fr: 'Différence médiane' },
  direction: { en: 'Fell, rose', fr: 'En baisse, en hausse' },
  test: { en: 'Signed-rank test', fr: 'Test des rangs signés' },
} as const satisfies Record<string, Text>;

export function factsOf({ kind, values }: SummaryRowResult, language: Language): readonly Fact[] {
  const number = (key: string): string => {
    const value = values[key];
    return typeof value === 'number' ? showNumber(value, language) : '–';
  };
  const known = (key: string, name: Text, value: () => string): readonly Fact[] =>
    typeof values[key] === 'number' ? [[name[language], value()]] : [];
  const quarters = (middle: string, q1: string, q3: string) => (): string =>
    `${number(middle)} [${number(q1)}–${number(q3)}]`;
  switch (kind) {
    case 'count':
    case 'count-percent':
    case 'events':
      return [];
    case 'mean-sd':
    case 'median-quartiles':
    case 'range':
      return [
        ...known('mean', names.mean, () => `${number('mean')} ± ${number('sd')}`),
        ...known('median', names.median, quarters('median', 'q1', 'q3')),
        ...known('min', names.range, () => `${number('min')}–${number('max')}`),
      ];
    case 'paired-change':
      return [
        ...known('firstMedian', names.before, quarters('firstMedian', 'firstQ1', 'firstQ3')),
        ...known('secondMedian', names.after, quarters('secondMedian', 'secondQ1', 'secondQ3')),
        ...known('differenceMedian', names.difference, () => number('differenceMedian')),
        ...known('falls', names.direction, () => `${number('falls')}, ${number('rises')}`),
        ...known('p', names.test, () => {
          const p = values['p'];
          return `V = ${number('statistic')}, ${typeof p === 'number' ? showP(p, language) : ''}`;
        }),
      ];
    default:
      return assertNever(kind);
  }
}
