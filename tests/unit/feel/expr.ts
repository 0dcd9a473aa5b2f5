/** One-line specs of expressions, in an environment whose names are the keys of a frame. */
import { expect, it } from 'vitest';
import {
  compile,
  type Compiled,
  type Environment,
  type Evaluation,
  type Expression,
} from '#shared/feel/compile.ts';
import { showValue } from '#shared/feel/show-value.ts';
import type { FeelValue } from '#shared/feel/value.ts';

export type Values = Readonly<Record<string, FeelValue>>;

const names = /^(?:[a-h]|n[0-3]|s[01]|b[01]|d[01]|t[01])$/;

/** Reads the letters a to h, and the names that the generated expressions use. */
export const letters: Environment<Values> = {
  resolve: (name) => (names.test(name) ? (frame) => frame[name] ?? null : null),
  special: new Map(),
};

export function evaluate(source: string, frame: Values = {}): Evaluation {
  return compiled(source).evaluate(frame);
}

export function compiled(source: string): Expression<Values> {
  const result = compile(source, letters);
  if (!result.ok) throw new Error(`${source}: ${result.faults.map((fault) => fault.message).join('; ')}`);
  return result.expression;
}

/** The expression is worth this; dates, durations and ranges are given as FEEL shows them. */
export function expr(source: string, expected: FeelValue, frame: Values = {}): void {
  it(`${source} is ${showValue(expected)}${Object.keys(frame).length === 0 ? '' : ` with ${showFrame(frame)}`}`, () => {
    const { value } = evaluate(source, frame);
    if (typeof expected === 'string' && typeof value !== 'string') expect(showValue(value)).toBe(expected);
    else expect(value).toEqual(expected);
  });
}

/** The expression is worth null, and says why. */
export function warns(source: string, warning: string, frame: Values = {}): void {
  it(`${source} warns “${warning}”`, () => {
    const { value, warnings } = evaluate(source, frame);
    expect(value).toBeNull();
    expect(warnings.map((each) => each.message)).toEqual([warning]);
  });
}

/** The expression is refused at this place, for this reason. */
export function refuses(source: string, place: string, reason: string): void {
  it(`${source} is refused at ${place}: ${reason}`, () => {
    expect(faultsOf(compile(source, letters))).toEqual([`${place} ${reason}`]);
  });
}

export function faultsOf(compiled: Compiled<never>): readonly string[] {
  return compiled.ok ? [] : compiled.faults.map((fault) => `${fault.line}:${fault.column} ${fault.message}`);
}

function showFrame(frame: Values): string {
  return Object.entries(frame)
    .map(([name, value]) => `${name} = ${showValue(value)}`)
    .join(', ');
}
