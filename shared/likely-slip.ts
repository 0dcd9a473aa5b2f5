/**
 * What a number that can hardly be meant was probably meant to be: another unit of the same analyte, or the point in
 * another place. Only named where the numbers leave one reading; nothing is corrected by itself.
 *
 *   expected in the unit given                            nothing, unless a finding doubts it all the same
 *   expected in exactly one other unit                    that unit (units of one factor, ng/mL and µg/L, are one)
 *   expected in several other units                       the one in which this subject's results came before
 *   expected with the point moved, and near the earlier   that number; without earlier values, only of a number that
 *                                                         can't be, when one move fits and no other unit does
 */
import type { Analyte, Bounds, Item } from './study.ts';
import { factorOf, toSignificant, unitsOf } from './units.ts';

/** What is expected of a number, and the units in which it may come. */
export interface Scale {
  /** In the standard unit; both ends belong to it. */
  readonly expected: Bounds | null;
  /** Outside of it, no value is possible. */
  readonly possible: Bounds | null;
  /** standard = factor × reported */
  readonly units: readonly { readonly unit: string | null; readonly factor: number }[];
  readonly decimals: number;
}
export interface TypedNumber {
  readonly number: number;
  readonly unit: string | null;
  /** How hard a finding is that doubts the number, whatever the range says (weight for age). */
  readonly doubt: 'none' | 'soft' | 'hard';
}
export interface EarlierNumber {
  /** In the standard unit. */
  readonly standard: number;
  readonly unit: string | null;
}
export type LikelySlip =
  | { readonly kind: 'unit'; readonly units: readonly string[]; readonly standard: number }
  | { readonly kind: 'decimal'; readonly number: number; readonly standard: number };

const moves = [10, 0.1, 100, 0.01] as const;
/** How far a value may be from the earlier ones of the same subject and still count as near. */
const nearness = 1.5;
const keptDigits = 12;

/** A qualified analyte has units only once its qualifier is answered. */
export function scaleOfAnalyte(analyte: Analyte, qualifier: string | null, decimals: number): Scale {
  const units = unitsOf(analyte).flatMap((unit) => {
    const factor = factorOf(analyte, unit, qualifier);
    return factor === null ? [] : [{ unit, factor }];
  });
  const { soft, hard } = analyte;
  return { expected: soft ?? hard ?? null, possible: hard ?? null, units, decimals };
}

export function scaleOfItem({ soft, hard, unit, decimals, type }: Item): Scale {
  return {
    expected: soft ?? hard ?? null,
    possible: hard ?? null,
    units: [{ unit: unit ?? null, factor: 1 }],
    decimals: type === 'integer' ? 0 : (decimals ?? 3),
  };
}

/** `accepts`: whether what doubts the number would let this one pass, in the unit given. */
export function likelySlips(
  scale: Scale,
  typed: TypedNumber,
  earlier: readonly EarlierNumber[],
  accepts: (number: number) => boolean = () => true,
): readonly LikelySlip[] {
  const factor = scale.units.find(({ unit }) => unit === typed.unit)?.factor;
  if (factor === undefined || typed.number === 0) return [];
  const standard = scaled(typed.number, factor);
  if (isInside(scale.expected, standard) && typed.doubt === 'none') return [];
  const fitting = fittingUnits(scale, typed, factor);
  const unit = otherUnit(fitting, typed, earlier);
  const isImpossible = typed.doubt === 'hard' || !isInside(scale.possible, standard);
  const mayHaveMoved = earlier.length > 0 || (isImpossible && fitting.length === 0);
  const moved = mayHaveMoved ? movedPoint(scale, typed, factor, earlier, accepts) : null;
  // A unit of ten times and a moved point can tell the same story: 4.2 g/L for 42 g/L or 4.2 g/dL.
  if (unit !== null && moved !== null && unit.standard === moved.standard) return [unit];
  return [unit, moved].filter((slip) => slip !== null);
}

interface FittingUnit {
  readonly unit: string;
  readonly factor: number;
  readonly standard: number;
}

function fittingUnits(
  { expected, units }: Scale,
  { number, unit: given }: TypedNumber,
  factor: number,
): readonly FittingUnit[] {
  if (expected === null || given === null) return [];
  return units.flatMap((other) => {
    const standard = scaled(number, other.factor);
    return other.unit === null || other.factor === factor || !isInside(expected, standard)
      ? []
      : [{ unit: other.unit, factor: other.factor, standard }];
  });
}

function otherUnit(
  fitting: readonly FittingUnit[],
  { unit: given }: TypedNumber,
  earlier: readonly EarlierNumber[],
): LikelySlip | null {
  const usual = fitting.filter(({ unit }) => earlier.some((before) => before.unit === unit));
  const chosen = countFactors(fitting) === 1 ? fitting : usual;
  const first = chosen[0];
  if (first === undefined || countFactors(chosen) !== 1) return null;
  // "mg/L{FEU}" and "mg/L" are one unit to the eye: the spelling that goes with the one given is kept.
  const alike = chosen.filter(({ unit }) => isRemarked(unit) === isRemarked(given));
  const named = alike.length > 0 ? alike : chosen;
  return { kind: 'unit', units: named.map(({ unit }) => unit), standard: first.standard };
}

function movedPoint(
  { expected, decimals }: Scale,
  { number, doubt }: TypedNumber,
  factor: number,
  earlier: readonly EarlierNumber[],
  accepts: (number: number) => boolean,
): LikelySlip | null {
  if (expected === null && doubt === 'none') return null;
  const fitting = moves
    .map((move) => toSignificant(number * move, keptDigits))
    .filter((moved) => Number(moved.toFixed(decimals)) === moved)
    .filter((moved) => isInside(expected, scaled(moved, factor)) && isNear(scaled(moved, factor), earlier))
    .filter(accepts);
  const [moved] = fitting;
  return moved === undefined || fitting.length !== 1
    ? null
    : { kind: 'decimal', number: moved, standard: scaled(moved, factor) };
}

function isInside(expected: Bounds | null, standard: number): boolean {
  return (
    (expected?.min === undefined || standard >= expected.min) &&
    (expected?.max === undefined || standard <= expected.max)
  );
}

function isNear(standard: number, earlier: readonly EarlierNumber[]): boolean {
  if (earlier.length === 0) return true;
  const known = earlier.map((before) => before.standard);
  return standard >= Math.min(...known) / nearness && standard <= Math.max(...known) * nearness;
}

function countFactors(units: readonly FittingUnit[]): number {
  return new Set(units.map(({ factor }) => factor)).size;
}

function isRemarked(unit: string | null): boolean {
  return unit?.includes('{') === true;
}

function scaled(number: number, factor: number): number {
  return toSignificant(number * factor, keptDigits);
}
