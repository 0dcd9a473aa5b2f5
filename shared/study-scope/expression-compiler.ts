/** Compiles expressions and messages one by one, and keeps what was written and what is wrong with it. */
import { compile, type Compiled, type Environment, type Read } from '../feel/compile.ts';
import { faultAt } from '../feel/fault.ts';
import type { MessagePart, StudyExpression, StudyFault, StudyModel } from '../study-model.ts';
import { environments } from './environment.ts';
import type { Frame, Home } from './frame.ts';
import { ambiguity } from './locate.ts';
import { splitMessage } from './message.ts';
import type { Path } from './paths.ts';
import { placeholder } from './placeholder.ts';

/** An expression as it is written, and where: what the faults of references and circles are looked for in. */
export interface WrittenExpression {
  readonly path: Path;
  readonly home: Home;
  readonly source: string;
  /** The text at `path`, and where in it the expression starts: the text itself and 0, except in messages. */
  readonly text: string;
  readonly at: number;
  /** The item, anchor or classification that rests on it; null for checks and duties. */
  readonly node: string | null;
}

export interface ExpressionCompiler {
  /** null when it has faults. */
  readonly expression: (
    path: Path,
    home: Home,
    source: string,
    node?: string,
    locals?: Locals,
  ) => StudyExpression | null;
  /** Names that expressions of one place give one another; a later one may use an earlier one. */
  readonly locals: (
    path: Path,
    home: Home,
    named: readonly { readonly name: string; readonly is: string }[],
    node: string,
  ) => Locals;
  readonly message: (path: Path, home: Home, text: string) => readonly MessagePart[] | null;
  readonly written: readonly WrittenExpression[];
  readonly faults: readonly StudyFault[];
}

export interface Locals {
  /** A name whose expression has faults reads null. */
  readonly reads: ReadonlyMap<string, Read<Frame>>;
  /** The same for locals that mean the same. */
  readonly key: string;
}

export function createExpressionCompiler(model: StudyModel): ExpressionCompiler {
  const faults: StudyFault[] = [];
  const written: WrittenExpression[] = [];
  const environmentOf = environments(model);

  /** What is written twice in the same place and sense is compiled once: classifications share criteria. */
  const known = new Map<Environment<Frame>, Map<string, Compiled<Frame>>>();
  const compileOnce = (environment: Environment<Frame>, source: string, locals?: Locals): Compiled<Frame> => {
    const here = known.get(environment) ?? new Map<string, Compiled<Frame>>();
    known.set(environment, here);
    const key = `${locals?.key ?? ''}\n${source}`;
    const compiled =
      here.get(key) ??
      compile(
        source,
        locals === undefined
          ? environment
          : { ...environment, resolve: (name) => locals.reads.get(name) ?? environment.resolve(name) },
      );
    here.set(key, compiled);
    return compiled;
  };
  const compileWritten = (one: WrittenExpression, locals?: Locals): StudyExpression | null => {
    written.push(one);
    const { environment, ambiguous } = environmentOf(one.home);
    const compiled = compileOnce(environment, one.source, locals);
    if (compiled.ok) return compiled.expression;
    for (const fault of compiled.faults) {
      const placed = model.item(one.source.slice(fault.from, fault.to));
      const isAmbiguous = placed !== undefined && ambiguous.has(placed.item.id);
      const message = isAmbiguous ? ambiguity(placed) : fault.message;
      const { line, column } = faultAt(one.text, one.at + fault.from, one.at + fault.to, message);
      faults.push({ path: one.path, message, line, column });
    }
    return null;
  };
  const compileMessage = (path: Path, home: Home, text: string): readonly MessagePart[] | null => {
    const split = splitMessage(text);
    if (!split.ok) {
      const { message, line, column } = faultAt(text, split.at, split.at + 1, 'a { is opened and not closed');
      faults.push({ path, message, line, column });
      return null;
    }
    const parts = split.parts.map((part): MessagePart | null => {
      if (part.kind === 'words') return part;
      const expression = compileWritten({ path, home, source: part.source, text, at: part.at, node: null });
      const shown = placeholder(model, home, part.source.trim());
      return expression === null ? null : { kind: 'value', expression, ...shown };
    });
    return parts.every((part) => part !== null) ? parts : null;
  };
  const compileExpression: ExpressionCompiler['expression'] = (path, home, source, node, locals) =>
    compileWritten({ path, home, source, text: source, at: 0, node: node ?? null }, locals);
  return {
    expression: compileExpression,
    locals: (path, home, named, node) => {
      const reads = new Map<string, Read<Frame>>();
      let key = '';
      for (const [position, { name, is }] of named.entries()) {
        const before: Locals = { reads: new Map(reads), key };
        const expression = compileExpression([...path, position, 'is'], home, is, node, before);
        reads.set(name, expression?.read ?? (() => null));
        key = JSON.stringify(named.slice(0, position + 1));
      }
      return { reads, key };
    },
    message: compileMessage,
    written,
    faults,
  };
}
