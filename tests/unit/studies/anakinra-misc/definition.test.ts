/** What the study document asks of the checks and derivations, beyond what the schema can say. */
import { describe, expect, test } from 'vitest';
import type { Check } from '#shared/study.ts';
import { model, study } from './study.ts';

test('checks that the table does not have are named after the item at which they are shown', () => {
  const own = study.checks.filter((check) => !/^EC\d\d(_[A-Z]+)?$/u.test(check.id));
  expect(own.filter((check) => !check.id.startsWith(check.items[0] ?? '-')).map((check) => check.id)).toEqual(
    [],
  );
});

test('every calculated item is derived, and says from what', () => {
  const calculated = model.items.filter(({ item }) => item.type === 'calculated');
  expect(
    calculated
      .filter(({ item }) => item.expression === undefined || item.source === undefined)
      .map(({ item }) => item.id),
  ).toEqual([]);
});

test('what the study document marks [S] or [K] is marked as a convention', () => {
  const marked = study.checks.filter((check) => /\[[SK]\]/u.test(check.source));
  expect(marked.filter((check) => check.convention !== true).map((check) => check.id)).toEqual([]);
});

describe('messages', () => {
  /** What is put in, leaving out the words that an expression chooses between. */
  const expressions = (message: string): readonly string[] =>
    [...message.matchAll(/\{([^{}]*)\}/gu)]
      .map((match) => (match[1] ?? '').replaceAll(/(then|else) "[^"]*"/gu, '$1 …'))
      .sort();

  test.each(study.checks.map((check): [string, Check] => [check.id, check]))(
    '%s names the same values in both languages',
    (_, check) => {
      expect(expressions(check.message.fr)).toEqual(expressions(check.message.en));
    },
  );

  test.each(study.checks.map((check): [string, Check] => [check.id, check]))(
    '%s says what is so and neither “we” nor “please”',
    (_, { message, rule }) => {
      for (const text of [message.en, message.fr, rule.en, rule.fr]) {
        expect(text).toMatch(/[.?]"?\}?$/u);
        expect(text).not.toMatch(/\b(?:we|our|please|invalid|nous|veuillez|merci)\b/iu);
      }
    },
  );
});
