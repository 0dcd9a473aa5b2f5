/** What holds for values of any kind. */
import { builtIn, handingOn, handingOnParts, variadic, type BuiltIn } from '../built-in.ts';
import { nameKind } from '../value.ts';

export const valueFunctions: readonly BuiltIn[] = [
  builtIn('not', ['negand: any'], (value, warn) => {
    if (typeof value === 'boolean') return !value;
    if (value !== null) warn(`${nameKind(value)} stands where a yes-or-no is needed`);
    return null;
  }),
  builtIn('is defined', ['value: any'], (value) => value !== null),
  builtIn('is missing', ['value: any'], (value) => value === null),
  /** The first that is not missing. */
  handingOn(variadic('coalesce', (values) => values.find((value) => value !== null) ?? null)),
  handingOnParts(
    builtIn(
      'get value',
      ['context: context', 'key: string'],
      (context, key) => context.entries.get(key) ?? null,
    ),
  ),
];
