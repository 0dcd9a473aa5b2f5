/**
 * The schema of a study definition, and the types that the whole application infers from it.
 *
 * A definition is data: it is written in YAML under shared/studies/<study>/, checked when it is installed
 * (study-faults.ts) and stored, as the JSON of this schema, in every site's database. Terms are those of
 * CDISC ODM (StudyEvent, Form, ItemGroup, Item, CodeList); units are UCUM codes; expressions are FEEL (OMG DMN).
 */
import { z } from 'zod';
import { Aid } from './aid.ts';
import { Classification } from './classification-definition.ts';
import { Coding } from './study-coding.ts';
import { Picture } from './study-picture.ts';
import { Feel, Id, Text } from './study-text.ts';
import { SummaryTable } from './summary-table/definition.ts';

export { Text, type Language } from './study-text.ts';

/**
 * A limit on a value in its own unit; both ends belong to the allowed range.
 * `check` names the study's check that reports a value outside, in better words than the item's own finding, which then stays silent.
 */
export const Bounds = z.strictObject({
  min: z.number().optional(),
  max: z.number().optional(),
  check: Id.optional(),
});
export type Bounds = z.infer<typeof Bounds>;

export const CodeList = z.strictObject({
  id: Id,
  name: Text,
  codes: z
    .array(
      z.strictObject({
        code: z.string().min(1),
        label: Text,
        /** In a multiple choice, this code allows no other beside it ("none", "well tolerated"). */
        exclusive: z.boolean().optional(),
        /** "Other": as a reason for a change it needs own words beside it. */
        specify: z.boolean().optional(),
        external: z.strictObject({ system: z.string(), code: z.string() }).optional(),
      }),
    )
    .min(1),
});
export type CodeList = z.infer<typeof CodeList>;

export const ItemType = z.enum([
  'integer',
  'decimal',
  'text',
  'date',
  'date-time',
  'year-month',
  'partial-date',
  'yes-no',
  'yes-no-unknown',
  'single-choice',
  'multiple-choice',
  /** relation + number: ">55" */
  'comparator',
  /** relation + number + unit: ">35000 ng/L" */
  'measurement',
  'calculated',
]);
export type ItemType = z.infer<typeof ItemType>;

/** What a calculated item holds. */
export const ResultType = z.enum([
  'integer',
  'decimal',
  'text',
  'date',
  'date-time',
  'yes-no',
  'single-choice',
]);

export const Item = z.strictObject({
  id: Id,
  label: Text,
  type: ItemType,
  /** Digits after the point for decimal, comparator, measurement and calculated decimals. */
  decimals: z.int().min(0).max(6).optional(),
  /** Digits that may be typed where a check tells what more than `decimals` of them mean ("0.395" for 39.5 %). */
  readableDecimals: z.int().min(0).max(6).optional(),
  /** UCUM code of the unit in which the number is typed; for a measurement, the default unit. */
  unit: z.string().optional(),
  /** For single-choice, multiple-choice, and a calculated single-choice; yes-no types bring their own. */
  codeList: Id.optional(),
  /** For text: the whole value must match. */
  pattern: z.string().optional(),
  maxLength: z.int().min(1).max(32767).optional(),
  hard: Bounds.optional(),
  soft: Bounds.optional(),
  /** Events at which the soft bounds, its own or its analyte's, are those of the value; absent means at all. */
  softAt: z.array(Id).min(1).optional(),
  /** "always", or a FEEL expression; absent means never. */
  required: z.union([z.literal('always'), Feel]).optional(),
  /** FEEL expression; the item is asked only when it is true. Absent means always. */
  shown: Feel.optional(),
  /** For calculated items: how it is derived. */
  expression: Feel.optional(),
  result: ResultType.optional(),
  /**
   * A measurement whose relation, unit, test and qualifier are items of the same row (a laboratory row).
   * What is typed as ">35000 ng/L" is spread over these items; the analyte of `test` gives factors and bounds.
   */
  parts: z.strictObject({ relation: Id, unit: Id, test: Id, qualifier: Id.optional() }).optional(),
  help: Text.optional(),
  /** Where the item, its bounds or its formula come from. */
  source: z.string().optional(),
  /** True where the study document marks bounds or formula as a convention; shown as "to be approved by the principal investigator". */
  convention: z.boolean().optional(),
  /** An item that could identify a person. */
  identifier: z.boolean().optional(),
  /** Filled by the application, never typed: the site code, the subject number, or what a signature leaves. */
  system: z.enum(['site', 'subject', 'signed-by', 'signed-at', 'signed-scope']).optional(),
  /** CDASH or SDTM target variable, where the definition names one. */
  target: z.string().optional(),
});
export type Item = z.infer<typeof Item>;

