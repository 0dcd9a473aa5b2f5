import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { describeFault, readStudyFiles } from '../../../electron/study-files.ts';
import { anakinra, sleepDiary } from './folders.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** The small study with one text replaced in one file; the replacement must take place. */
function faultsAfter(file: string, from: string, to: string): readonly string[] {
  const folder = mkdtempSync(path.join(tmpdir(), 'cahier-study-'));
  folders.push(folder);
  cpSync(sleepDiary, folder, { recursive: true });
  const text = readFileSync(path.join(folder, file), 'utf8');
  expect(text).toContain(from);
  writeFileSync(path.join(folder, file), text.replace(from, to));
  return readStudyFiles(folder).faults.map(describeFault);
}

describe('a study definition', () => {
  for (const folder of [anakinra, sleepDiary]) {
    it(`${path.basename(folder)} has no fault`, () => {
      expect(readStudyFiles(folder).faults.map(describeFault)).toEqual([]);
    });
  }

  it('gives growth tables with their rows', () => {
    const tables = readStudyFiles(anakinra).study?.growth ?? [];
    expect(tables.length).toBeGreaterThan(1);
    for (const table of tables)
      expect(Object.values(table.rows).every((rows) => rows.length > 100)).toBe(true);
  });

  it('that lacks a file is refused by its name', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'cahier-study-'));
    folders.push(folder);
    cpSync(sleepDiary, folder, { recursive: true });
    rmSync(path.join(folder, 'forms/NIGHT.yaml'));
    expect(readStudyFiles(folder).faults.map(describeFault)).toEqual([
      'forms/NIGHT.yaml:1: the file is missing',
    ]);
  });
});

describe('a fault is told with its file and line', () => {
  it('unreadable YAML', () =>
    expect(faultsAfter('events.yaml', 'anchors:', 'anchors: [')[0]).toMatch(/^events\.yaml:\d+: /u));
  it('a key that no definition has', () =>
    expect(faultsAfter('forms/SAMPLE.yaml', 'repeating: true', 'repeats: true')[0]).toMatch(
      /^forms\/SAMPLE\.yaml:\d+: /u,
    ));
  it('an unknown item in an expression', () => {
    const [fault] = faultsAfter('checks/diary.yaml', 'night_up <= night_bed', 'night_upp <= night_bed');
    expect(fault).toMatch(/^checks\/diary\.yaml:7: .*night_upp.*column 1/u);
  });
  it('an unknown item in a derivation', () => {
    const [fault] = faultsAfter(
      'derivations.yaml',
      'hours between(night_bed, night_up)',
      'hours between(night_bad, night_up)',
    );
    expect(fault).toMatch(/^derivations\.yaml:3: .*night_bad/u);
  });
  it('a derivation of an item that no form has', () => {
    expect(faultsAfter('derivations.yaml', 'item: night_hours', 'item: night_hour')).toContain(
      'derivations.yaml:3: no form has an item “night_hour”',
    );
  });
  it('a cycle between derivations', () => {
    const faults = faultsAfter(
      'derivations.yaml',
      "expression: 'hours between(night_bed, night_up)'",
      'expression: night_hours + 1',
    );
    expect(faults.join('\n')).toMatch(/derivations\.yaml:3: .*night_hours/u);
  });
  it('two items of one id', () =>
    expect(faultsAfter('forms/SAMPLE.yaml', 'id: sample_at', 'id: night_bed').join('\n')).toMatch(
      /forms\/(SAMPLE|NIGHT)\.yaml:\d+: .*night_bed/u,
    ));
  it('a code that is not in its list', () => {
    expect(
      faultsAfter('checks/diary.yaml', 'night_up <= night_bed', 'night_first = "WATER"').join('\n'),
    ).toMatch(/^checks\/diary\.yaml:7: .*WATER/u);
  });
  it('a code list that does not exist', () =>
    expect(faultsAfter('forms/SAMPLE.yaml', 'codeList: CL_ASSAY', 'codeList: CL_ASAY').join('\n')).toMatch(
      /forms\/SAMPLE\.yaml:\d+: .*CL_ASAY/u,
    ));
  it('an event that does not exist', () =>
    expect(
      faultsAfter('events.yaml', 'INTAKE: { BASE: required }', 'INTAKE: { BASIS: required }').join('\n'),
    ).toMatch(/events\.yaml:\d+: .*BASIS/u));
  it('a text without its French', () =>
    expect(faultsAfter('forms/NIGHT.yaml', '{ en: Wakes, fr: Réveils }', '{ en: Wakes }').join('\n')).toMatch(
      /^forms\/NIGHT\.yaml:\d+: /u,
    ));
  it('an expression that is no FEEL', () =>
    expect(faultsAfter('checks/diary.yaml', 'night_up <= night_bed', 'night_up <= <= night_bed')[0]).toMatch(
      /^checks\/diary\.yaml:7: .*column/u,
    ));
  it('an unknown item in a criterion', () =>
    expect(faultsAfter('classifications/nights.yaml', 'night_wakes <= 2', 'night_waks <= 2')[0]).toMatch(
      /^classifications\/nights\.yaml:15: .*night_waks/u,
    ));
  it('a key that no criterion has', () =>
    expect(faultsAfter('classifications/nights.yaml', 'holds: night_hours', 'hold: night_hours')[0]).toMatch(
      /^classifications\/nights\.yaml:1[23]: /u,
    ));
  it('bounds the wrong way round', () =>
    expect(
      faultsAfter('forms/NIGHT.yaml', 'hard: { min: 0, max: 50 }', 'hard: { min: 50, max: 0 }').join('\n'),
    ).toMatch(/^forms\/NIGHT\.yaml:\d+: /u));
  it('an aid beside an item that does not exist', () =>
    expect(faultsAfter('aids.yaml', 'item: night_up', 'item: night_upp')).toEqual([
      'aids.yaml:2: there is no item "night_upp"',
    ]));
  it('an aid that names what is not there', () =>
    expect(faultsAfter('aids.yaml', 'value: night_hours', 'value: night_hoars').join('\n')).toMatch(
      /^aids\.yaml:3: .*night_hoars.*column 1/mu,
    ));
  it('an answer carried forward by an item of another group', () =>
    expect(faultsAfter('aids.yaml', 'same: [sample_assay]', 'same: [night_bed]')).toEqual([
      'aids.yaml:15: "night_bed" is not an item of group SAMPLE',
    ]));
  it('bounds reported by a check that does not exist', () =>
    expect(
      faultsAfter(
        'forms/NIGHT.yaml',
        'hard: { min: 0, max: 50 }',
        'hard: { min: 0, max: 50, check: SD99 }',
      ).join('\n'),
    ).toMatch(/^forms\/NIGHT\.yaml:\d+: .*SD99/u));
  it('a picture of an item that does not exist', () =>
    expect(faultsAfter('pictures.yaml', 'item: night_latency', 'item: night_latencee')).toContain(
      'pictures.yaml:11: there is no item "night_latencee"',
    ));
  it('a picture without its French', () =>
    expect(
      faultsAfter('pictures.yaml', '{ en: Samples, fr: Prélèvements }', '{ en: Samples }').join('\n'),
    ).toMatch(/^pictures\.yaml:3: /u));
});
