/** Arguments of the functions that the engine brings. */
import type { SpecialArgument } from '../feel/compile.ts';
import type { Frame } from './frame.ts';

export type Argument = SpecialArgument<Frame>;

/** Names the first argument that has no value where the expression is written; null when all have. */
export function unreadableArgument(args: readonly Argument[]): string | null {
  const unknown = args.find((argument) => argument.read === null);
  return unknown === undefined ? null : `${unknown.name ?? 'an argument'} has no value here`;
}
