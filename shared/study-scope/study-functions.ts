/**
 * Functions over the tables of a study (growth references, bands, analytes, code lists), and the clock.
 * Each gives null when an argument is null or names nothing; a name that is written out and names nothing is a fault.
 *
 *   now(), today()                                the moment for which the checks run
 *   lms_z("T", sex, age, x)                       growth.ts; lms_modified_z likewise; age in the unit of the table
 *   lookup("T", key, "column")                    the column of the band with from ≤ key < below
 *   in_list(code, "LIST")
 *   yes(x)                                        of a yes-no item: true, false, and null for "unknown" too
 *   factor(test, unit, qualifier)                 standard = factor × reported; null when the unit is not convertible
 *   convertible(test, unit)                       whether the test may be reported in the unit at all
 *   hard_min, hard_max, soft_min, soft_max(test)  limits in the storage unit
 *   is_ceiling(test, standard)                    whether the number is a known assay limit
 *   qualified(test), limits_needed(test)
 */
import type { SpecialForm } from '../feel/compile.ts';
import type { FeelValue } from '../feel/value.ts';
import type { StudyModel } from '../study-model.ts';
import type { Analyte } from '../study.ts';
import { factorOf, toSignificant } from '../units.ts';
import type { Frame } from './frame.ts';
import { unreadableArgument } from './arguments.ts';
import { yesNo } from './yes-no.ts';
import { lmsAt, modifiedZScore, zScore, type Lms } from './growth.ts';

const minutesOfDay = 1440;

/** Why a literal argument names nothing; null when it is right, or no literal. */
type Literal = (model: StudyModel, literals: readonly FeelValue[]) => string | null;

export function studyFunctions(model: StudyModel): ReadonlyMap<string, SpecialForm<Frame>> {
  const define = (
    usage: string,
    counts: readonly number[],
    literal: Literal,
    calculate: (...values: readonly FeelValue[]) => FeelValue,
  ): readonly [string, SpecialForm<Frame>] => [
    usage.slice(0, usage.indexOf('(')),
    (args) => {
      if (!counts.includes(args.length)) return { fault: `write ${usage}` };
      const fault =
        unreadableArgument(args) ??
        literal(
          model,
          args.map((argument) => argument.literal),
        );
      if (fault !== null) return { fault };
      const reads = args.map((argument) => argument.read);
      return { read: (frame) => calculate(...reads.map((read) => (read === null ? null : read(frame)))) };
    },
  ];
  const ofTest = (
    usage: string,
    look: (analyte: Analyte) => FeelValue,
  ): readonly [string, SpecialForm<Frame>] =>
    define(usage, [1], testNamed, (test) => {
      const analyte = analyteNamed(model, test);
      return analyte === undefined ? null : look(analyte);
    });
  const growth = (
    usage: string,
    score: (lms: Lms, size: number) => number | null,
  ): readonly [string, SpecialForm<Frame>] =>
    define(usage, [4], growthNamed, (table, sex, age, size) => {
      const known = typeof table === 'string' ? model.growth(table) : undefined;
      if (
        known === undefined ||
        typeof sex !== 'string' ||
        typeof age !== 'number' ||
        typeof size !== 'number'
      )
        return null;
      const lms = lmsAt(known, sex, age);
      return lms === null ? null : score(lms, size);
    });
  return new Map<string, SpecialForm<Frame>>([
    ['now', clock('now()', (now) => ({ kind: 'date-time', minute: now }))],
    ['today', clock('today()', (now) => ({ kind: 'date', day: Math.floor(now / minutesOfDay) }))],
    growth('lms_z("TABLE", sex, age, x)', zScore),
    growth('lms_modified_z("TABLE", sex, age, x)', modifiedZScore),
    define('lookup("TABLE", key, "column")', [3], lookupNamed, (table, key, column) =>
      bandValue(model, table, key, column),
    ),
    define('in_list(code, "LIST")', [2], listNamed, (code, list) => isInList(model, code, list)),
    define(
      'yes(x)',
      [1],
      () => null,
      (code) => (code === yesNo.codes[0]?.code ? true : code === yesNo.codes[1]?.code ? false : null),
    ),
    define('factor(test, unit, qualifier)', [2, 3], testNamed, (test, unit, qualifier) =>
      factor(model, test, unit, qualifier),
    ),
    define('convertible(test, unit)', [2], testNamed, (test, unit) => isConvertible(model, test, unit)),
    define('is_ceiling(test, standard)', [2], testNamed, (test, standard) =>
      isCeiling(model, test, standard),
    ),
    ofTest('hard_min(test)', (analyte) => analyte.hard?.min ?? null),
    ofTest('hard_max(test)', (analyte) => analyte.hard?.max ?? null),
    ofTest('soft_min(test)', (analyte) => analyte.soft?.min ?? null),
    ofTest('soft_max(test)', (analyte) => analyte.soft?.max ?? null),
    ofTest('qualified(test)', (analyte) => analyte.qualified === true),
    ofTest('limits_needed(test)', (analyte) => analyte.limitsNeeded === true),
  ]);
}

