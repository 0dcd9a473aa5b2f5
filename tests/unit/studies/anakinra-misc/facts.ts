/** Facts about calculated items: what an item holds for a child, one fact a line. */
import { describe, expect, test } from 'vitest';
import { derivedTexts, settleChild, type Given } from '../scenario.ts';
import { now } from './children.ts';
import { model } from './study.ts';

/** One text, or those of all rows in order; null where nothing is derived. */
type Held = string | null | readonly (string | null)[];

export function facts(
  name: string,
  lines: readonly (readonly [because: string, item: string, given: Given, expected: Held])[],
): void {
  describe(name, () => {
    test.each(lines)('%s → %s', (_, item, given, expected) => {
      const texts = derivedTexts(model, settleChild(model, given, { now }), item);
      expect(texts.length > 1 ? texts : (texts[0] ?? null)).toEqual(expected);
    });
  });
}
