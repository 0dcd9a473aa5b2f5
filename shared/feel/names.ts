/** Names, and what stands behind a point. */
import type { SyntaxNode } from '@lezer/common';
import {
  childrenOf,
  nameOf,
  refuse,
  scalar,
  warnAt,
  type Code,
  type Compilation,
  type Scope,
  type Shape,
} from './code.ts';
import type { Read } from './environment.ts';
import type { Warn } from './fault.ts';
import { hasProperty, propertyOf } from './properties.ts';
import { isList, kindOf, nameKind, type FeelContext, type FeelValue } from './value.ts';

/**
 * Innermost first: variables and elements of the expression itself, then the environment, whose names hold no contexts
 * (a special form can say which fields its contexts have, a name cannot).
 */
export function compileName<Frame>(
  c: Compilation<Frame>,
  node: SyntaxNode,
  scope: Scope | null,
): Code<Frame> {
  const name = nameOf(c, node);
  const own = findOwn<Frame>(c, name, scope);
  if (own !== null) return own;
  c.names.add(name);
  const read = c.environment.resolve(name);
  return read === null ? refuse(c, node, `there is no “${name}” that can be read here`) : scalar(read);
}

/** A name that the expression itself brings: a loop variable, `item`, a field of the element that a filter looks at. */
export function findOwn<Frame>(c: Compilation<Frame>, name: string, scope: Scope | null): Code<Frame> | null {
  const { slots } = c;
  for (let at = scope; at !== null; at = at.outer) {
    const { slot, shape } = at;
    if (at.kind === 'variable') {
      if (at.name === name) return { read: () => slots[slot] ?? null, shape };
      continue;
    }
    if (typeof shape !== 'string' && shape.has(name)) {
      at.onUse();
      return { read: () => entryOf(slots[slot] ?? null, name), shape: 'unknown' };
    }
    if (name === 'item') {
      at.onUse();
      return { read: () => slots[slot] ?? null, shape };
    }
  }
  return null;
}

/** a.b: of missing is missing; of a list, the list of each element's. */
export function compilePath<Frame>(
  c: Compilation<Frame>,
  node: SyntaxNode,
  scope: Scope | null,
): Code<Frame> {
  const [target, , path] = childrenOf(node);
  if (target === undefined || path === undefined) return refuse(c, node, 'a name is missing after the point');
  const name = nameOf(c, path);
  const { read, shape } = c.compile(target, scope);
  const unknown = whyUnknown(name, shape);
  if (unknown !== null) return refuse(c, path, unknown);
  return { read: readPath(read, name, warnAt(c, path)), shape: 'unknown' };
}

function whyUnknown(name: string, shape: Shape): string | null {
  if (typeof shape !== 'string') return shape.has(name) ? null : `there is no field “${name}” here`;
  return shape === 'scalar' && !hasProperty(name) ? `there is no property “${name}”` : null;
}

function readPath<Frame>(read: Read<Frame>, name: string, warn: Warn): Read<Frame> {
  return (frame) => {
    const target = read(frame);
    return isList(target) ? target.map((element) => pathOf(element, name, warn)) : pathOf(target, name, warn);
  };
}

function pathOf(target: FeelValue, name: string, warn: Warn): FeelValue {
  if (target === null) return null;
  if (isContext(target)) return target.entries.get(name) ?? null;
  const property = propertyOf(target, name);
  if (property !== undefined) return property;
  warn(`${nameKind(target)} has no “${name}”`);
  return null;
}

function entryOf(element: FeelValue, name: string): FeelValue {
  return isContext(element) ? (element.entries.get(name) ?? null) : null;
}

function isContext(value: FeelValue): value is FeelContext {
  return kindOf(value) === 'context';
}
