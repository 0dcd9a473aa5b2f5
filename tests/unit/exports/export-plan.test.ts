import { describe, expect, it } from 'vitest';
import { codeListsOf, keyColumns, listNamesOf, planFormSheets } from '#shared/export-plan.ts';
import { checkSheet } from '#shared/export-plan/checks.ts';
import { codeListSheet, codeRanges, missingSheet, unitSheet } from '#shared/export-plan/code-lists.ts';
import { dictionarySheet } from '#shared/export-plan/dictionary.ts';
import { listNames, sheetNames, uniqueNames } from '#shared/export-plan/names.ts';
import type { ReferenceSheet } from '#shared/export-plan/sheet.ts';
import type { Item, Study } from '#shared/study.ts';
import { readStudyFolder } from '../../../electron/services/studies.ts';
import { sleepDiary } from '../studies/folders.ts';

const diary = readStudyFolder(sleepDiary);
const itemsOf = (study: Study): ReadonlySet<string> =>
  new Set(study.forms.flatMap(({ groups }) => groups.flatMap(({ items }) => items.map(({ id }) => id))));
const versions = [
  { version: '0.0.1', items: new Set([...itemsOf(diary)].filter((id) => id !== 'night_good')) },
  { version: '0.1.0', items: itemsOf(diary) },
];

/** The diary with other items in its first form. */
function withItems(...items: readonly Item[]): Study {
  const [first, ...others] = diary.forms;
  const [group] = first?.groups ?? [];
  if (first === undefined || group === undefined) throw new Error('the diary has no form');
  return { ...diary, forms: [{ ...first, groups: [{ ...group, items: [...items] }] }, ...others] };
}
const item = (id: string, type: Item['type'], more: Partial<Item> = {}): Item => ({
  id,
  type,
  label: { en: 'What', fr: 'Quoi' },
  ...more,
});
const columnsOf = (...items: readonly Item[]): readonly string[] =>
  planFormSheets(withItems(...items))[0]?.fields.flatMap(({ columns }) => columns.map(({ name }) => name)) ??
  [];
const rowsOf = (sheet: ReferenceSheet): readonly Readonly<Record<string, unknown>>[] =>
  sheet.rows.map((row) => Object.fromEntries(sheet.columns.map(({ name }, index) => [name, row[index]])));

describe('the columns of an item', () => {
  it.each<[Item['type'], readonly string[]]>([
    ['integer', ['x', 'x_ND']],
    ['decimal', ['x', 'x_ND']],
    ['text', ['x', 'x_ND']],
    ['date', ['x', 'x_DTC', 'x_PREC', 'x_ND']],
    ['date-time', ['x', 'x_DTC', 'x_PREC', 'x_ND']],
    ['year-month', ['x', 'x_DTC', 'x_PREC', 'x_ND']],
    ['partial-date', ['x', 'x_DTC', 'x_PREC', 'x_ND']],
    ['yes-no', ['x', 'x_ND']],
    ['yes-no-unknown', ['x', 'x_ND']],
    ['comparator', ['x_REL', 'x', 'x_U', 'x_STD', 'x_STDU', 'x_ND']],
    ['measurement', ['x_REL', 'x', 'x_U', 'x_STD', 'x_STDU', 'x_ND']],
  ])('of type %s', (type, names) => expect(columnsOf(item('x', type))).toEqual(names));
  it('of a single choice', () =>
    expect(columnsOf(item('x', 'single-choice', { codeList: 'CL_DRINK' }))).toEqual(['x', 'x_ND']));
  it('of a multiple choice: one for each code', () =>
    expect(columnsOf(item('x', 'multiple-choice', { codeList: 'CL_DRINK' }))).toEqual([
      'x_NONE',
      'x_TEA',
      'x_COFFEE',
      'x_ND',
    ]));
  it('of a calculated number: no missing reason', () =>
    expect(columnsOf(item('x', 'calculated', { result: 'decimal', expression: '1' }))).toEqual(['x']));
  it('of a calculated date', () =>
    expect(columnsOf(item('x', 'calculated', { result: 'date', expression: 'null' }))).toEqual([
      'x',
      'x_DTC',
      'x_PREC',
    ]));
  it('of what the application fills in: no missing reason', () =>
    expect(columnsOf(item('x', 'text', { system: 'site' }))).toEqual(['x']));
  it('have each name once, whatever the case', () =>
    expect(columnsOf(item('x', 'text'), item('x_nd', 'text'))).toEqual(['x', 'x_ND', 'x_nd_2', 'x_nd_ND']));
  it('have no name of a key column', () =>
    expect(columnsOf(item('visit', 'text'))).toEqual(['visit_2', 'visit_ND']));
});

