import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readRequirements, type Requirement } from '../../../scripts/validation/requirements.ts';
import type { TestResult } from '../../../scripts/validation/results.ts';
import { judge } from '../../../scripts/validation/verdicts.ts';
import { root } from '../studies/folders.ts';

const statement = (tests: Requirement['tests'], more: Partial<Requirement> = {}): Requirement => ({
  ...{ id: 1, area: 'Time', statement: 'Stamps are in UTC.', clauses: '' },
  ...{ tests, procedural: false },
  ...more,
});
const result = (name: string, passed = true): TestResult => ({
  ...{ runner: 'unit', file: 'tests/unit/time.test.ts' },
  ...{ name, passed },
});
const verdictOf = (requirement: Requirement, results: readonly TestResult[]) =>
  judge([requirement], results)[0]?.kind;
const named = { file: 'tests/unit/time.test.ts', says: 'is in UTC' };

describe('a statement', () => {
  it('is proved by its tests when all of them passed', () => {
    expect(verdictOf(statement([named]), [result('a stamp is in UTC')])).toBe('proved');
  });
  it('is failed as soon as one of them failed', () => {
    const results = [result('a stamp is in UTC'), result('a second stamp is in UTC', false)];
    expect(verdictOf(statement([named]), results)).toBe('failed');
  });
  it('is not proved by a test of another file, of another name, or by none', () => {
    expect(verdictOf(statement([named]), [result('a stamp is local')])).toBe('not proved');
    expect(verdictOf(statement([{ file: 'tests/unit/other.test.ts' }]), [result('x')])).toBe('not proved');
    expect(verdictOf(statement([]), [result('x')])).toBe('not proved');
  });
  it('is not proved when one of the tests that it names is gone, whatever the others say', () => {
    const gone = { file: 'tests/unit/time.test.ts', says: 'shows the offset' };
    expect(verdictOf(statement([named, gone]), [result('a stamp is in UTC')])).toBe('not proved');
  });
  it('that is a duty of the site is claimed by no test', () => {
    expect(verdictOf(statement([], { procedural: true, duty: 'Train people.' }), [])).toBe('procedural');
  });
});

it('the forty statements are there, each with tests in files that exist or named as the site’s duty', () => {
  const requirements = readRequirements(path.join(root, 'tests', 'validation'));
  expect(requirements).toHaveLength(40);
  const files = new Set(requirements.flatMap(({ tests }) => tests.map(({ file }) => file)));
  expect([...files].filter((file) => !existsSync(path.join(root, file)))).toEqual([]);
});
