/**
 * One text for one content: keys sorted by UTF-16 units, no spaces, numbers as JavaScript prints them (RFC 8785),
 * strings as they are. A hash over it can be checked by any program.
 */
export function canonicalJson(content: unknown): string {
  const sorted = inOrder(content);
  // An own JSON.stringify is the platform's: several times as quick as putting the text together.
  return sorted === unsortable ? assembled(content) : JSON.stringify(sorted);
}

const unsortable = Symbol('unsortable');

/** The same content with its keys in order, as far as objects can have them so. */
function inOrder(content: unknown): unknown {
  if (content === null || typeof content === 'boolean' || typeof content === 'string') return content;
  if (typeof content === 'number') return requireFinite(content);
  if (Array.isArray(content)) {
    const items = content.map(inOrder);
    if (items.includes(unsortable)) return unsortable;
    return items.every((item, index) => item === content[index]) ? (content as unknown) : items;
  }
  if (typeof content !== 'object') throw new TypeError(`A ${typeof content} has no canonical text.`);
  return membersInOrder(content as Readonly<Record<string, unknown>>); // read by its own keys alone
}

/** What is in order already is given back itself. */
function membersInOrder(members: Readonly<Record<string, unknown>>): unknown {
  if ('toJSON' in members) return unsortable;
  const keys = Object.keys(members);
  let isInOrder = keys.every((key, index) => index === 0 || (keys[index - 1] ?? '') < key);
  if (!isInOrder) keys.sort();
  const sorted: Record<string, unknown> = {};
  for (const key of keys) {
    // Objects keep keys that are numbers before all others, and one key is their prototype.
    if (startsWithDigit(key) || key === '__proto__') return unsortable;
    const member = members[key];
    if (member === undefined) continue;
    const own = inOrder(member);
    if (own === unsortable) return unsortable;
    isInOrder &&= own === member;
    sorted[key] = own;
  }
  return isInOrder ? members : sorted;
}

function startsWithDigit(key: string): boolean {
  const code = key.charCodeAt(0);
  return code >= 0x30 && code <= 0x39;
}

function assembled(content: unknown): string {
  if (content === null || typeof content === 'boolean' || typeof content === 'string')
    return JSON.stringify(content);
  if (typeof content === 'number') return JSON.stringify(requireFinite(content));
  if (Array.isArray(content)) return `[${content.map(assembled).join(',')}]`;
  if (typeof content !== 'object') throw new TypeError(`A ${typeof content} has no canonical text.`);
  const members = content as Readonly<Record<string, unknown>>; // read by its own keys alone
  // sort() as it is compares UTF-16 units.
  const written = Object.keys(members)
    .sort()
    .filter((key) => members[key] !== undefined)
    .map((key) => `${JSON.stringify(key)}:${assembled(members[key])}`);
  return `{${written.join(',')}}`;
}

function requireFinite(number: number): number {
  if (Number.isFinite(number)) return number;
  throw new TypeError('A number that is not finite has no canonical text.');
}
