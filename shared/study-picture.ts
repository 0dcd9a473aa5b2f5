/**
 * Pictures of a subject's course, as a definition says them: panels of values above bars of treatments, on one axis of
 * hours from an anchor. course-picture.ts fills them from a subject's answers.
 */
import { z } from 'zod';
import { Id, Text } from './study-text.ts';

/** Values joined by a line. Nothing else joins two values: two assays of one molecule are two series. */
export const PictureSeries = z.strictObject({
  label: Text,
  /** A number with a unit of its own, or a measurement with parts, which is drawn in the storage unit of `test`. */
  item: Id,
  /** Only rows with this code in the test item of the measurement. */
  test: Id.optional(),
  /** The yes-no item whose yes stands where a number could not be given ("normal, not quantified"); it is listed, not drawn. */
  instead: Id.optional(),
});
export type PictureSeries = z.infer<typeof PictureSeries>;

export const PicturePanel = z.strictObject({
  id: Id,
  label: Text,
  scale: z.enum(['linear', 'log']),
  /** Shown at least, so that the same height means the same in two children; values outside widen it. */
  range: z.strictObject({ from: z.number(), to: z.number() }).optional(),
  /** Two or more give a panel more height than its neighbours. */
  height: z.int().min(1).max(4).default(1),
  lines: z
    .array(
      z.strictObject({
        at: z.number(),
        label: Text,
        source: z.string().min(1),
        convention: z.boolean().optional(),
      }),
    )
    .default([]),
  series: z.array(PictureSeries).min(1),
});
export type PicturePanel = z.infer<typeof PicturePanel>;

/** Treatments: one bar for each row of a repeating group, from start to end, or a mark where there is no `end`. */
export const PictureBars = z.strictObject({
  id: Id,
  label: Text,
  group: Id,
  start: Id,
  end: Id.optional(),
  /** The yes-no item whose yes means that there is no end yet. */
  ongoing: Id.optional(),
  /** The choice that names what was given. */
  name: Id.optional(),
  /** How much; the first one is written at the bar. */
  amounts: z.array(Id).min(1),
  /** An answer here means that the planned treatment was not given. */
  notGiven: Id.optional(),
});
export type PictureBars = z.infer<typeof PictureBars>;

export const Picture = z.strictObject({
  id: Id,
  title: Text,
  anchor: Id,
  /** Stretches of time to look at, in hours from the anchor; the first is shown first, the whole course is always offered. */
  views: z.array(z.strictObject({ label: Text, from: z.number(), to: z.number() })).default([]),
  /** Ids of events whose windows are shaded. */
  windows: z.array(Id).default([]),
  panels: z.array(PicturePanel).min(1),
  bars: z.array(PictureBars).default([]),
  source: z.string().min(1),
  convention: z.boolean().optional(),
});
export type Picture = z.infer<typeof Picture>;
