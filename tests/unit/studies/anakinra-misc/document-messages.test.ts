/** The messages of section 7 beside those of the checks: every number and every word of weight, but for what is listed. */
import { describe, expect, test } from 'vitest';
import { documentChecks } from './document/checks.ts';
import { saidOtherwise, verdicts } from './document/said-otherwise.ts';
import { model } from './study.ts';

const languages = ['en', 'fr'] as const;

/** What a person reads of a check: its message, its rule and the labels of its items. */
function wordsOf(id: string, language: 'en' | 'fr'): string {
  return model.checks
    .filter(({ check }) => check.id === id || check.id.startsWith(`${id}_`))
    .flatMap(({ check, items }) => [
      check.message[language],
      check.rule[language],
      ...items.map(({ item }) => item.label[language]),
    ])
    .join(' ');
}

function stems(text: string): ReadonlySet<string> {
  const plain = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return new Set([...plain.matchAll(/[a-z]{5,}/gu)].map(([word]) => word.slice(0, 5)));
}
function numbers(text: string): ReadonlySet<string> {
  return new Set([...text.matchAll(/\d+(?:[.,]\d+)?/gu)].map(([number]) => number.replace(',', '.')));
}

describe.each(documentChecks.map(({ id, message }) => [id, message] as const))('%s', (id, message) => {
  test.each(languages)('says in %s what the study document says', (language) => {
    const own = stems(wordsOf(id, language));
    const missing = [...stems(message[language])].filter(
      (word) => !own.has(word) && !verdicts[language].includes(word),
    );
    expect(missing.sort()).toEqual([...(saidOtherwise[id]?.[language] ?? [])].sort());
  });
  test.each(languages)('names in %s the numbers that the study document names', (language) => {
    const own = numbers(wordsOf(id, language));
    // The 2 of SARS-CoV-2 is no limit.
    const named = numbers(message[language].replaceAll('SARS-CoV-2', ''));
    expect([...named].filter((number) => !own.has(number))).toEqual([]);
  });
});

test('a verdict is listed only where the study document passes one', () => {
  for (const language of languages) {
    const said = new Set(documentChecks.flatMap(({ message }) => [...stems(message[language])]));
    expect(verdicts[language].filter((word) => !said.has(word))).toEqual([]);
  }
});
