import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { describeFault, readStudyFiles } from '../../../electron/study-files.ts';
import { sleepDiary } from '../studies/folders.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** The small study with one text of its tables replaced; the replacement must take place. */
function faultsAfter(from: string, to: string): readonly string[] {
  const folder = mkdtempSync(path.join(tmpdir(), 'cahier-tables-'));
  folders.push(folder);
  cpSync(sleepDiary, folder, { recursive: true });
  const file = path.join(folder, 'tables.yaml');
  const text = readFileSync(file, 'utf8');
  expect(text).toContain(from);
  writeFileSync(file, text.replace(from, to));
  return readStudyFiles(folder).faults.map(describeFault);
}

test.each([
  ['an unknown item', 'value: intake_age', 'value: intake_agee', /^tables\.yaml:14: .*intake_agee/u],
  [
    'an item that has no single value',
    `'in_event(night_hours, "N1")'`,
    'night_hours',
    /^tables\.yaml:19: .*more than one event/u,
  ],
  [
    'a code that is not in its list',
    'sample_assay = "mel"',
    'sample_assay = "milk"',
    /^tables\.yaml:22: .*milk/u,
  ],
  ['the clock', 'intake_start != null', 'intake_start < today()', /^tables\.yaml:5: .*today\(\)/u],
  [
    'an unknown population',
    'population: shifts,',
    'population: nights,',
    /^tables\.yaml:15: there is no population "nights"/u,
  ],
  [
    'a population within one that stands below it',
    '{ id: everyone,',
    '{ id: everyone, within: shifts,',
    /^tables\.yaml:5: there is no population "shifts" above this one/u,
  ],
  [
    'the table’s own population missing',
    'population: everyone\n',
    'population: nobody\n',
    /^tables\.yaml:7: there is no population "nobody"/u,
  ],
  [
    'two rows of one id',
    'id: shift_work',
    'id: sleepers',
    /^tables\.yaml:13: two rows have the id "sleepers"/u,
  ],
  [
    'two populations of one id',
    '{ id: shifts,',
    '{ id: everyone,',
    /^tables\.yaml:6: two populations of diary have the id "everyone"/u,
  ],
  ['an unknown kind of row', 'kind: range', 'kind: variance', /^tables\.yaml:20: /u],
  ['a pair with one value', `second: 'in_event(night_temp, "N2")', `, '', /^tables\.yaml:21: /u],
  ['a label without its French', '{ en: Age, fr: Âge }', '{ en: Age }', /^tables\.yaml:14: /u],
  ['a key that no row has', 'unit: h, decimals: 1', 'unit: h, decimal: 1', /^tables\.yaml:19: .*decimal/u],
] as const)('%s is told with its file and line', (_, from, to, fault) => {
  expect(faultsAfter(from, to).join('\n')).toMatch(fault);
});

test('a study without tables is told that the file is missing', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'cahier-tables-'));
  folders.push(folder);
  cpSync(sleepDiary, folder, { recursive: true });
  rmSync(path.join(folder, 'tables.yaml'));
  expect(readStudyFiles(folder).faults.map(describeFault)).toEqual(['tables.yaml:1: the file is missing']);
});
