/** What a choice offers, as the study document writes it: "asthma/asthme", "PCR", "SC Subcutaneous/Sous-cutanée". */
import type { Text } from '#shared/study.ts';

/** French is left out where it is the same word, or was not given. */
export interface OptionWords {
  readonly en: string;
  readonly fr: string | null;
}

export function readOption(option: string): OptionWords {
  const [en = '', fr] = option.split('/');
  return { en, fr: fr ?? null };
}

export function sameWords(words: OptionWords, label: Text): boolean {
  return plain(words.en) === plain(label.en) && (words.fr === null || plain(words.fr) === plain(label.fr));
}

/** Case, hyphens, quotation marks and brackets carry no meaning here. */
function plain(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/\(.*?\)|\[.*?\]/gu, '')
    .replaceAll('’', "'")
    .replaceAll(/[-–—/.]/gu, ' ')
    .replaceAll(/\s+/gu, ' ')
    .trim();
}

/** The code before the words; null where the document has words only, and the code is the definition's own. */
export function splitEntry(
  entry: string,
  own: string,
): { readonly code: string | null; readonly option: string } {
  if (entry === own) return { code: entry, option: '' };
  const [first = '', ...others] = entry.split(' ');
  const isCode = /^(?:\d+|[A-Z][A-Z0-9]*|3D)$/u.test(first) && others.length > 0;
  return isCode ? { code: first, option: others.join(' ') } : { code: null, option: entry };
}
