/** What would pass, in words: "at most 256 mg", "from 32 to 320 mg", "no later than 03 Nov 2021 14:20". */
import { showItem, showItemWithUnit } from '#shared/item-value.ts';
import type { Passing, PassingRange } from '#shared/nearest-passing.ts';
import type { ItemValue } from '#shared/record.ts';
import { nothing } from '#shared/item-value/reading.ts';
import { readsAs } from '#shared/study-scope/item-to-feel.ts';
import type { PlacedItem, StudyModel } from '#shared/study-model.ts';
import type { Language } from '#shared/study.ts';
import { t } from '../i18n.ts';

export interface PassingWords {
  readonly label: string;
  readonly values: readonly {
    readonly words: string;
    /** What it comes to: "Dose per kg 8.00 mg/kg/d". */
    readonly note: string;
  }[];
}

/** Labels of more codes than these say less than their number. */
const mostCodes = 6;

export function passingWords(
  model: StudyModel,
  passing: Passing,
  unit: string | null,
  language: Language,
): PassingWords {
  return {
    label: passing.placed.item.label[language],
    values: valuesOf(model, passing, unit, language),
  };
}

function valuesOf(
  model: StudyModel,
  passing: Passing,
  unit: string | null,
  language: Language,
): PassingWords['values'] {
  const { placed } = passing;
  const plain = (words: string) => ({ words, note: '' });
  const code = (text: string) => plain(showItem(model, placed, { ...nothing, text }, language));
  const others = (count: number) => [plain(t('passing.anyOf', { count }))];
  switch (passing.kind) {
    case 'range':
      return passing.ranges.map((range) => rangeWords(model, placed, range, unit, language));
    case 'code':
      return passing.codes.length > mostCodes ? others(passing.codes.length) : passing.codes.map(code);
    case 'codes':
      return passing.sets.length > mostCodes
        ? others(passing.sets.length)
        : passing.sets.map((set) => code(JSON.stringify(set)));
  }
}

function rangeWords(
  model: StudyModel,
  placed: PlacedItem,
  { side, near, far, brings }: PassingRange,
  unit: string | null,
  language: Language,
): PassingWords['values'][number] {
  const bare = (text: string): string => showItem(model, placed, toValue(placed, text), language);
  const full = (text: string): string =>
    showItemWithUnit(model, placed, { ...toValue(placed, text), unit }, language);
  const [low, high] = side === 'below' ? [far, near] : [near, far];
  const isDate = readsAs(placed.item) !== 'number' && readsAs(placed.item) !== 'measurement';
  const words =
    low !== null && high !== null
      ? t('passing.between', { low: bare(low), high: full(high) })
      : high !== null
        ? t(isDate ? 'passing.until' : 'passing.atMost', { value: full(high) })
        : t(isDate ? 'passing.since' : 'passing.atLeast', { value: full(low ?? near) });
  const brought = brings.map(
    (other) =>
      `${other.placed.item.label[language]} ${showItemWithUnit(model, other.placed, toValue(other.placed, other.text), language)}`,
  );
  return { words, note: brought.join(', ') };
}

/** Zeros that only fill the item's digits say nothing: 256 mg, not 256.0 mg. */
function toValue(placed: PlacedItem, text: string): ItemValue {
  const isNumber = readsAs(placed.item) === 'number' || readsAs(placed.item) === 'measurement';
  if (!isNumber) return { ...nothing, text };
  const plain = placed.expression === null && text.includes('.') ? text.replace(/\.?0+$/u, '') : text;
  return { ...nothing, text: plain, number: Number(text) };
}
