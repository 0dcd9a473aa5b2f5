/** Answers from a code list: by code, or by label in either language. */
import type { ItemValue } from '../record.ts';
import type { CodeList, Language, Text } from '../study.ts';
import { matchUnit } from '../units.ts';
import { toRelation } from './number.ts';
import { nothing, readable, unreadable, type Reading, type Unreadable } from './reading.ts';

type Code = CodeList['codes'][number];
/** What the codes of a list stand for, when the item is a part of a measurement: units and relations have spellings. */
export type Meaning = 'code' | 'unit' | 'relation';

const longestChoice = 2000;
const mostNamed = 8;

export function readSingleChoice(
  list: CodeList,
  typed: string,
  language: Language,
  meaning: Meaning = 'code',
): Reading {
  const code = createFinder(list, language, meaning)(typed);
  return code === null ? notInList(list, typed) : readable({ ...nothing, text: code.code });
}

/** `["1","3"]`, `1, 3`, `1 3` or labels with commas between; kept in the order of the list, each code once. */
export function readMultipleChoice(list: CodeList, typed: string, language: Language): Reading {
  if (typed.length > longestChoice) return notInList(list, typed);
  const find = createFinder(list, language, 'code');
  const parts = toParts(find, typed);
  if (parts === null) return notAnArray(typed);
  const chosen = new Set<string>();
  for (const part of parts) {
    const code = find(part);
    if (code === null) return notInList(list, part);
    chosen.add(code.code);
  }
  if (chosen.size === 0) return readable(null);
  const inOrder = list.codes.filter((entry) => chosen.has(entry.code)).map((entry) => entry.code);
  return readable({ ...nothing, text: JSON.stringify(inOrder) });
}

/**
 * Exact code, then code in any case, then label in any case and without accents, in the typist's language first;
 * null when none or several fit.
 */
export function findCode(list: CodeList, typed: string, language: Language = 'en'): Code | null {
  return createFinder(list, language, 'code')(typed);
}

function createFinder(list: CodeList, language: Language, meaning: Meaning): (typed: string) => Code | null {
  const folded = new Map<'code' | Language, readonly string[]>();
  // Folding a long list costs more than reading a short text: done once, and only when no code fits exactly.
  const foldedBy = (key: 'code' | Language): readonly string[] => {
    const known =
      folded.get(key) ?? list.codes.map((entry) => fold(key === 'code' ? entry.code : entry.label[key]));
    folded.set(key, known);
    return known;
  };
  return (typed) => {
    const text = typed.trim();
    if (text.length > longestChoice) return null;
    const exact = list.codes.find((entry) => entry.code === text);
    if (exact !== undefined) return exact;
    // Case tells "g/L" from "G/L": units are never folded.
    if (meaning === 'unit') return findUnit(list, text, language);
    const wanted = fold(text);
    for (const key of ['code', language, language === 'fr' ? 'en' : 'fr'] as const) {
      const fitting = list.codes.filter((_, index) => foldedBy(key)[index] === wanted);
      if (fitting.length > 0) return fitting.length === 1 ? (fitting[0] ?? null) : null;
    }
    const relation = meaning === 'relation' ? toRelation(text) : null;
    return list.codes.find((entry) => entry.code === relation) ?? null;
  };
}

/** The codes of a multiple choice; a text that is not one (a damaged row) counts as a single code. */
export function codesOf(value: ItemValue): readonly string[] {
  if (value.text === null) return [];
  return parseArray(value.text) ?? [value.text];
}

export function showChoice(list: CodeList | null, codes: readonly string[], language: Language): string {
  return codes
    .map((code) => list?.codes.find((entry) => entry.code === code)?.label[language] ?? code)
    .join(', ');
}

/** Codes as typed on a keyboard; as JSON where a code holds a separator. */
export function editCodes(codes: readonly string[]): string {
  return codes.some((code) => /[\s,;[\]"]/u.test(code)) ? JSON.stringify(codes) : codes.join(', ');
}

function findUnit(list: CodeList, text: string, language: Language): Code | null {
  const code = matchUnit(
    text,
    list.codes.map((entry) => entry.code),
  );
  return (
    list.codes.find((entry) => entry.code === code) ??
    list.codes.find((entry) => entry.label[language] === text) ??
    null
  );
}

function toParts(find: (typed: string) => Code | null, typed: string): readonly string[] | null {
  const text = typed.trim();
  if (text.startsWith('[')) return parseArray(text);
  if (find(text) !== null) return [text];
  const listed = text
    .split(/[,;]/u)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  return listed.flatMap((part) => (find(part) === null ? part.split(/\s+/u) : [part]));
}

function parseArray(text: string): readonly string[] | null {
  if (!text.startsWith('[')) return null;
  try {
    const parsed: unknown = JSON.parse(text);
    if (!Array.isArray(parsed)) return null;
    const codes = parsed.map((entry: unknown) =>
      typeof entry === 'string' || typeof entry === 'number' ? String(entry) : null,
    );
    return codes.every((code) => code !== null) ? codes : null;
  } catch {
    // Not JSON: the caller says what is expected instead.
    return null;
  }
}

function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/’/gu, "'")
    .replace(/œ/giu, 'oe')
    .replace(/\s+/gu, ' ')
    .trim()
    .toLowerCase();
}

function notInList(list: CodeList, typed: string): Unreadable {
  const expected: Text = { en: nameCodes(list, 'en'), fr: nameCodes(list, 'fr') };
  return unreadable(typed, (subject) => ({
    en: `${subject.en} is not in the list: type one of ${expected.en}.`,
    fr: `${subject.fr} n’est pas dans la liste : saisir l’une des réponses ${expected.fr}.`,
  }));
}

function notAnArray(typed: string): Unreadable {
  return unreadable(typed, (subject) => ({
    en: `${subject.en} is not readable as a list of codes: type codes with commas between, such as 1, 3.`,
    fr: `${subject.fr} n’est pas lisible comme une liste de codes : saisir des codes séparés par des virgules, par exemple 1, 3.`,
  }));
}

function nameCodes(list: CodeList, language: Language): string {
  const named = list.codes
    .slice(0, mostNamed)
    .map((entry) =>
      entry.code === entry.label[language] ? entry.code : `${entry.code} (${entry.label[language]})`,
    );
  return list.codes.length > mostNamed ? `${named.join(', ')}…` : named.join(', ');
}
