/**
 * One text for one content: keys sorted by UTF-16 units, no spaces, numbers as JavaScript prints them (RFC 8785),
 * strings as they are. A hash over it can be checked by any program.
 */
export function canonicalJson(content: unknown): string {
  if (content === null || typeof content === 'boolean' || typeof content === 'string')
    return JSON.stringify(content);
  if (typeof content === 'number') {
    if (Number.isFinite(content)) return JSON.stringify(content);
    throw new TypeError('A number that is not finite has no canonical text.');
  }
  if (Array.isArray(content)) return `[${content.map(canonicalJson).join(',')}]`;
  if (typeof content === 'object') {
    const members: Readonly<Record<string, unknown>> = { ...content };
    let text = '';
    // sort() as it is compares UTF-16 units.
    for (const key of Object.keys(members).sort()) {
      if (members[key] === undefined) continue;
      text += `${text === '' ? '' : ','}${JSON.stringify(key)}:${canonicalJson(members[key])}`;
    }
    return `{${text}}`;
  }
  throw new TypeError(`A ${typeof content} has no canonical text.`);
}
