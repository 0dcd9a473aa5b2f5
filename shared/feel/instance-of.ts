/** `x instance of number`: by FEEL's names of types. A missing value is an instance of Null only. */
import type { SyntaxNode } from '@lezer/common';
import { childrenOf, nameOf, refuse, scalar, type Code, type Compilation, type Scope } from './code.ts';
import { kindOf, type KindName } from './value.ts';

/** A censored number is a number, a partly known date a date. */
const kindsOfType: ReadonlyMap<string, readonly KindName[]> = new Map<string, readonly KindName[]>([
  ['number', ['number', 'bounded']],
  ['string', ['string']],
  ['boolean', ['boolean']],
  ['date', ['date', 'partial']],
  ['date and time', ['date-time']],
  ['days and time duration', ['days']],
  ['years and months duration', ['months']],
  ['list', ['list']],
  ['context', ['context']],
  ['range', ['range']],
  ['Null', ['null']],
]);

export function compileInstanceOf<Frame>(
  c: Compilation<Frame>,
  node: SyntaxNode,
  scope: Scope | null,
): Code<Frame> {
  const children = childrenOf(node);
  const [subject] = children;
  const type = children.find((child) => child.name === 'Type');
  if (subject === undefined || type === undefined) return refuse(c, node, 'a type is missing');
  const name = nameOf(c, type);
  const read = c.compile(subject, scope).read;
  if (name === 'Any') return scalar((frame) => read(frame) !== null);
  const kinds = kindsOfType.get(name);
  if (kinds === undefined)
    return refuse(
      c,
      type,
      `there is no type “${name}”; types are ${[...kindsOfType.keys(), 'Any'].join(', ')}`,
    );
  return scalar((frame) => kinds.includes(kindOf(read(frame))));
}
