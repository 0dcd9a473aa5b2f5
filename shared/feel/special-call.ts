/** Calls of the environment's own functions. */
import type { SyntaxNode } from '@lezer/common';
import { nameOf, refuse, type Code, type Compilation, type Scope } from './code.ts';
import type { SpecialArgument, SpecialForm } from './environment.ts';
import { findOwn } from './names.ts';
import { argumentsOf } from './written-argument.ts';

export function compileSpecial<Frame>(
  c: Compilation<Frame>,
  node: SyntaxNode,
  special: SpecialForm<Frame>,
  scope: Scope | null,
): Code<Frame> {
  const written = argumentsOf(c, node);
  if (written.some((argument) => argument.name !== null))
    return refuse(c, node, `${nameOf(c, node.firstChild ?? node)}(…) takes its arguments by position`);
  const faultsBefore = c.faults.length;
  const result = special(written.map(({ value }) => toSpecialArgument(c, value, scope)));
  // What is wrong with an argument explains more than what the function makes of it.
  if (c.faults.length > faultsBefore) return { read: () => null, shape: 'unknown' };
  if ('fault' in result) return refuse(c, node, result.fault);
  return { read: result.read, shape: result.fields ?? 'scalar' };
}

function toSpecialArgument<Frame>(
  c: Compilation<Frame>,
  node: SyntaxNode,
  scope: Scope | null,
): SpecialArgument<Frame> {
  if (node.name !== 'VariableName') {
    const { read, constant } = c.compile(node, scope);
    return { name: null, read, literal: constant ?? null };
  }
  const name = nameOf(c, node);
  const own = findOwn<Frame>(c, name, scope);
  if (own === null) c.names.add(name);
  return { name, read: own === null ? c.environment.resolve(name) : own.read, literal: null };
}
