/** Facts about classifications: what one says of a child, one fact a line. */
import { describe, expect, test } from 'vitest';
import { classify, type Classified } from '#shared/classifications.ts';
import { showValue } from '#shared/feel/show-value.ts';
import type { SubjectIndex } from '#shared/subject-index.ts';
import { settleChild, type Given } from '../scenario.ts';
import { now } from './children.ts';
import { model } from './study.ts';

/** "met", "not-met", "not-evaluable", a code, or a number with its sign. */
export type Said = string;

export function classifiedOf(id: string, given: Given): readonly Classified[] {
  return classifiedIn(id, settleChild(model, given, { now }));
}

export function classifiedIn(id: string, index: SubjectIndex): readonly Classified[] {
  const found = classify(model, index, now).find(({ classification }) => classification.definition.id === id);
  if (found === undefined) throw new Error(`the study has no classification ${id}`);
  return found.classified;
}

export function said({ state, result }: Classified): Said {
  if (result.kind === 'criteria' || state === 'not-evaluable') return state;
  if (result.kind === 'grades') return result.code ?? 'none';
  return result.value === null ? state : showValue(result.value);
}

export function says(
  id: string,
  lines: readonly (readonly [because: string, given: Given, expected: Said | readonly Said[]])[],
): void {
  describe(id, () => {
    test.each(lines)('%s → %s', (_, given, expected) => {
      const found = classifiedOf(id, given).map(said);
      expect(typeof expected === 'string' ? found.join() : found).toEqual(expected);
    });
  });
}
