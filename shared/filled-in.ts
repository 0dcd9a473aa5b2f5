/** Forms that the application fills in alone, as a signature does: nobody types there, and nothing waits for them. */
import type { PlacedForm } from './study-model.ts';

export function isFilledIn({ items }: PlacedForm): boolean {
  return items.every(({ item }) => item.system !== undefined);
}
