/** Numbers of a table as they are written in both languages. */
import type { Language, Text } from '../study-text.ts';

export interface Decimals {
  readonly decimals: number;
  readonly spreadDecimals?: number | undefined;
}

export const absent: Text = { en: 'not evaluable', fr: 'non évaluable' };

/** Rounded to so many decimals, zeros kept; a dash for what could not be worked out. */
export function localNumber(number: number | null, decimals: number, language: Language): string {
  if (number === null) return '–';
  const text = number.toFixed(decimals).replace(/^-(0(?:\.0*)?)$/u, '$1');
  return language === 'fr' ? text.replace('.', ',') : text;
}

/** "50%" in English, "50 %" in French, without decimals: of a handful of children a tenth of a percent says nothing. */
export function showPercent(percent: number, language: Language): string {
  return `${localNumber(percent, 0, language)}${language === 'fr' ? '\u00A0%' : '%'}`;
}

/** "−71%", "+12%". */
export function showChange(percent: number, language: Language): string {
  const rounded = localNumber(Math.abs(percent), 0, language);
  const sign = rounded === '0' ? '' : percent < 0 ? '−' : '+';
  return `${sign}${rounded}${language === 'fr' ? '\u00A0%' : '%'}`;
}

/** "p = 0.72", "p = 0.043", "p = 0.0004", "p < 0.0001". */
export function showP(p: number, language: Language): string {
  if (p < 0.0001) return `p < ${localNumber(0.0001, 4, language)}`;
  const decimals = p < 0.001 ? 4 : p < 0.1 ? 3 : 2;
  return `p = ${localNumber(p, decimals, language)}`;
}
