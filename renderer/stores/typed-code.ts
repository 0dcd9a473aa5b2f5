/** Picking a code by typing at a row of choices: "1", "o", "SC", or "ND" for a missing reason. */
import { codesOf } from '#shared/item-value/choice.ts';
import type { CodeList, Text } from '#shared/study.ts';

export interface TypedChoice {
  /** What the field is given: a code, or a missing reason as it is typed into a field. */
  readonly give: string;
  /** What may be typed for it, in small letters without accents. */
  readonly keys: readonly string[];
}
export type TypedMatch =
  | { readonly kind: 'picked'; readonly give: string }
  /** It is one of them, unless more is typed: "n" is No, "nd" is not done. */
  | { readonly kind: 'likely'; readonly give: string }
  | { readonly kind: 'more' }
  | { readonly kind: 'none' };

export function matchTyped(choices: readonly TypedChoice[], typed: string): TypedMatch {
  const wanted = plain(typed);
  const exact = choices.find((choice) => choice.keys.includes(wanted));
  const begins = choices.filter((choice) => choice.keys.some((key) => key.startsWith(wanted)));
  if (begins.length === 0) return { kind: 'none' };
  if (begins.length === 1 && begins[0] !== undefined) return { kind: 'picked', give: begins[0].give };
  if (exact === undefined) return { kind: 'more' };
  return { kind: 'likely', give: exact.give };
}

/** Codes and labels in both languages; a single letter where it is the usual key (y, o, n). */
export function typedChoices(list: CodeList, missing: CodeList | undefined): readonly TypedChoice[] {
  const own = list.codes.map(({ code, label }) => ({ give: code, keys: keysOf(code, label) }));
  const taken = new Set(own.map(({ give }) => give.toLowerCase()));
  const reasons = (missing?.codes ?? []).map(({ code }) =>
    taken.has(code.toLowerCase())
      ? { give: `[${code}]`, keys: [`[${plain(code)}]`] }
      : { give: code, keys: [plain(code)] },
  );
  return [...own, ...reasons];
}

/** Adds the code, or takes it away when it is there. A code that allows no other beside it stands alone. */
export function toggleCode(list: CodeList, chosen: readonly string[], code: string): readonly string[] {
  if (chosen.includes(code)) return chosen.filter((other) => other !== code);
  const isExclusive = (candidate: string): boolean =>
    list.codes.find((entry) => entry.code === candidate)?.exclusive === true;
  if (isExclusive(code)) return [code];
  const together = new Set([...chosen.filter((other) => !isExclusive(other)), code]);
  return list.codes.map((entry) => entry.code).filter((entry) => together.has(entry));
}

/** The codes that match what is typed: by the beginning of the code or of any word of the label. */
export function filterCodes(list: CodeList, typed: string, language: keyof Text): CodeList['codes'] {
  const wanted = plain(typed.trim());
  if (wanted === '') return list.codes;
  const byCode = list.codes.filter(({ code }) => plain(code).startsWith(wanted));
  const byLabel = list.codes.filter(({ code, label }) => {
    if (plain(code).startsWith(wanted)) return false;
    const words = plain(label[language]);
    return words.startsWith(wanted) || words.split(/[^\p{L}\p{N}]+/u).some((word) => word.startsWith(wanted));
  });
  return [...byCode, ...byLabel];
}

export { codesOf };

function keysOf(code: string, label: Text): readonly string[] {
  const words = [plain(code), plain(label.en), plain(label.fr)];
  const initials =
    words.includes('yes') || words.includes('no')
      ? [label.en, label.fr].map((word) => plain(word).charAt(0))
      : [];
  return [...new Set([...words, ...initials])];
}

function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}
