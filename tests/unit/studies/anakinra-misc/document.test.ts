/** The definition beside the tables of the study document, of which a copy is kept: nothing left out, nothing changed unawares. */
import { describe, expect, test } from 'vitest';
import {
  analyteDifferences,
  checkDifferences,
  itemDifferences,
  listDifferences,
  matrixDifferences,
  type Difference,
} from './document/compare.ts';
import { deliberate } from './document/deliberate-differences.ts';
import { documentAnalytes } from './document/analytes.ts';
import { documentChecks } from './document/checks.ts';
import { documentEvents } from './document/events.ts';
import { documentItems } from './document/items.ts';
import { documentLists } from './document/lists.ts';
import { rulesInWords } from './document/rules-in-words.ts';
import { model, study } from './study.ts';

const lines = (differences: readonly Difference[]): readonly string[] =>
  differences.map(({ at, document, here }) => `${at}: ${document} → ${here}`).sort();

describe('the study document is read whole', () => {
  test('22 sections, 263 items, 88 checks', () => {
    expect(new Set(documentItems.map(({ section }) => section)).size).toBe(22);
    expect(documentItems.length).toBe(new Set(documentItems.map(({ id }) => id)).size);
    expect([documentItems.length, documentChecks.length]).toEqual([263, 88]);
  });
  test('22 code lists, 33 laboratory tests and 12 events', () => {
    expect([documentLists.length, documentAnalytes.length, documentEvents.length]).toEqual([22, 33, 12]);
  });
});

describe('the definition says what the study document says, but for what is listed with its reason', () => {
  test('forms, items, types, units, limits, duties, and the words of choices', () => {
    expect(lines(itemDifferences())).toEqual(lines(deliberate.items));
  });
  test('shared code lists', () => {
    expect(lines(listDifferences())).toEqual(lines(deliberate.lists));
  });
  test('events, in their order, with anchor and window', () => {
    const anchors = new Map([
      ['ADM', 'T-ADM'],
      ['T0', 'T0'],
      ['DIS_AT', 'T-DIS'],
    ]);
    const here = study.events.map(({ id, anchor, window }) => ({
      id,
      anchor: anchors.get(anchor ?? '') ?? '',
      window: window === undefined ? '' : `${String(window.from)} to ${String(window.to)} ${window.unit}`,
    }));
    expect(here).toEqual(documentEvents);
  });
  test('which form is due when', () => {
    expect(lines(matrixDifferences())).toEqual(lines(deliberate.events));
  });
  test('laboratory tests with unit, limits and LOINC codes', () => {
    expect(lines(analyteDifferences())).toEqual(lines(deliberate.analytes));
  });
  test('checks with their severity', () => {
    expect(lines(checkDifferences())).toEqual([]);
  });
  test('every prefix of an item id of the document is a form', () => {
    const prefixes = documentItems.map(({ id }) => (id.split('_')[0] ?? '').toUpperCase());
    expect(study.forms.map(({ id }) => id).sort()).toEqual([...new Set(prefixes)].sort());
  });
});

describe('what the study document writes beside an item in words', () => {
  const written = documentItems.flatMap(({ id, words }) => words.map((one) => `${id}: ${one}`)).sort();
  test('became a check, or something else that is named', () => {
    expect(rulesInWords.flatMap(({ words, items }) => items.map((id) => `${id}: ${words}`)).sort()).toEqual(
      written,
    );
  });

  const asChecks = rulesInWords.flatMap(({ items, words, became }) =>
    typeof became === 'string' ? [] : [[words, items, became] as const],
  );
  test.each(asChecks)('%s', (_, items, checks) => {
    for (const id of checks) {
      const check = model.checks.find((placed) => placed.check.id === id);
      expect(check, id).toBeDefined();
      const type = model.item(items[0] ?? '')?.item.type ?? 'text';
      const concerns =
        check?.check.each === 'value'
          ? check.check.of?.includes(type)
          : items.every((item) => check?.dependsOn.has(item));
      expect(concerns, `${id} concerns ${items.join(', ')}`).toBe(true);
    }
  });
});