export const ItemGroup = z.strictObject({
  id: Id,
  name: Text,
  repeating: z.boolean().default(false),
  /** Repeating groups: a table that is walked like a spreadsheet, or one record under the other. */
  layout: z.enum(['table', 'record']).default('record'),
  /** The date item that dates the group, and orders the rows of a repeating one in time. */
  time: Id.optional(),
  /** Its dates are of what happened outside the visit (an earlier infection, an MRI): they don't say when the visit was held. */
  outsideVisit: z.boolean().optional(),
  /** FEEL; the whole group is asked only when it is true (over non-repeating items of the form). */
  shown: Feel.optional(),
  /** That condition in words, said where nothing of the form is asked. */
  whenShown: Text.optional(),
  /** Repeating groups: the items that tell one row from another when two entries of the form are compared. */
  key: z.array(Id).min(1).optional(),
  items: z.array(Item).min(1),
});
export type ItemGroup = z.infer<typeof ItemGroup>;

export const Form = z.strictObject({
  id: Id,
  name: Text,
  source: z.string().optional(),
  groups: z.array(ItemGroup).min(1),
});
export type Form = z.infer<typeof Form>;

/** A moment of the subject's course from which windows are counted. The expression gives a date or date-time. */
export const Anchor = z.strictObject({ id: Id, name: Text, expression: Feel });

export const StudyEvent = z.strictObject({
  id: Id,
  name: Text,
  kind: z.enum(['scheduled', 'unscheduled', 'log']).default('scheduled'),
  anchor: Id.optional(),
  /**
   * Offsets from the anchor. In hours they are counted to the minute; in days they are calendar days.
   * For a repeating event they are those of its first instance; each further one is a day later.
   */
  window: z
    .strictObject({ unit: z.enum(['hours', 'days']), target: z.number(), from: z.number(), to: z.number() })
    .optional(),
  /** "D" with 1…41 gives D1, D2 … D41; a number in `except` belongs to an event of its own. */
  repeating: z
    .strictObject({ first: z.int().min(1), last: z.int().max(999), except: z.array(z.int()).default([]) })
    .optional(),
  convention: z.boolean().optional(),
  source: z.string().optional(),
});
export type StudyEvent = z.infer<typeof StudyEvent>;

/** One laboratory test: its storage unit, the other units it may be reported in, and its limits in the storage unit. */
export const Analyte = z.strictObject({
  id: Id,
  label: Text,
  unit: z.string(),
  units: z.array(
    z.strictObject({
      unit: z.string(),
      /** standard = factor × reported (rounded to significant digits, never compared raw). */
      factor: z.number().positive(),
      /** The factor holds only with this code in the qualifier item (FEU or DDU of D-dimer). */
      qualifier: z.string().optional(),
      approximate: z.boolean().optional(),
    }),
  ),
  /** The qualifier item must be answered. */
  qualified: z.boolean().optional(),
  hard: Bounds.optional(),
  soft: Bounds.optional(),
  /** Local reference limits are needed to grade this test. */
  limitsNeeded: z.boolean().optional(),
  /** Known assay ceilings in the storage unit: a value equal to one of them wants a relation. */
  ceilings: z.array(z.number()).default([]),
  loinc: z
    .array(z.strictObject({ code: z.string(), confirmed: z.boolean(), note: z.string().optional() }))
    .default([]),
  convention: z.boolean().optional(),
  source: z.string().optional(),
});
export type Analyte = z.infer<typeof Analyte>;

