/** Free text: trimmed, in one Unicode form, and without characters that a file or a screen can't show. */
import type { Item } from '../study.ts';
import { nothing, readable, unreadable, type Reading } from './reading.ts';

const usualLength = 2000;
/** Controls, halves of characters, marks that turn the direction of reading, and what no XML file can hold. */
const unshowable =
  /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u00AD\u200B\u200E\u200F\u202A-\u202E\u2060-\u206F\uFEFF\uFFFE\uFFFF]/u;

export function readText(item: Item, typed: string): Reading {
  const longest = item.maxLength ?? usualLength;
  const text = typed.trim().normalize('NFC');
  if (text.length > longest) {
    return unreadable(typed, (subject) => ({
      en: `${subject.en} has ${text.length} characters and this item takes ${longest}: shorten the text.`,
      fr: `${subject.fr} a ${text.length} caractères et cette rubrique en accepte ${longest} : raccourcir le texte.`,
    }));
  }
  const found = unshowable.exec(text);
  if (found !== null) return notShowable(typed, found[0], found.index + 1);
  return readable({ ...nothing, text });
}

function notShowable(typed: string, character: string, position: number): Reading {
  if (/[\n\r\t\u2028\u2029]/u.test(character)) {
    return unreadable(typed, (subject) => ({
      en: `${subject.en} holds a line break or a tab at position ${position}: type the text in one line.`,
      fr: `${subject.fr} contient un saut de ligne ou une tabulation à la position ${position} : saisir le texte sur une seule ligne.`,
    }));
  }
  const code = `U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
  return unreadable(typed, (subject) => ({
    en: `${subject.en} holds a character that can’t be shown (${code}) at position ${position}: remove it.`,
    fr: `${subject.fr} contient un caractère non affichable (${code}) à la position ${position} : le supprimer.`,
  }));
}
