/** Handlers of double data entry. */
import type { Clock } from '../clock.ts';
import type { Handlers } from '../dispatch.ts';
import type { FormsService } from '../services/forms.ts';
import { createSecondDecisions } from '../services/second-decisions.ts';
import { createSecondEntry } from '../services/second-entry.ts';
import { errorRates, listSecondEntries } from '../services/second-list.ts';
import type { Actor } from '../services/site.ts';

type SecondMethod = Extract<keyof Handlers, `second.${string}`>;
type By = <Input, Output>(
  act: (input: Input, actor: Actor) => Output,
) => (input: Input, actor: Actor | null) => Output;

export function secondEntryHandlers(clock: Clock, forms: FormsService, by: By): Pick<Handlers, SecondMethod> {
  const entries = createSecondEntry(clock);
  const decisions = createSecondDecisions(clock, forms);
  return {
    'second.list': by((input, actor) => listSecondEntries(actor, input, clock.now())),
    'second.begin': by((input, actor) => entries.begin(actor, input)),
    'second.save': by((input, actor) => entries.save(actor, input)),
    'second.removeRow': by((input, actor) => entries.removeRow(actor, input)),
    'second.complete': by((input, actor) => entries.complete(actor, input)),
    'second.giveBack': by((input, actor) => entries.giveBack(actor, input)),
    'second.compare': by((input, actor) => decisions.compare(actor, input)),
    'second.decide': by((input, actor) => decisions.decide(actor, input)),
    'second.rates': by((_, actor) => errorRates(actor)),
  };
}
