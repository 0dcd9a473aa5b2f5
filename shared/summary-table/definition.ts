/**
 * The schema of a study's summary tables: what the report counts, over whom, and how it is shown. Every expression is
 * asked once for each subject, as one of a check of `each: subject` is; a null is a missing value, never a "no".
 */
import { z } from 'zod';
import { Feel, Id, Text } from '../study-text.ts';

/** Subjects over whom a row is counted. Where the expression gives null, the subject is counted as missing. */
export const Population = z.strictObject({
  id: Id,
  name: Text,
  /** Only subjects of this population, which stands above it, can belong to it. */
  within: Id.optional(),
  expression: Feel,
  source: z.string().optional(),
});
export type Population = z.infer<typeof Population>;

const everyRow = {
  id: Id,
  label: Text,
  /** Id of a population of the table; absent means the table's own. */
  population: Id.optional(),
  source: z.string().min(1),
  /** True where the study document marks the rule as a convention or leaves its reading open: "to be approved by the principal investigator". */
  convention: z.boolean().optional(),
  /** What is not certain about the row, or how it is to be read; printed under the table. */
  note: Text.optional(),
};

const ofNumbers = {
  ...everyRow,
  /** A number. A censored one (">55") does not count as one. */
  value: Feel,
  /** UCUM code. */
  unit: z.string().optional(),
  /** Digits after the point of a mean, a median, an end of a range. */
  decimals: z.int().min(0).max(6).default(1),
  /** Digits of a standard deviation and of quartiles; absent means as many. */
  spreadDecimals: z.int().min(0).max(6).optional(),
};

/** How many subjects the population has. */
const Count = z.strictObject({ kind: z.literal('count'), ...everyRow });
/** How many of the subjects for whom the expression gives true or false have true. */
const CountPercent = z.strictObject({ kind: z.literal('count-percent'), ...everyRow, value: Feel });
/** The sum of a count that the expression gives for each subject: rows of a log, events. */
const Events = z.strictObject({ kind: z.literal('events'), ...everyRow, value: Feel });
const MeanSd = z.strictObject({ kind: z.literal('mean-sd'), ...ofNumbers });
const MedianQuartiles = z.strictObject({ kind: z.literal('median-quartiles'), ...ofNumbers });
const Range = z.strictObject({ kind: z.literal('range'), ...ofNumbers });
/** Two numbers of each subject: medians, the change, and Wilcoxon's signed-rank test. */
const { value: _value, ...ofPairs } = ofNumbers;
const PairedChange = z.strictObject({
  kind: z.literal('paired-change'),
  ...ofPairs,
  first: Feel,
  second: Feel,
});

export const SummaryRow = z.discriminatedUnion('kind', [
  Count,
  CountPercent,
  Events,
  MeanSd,
  MedianQuartiles,
  Range,
  PairedChange,
]);
export type SummaryRow = z.infer<typeof SummaryRow>;

export const SummaryTable = z.strictObject({
  id: Id,
  name: Text,
  source: z.string().optional(),
  populations: z.array(Population).min(1),
  /** The population of every row that names no other. */
  population: Id,
  sections: z.array(z.strictObject({ id: Id, name: Text, rows: z.array(SummaryRow).min(1) })).min(1),
});
export type SummaryTable = z.infer<typeof SummaryTable>;
