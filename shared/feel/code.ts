/** What the parts of the compiler hand to one another while one expression is compiled. */
import type { SyntaxNode } from '@lezer/common';
import type { Environment, Read } from './environment.ts';
import { faultAt, type FeelFault, type FeelWarning, type Warn } from './fault.ts';
import type { FeelValue } from './value.ts';

/** A compiled part. */
export interface Code<Frame> {
  readonly read: Read<Frame>;
  /** What is known of the contexts that it gives, alone or in a list. */
  readonly shape: Shape;
  /** The value of a literal; undefined when it depends on the frame. */
  readonly constant?: FeelValue;
}

/** The fields of its contexts; 'scalar': it holds none; 'unknown': that depends on the frame. */
export type Shape = ReadonlySet<string> | 'scalar' | 'unknown';

/** Names of the expression itself: variables of for, some and every, and the element that a filter looks at. */
export type Scope =
  | {
      readonly kind: 'variable';
      readonly name: string;
      readonly slot: number;
      readonly shape: Shape;
      readonly outer: Scope | null;
    }
  | {
      readonly kind: 'element';
      readonly slot: number;
      readonly shape: Shape;
      readonly onUse: () => void;
      readonly outer: Scope | null;
    };

export interface Compilation<Frame> {
  readonly source: string;
  readonly environment: Environment<Frame>;
  /** Compiles a part of the expression. */
  readonly compile: (node: SyntaxNode, scope: Scope | null) => Code<Frame>;
  readonly faults: FeelFault[];
  readonly names: Set<string>;
  /**
   * The current values of the expression's own variables. A loop puts back what it found, so that an expression that
   * is read again by one of its own readers (a total that rests on the previous row's) keeps its variables.
   */
  readonly slots: FeelValue[];
  /** Where warnings go while `evaluate` runs; null while only the value is read. */
  readonly sink: { warnings: FeelWarning[] | null };
}

export function textOf(compilation: { readonly source: string }, node: SyntaxNode): string {
  return compilation.source.slice(node.from, node.to);
}

/** A name as FEEL sees it: runs of white space count as one space. */
export function nameOf(compilation: { readonly source: string }, node: SyntaxNode): string {
  return textOf(compilation, node).replace(/\s+/gu, ' ').trim();
}

export function childrenOf(node: SyntaxNode): readonly SyntaxNode[] {
  const children: SyntaxNode[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) {
    if (!child.type.isSkipped) children.push(child);
  }
  return children;
}

/** `null` as written: the one spelling that asks for missing values. */
export function isNullLiteral(node: SyntaxNode): boolean {
  const inner = node.name === 'ParenthesizedExpression' ? childrenOf(node)[1] : undefined;
  return inner === undefined ? node.name === 'null' : isNullLiteral(inner);
}

/** Notes a fault; the part is worth null, so that the rest can still be looked through. */
export function refuse<Frame>(
  compilation: Compilation<Frame>,
  node: SyntaxNode,
  message: string,
): Code<Frame> {
  compilation.faults.push(faultAt(compilation.source, node.from, node.to, message));
  return { read: () => null, shape: 'unknown' };
}

export function literal<Frame>(value: FeelValue): Code<Frame> {
  return { read: () => value, shape: 'scalar', constant: value };
}

export function scalar<Frame>(read: Read<Frame>): Code<Frame> {
  return { read, shape: 'scalar' };
}

export function warnAt<Frame>(compilation: Compilation<Frame>, node: SyntaxNode): Warn {
  const { sink, source } = compilation;
  const { from, to } = node;
  return (message) => {
    if (sink.warnings !== null) sink.warnings.push(faultAt(source, from, to, message));
  };
}

/** A place for one more variable of the expression. */
export function newSlot(compilation: { readonly slots: FeelValue[] }): number {
  return compilation.slots.push(null) - 1;
}
