/** Every function that an expression may use without the environment's help. */
import type { BuiltIn } from './built-in.ts';
import { dateFunctions } from './built-ins/dates.ts';
import { listFunctions } from './built-ins/lists.ts';
import { numberFunctions } from './built-ins/numbers.ts';
import { stringFunctions } from './built-ins/strings.ts';
import { valueFunctions } from './built-ins/values.ts';

export const builtIns: ReadonlyMap<string, BuiltIn> = new Map(
  [...numberFunctions, ...stringFunctions, ...listFunctions, ...dateFunctions, ...valueFunctions].map(
    (of) => [of.name, of],
  ),
);

/** "date and time" is a word of the grammar itself. */
export const spacedNames: readonly string[] = [...builtIns.keys()].filter(
  (name) => name.includes(' ') && name !== 'date and time',
);
