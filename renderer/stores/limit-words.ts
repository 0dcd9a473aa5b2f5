/** Limits in as few signs as they can be read in: "≤ 8", "1–10", "0.8–1.2 / 1.8–2.2". */
import { showNumber } from '#shared/study-scope/shown-value.ts';
import type { Limit, Stretch } from '#shared/check-limits.ts';
import type { Language } from '#shared/study.ts';

export function limitWords({ stretches }: Pick<Limit, 'stretches'>, language: Language): string {
  return stretches.map((stretch) => stretchWords(stretch, language)).join(' / ');
}

function stretchWords({ min, max, minIncluded, maxIncluded }: Stretch, language: Language): string {
  const number = (value: number): string => showNumber(value, language).replace('-', '−');
  if (min !== null && max !== null)
    return min < 0 ? `${number(min)} … ${number(max)}` : `${number(min)}–${number(max)}`;
  if (min !== null) return `${minIncluded ? '≥' : '>'}\u00A0${number(min)}`;
  return max === null ? '' : `${maxIncluded ? '≤' : '<'}\u00A0${number(max)}`;
}
