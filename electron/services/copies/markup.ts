/** Text into HTML. Whatever was typed stays text: it can open no tag, leave no attribute and turn no line around. */

/** Control characters become their visible picture; paper shows what the record holds. */
export function escaped(text: string): string {
  return text
    .replace(/[&<>"']/gu, (sign) => `&#${String(sign.charCodeAt(0))};`)
    .replace(/\p{Cc}/gu, pictureOf)
    .replace(/\p{Cs}/gu, '\ufffd');
}

/** Line feed, carriage return and tab are kept: they are laid out as what they are. */
function pictureOf(sign: string): string {
  const code = sign.charCodeAt(0);
  if (sign === '\n' || sign === '\r' || sign === '\t') return sign;
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  return code === 0x7f ? '\u2421' : '\ufffd';
}

/** Of a text that a person typed: its own direction, kept from its surroundings. */
export function typed(text: string): string {
  return `<bdi>${escaped(text)}</bdi>`;
}

/** "0f3a 99c1 …": groups of four, to be compared by eye. */
export function grouped(hash: string): string {
  return hash.replace(/(.{4})(?=.)/gu, '$1 ');
}

export function rows(pairs: readonly (readonly [label: string, markup: string])[]): string {
  return pairs
    .map(([label, markup]) => `<tr><th scope="row">${escaped(label)}</th><td>${markup}</td></tr>`)
    .join('\n');
}
