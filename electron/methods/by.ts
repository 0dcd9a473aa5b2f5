/** What every handler of a method with a verb shares. */
import { refuse } from '../app-error.ts';
import type { Actor } from '../services/site.ts';

/** For methods with a verb: dispatch has found the actor, or refused. */
export function by<Input, Output>(
  act: (input: Input, actor: Actor) => Output,
): (input: Input, actor: Actor | null) => Output {
  return (input, actor) => {
    if (actor === null) throw refuse('signed-out');
    return act(input, actor);
  };
}
