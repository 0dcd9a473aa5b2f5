/** Section 7 of the study document beside the checks: the items and the numbers that its table names are those that are asked. */
import { describe, expect, test } from 'vitest';
import { documentChecks } from './document/checks.ts';
import { model, study } from './study.ts';

const ownOf = (id: string) =>
  model.checks.filter(({ check }) => check.id === id || check.id.startsWith(`${id}_`));

/** Items of the column "Fields" that a check does not look at, and why. */
const otherItems: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  EC04: { dm_age: 'dm_age is the age at admission; the label counts at the first dose' },
  EC57: {
    ig_act: 'the condition is one of tolerance codes; a planned diuretic goes with a tolerated infusion',
  },
};

/** Numbers of the column "Condition" that stand elsewhere or in another unit, and as what. */
const otherNumbers: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  EC01: { 1: 'everything but "1": refused, or blank while another form holds data' },
  EC02: { 0: 'below 0 is an admission before the month of birth' },
  EC17: { 10: '10 % is 0.1', 7: '7 days are 168 hours' },
  EC22: { 0: 'the code "0"' },
  EC35: { 5000: 'in the list of each analyte', 25000: 'likewise', 35000: 'likewise' },
  EC41: { 0: 'below 5 is below 1 too; the message tells them apart', 1: 'in the message' },
  EC48: { 2016: 'the year of the criteria' },
  EC49: { 684: 'in the formula of mas_16', 2: 'in the formula of mas_16' },
  EC56: { 2: '2 g/kg is from 1.8, the lower end of its band in EC54' },
  EC58: { 2: 'the code "2"' },
  EC62: { 24: 'the 24 h of anx_mgkgd' },
  EC66: { 5: '5 % is 0.05' },
  EC71: { 10: '10 % is 0.1' },
  EC76: { 0: 'the code "0"' },
  EC78: { 5: 'the code "5"' },
};

const numbersIn = (text: string): readonly string[] => [
  ...new Set([...text.matchAll(/\d+(?:\.\d+)?/gu)].map(([number]) => String(Number(number)))),
];
/** Without the names that hold digits (mas_16, H48, T0) and the dates, which have a line of their own below. */
const conditionNumbers = (condition: string): readonly string[] =>
  numbersIn(
    condition
      .replaceAll(/\d{4}-\d\d-\d\d/gu, '')
      .replaceAll(/§[\d.]+/gu, '')
      .replaceAll(/10⁹\/L/gu, '')
      .replaceAll(/[A-Za-z_]+\d+\w*/gu, '')
      .replaceAll(/(?<=\d),(?=\d{3})/gu, ''),
  );

describe.each(documentChecks.map((known) => [known.id, known] as const))(
  '%s',
  (id, { fields, condition, source }) => {
    const own = ownOf(id);
    test(`looks at ${fields}`, () => {
      const named = [...fields.matchAll(/[a-z]+\d*_[a-z0-9]+/gu)].map(([item]) => item);
      const looked = new Set(own.flatMap((placed) => [...placed.dependsOn, ...placed.check.items]));
      const missing = named.filter((item) => model.item(item) !== undefined && !looked.has(item));
      expect(missing.filter((item) => otherItems[id]?.[item] === undefined)).toEqual([]);
    });
    test(`asks: ${condition}`, () => {
      const asked = new Set(numbersIn(own.map(({ check }) => check.fires).join(' ')));
      const missing = conditionNumbers(condition).filter((number) => !asked.has(number));
      expect(missing.filter((number) => otherNumbers[id]?.[number] === undefined)).toEqual([]);
    });
    if (/\[[SK]\]/u.test(source))
      test('is a convention, as the study document marks it', () => {
        expect(own.map(({ check }) => check.convention)).toEqual(own.map(() => true));
      });
  },
);

test('EC01 looks at every form but the one in which consent is recorded', () => {
  const [{ check } = { check: null }] = ownOf('EC01');
  const named = [...(check?.fires ?? '').matchAll(/has_values\("(\w+)"\)/gu)].map(([, form]) => form);
  expect([...named, 'ENR'].sort()).toEqual(study.forms.map(({ id }) => id).sort());
});
