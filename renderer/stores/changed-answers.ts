/** What broke a signature, as a person counts it: fields in which somebody changed the answer. */
import type { BreakingChange } from '#shared/signature.ts';
import { fieldKey } from './places.ts';

/**
 * One for each field, the newest change of it. What was calculated from them follows by itself and is left out, unless
 * nothing else changed within what was signed: then an answer elsewhere reached it.
 */
export function changedAnswers(
  changes: readonly BreakingChange[],
  isCalculated: (item: string) => boolean,
): readonly BreakingChange[] {
  const fields = [...new Map(changes.map((one) => [fieldKey(one), one])).values()];
  const entered = fields.filter(({ item }) => !isCalculated(item));
  return entered.length > 0 ? entered : fields;
}
