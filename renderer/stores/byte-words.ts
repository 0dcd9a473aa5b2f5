/** "1.2 MB", "1,2 Mo": with the unit of the language. */
import type { Language } from '#shared/study.ts';

const steps = ['kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

export function byteWords(bytes: number, language: Language): string {
  let value = bytes / 1000;
  let step = 0;
  while (value >= 1000 && step < steps.length - 1) {
    value /= 1000;
    step += 1;
  }
  return new Intl.NumberFormat(language, {
    style: 'unit',
    unit: steps[step] ?? 'terabyte',
    unitDisplay: 'short',
    maximumFractionDigits: value < 10 ? 1 : 0,
  }).format(value);
}
