/** How a built-in function is declared, and how it is called. */
import { assertNever } from '../assert-never.ts';
import type { Warn } from './fault.ts';
import {
  isList,
  isMoment,
  kindOf,
  nameKind,
  type Bounded,
  type FeelContext,
  type FeelDuration,
  type FeelValue,
  type Moment,
} from './value.ts';

interface Types {
  any: FeelValue;
  number: number;
  /** A number, censored or not. */
  amount: number | Bounded;
  string: string;
  boolean: boolean;
  /** A single value is taken as a list of one, as FEEL has it. */
  list: readonly FeelValue[];
  /** A date, a date and time, or a partly known date. */
  moment: Moment;
  duration: FeelDuration;
  context: FeelContext;
}
type TypeName = keyof Types;

/** "scale: number", or "scale: number?" when it can be left out. */
type Spelling = `${string}: ${TypeName}` | `${string}: ${TypeName}?`;
type Argument<S extends Spelling> = S extends `${string}: ${infer T}?`
  ? (T extends TypeName ? Types[T] : never) | null
  : S extends `${string}: ${infer T}`
    ? T extends TypeName
      ? Types[T]
      : never
    : never;
type Arguments<P extends readonly Spelling[]> = { readonly [K in keyof P]: Argument<P[K]> };

interface Parameter {
  readonly name: string;
  readonly type: TypeName;
  readonly optional: boolean;
}

export interface BuiltIn {
  readonly name: string;
  readonly parameters: readonly Parameter[];
  /** Takes any number of values, or one list of them. */
  readonly variadic: boolean;
  /** What the result is or consists of: plain values, what the arguments consist of, or nobody knows. */
  readonly holds: 'scalar' | 'arguments' | 'unknown';
  readonly call: (args: readonly FeelValue[], warn: Warn) => FeelValue;
}

/**
 * A function of fixed parameters. A missing argument makes the result null, except where the type is `any` or the
 * parameter is optional; an argument of another kind does so too, with a warning.
 */
export function builtIn<const P extends readonly Spelling[]>(
  name: string,
  spellings: P,
  run: (...args: [...Arguments<P>, Warn]) => FeelValue,
): BuiltIn {
  const parameters = spellings.map(toParameter);
  return {
    name,
    parameters,
    variadic: false,
    holds: 'scalar',
    call: (args, warn) => {
      const checked: FeelValue[] = [];
      for (let index = 0; index < parameters.length; index += 1) {
        const parameter = parameters[index];
        const argument = args[index] ?? null;
        if (parameter === undefined) return null;
        if (argument === null && parameter.type !== 'any' && !parameter.optional) return null;
        const converted =
          parameter.type === 'list' && argument !== null && !isList(argument) ? [argument] : argument;
        if (converted !== null && !hasType(converted, parameter.type)) {
          warn(
            `${name}(…) takes ${parameter.type === 'any' ? 'a value' : describe[parameter.type]} as “${parameter.name}”, not ${nameKind(argument)}`,
          );
          return null;
        }
        checked.push(converted);
      }
      // The loop above has just checked what the types of P say.
      return run(...([...checked, warn] as unknown as [...Arguments<P>, Warn]));
    },
  };
}

/** A function of any number of values, or of one list of them; `run` gets them as they are, missing ones included. */
export function variadic(
  name: string,
  run: (values: readonly FeelValue[], warn: Warn) => FeelValue,
): BuiltIn {
  return {
    name,
    parameters: [],
    variadic: true,
    holds: 'scalar',
    call: (args, warn) => {
      const [first] = args;
      return run(args.length === 1 && first !== undefined && isList(first) ? first : args, warn);
    },
  };
}

/** For functions whose result is any part of an argument. */
export function handingOnParts(of: BuiltIn): BuiltIn {
  return { ...of, holds: 'unknown' };
}

/** For functions that hand on their arguments, or elements of them. */
export function handingOn(of: BuiltIn): BuiltIn {
  return { ...of, holds: 'arguments' };
}

function toParameter(spelling: Spelling): Parameter {
  const [name = '', type = ''] = spelling.split(': ');
  const optional = type.endsWith('?');
  // Spelling allows no other types.
  return { name, type: (optional ? type.slice(0, -1) : type) as TypeName, optional };
}

const describe: Record<Exclude<TypeName, 'any'>, string> = {
  number: 'a number',
  amount: 'a number',
  string: 'a text',
  boolean: 'a yes-or-no',
  list: 'a list',
  moment: 'a date',
  duration: 'a duration',
  context: 'a context',
};

function hasType(value: FeelValue, type: TypeName): boolean {
  const kind = kindOf(value);
  switch (type) {
    case 'any':
      return true;
    case 'amount':
      return kind === 'number' || kind === 'bounded';
    case 'moment':
      return isMoment(value);
    case 'duration':
      return kind === 'days' || kind === 'months';
    case 'number':
    case 'string':
    case 'boolean':
    case 'list':
    case 'context':
      return kind === type;
    default:
      return assertNever(type);
  }
}
