/** Names that SAS, SPSS and Stata all take: at most 32 letters, digits and _, a letter first, whatever the case once. */

/** Words of one of the three that can't name a variable or a dataset. */
const reserved: ReadonlySet<string> = new Set(
  [
    ...['all', 'and', 'by', 'eq', 'ge', 'gt', 'le', 'lt', 'ne', 'not', 'or', 'to', 'with'], // SPSS
    ...['byte', 'double', 'float', 'if', 'in', 'int', 'long', 'str', 'strl', 'using'], // Stata
    ...['_n_', '_error_', '_numeric_', '_character_', '_all_'], // SAS
  ].map((word) => word.toLowerCase()),
);
const longest = 32;

/** One for each, in their order. */
export function safeNames(names: readonly string[]): readonly string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    const plain = name.replace(/[^A-Za-z0-9_]/gu, '_');
    const whole = /^[A-Za-z]/u.test(plain) && !reserved.has(plain.toLowerCase()) ? plain : `v_${plain}`;
    let free = whole.slice(0, longest);
    for (let n = 2; taken.has(free.toLowerCase()); n += 1) {
      const end = `_${n}`;
      free = whole.slice(0, longest - end.length) + end;
    }
    taken.add(free.toLowerCase());
    return free;
  });
}

/** Format names of SAS and label names of Stata end in no digit. */
export function listNames(ids: readonly string[]): ReadonlyMap<string, string> {
  const safe = safeNames(ids.map((id) => `l_${id}`.slice(0, 28)));
  return new Map(ids.map((id, index) => [id, `${safe[index] ?? id}_f`]));
}

/** Shortened to so many bytes of UTF-8, never in the middle of a character. */
export function fitBytes(text: string, bytes: number): string {
  let fitted = '';
  let used = 0;
  for (const character of text.replace(/\s+/gu, ' ')) {
    const code = character.codePointAt(0) ?? 0;
    used += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    if (used > bytes) return fitted;
    fitted += character;
  }
  return fitted;
}
