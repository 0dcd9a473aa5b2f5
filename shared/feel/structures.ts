/** Lists and contexts written out. */
import type { SyntaxNode } from '@lezer/common';
import {
  childrenOf,
  nameOf,
  newSlot,
  refuse,
  textOf,
  type Code,
  type Compilation,
  type Scope,
  type Shape,
} from './code.ts';
import { readStringLiteral } from './string-literal.ts';
import type { FeelValue } from './value.ts';

export function compileList<Frame>(
  c: Compilation<Frame>,
  node: SyntaxNode,
  scope: Scope | null,
): Code<Frame> {
  const parts = childrenOf(node)
    .slice(1, -1)
    .map((child) => c.compile(child, scope));
  const shape = commonShape(parts.map((part) => part.shape));
  if (parts.every((part) => part.constant !== undefined)) {
    const constant = parts.map((part) => part.constant ?? null);
    return { read: () => constant, shape, constant };
  }
  const reads = parts.map((part) => part.read);
  return { read: (frame) => reads.map((read) => read(frame)), shape };
}

/** Elements with different fields may use them all; one that lacks a field reads it as null. */
export function commonShape(shapes: readonly Shape[]): Shape {
  if (shapes.every((shape) => shape === 'scalar')) return 'scalar';
  const fields = shapes.flatMap((shape) => (typeof shape === 'string' ? [] : [...shape]));
  return shapes.includes('unknown') ? 'unknown' : new Set(fields);
}

/** An entry may use the entries before it. */
export function compileContext<Frame>(
  c: Compilation<Frame>,
  node: SyntaxNode,
  scope: Scope | null,
): Code<Frame> {
  const entries: { key: string; slot: number; code: Code<Frame> }[] = [];
  let inner = scope;
  for (const child of childrenOf(node).slice(1, -1)) {
    const [keyNode, valueNode] = childrenOf(child);
    const key = keyNode === undefined ? null : keyOf(c, keyNode);
    if (key === null || valueNode === undefined)
      return refuse(c, child, 'an entry of a context is written name: value');
    const code = c.compile(valueNode, inner);
    const slot = newSlot(c);
    entries.push({ key, slot, code });
    inner = { kind: 'variable', name: key, slot, shape: code.shape, outer: inner };
  }
  const { slots } = c;
  return {
    shape: new Set(entries.map((entry) => entry.key)),
    read: (frame) => {
      const values = new Map<string, FeelValue>();
      for (const { key, slot, code } of entries) {
        const value = code.read(frame);
        slots[slot] = value;
        values.set(key, value);
      }
      return { kind: 'context', entries: values };
    },
  };
}

function keyOf(c: { readonly source: string }, node: SyntaxNode): string | null {
  const key = node.firstChild;
  if (key === null) return null;
  return key.name === 'StringLiteral' ? readStringLiteral(textOf(c, key)) : nameOf(c, key);
}
