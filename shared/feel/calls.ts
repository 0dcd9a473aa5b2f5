/** Calls of functions, and the constructors of dates. */
import type { SyntaxNode } from '@lezer/common';
import type { BuiltIn } from './built-in.ts';
import { builtIns } from './built-ins.ts';
import { toRegExp } from './built-ins/strings.ts';
import {
  childrenOf,
  literal,
  nameOf,
  refuse,
  warnAt,
  type Code,
  type Compilation,
  type Scope,
} from './code.ts';
import type { Read } from './environment.ts';
import type { Warn } from './fault.ts';
import { compileSort } from './sort-call.ts';
import { compileSpecial } from './special-call.ts';
import { readStringLiteral } from './string-literal.ts';
import { readTemporal } from './temporal-text.ts';
import { commonShape } from './structures.ts';
import type { FeelValue } from './value.ts';
import { argumentsOf, type WrittenArgument } from './written-argument.ts';

export function compileCall<Frame>(
  c: Compilation<Frame>,
  node: SyntaxNode,
  scope: Scope | null,
): Code<Frame> {
  const [target] = childrenOf(node);
  if (target === undefined) return refuse(c, node, 'a function is missing');
  const name = nameOf(c, target);
  const special = c.environment.special.get(name);
  if (special !== undefined) return compileSpecial(c, node, special, scope);
  const written = argumentsOf(c, node);
  if (name === 'sort' && written[1]?.value.name === 'FunctionDefinition')
    return compileSort(c, node, written, scope);
  const builtIn = builtIns.get(name);
  if (builtIn === undefined) return refuse(c, target, `there is no function “${name}”`);
  return compileBuiltIn(c, node, builtIn, written, scope);
}

/** @"2021-11-03", date("2021-11-03"), date(2021, 11, 3), date and time(…), duration(…) */
export function compileDateTime<Frame>(
  c: Compilation<Frame>,
  node: SyntaxNode,
  scope: Scope | null,
): Code<Frame> {
  const [first] = childrenOf(node);
  if (first?.name !== 'AtLiteral') {
    const builtIn = first === undefined ? undefined : builtIns.get(nameOf(c, first));
    if (builtIn === undefined)
      return refuse(c, first ?? node, 'times of the day without a date are not supported');
    return compileBuiltIn(c, node, builtIn, argumentsOf(c, node), scope);
  }
  const value = readTemporal(readStringLiteral(c.source.slice(first.from + 1, first.to)));
  return value === null
    ? refuse(c, node, 'this is no date, local date and time, or duration')
    : literal(value);
}

function compileBuiltIn<Frame>(
  c: Compilation<Frame>,
  node: SyntaxNode,
  builtIn: BuiltIn,
  written: readonly WrittenArgument[],
  scope: Scope | null,
): Code<Frame> {
  const placed = place(builtIn, written);
  if (typeof placed === 'string') return refuse(c, node, placed);
  const args = placed.map((argument) =>
    argument === null ? literal<Frame>(null) : c.compile(argument, scope),
  );
  const shape =
    builtIn.holds === 'arguments' ? commonShape(args.map((argument) => argument.shape)) : builtIn.holds;
  const constants = args.map((argument) => argument.constant);
  if (isComplete(constants) && args.length > 0) return compileConstant(c, node, builtIn, constants);
  if (builtIn.name === 'matches') return compileMatches(c, node, args);
  return {
    read: readCall(
      builtIn,
      args.map((argument) => argument.read),
      warnAt(c, node),
    ),
    shape,
  };
}

/** The arguments in the order of the parameters, or what is wrong with them. */
function place(
  builtIn: BuiltIn,
  written: readonly WrittenArgument[],
): readonly (SyntaxNode | null)[] | string {
  const { name, parameters, variadic } = builtIn;
  const named = written.some((argument) => argument.name !== null);
  if (variadic) {
    if (named) return `${name}(…) takes its arguments by position`;
    return written.length === 0
      ? `${name}(…) needs a list or values`
      : written.map((argument) => argument.value);
  }
  const unknown = written.find(
    (argument) => named && !parameters.some((parameter) => parameter.name === argument.name),
  );
  if (unknown !== undefined) return `${name}(…) has no parameter “${unknown.name ?? ''}”`;
  if (written.length > parameters.length)
    return `${name}(…) takes ${countOf(parameters.length)}, not ${written.length}`;
  const placed = parameters.map((parameter, index) =>
    named ? written.find((argument) => argument.name === parameter.name)?.value : written[index]?.value,
  );
  const missing = parameters.find((parameter, index) => !parameter.optional && placed[index] === undefined);
  return missing === undefined ? placed.map((value) => value ?? null) : `${name}(…) needs “${missing.name}”`;
}

function countOf(count: number): string {
  return count === 1 ? 'one argument' : `${count} arguments`;
}

/** Evaluated once, here: a warning about literals ("2021-02-31") is a fault of the expression. */
function compileConstant<Frame>(
  c: Compilation<Frame>,
  node: SyntaxNode,
  builtIn: BuiltIn,
  args: readonly FeelValue[],
): Code<Frame> {
  const warnings: string[] = [];
  const value = builtIn.call(args, (message) => warnings.push(message));
  return warnings[0] === undefined ? literal(value) : refuse(c, node, warnings[0]);
}

function isComplete(values: readonly (FeelValue | undefined)[]): values is readonly FeelValue[] {
  return values.every((value) => value !== undefined);
}

/** The pattern is compiled once where it is a literal, and is a fault when it is none. */
function compileMatches<Frame>(
  c: Compilation<Frame>,
  node: SyntaxNode,
  args: readonly Code<Frame>[],
): Code<Frame> {
  const warn = warnAt(c, node);
  const [input, pattern] = args;
  const matches = builtIns.get('matches');
  if (input === undefined || pattern === undefined || matches === undefined)
    return refuse(c, node, 'matches(…) needs a pattern');
  if (typeof pattern.constant !== 'string')
    return { read: readCall(matches, [input.read, pattern.read], warn), shape: 'scalar' };
  const expression = toRegExp(pattern.constant);
  if (expression === null) return refuse(c, node, 'the pattern is not a regular expression');
  const { constant } = pattern;
  return {
    shape: 'scalar',
    read: (frame) => {
      const text = input.read(frame);
      return typeof text === 'string' ? expression.test(text) : matches.call([text, constant], warn);
    },
  };
}

function readCall<Frame>(builtIn: BuiltIn, reads: readonly Read<Frame>[], warn: Warn): Read<Frame> {
  const [first, second] = reads;
  if (first !== undefined && reads.length === 1) return (frame) => builtIn.call([first(frame)], warn);
  if (first !== undefined && second !== undefined && reads.length === 2)
    return (frame) => builtIn.call([first(frame), second(frame)], warn);
  return (frame) =>
    builtIn.call(
      reads.map((read) => read(frame)),
      warn,
    );
}
