/** The months, January first. */
import type { Text } from '../study.ts';

export interface MonthName {
  readonly full: Text;
  readonly short: Text;
}

export const monthNames: readonly MonthName[] = [
  named('January', 'janvier', 'Jan', 'janv.'),
  named('February', 'février', 'Feb', 'févr.'),
  named('March', 'mars', 'Mar', 'mars'),
  named('April', 'avril', 'Apr', 'avr.'),
  named('May', 'mai', 'May', 'mai'),
  named('June', 'juin', 'Jun', 'juin'),
  named('July', 'juillet', 'Jul', 'juil.'),
  named('August', 'août', 'Aug', 'août'),
  named('September', 'septembre', 'Sep', 'sept.'),
  named('October', 'octobre', 'Oct', 'oct.'),
  named('November', 'novembre', 'Nov', 'nov.'),
  named('December', 'décembre', 'Dec', 'déc.'),
];

/**
 * The month that a word begins, in either language, with or without accents, from three letters on: "nov", "sept",
 * "fevr". null when no month begins so, or more than one does ("jui").
 */
export function monthOfWord(word: string): number | null {
  const start = plain(word);
  if (start.length < 3) return null;
  const months = spellings.flatMap((names, index) =>
    names.some((name) => name.startsWith(start)) ? [index + 1] : [],
  );
  return months.length === 1 ? (months[0] ?? null) : null;
}

const spellings = monthNames.map(({ full }) => [plain(full.en), plain(full.fr)]);

function named(en: string, fr: string, shortEn: string, shortFr: string): MonthName {
  return { full: { en, fr }, short: { en: shortEn, fr: shortFr } };
}

function plain(word: string): string {
  return word.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}
