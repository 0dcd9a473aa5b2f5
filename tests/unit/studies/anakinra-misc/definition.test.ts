/** What the study document asks of the checks and derivations, beyond what the schema can say. */
import { describe, expect, test } from 'vitest';
import type { Check } from '#shared/study.ts';
import { model, study } from './study.ts';

/** Section 7 of the study document, for the forms of this version: id and severity. */
const table: readonly (readonly [id: string, severity: 'H' | 'S'])[] = [
  ['EC01', 'H'], ['EC02', 'H'], ['EC03', 'S'], ['EC04', 'S'], ['EC05', 'S'], ['EC06', 'H'], ['EC07', 'H'], ['EC08', 'S'], ['EC09', 'H'], ['EC10', 'S'],
  ['EC15', 'S'], ['EC16', 'S'], ['EC17', 'S'], ['EC18', 'H'], ['EC19', 'H'], ['EC20', 'S'],
  ['EC24', 'H'], ['EC25', 'H'], ['EC26', 'S'], ['EC27', 'S'], ['EC28', 'S'], ['EC29', 'S'], ['EC30', 'S'], ['EC31', 'S'], ['EC32', 'S'], ['EC33', 'H'],
  ['EC34', 'S'], ['EC35', 'S'], ['EC36', 'H'], ['EC37', 'S'], ['EC38', 'H'], ['EC39', 'S'],
  ['EC41', 'H'], ['EC42', 'H'], ['EC43', 'S'], ['EC44', 'S'], ['EC45', 'S'], ['EC46', 'S'], ['EC47', 'S'],
  ['EC53', 'H'], ['EC54', 'S'], ['EC55', 'S'], ['EC56', 'S'], ['EC57', 'H'], ['EC58', 'S'], ['EC59', 'S'], ['EC60', 'S'], ['EC61', 'H'], ['EC62', 'H'], ['EC63', 'S'],
  ['EC64', 'S'], ['EC65', 'S'], ['EC66', 'S'], ['EC67', 'S'], ['EC68', 'S'], ['EC69', 'S'], ['EC70', 'S'], ['EC71', 'S'], ['EC72', 'S'], ['EC88', 'S'],
]; // prettier-ignore
const severities = { H: 'hard', S: 'soft' } as const;

test.each(table)('%s is there with the severity of the table', (id, severity) => {
  expect(study.checks.find((check) => check.id === id)?.severity).toBe(severities[severity]);
});

test('26 forms, each due at some event', () => {
  expect(study.forms).toHaveLength(26);
  expect(study.forms.filter(({ id }) => study.matrix[id] === undefined).map(({ id }) => id)).toEqual([]);
});

test('days in hospital and unscheduled visits are as many as a course can need; logs are kept once', () => {
  expect(model.instancesOf('D').map(({ id }) => id)).toContain('D41');
  expect(model.instancesOf('UNS').length).toBeGreaterThan(10);
  expect(model.instancesOf('LOG').map(({ id }) => id)).toEqual(['LOG']);
});

test('every item says where it comes from', () => {
  expect(model.items.filter(({ item }) => item.source === undefined).map(({ item }) => item.id)).toEqual([]);
});

test('every number has its unit, but for counts, references and what is reported in a unit of its own', () => {
  const numbers = model.items.filter(({ item }) => ['integer', 'decimal', 'comparator'].includes(item.type));
  const bare = numbers.filter(({ item }) => item.unit === undefined).map(({ item }) => item.id);
  expect(bare.sort()).toEqual(['cm_ae', 'cm_dose', 'lb_lln', 'lb_uln', 'sae_ae']);
});

test('nobody types what a signature leaves', () => {
  const filled = model.items.filter(({ item }) => item.system !== undefined).map(({ item }) => item.id);
  expect(filled).toEqual(['enr_site', 'enr_subj', 'sig_by', 'sig_dt', 'sig_scope']);
});

test('items whose source is marked [S] or [K] are conventions', () => {
  const marked = model.items.filter(({ item }) => /\[[SK]\]/u.test(item.source ?? ''));
  expect(marked.filter(({ item }) => item.convention !== true).map(({ item }) => item.id)).toEqual([]);
});

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
