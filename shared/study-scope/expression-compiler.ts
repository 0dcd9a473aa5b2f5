/** Compiles expressions and messages one by one, and keeps what was written and what is wrong with it. */
import { compile } from '../feel/compile.ts';
import { faultAt } from '../feel/fault.ts';
import type { MessagePart, StudyExpression, StudyFault, StudyModel } from '../study-model.ts';
import { environments } from './environment.ts';
import type { Home } from './frame.ts';
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
  /** The item or anchor that rests on it; null for checks and duties. */
  readonly node: string | null;
}

export interface ExpressionCompiler {
  /** null when it has faults. */
  readonly expression: (path: Path, home: Home, source: string, node?: string) => StudyExpression | null;
  readonly message: (path: Path, home: Home, text: string) => readonly MessagePart[] | null;
  readonly written: readonly WrittenExpression[];
  readonly faults: readonly StudyFault[];
}

export function createExpressionCompiler(model: StudyModel): ExpressionCompiler {
  const faults: StudyFault[] = [];
  const written: WrittenExpression[] = [];
  const environmentOf = environments(model);

  const compileWritten = (one: WrittenExpression): StudyExpression | null => {
    written.push(one);
    const { environment, ambiguous } = environmentOf(one.home);
    const compiled = compile(one.source, environment);
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
  return {
    expression: (path, home, source, node) =>
      compileWritten({ path, home, source, text: source, at: 0, node: node ?? null }),
    message: compileMessage,
    written,
    faults,
  };
}
