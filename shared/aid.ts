/**
 * What helps a person while a value is typed. Part of a study definition, like a check: an aid computes and names,
 * it never refuses and never fills in.
 */
import { z } from 'zod';
import { Feel, Id, Text } from './study-text.ts';

/** An expression that has to have a value, and what is said where it has none: "no weight before this dose". */
const Need = z.strictObject({ value: Feel, absent: Text });

const Shown = z.strictObject({
  /** A calculated item by its id, which brings label, unit, digits and limits along; or any expression. */
  value: Feel,
  label: Text.optional(),
  unit: z.string().optional(),
  decimals: z.int().min(0).max(6).optional(),
  /** Said where it can't be told though no need is lacking: "a course has no end". */
  absent: Text.optional(),
  source: z.string().optional(),
  convention: z.boolean().optional(),
});

export const Aid = z.strictObject({
  /** The typed item beside which it is shown. Expressions are read where that item stands. */
  item: Id,
  shows: z.array(Shown).default([]),
  /** Asked in this order; the first that has no value says why nothing is evaluable. */
  needs: z.array(Need).default([]),
  /** The recorded value that the shown ones rest on, named with its date and event (the weight in force). */
  basis: Need.optional(),
  /**
   * While the field is empty, the answer of the last row in which these items are answered alike is offered
   * (the limits of a test as the same laboratory gave them before).
   */
  carried: z.strictObject({ same: z.array(Id).min(1) }).optional(),
  source: z.string().min(1),
});
export type Aid = z.infer<typeof Aid>;