describe('names of sheets', () => {
  it('are the ids of the forms', () => expect(sheetNames(['VS', 'LB'])).toEqual(['VS', 'LB']));
  it('have 31 characters at most', () =>
    expect(sheetNames(['A'.repeat(40), 'A'.repeat(41)])).toEqual(['A'.repeat(31), `${'A'.repeat(29)}_2`]));
  it('are unique without regard to case', () =>
    expect(sheetNames(['Vs', 'VS', 'vs'])).toEqual(['Vs', 'VS_2', 'vs_3']));
  it('are none of the fixed ones', () => expect(sheetNames(['audit'])).toEqual(['audit_2']));
  it('have no character that Excel forbids', () =>
    expect(sheetNames(["a/b\\c?d*e[f]g:h'"])).toEqual(['a_b_c_d_e_f_g_h_']));
});

describe('a defined name', () => {
  it('is never a cell or a word of formulas', () =>
    expect([...listNames(['CL1', 'R', 'TRUE']).values()]).toEqual(['LIST_CL1', 'LIST_R', 'LIST_TRUE']));
  it('is unique without regard to case', () =>
    expect([...listNames(['CL_a', 'CL_A']).values()]).toEqual(['LIST_CL_a', 'LIST_CL_A_2']));
  it('is there for every list, those that yes-no items bring along included', () =>
    expect(listNamesOf(diary).size).toBe(codeListsOf(diary).length));
});

describe('a name that is taken', () => {
  it('gets the next free number', () =>
    expect(uniqueNames(['a', 'A', 'a_2', 'a'])).toEqual(['a', 'A_2', 'a_2_2', 'a_3']));
});

describe('DICTIONARY', () => {
  const rows = rowsOf(dictionarySheet(diary, versions));
  const row = (variable: string): Readonly<Record<string, unknown>> | undefined =>
    rows.find(({ VARIABLE }) => VARIABLE === variable);

  it('begins with the key columns', () =>
    expect(rows.slice(0, keyColumns.length).map(({ VARIABLE }) => VARIABLE)).toEqual(
      keyColumns.map(({ name }) => name),
    ));
  it('has the label of an item in both languages', () =>
    expect(row('night_wakes')).toMatchObject({ LABEL_EN: 'Wakes', LABEL_FR: 'Réveils' }));
  it('has hard and soft bounds', () =>
    expect(row('night_wakes')).toMatchObject({ HARD_MIN: 0, HARD_MAX: 50, SOFT_MIN: null, SOFT_MAX: 10 }));
  it('has the unit and the decimals', () =>
    expect(row('night_temp')).toMatchObject({ UNIT: 'Cel', DECIMALS: 1 }));
  it('has the condition under which an item is asked and required', () =>
    expect(row('intake_since')).toMatchObject({
      SHOWN_IF: 'intake_shift = "1"',
      REQUIRED_IF: 'intake_shift = "1"',
    }));
  it('has the formula of a calculated item', () =>
    expect(row('night_hours')).toMatchObject({
      ORIGIN: 'Derived',
      TYPE: 'calculated decimal',
      DERIVATION: 'hours between(night_bed, night_up)',
    }));
  it('marks what could identify a person', () => expect(row('intake_born')).toMatchObject({ IDENTIFIER: 1 }));
  it('marks nothing else', () => expect(row('intake_start')).toMatchObject({ IDENTIFIER: 0 }));
  it('names the code list of a coded column', () =>
    expect(row('night_first')).toMatchObject({ CODELIST: 'CL_DRINK' }));
  it('names the list of missing reasons at the column that holds them', () =>
    expect(row('night_first_ND')).toMatchObject({ PART: 'missing reason', CODELIST: 'CL_MISS' }));
  it('says which choice a column stands for', () =>
    expect(row('night_drinks_TEA')).toMatchObject({ CHOICE: 'TEA = Tea' }));
  it('says in words when an item is asked, in both languages', () =>
    expect(row('intake_since')).toMatchObject({
      SHOWN_IF_EN: '“Works shifts” is Yes',
      SHOWN_IF_FR: '« Travail posté » vaut Oui',
    }));
  it('has limits at the value alone', () =>
    expect(row('night_wakes_ND')).toMatchObject({ HARD_MIN: null, HARD_MAX: null, SOFT_MAX: null }));
  it('has the length of a text, and of the longest code of a list', () => {
    expect(row('intake_mail')).toMatchObject({ LENGTH: 5 });
    expect(row('night_first')).toMatchObject({ LENGTH: 6 });
  });
  it('says since which version the site has had an item', () => {
    expect(row('night_good')).toMatchObject({ SINCE_VERSION: '0.1.0' });
    expect(row('night_first')).toMatchObject({ SINCE_VERSION: '0.0.1' });
  });
  it('says that a group repeats', () =>
    expect(row('sample_at')).toMatchObject({ GROUP: 'SAMPLE', REPEATING: 1 }));
});

