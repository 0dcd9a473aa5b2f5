/** Texts. Positions count characters from 1, from the end when negative. */
import { builtIn, type BuiltIn } from '../built-in.ts';
import { nameKind } from '../value.ts';
import { showValue } from '../show-value.ts';

export const stringFunctions: readonly BuiltIn[] = [
  builtIn('string', ['from: any'], (value) => (value === null ? null : showValue(value))),
  builtIn('number', ['from: string'], (text, warn) => {
    if (/^-?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/u.test(text)) return Number(text);
    warn('number(…) takes a text of digits');
    return null;
  }),
  builtIn('string length', ['string: string'], (text) => Array.from(text).length),
  builtIn('upper case', ['string: string'], (text) => text.toUpperCase()),
  builtIn('lower case', ['string: string'], (text) => text.toLowerCase()),
  builtIn('contains', ['string: string', 'match: string'], (text, match) => text.includes(match)),
  builtIn('starts with', ['string: string', 'match: string'], (text, match) => text.startsWith(match)),
  builtIn('ends with', ['string: string', 'match: string'], (text, match) => text.endsWith(match)),
  builtIn(
    'substring',
    ['string: string', 'start position: number', 'length: number?'],
    (text, start, length) => {
      const characters = Array.from(text);
      const first = start < 0 ? characters.length + start : start - 1;
      return characters.slice(first, length === null ? undefined : first + length).join('');
    },
  ),
  builtIn('substring before', ['string: string', 'match: string'], (text, match) => {
    const index = text.indexOf(match);
    return index < 0 ? '' : text.slice(0, index);
  }),
  builtIn('substring after', ['string: string', 'match: string'], (text, match) => {
    const index = text.indexOf(match);
    return index < 0 ? '' : text.slice(index + match.length);
  }),
  /** True when the pattern matches anywhere, as in XPath; anchor it with ^ and $. */
  builtIn('matches', ['input: string', 'pattern: string'], (text, pattern, warn) => {
    const expression = toRegExp(pattern);
    if (expression !== null) return expression.test(text);
    warn('matches(…) takes a regular expression as “pattern”');
    return null;
  }),
  builtIn('split', ['string: string', 'delimiter: string'], (text, delimiter, warn) => {
    const expression = toRegExp(delimiter);
    if (expression !== null) return text.split(expression);
    warn('split(…) takes a regular expression as “delimiter”');
    return null;
  }),
  builtIn('string join', ['list: list', 'delimiter: string?'], (list, delimiter, warn) => {
    const texts: string[] = [];
    for (const entry of list) {
      if (typeof entry === 'string') texts.push(entry);
      else if (entry !== null) {
        warn(`string join(…) takes texts, not ${nameKind(entry)}`);
        return null;
      }
    }
    return texts.join(delimiter ?? '');
  }),
];

/** null when the pattern is not a regular expression. */
export function toRegExp(pattern: string): RegExp | null {
  try {
    return new RegExp(pattern, 'u');
  } catch {
    // The only way to learn whether a pattern compiles is to compile it.
    return null;
  }
}
