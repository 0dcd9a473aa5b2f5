/**
 * What reading a typed text gives, and how a fault is put into words.
 * A fault may quote what was typed because only the typist sees it; `withoutQuote` is the same sentence for
 * refusals and logs, which never carry a patient's value.
 */
import type { ItemValue } from '../record.ts';
import type { Text } from '../study.ts';

/** A part of what was typed that belongs to another item of the same row, as text for that item to read. */
export interface Spread {
  readonly item: string;
  readonly text: string;
}
export interface Readable {
  readonly ok: true;
  readonly value: ItemValue | null;
  readonly spread: readonly Spread[];
}
export interface Unreadable {
  readonly ok: false;
  readonly fault: Text;
  readonly withoutQuote: Text;
}
export type Reading = Readable | Unreadable;

/** Longer texts are refused before anything looks at them. */
export const longestTyped = 40_000;
const longestQuote = 40;

/** An answer without anything in it; the codecs fill in what their type has. */
export const nothing: ItemValue = {
  text: null,
  relation: null,
  number: null,
  unit: null,
  precision: null,
  missing: null,
};

export function readable(value: ItemValue | null, spread: readonly Spread[] = []): Readable {
  return { ok: true, value, spread };
}

/**
 * `say` gets the typed text in quotation marks, or words that stand for it, and gives a sentence that starts with it.
 * It is told whether it may repeat parts of what was typed.
 */
export function unreadable(typed: string, say: (subject: Text, mayQuote: boolean) => Text): Unreadable {
  const quoted = quote(typed);
  return {
    ok: false,
    fault: say({ en: `“${quoted}”`, fr: `« ${quoted} »` }, true),
    withoutQuote: say({ en: 'The text typed', fr: 'Le texte saisi' }, false),
  };
}

function quote(typed: string): string {
  const start = typed.slice(0, longestQuote).replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '\u00B7');
  return typed.length > longestQuote ? `${start}…` : start;
}
