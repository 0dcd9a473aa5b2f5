/** What a person may type into a field, in one line: limits, or the spelling of dates. */
import { hasSoftBoundsAt } from '#shared/item-rules.ts';
import type { Analyte, Bounds, Item, Language } from '#shared/study.ts';
import { showUnit } from '#shared/units.ts';

export interface FieldHint {
  /** "usual 15–80 %" */
  readonly usual: string | null;
  /** "5–90 %" */
  readonly limits: string | null;
  readonly spelling: 'date' | 'date-time' | 'year-month' | 'partial-date' | null;
}

/** `event`: id in the study definition, which soft bounds can depend on. */
export function hintOf(item: Item, analyte: Analyte | null, event: string, language: Language): FieldHint {
  const unit = showUnit(analyte?.unit ?? item.unit ?? '1', language);
  const soft = hasSoftBoundsAt(item, event) ? (analyte?.soft ?? item.soft) : undefined;
  const hard = analyte?.hard ?? item.hard;
  return {
    usual: showBounds(soft, unit, language),
    limits: showBounds(hard, unit, language),
    spelling: spellingOf(item),
  };
}

export function showBounds(bounds: Bounds | undefined, unit: string, language: Language): string | null {
  if (bounds === undefined || (bounds.min === undefined && bounds.max === undefined)) return null;
  const number = (value: number): string =>
    String(value)
      .replace('.', language === 'fr' ? ',' : '.')
      .replace('-', '−');
  const range =
    bounds.min === undefined
      ? `≤ ${number(bounds.max ?? 0)}`
      : bounds.max === undefined
        ? `≥ ${number(bounds.min)}`
        : bounds.min < 0
          ? `${number(bounds.min)} … ${number(bounds.max)}`
          : `${number(bounds.min)}–${number(bounds.max)}`;
  return unit === '' ? range : `${range}\u00A0${unit}`;
}

function spellingOf(item: Item): FieldHint['spelling'] {
  const { type } = item;
  return type === 'date' || type === 'date-time' || type === 'year-month' || type === 'partial-date'
    ? type
    : null;
}