describe('CODELISTS', () => {
  const rows = rowsOf(codeListSheet(diary));
  it('has every code of every list in its order', () =>
    expect(rows.filter(({ LIST }) => LIST === 'CL_DRINK').map(({ CODE, ORDER }) => [CODE, ORDER])).toEqual([
      ['NONE', 1],
      ['TEA', 2],
      ['COFFEE', 3],
    ]));
  it('marks a code that allows no other beside it', () =>
    expect(rows.filter(({ EXCLUSIVE }) => EXCLUSIVE === 1).map(({ CODE }) => CODE)).toEqual(['NONE']));
  it('has the codes of yes, no and unknown', () =>
    expect(rows.filter(({ LIST }) => LIST === 'yes_no_unknown').map(({ CODE }) => CODE)).toEqual([
      '1',
      '0',
      '99',
    ]));
  it('has the codes of a list where its name says', () => {
    for (const [index, { firstRow, lastRow }] of codeRanges(diary).entries()) {
      const list = codeListsOf(diary)[index];
      expect(rows.slice(firstRow - 2, lastRow - 1).map(({ CODE }) => CODE)).toEqual(
        list?.codes.map(({ code }) => code),
      );
    }
  });
});

describe('MISSING', () => {
  it('says what each missing reason means', () =>
    expect(rowsOf(missingSheet(diary))).toEqual([
      { CODE: 'ND', MEANING_EN: 'Not done', MEANING_FR: 'Non fait' },
      { CODE: 'NK', MEANING_EN: 'Not known', MEANING_FR: 'Inconnu' },
    ]));
});

describe('UNITS', () => {
  it('has the factor from each unit to the standard one', () =>
    expect(rowsOf(unitSheet(diary))).toContainEqual(
      expect.objectContaining({ TEST: 'mel', UNIT: 'ng/mL', FACTOR: 1000, STANDARD_UNIT: 'ng/L' }),
    ));
});

describe('CHECKS', () => {
  const rule = { en: 'A rule.', fr: 'Une règle.' };
  const rows = rowsOf(
    checkSheet(
      diary,
      [
        { check: 'SD03', severity: 'soft', rule, confirmed: true, reason: 'measured twice' },
        { check: 'SD03', severity: 'soft', rule, confirmed: false, reason: null },
        { check: 'SD03', severity: 'soft', rule, confirmed: true, reason: 'so it is' },
        { check: 'night_temp.hard', severity: 'hard', rule, confirmed: false, reason: null },
      ],
      {
        queries: (check) => (check === 'SD03' ? 5 : 0),
        overrides: (check) => (check === 'SD03' ? ['measured twice', 'so it is', null, 'no more'] : []),
      },
    ),
  );
  it('has every check of the study', () =>
    expect(rows.slice(0, diary.checks.length).map(({ CHECK }) => CHECK)).toEqual(
      diary.checks.map(({ id }) => id),
    ));
  it('counts how often a check fired, was asked and was overridden, with the reasons', () =>
    expect(rows.find(({ CHECK }) => CHECK === 'SD03')).toMatchObject({
      FIRED: 3,
      CONFIRMED: 2,
      QUERIES: 5,
      OVERRIDDEN: 4,
      REASONS: 'measured twice | so it is | no more',
    }));
  it('counts what never fired as nothing', () =>
    expect(rows.find(({ CHECK }) => CHECK === 'SD04')).toMatchObject({
      FIRED: 0,
      CONFIRMED: 0,
      QUERIES: 0,
      OVERRIDDEN: 0,
      REASONS: null,
    }));
  it('has a rule of an item that fired', () =>
    expect(rows.at(-1)).toMatchObject({
      CHECK: 'night_temp.hard',
      EACH: 'item',
      ITEMS: 'night_temp',
      SEVERITY: 'hard',
      FIRED: 1,
      RULE_EN: 'A rule.',
    }));
});
