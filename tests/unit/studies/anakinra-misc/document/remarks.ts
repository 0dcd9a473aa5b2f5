/**
 * What the study document writes beside an item: limits, code lists, options, and rules in words.
 *
 * A limit is written "0–60", "−35…0", "≤60", "≥92" or as one number; H is hard and S soft, before it or as the name of the
 * column. What is none of all this stays as words, which the definition has to account for in another way.
 */
export interface Limit {
  readonly min?: number | undefined;
  readonly max?: number | undefined;
}
export type Severity = 'hard' | 'soft';
export type Remark =
  | { readonly kind: 'limit'; readonly severity: Severity; readonly limit: Limit }
  | { readonly kind: 'list'; readonly list: string }
  | { readonly kind: 'options'; readonly options: readonly string[] }
  | { readonly kind: 'words'; readonly words: string };

/** `severity` is that of the column; null in a column that holds limits of both kinds, and lists. */
export function readRemarks(text: string, severity: Severity | null): readonly Remark[] {
  if (text.includes(' · ') && !text.startsWith('CL_'))
    return [{ kind: 'options', options: text.split(' · ') }];
  let current = severity;
  return splitOutsideBrackets(text).map((part): Remark => {
    const mark = /^([HS]) /u.exec(part)?.[1];
    current = mark === 'H' ? 'hard' : mark === 'S' ? 'soft' : current;
    const bare = mark === undefined ? part : part.slice(2);
    const list = /^(CL_[A-Z]+)\b/u.exec(bare)?.[1];
    if (list !== undefined) return { kind: 'list', list };
    const limit = readLimit(bare);
    return limit === null || current === null
      ? { kind: 'words', words: part }
      : { kind: 'limit', severity: current, limit };
  });
}

export function readLimit(text: string): Limit | null {
  const bare = text
    .replaceAll('**', '')
    .replaceAll('−', '-')
    .replace(/[([].*$/u, '')
    .trim()
    .replace(/ (?:d|per injection)$/u, '');
  const number = String.raw`[-+]?\d+(?:\.\d+)?`;
  const range = new RegExp(`^(${number}) ?[–…] ?(${number})$`, 'u').exec(bare);
  if (range !== null) return { min: Number(range[1]), max: Number(range[2]) };
  const single = new RegExp(`^([≤≥]?) ?(${number})$`, 'u').exec(bare);
  if (single === null) return null;
  const value = Number(single[2]);
  if (single[1] === '≤') return { max: value };
  return single[1] === '≥' ? { min: value } : { min: value, max: value };
}

/** At ";", but not within brackets. */
function splitOutsideBrackets(text: string): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let part = '';
  for (const character of text) {
    if (character === '(' || character === '[') depth += 1;
    if (character === ')' || character === ']') depth -= 1;
    if (character === ';' && depth === 0) {
      parts.push(part);
      part = '';
    } else part += character;
  }
  return [...parts, part].map((one) => one.trim()).filter((one) => one !== '');
}
