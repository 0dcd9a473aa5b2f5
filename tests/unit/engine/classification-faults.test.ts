/** What is wrong with a classification is told with its place. */
import { describe, expect, it } from 'vitest';
import { faultsOf } from './run.ts';
import { both, sleepWith, type StudyInput } from './sleep-study.ts';

type ClassificationInput = NonNullable<StudyInput['classifications']>[number];

const good: ClassificationInput = {
  id: 'X',
  name: both('X'),
  family: both('F'),
  edition: '1',
  source: 'test',
  criteria: { label: both('heavy'), holds: 's_weight > 100' },
};
const faults = (...all: readonly Partial<ClassificationInput>[]): readonly string[] =>
  faultsOf(sleepWith({ classifications: all.map((more) => ({ ...good, ...more })) }));
const { criteria: _criteria, ...bare } = good;
const graded = (more: Partial<ClassificationInput>): readonly string[] =>
  faultsOf(
    sleepWith({
      classifications: [
        {
          ...bare,
          codeList: 'KIND',
          grades: [{ code: 'FEU', criterion: { label: both('x'), holds: 'true' } }],
          ...more,
        },
      ],
    }),
  );

describe('a classification is refused that', () => {
  it('has neither criteria nor grades nor a value', () =>
    expect(faultsOf(sleepWith({ classifications: [bare] }))).toEqual([
      'classifications.0 a classification has one of "criteria", "grades" and "value"',
    ]));
  it('has the id of another', () =>
    expect(faults({}, {})).toEqual(['classifications.1.id two classifications have the id "X"']));
  it('reads an item that is not there', () =>
    expect(
      faults({ criteria: { label: both('x'), all: [{ label: both('y'), holds: 's_wait > 1' }] } })[0],
    ).toMatch(/^classifications\.0\.criteria\.all\.0\.holds 1:1 .*s_wait/u));
  it('compares with a code that its item has not', () =>
    expect(faults({ criteria: { label: both('x'), holds: 's_sex = "X"' } })[0]).toMatch(
      /^classifications\.0\.criteria\.holds 1:9 "X" is not a code of s_sex/u,
    ));
  it('asks for more than it lists', () =>
    expect(
      faults({ criteria: { label: both('x'), atLeast: 2, of: [{ label: both('y'), holds: 'true' }] } }),
    ).toEqual(['classifications.0.criteria.atLeast at least 2 of 1 can never be met']));
  it('has a criterion that says two things', () =>
    expect(
      faults({ criteria: { label: both('x'), holds: 'true', any: [{ label: both('y'), holds: 'true' }] } }),
    ).toEqual([
      'classifications.0.criteria a criterion has one of "holds", "all", "any" and "atLeast" with "of"',
    ]));
  it('says "at least" of nothing', () =>
    expect(faults({ criteria: { label: both('x'), holds: 'true', atLeast: 1 } })).toEqual([
      'classifications.0.criteria "atLeast" says how many, "of" of what: give both',
    ]));
  it('is one of each row and names no group', () =>
    expect(faults({ each: 'row' })).toContain(
      'classifications.0.each a classification of each row says of which: give "group"',
    ));
  it('is one of a form that is not there', () =>
    expect(faults({ each: 'form', form: 'NIGTH' })).toContain(
      'classifications.0.form there is no form "NIGTH"',
    ));
  it('is one of rows of a group that does not repeat', () =>
    expect(faults({ each: 'row', group: 'BED' })).toContain(
      'classifications.0.group BED does not repeat: give "form" and each form',
    ));
  it('rests on itself', () =>
    expect(faults({ criteria: { label: both('x'), holds: 'classification("X")' } })[0]).toMatch(
      /^classifications\.0 a circle: /u,
    ));
  it('reads the clock', () =>
    expect(faults({ criteria: { label: both('x'), holds: 'today() > s_start' } })[0]).toMatch(
      /now\(\) and today\(\) can’t be used here/u,
    ));
  it('names something by the id of an item', () =>
    expect(faults({ let: [{ name: 's_weight', is: '1' }] })).toContain(
      'classifications.0.let.0.name "s_weight" has a meaning of its own in expressions',
    ));
  it('names two things alike', () =>
    expect(
      faults({
        let: [
          { name: 'a', is: '1' },
          { name: 'a', is: '2' },
        ],
      }),
    ).toContain('classifications.0.let.1.name "a" stands here twice'));
  it('grades by codes of no list', () =>
    expect(graded({ codeList: undefined })).toContain(
      'classifications.0.grades grades are codes of a list: give "codeList"',
    ));
  it('grades by a list that is not there', () =>
    expect(graded({ codeList: 'KINDS' })).toContain(
      'classifications.0.codeList there is no code list "KINDS"',
    ));
  it('grades by a code that is not in its list', () =>
    expect(graded({ otherwise: 'X' })).toContain('classifications.0.otherwise "X" is not a code of KIND'));
  it('gives one code twice', () =>
    expect(graded({ otherwise: 'FEU' })).toContain('classifications.0.otherwise "FEU" stands here twice'));
  it('has a unit and no value', () =>
    expect(faults({ unit: 'kg' })).toContain('classifications.0.unit "unit" belongs to a value'));
});

describe('an expression is refused that', () => {
  const derived = (holds: string): string | undefined =>
    faults({ id: 'Y', criteria: { label: both('x'), holds } })[0];
  it('asks for a classification that is not there', () =>
    expect(derived('classification("Z")')).toMatch(/there is no classification "Z"/u));
  it('asks for one of rows elsewhere', () => {
    const ofRows = { id: 'R', each: 'row', group: 'DOSES' } as const;
    expect(faults(ofRows, { criteria: { label: both('x'), holds: 'classification("R")' } })[0]).toMatch(
      /classification "R" is one of each row, which this is not/u,
    );
  });
  it('counts the criteria of a value', () => {
    const all = faultsOf(
      sleepWith({
        classifications: [
          { ...bare, id: 'V', value: '1' },
          { ...good, criteria: { label: both('x'), holds: 'criteria_met("V") > 1' } },
        ],
      }),
    );
    expect(all[0]).toMatch(/classification "V" has no criteria to count/u);
  });
});
