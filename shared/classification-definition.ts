/**
 * The schema of a classification: a published definition (of a case, a syndrome, a grade) or a score, written as data,
 * so that its result and the reasons for it fall out of one structure.
 *
 *   criteria   met, not met or not evaluable: a case definition
 *   grades     the first of ordered alternatives, the worst of them first: a grade, a class, a band
 *   value      a number: a score
 *
 * What the three-valued combinations mean: classifications.ts.
 */
import { z } from 'zod';
import { Feel, Id, Text } from './study-text.ts';

/**
 * Exactly one of `holds`, `all`, `any` and `of`:
 *
 *   holds          a FEEL expression: true is met, false is not met, null is not evaluable
 *   all, any       every one, or at least one, of these
 *   atLeast + of   at least so many of these
 */
export const Criterion = z.strictObject({
  label: Text,
  holds: Feel.optional(),
  get all() {
    return z.array(Criterion).min(1).optional();
  },
  get any() {
    return z.array(Criterion).min(1).optional();
  },
  atLeast: z.int().min(1).optional(),
  get of() {
    return z.array(Criterion).min(1).optional();
  },
  /** What it does not decide, or how it is read where its source leaves that open. */
  note: Text.optional(),
  source: z.string().optional(),
  /** The reading is a convention that the principal investigator has yet to approve. */
  convention: z.boolean().optional(),
});
export type Criterion = z.infer<typeof Criterion>;

export const Classification = z.strictObject({
  id: Id,
  name: Text,
  /** Definitions of one family stand side by side. */
  family: Text,
  /** Edition of what is cited, as its source names it: "2020", "5.0". */
  edition: z.string().min(1),
  /** +1 with each change of what is written here. */
  version: z.int().min(1).default(1),
  source: z.string().min(1),
  convention: z.boolean().optional(),
  note: Text.optional(),
  /** subject: once for a subject; form: for each instance of `form`; row: for each row of `group`. */
  each: z.enum(['subject', 'form', 'row']).default('subject'),
  form: Id.optional(),
  group: Id.optional(),
  /** FEEL; only where it is true is there anything to classify. */
  where: Feel.optional(),
  /** Names for use in the expressions of this classification. A later one may use an earlier one. */
  let: z.array(z.strictObject({ name: Id, is: Feel })).default([]),
  criteria: Criterion.optional(),
  /** Codes are those of `codeList`, which gives their names. */
  grades: z
    .array(z.strictObject({ code: z.string().min(1), criterion: Criterion }))
    .min(1)
    .optional(),
  codeList: Id.optional(),
  /** The code where no grade fits; without it, nothing does. */
  otherwise: z.string().min(1).optional(),
  value: Feel.optional(),
  /** Of a value: UCUM code and digits after the point. */
  unit: z.string().optional(),
  decimals: z.int().min(0).max(6).optional(),
});
export type Classification = z.infer<typeof Classification>;
