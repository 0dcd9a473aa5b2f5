/**
 * The result of a derivation as a stored value; null when the result is null or not of the kind that the item holds.
 * What is stored is rounded to the item's digits, and everything that rests on it reads the rounded number:
 * whoever recalculates from the exported file gets the same results.
 */
import type { FeelValue } from '../feel/value.ts';
import { nothing } from '../item-value/reading.ts';
import { isoDay, isoMinute } from '../partial-date.ts';
import type { ItemValue, Relation } from '../record.ts';
import type { PlacedItem } from '../study-model.ts';
import { assertNever } from '../assert-never.ts';

export function toDerivedValue(placed: PlacedItem, result: FeelValue): ItemValue | null {
  const type = placed.item.result ?? 'text';
  switch (type) {
    case 'integer':
      return numeric(result, 0);
    case 'decimal':
      return numeric(result, placed.item.decimals ?? null);
    case 'text':
      return typeof result === 'string' && result !== '' ? { ...nothing, text: result } : null;
    case 'yes-no':
      return coded(placed, typeof result === 'boolean' ? (result ? '1' : '0') : result);
    case 'single-choice':
      return coded(placed, typeof result === 'number' ? String(result) : result);
    case 'date':
      return dated(result);
    case 'date-time':
      return isKind(result, 'date-time')
        ? { ...nothing, text: isoMinute(result.minute), precision: 'minute' }
        : null;
    default:
      return assertNever(type);
  }
}

/**
 * Rounded half away from zero, as by hand: 0.145 with two digits is 0.15 although its binary form lies below.
 * Without a number of digits, 12 significant ones are kept.
 */
export function roundedText(number: number, decimals: number | null): string | null {
  if (!Number.isFinite(number)) return null;
  const shifted = decimals === null ? number : Number((Math.abs(number) * 10 ** decimals).toPrecision(14));
  if (decimals === null) return plainDigits(Number(number.toPrecision(12)));
  const rounded = Math.floor(shifted + 0.5) / 10 ** decimals;
  return `${number < 0 && rounded !== 0 ? '-' : ''}${rounded.toFixed(decimals)}`;
}

function numeric(result: FeelValue, decimals: number | null): ItemValue | null {
  if (typeof result === 'number') return numberValue(result, null, decimals);
  return isKind(result, 'bounded') ? numberValue(result.number, result.relation, decimals) : null;
}

function numberValue(number: number, relation: Relation | null, decimals: number | null): ItemValue | null {
  const text = roundedText(number, decimals);
  return text === null ? null : { ...nothing, text, number: Number(text), relation };
}

function coded(placed: PlacedItem, result: FeelValue): ItemValue | null {
  const code = placed.codeList?.codes.find((known) => known.code === result)?.code;
  return code === undefined ? null : { ...nothing, text: code };
}

function dated(result: FeelValue): ItemValue | null {
  const day = isKind(result, 'date')
    ? result.day
    : isKind(result, 'partial') && result.first === result.last
      ? result.first
      : null;
  return day === null ? null : { ...nothing, text: isoDay(day), precision: 'day' };
}

type Kinded = Extract<FeelValue, { readonly kind: string }>;
function isKind<Kind extends Kinded['kind']>(
  value: FeelValue,
  kind: Kind,
): value is Extract<Kinded, { readonly kind: Kind }> {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === kind;
}

/** Never in powers of ten, which no codec writes: 0.0000001 and not 1e-7. */
function plainDigits(number: number): string {
  const text = String(number);
  return text.includes('e') ? number.toFixed(20).replace(/\.?0+$/u, '') : text;
}
