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
    const members = Object.entries(content)
      .filter(([, member]) => member !== undefined)
      .sort(([one], [other]) => (one < other ? -1 : 1));
    return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`).join(',')}}`;
  }
  throw new TypeError(`A ${typeof content} has no canonical text.`);
}