const testNamed: Literal = (model, [test]) =>
  typeof test === 'string' && model.analyte(test) === undefined ? `there is no analyte "${test}"` : null;

const listNamed: Literal = (model, [, list]) =>
  typeof list === 'string' && model.codeList(list) === undefined ? `there is no code list "${list}"` : null;

const growthNamed: Literal = (model, [table, sex]) => {
  if (typeof table !== 'string') return null;
  const known = model.growth(table);
  if (known === undefined) return `there is no growth table "${table}"`;
  return typeof sex === 'string' && !Object.hasOwn(known.rows, sex)
    ? `growth table "${table}" has no sex "${sex}"`
    : null;
};

const lookupNamed: Literal = (model, [table, , column]) => {
  if (typeof table !== 'string') return null;
  const known = model.lookup(table);
  if (known === undefined) return `there is no lookup table "${table}"`;
  const hasColumn = typeof column !== 'string' || known.rows.some((row) => Object.hasOwn(row.values, column));
  return hasColumn ? null : `lookup table "${table}" has no column "${column}"`;
};

function clock(usage: string, show: (now: number) => FeelValue): SpecialForm<Frame> {
  // NaN is the clock of conditions and anchors, which must not depend on it.
  return (args) =>
    args.length > 0
      ? { fault: `write ${usage}` }
      : { read: (frame) => (Number.isNaN(frame.now) ? null : show(frame.now)) };
}

function bandValue(
  model: StudyModel,
  table: FeelValue | undefined,
  key: FeelValue | undefined,
  column: FeelValue | undefined,
): FeelValue {
  if (typeof table !== 'string' || typeof key !== 'number' || typeof column !== 'string') return null;
  const band = model.lookup(table)?.rows.find((row) => row.from <= key && key < row.below);
  return band !== undefined && Object.hasOwn(band.values, column) ? (band.values[column] ?? null) : null;
}

function isInList(model: StudyModel, code: FeelValue | undefined, list: FeelValue | undefined): FeelValue {
  const known = typeof list === 'string' ? model.codeList(list) : undefined;
  return known === undefined || typeof code !== 'string'
    ? null
    : known.codes.some((entry) => entry.code === code);
}

function factor(
  model: StudyModel,
  test: FeelValue | undefined,
  unit: FeelValue | undefined,
  qualifier: FeelValue | undefined,
): FeelValue {
  const analyte = analyteNamed(model, test);
  return analyte === undefined || typeof unit !== 'string'
    ? null
    : factorOf(analyte, unit, typeof qualifier === 'string' ? qualifier : null);
}

/** Whether the unit is one that the test may be reported in, with or without a qualifier. */
function isConvertible(
  model: StudyModel,
  test: FeelValue | undefined,
  unit: FeelValue | undefined,
): FeelValue {
  const analyte = analyteNamed(model, test);
  if (analyte === undefined || typeof unit !== 'string') return null;
  return unit === analyte.unit || analyte.units.some((known) => known.unit === unit);
}

function isCeiling(
  model: StudyModel,
  test: FeelValue | undefined,
  standard: FeelValue | undefined,
): FeelValue {
  const analyte = analyteNamed(model, test);
  if (analyte === undefined || typeof standard !== 'number') return null;
  return analyte.ceilings.some((ceiling) => toSignificant(ceiling, 9) === toSignificant(standard, 9));
}

function analyteNamed(model: StudyModel, test: FeelValue | undefined): Analyte | undefined {
  return typeof test === 'string' ? model.analyte(test) : undefined;
}
