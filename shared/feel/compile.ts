/**
 * Compiles FEEL (OMG DMN 1.5, chapter 10) to closures: parsed once, evaluated without looking at the text again.
 *
 * Where this FEEL is stricter than the standard or than its other implementations:
 * - Missing values are unknown, in `=`, `!=` and `in` too: with c missing, `c = 1`, `c != 1` and `not(c in (1, 2))` are
 *   null. To ask whether a value is missing, compare it with the literal: `c = null`, `c != null`.
 * - `some` and `every` are chains of `or` and `and`: an element that is not evaluable makes the answer null unless
 *   another one decides.
 * - `if` takes the else branch unless its condition is true; null is not true.
 * - Lists of one element are lists: [1] = 1 is not evaluable.
 * - Kinds that do not go together ("a" < 3) give null and a warning, never false.
 * - count, sum, min, max, mean and median leave missing values out; of an empty list they are null, count is 0.
 * - Spellings that read differently from what they mean are faults: see traps.ts.
 * Numbers, censored numbers and partly known dates: see compare.ts and arithmetic.ts.
 */
import type { Environment, Read } from './environment.ts';
import { compileNode } from './expressions.ts';
import type { Compilation } from './code.ts';
import type { FeelFault, FeelWarning } from './fault.ts';
import { parse } from './syntax.ts';
import type { FeelValue } from './value.ts';

export type { Environment, Read, SpecialArgument, SpecialForm, SpecialResult } from './environment.ts';
export type { FeelFault, FeelWarning } from './fault.ts';

export interface Evaluation {
  readonly value: FeelValue;
  readonly warnings: readonly FeelWarning[];
}

export interface Expression<Frame> {
  readonly evaluate: (frame: Frame) => Evaluation;
  /** The value alone, for where nobody looks at warnings. */
  readonly read: Read<Frame>;
  /** Free names, those of special forms' arguments included. */
  readonly names: ReadonlySet<string>;
}

export type Compiled<Frame> =
  | { readonly ok: true; readonly expression: Expression<Frame> }
  | { readonly ok: false; readonly faults: readonly FeelFault[] };

/** Never throws; faults come in the order of the source. */
export function compile<Frame>(source: string, environment: Environment<Frame>): Compiled<Frame> {
  const parsed = parse(source);
  if (!parsed.ok) return { ok: false, faults: [parsed.fault] };
  const compilation: Compilation<Frame> = {
    source,
    environment,
    compile: (node, scope) => compileNode(compilation, node, scope),
    faults: [],
    names: new Set(),
    slots: [],
    sink: { warnings: null },
  };
  const { read } = compilation.compile(parsed.root, null);
  const { faults, names, sink } = compilation;
  if (faults.length > 0) return { ok: false, faults: faults.sort((a, b) => a.from - b.from) };
  return { ok: true, expression: { read, names, evaluate: (frame) => evaluate(read, frame, sink) } };
}

const noWarnings: readonly FeelWarning[] = [];

function evaluate<Frame>(read: Read<Frame>, frame: Frame, sink: Compilation<Frame>['sink']): Evaluation {
  const outer = sink.warnings;
  const warnings: FeelWarning[] = [];
  sink.warnings = warnings;
  try {
    return { value: read(frame), warnings: warnings.length === 0 ? noWarnings : warnings };
  } finally {
    sink.warnings = outer;
  }
}