/** Growth reference by the LMS method; ages in months or days, sorted within each sex. */
export const LmsTable = z.strictObject({
  id: Id,
  age: z.enum(['months', 'days']),
  unit: z.string(),
  source: z.string(),
  /** sex code → rows of [age, L, M, S] */
  rows: z.record(z.string(), z.array(z.tuple([z.number(), z.number(), z.number(), z.number()]))),
});
export type LmsTable = z.infer<typeof LmsTable>;

/** Bands over a number (age in years): from ≤ x < below. */
export const Lookup = z.strictObject({
  id: Id,
  key: Text,
  source: z.string(),
  convention: z.boolean().optional(),
  rows: z
    .array(z.strictObject({ from: z.number(), below: z.number(), values: z.record(Id, z.number()) }))
    .min(1),
});
export type Lookup = z.infer<typeof Lookup>;

export const Phase = z.enum(['entry', 'complete', 'second-entry', 'import', 'batch']);
export type Phase = z.infer<typeof Phase>;
export const Severity = z.enum(['hard', 'soft', 'information']);
export type Severity = z.infer<typeof Severity>;

export const Check = z.strictObject({
  id: Id,
  version: z.int().min(1).default(1),
  severity: Severity,
  phases: z.array(Phase).default(['entry', 'complete', 'second-entry', 'import', 'batch']),
  /**
   * row: once for each row of `group`; form: once for each instance of `form`; subject: once for a subject, shown at `items[0]`;
   * value: once for each value whose item has one of the types in `of`; the expression sees it as `value`.
   */
  each: z.enum(['row', 'form', 'subject', 'value']),
  form: Id.optional(),
  group: Id.optional(),
  of: z.array(ItemType).optional(),
  except: z.array(Id).optional(),
  /** Only in instances of these events (ids of StudyEvent); absent means all. */
  events: z.array(Id).optional(),
  /** The items concerned; the finding is shown at the first. Not for `each: value`. */
  items: z.array(Id).default([]),
  /** True: a finding. False: none. null: not evaluable, no finding. */
  fires: Feel,
  /** {expression} is replaced by its value as a person reads it, with its unit. */
  message: Text,
  /** The rule in words. */
  rule: Text,
  source: z.string().min(1),
  convention: z.boolean().optional(),
});
export type Check = z.infer<typeof Check>;

export const Study = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]{1,39}$/),
  version: z.string().regex(/^\d+\.\d+\.\d+$/),
  name: Text,
  title: Text,
  languages: z.array(z.enum(['en', 'fr'])).min(1),
  /** The number of a subject; the first group of the pattern is the site code. */
  subjectNumber: z.strictObject({ pattern: z.string(), example: z.string(), hint: Text }),
  /** The yes-no item that says that consent (or non-opposition) is recorded: shown wherever a subject is listed. */
  consent: Id.optional(),
  /**
   * Forms that are entered a second time by somebody who does not see the first entry: `forms` always, of all others the
   * `share`. Where there is nobody else, the same person does it `selfAfterDays` later.
   */
  doubleEntry: z
    .strictObject({
      forms: z.array(Id).default([]),
      share: z.number().min(0).max(1).default(0),
      selfAfterDays: z.int().min(1).max(365).default(7),
    })
    .optional(),
  /** Code list whose codes may stand in place of any value. */
  missingReasons: Id,
  /** Code list of reasons for changing a value after "complete" (free text may be added). */
  changeReasons: Id,
  anchors: z.array(Anchor),
  events: z.array(StudyEvent).min(1),
  codeLists: z.array(CodeList),
  forms: z.array(Form).min(1),
  /** form id → event id → required or optional; absent means the form is not part of the event. */
  matrix: z.record(Id, z.record(Id, z.enum(['required', 'optional']))),
  analytes: z.array(Analyte).default([]),
  growth: z.array(LmsTable).default([]),
  lookups: z.array(Lookup).default([]),
  checks: z.array(Check).default([]),
  classifications: z.array(Classification).default([]),
  /** What helps while a value is typed. */
  aids: z.array(Aid).default([]),
  tables: z.array(SummaryTable).default([]),
  /** What the subject page draws of a course. */
  pictures: z.array(Picture).default([]),
  /** What is coded in which dictionary; absent in definitions that were written before it could be said. */
  codings: z.array(Coding).optional(),
});
export type Study = z.infer<typeof Study>;
