import { describe, expect, it } from 'vitest';
import { drawNumber, shareOf } from '#shared/second-entry/draw.ts';
import { eligibilityOf } from '#shared/second-entry/eligible.ts';
import { ratesByForm, ratesByPerson, type JudgedForm } from '#shared/second-entry/error-rates.ts';
import { sha256 } from '../../../electron/services/trail.ts';

const forms: readonly JudgedForm[] = [
  {
    form: 'VS',
    second: 'bea',
    compared: [
      { first: 'anne', fields: 30 },
      { first: 'carl', fields: 10 },
    ],
    differences: [
      { first: 'anne', decided: 'first' },
      { first: 'anne', decided: 'second' },
      { first: 'carl', decided: 'other' },
    ],
  },
  { form: 'VS', second: 'anne', compared: [{ first: 'anne', fields: 20 }], differences: [] },
];

describe('an error', () => {
  it('counts against whoever typed something else than was decided, and against both where neither was right', () => {
    expect(ratesByPerson(forms).map(({ user, as, errors, fields }) => [user, as, errors, fields])).toEqual([
      ['anne', 'first', 1, 50],
      ['anne', 'second', 0, 20],
      ['bea', 'second', 2, 40],
      ['carl', 'first', 1, 10],
    ]);
  });

  it('of a form is what stood in the record and was wrong', () => {
    expect(ratesByForm(forms)).toMatchObject([
      { form: 'VS', entered: 2, differences: 3, errors: 2, fields: 60, rate: 2 / 60 },
    ]);
  });

  it('has no rate where nothing was compared', () => {
    expect(ratesByForm([{ form: 'VS', second: 'bea', compared: [], differences: [] }])).toMatchObject([
      { rate: null, interval: null },
    ]);
  });
});

describe('the draw', () => {
  const numbers = Array.from({ length: 4000 }, (_, child) =>
    drawNumber({ subject: `01-${String(child)}`, event: 'SCR', form: 'VS' }, 'secret', sha256),
  );
  it('takes about the share that is asked for, and always the same forms', () => {
    const drawn = numbers.filter((number) => number < 0.05).length;
    expect(drawn).toBeGreaterThan(150);
    expect(drawn).toBeLessThan(250);
    expect(Math.max(...numbers)).toBeLessThan(1);
    expect(drawNumber({ subject: '01-7', event: 'SCR', form: 'VS' }, 'secret', sha256)).toBe(numbers[7]);
  });
  it('is another one with another secret', () => {
    expect(drawNumber({ subject: '01-7', event: 'SCR', form: 'VS' }, 'other', sha256)).not.toBe(numbers[7]);
  });
  it.each([
    ['always the forms that the study names', { forms: ['VS'], share: 0, selfAfterDays: 7 }, 0, 1],
    ['else the share of the study', { forms: ['EC'], share: 0.1, selfAfterDays: 7 }, 0, 0.1],
    ['or that of the site, when it is greater', { forms: [], share: 0.1, selfAfterDays: 7 }, 0.2, 0.2],
    ['or that of the site, when the study asks for nothing', undefined, 0.2, 0.2],
  ])('takes %s', (_, doubleEntry, siteShare, share) => {
    expect(shareOf({ doubleEntry }, 'VS', siteShare)).toBe(share);
  });
});

describe('a second entry is open to', () => {
  const day = 86_400_000;
  const facts = { firstTypists: new Map([['anne', 3 * day]]), selfAfterDays: 7 };
  it('anybody who did not type the form', () => {
    expect(eligibilityOf('bea', { ...facts, typists: ['anne', 'bea'] })).toEqual({ kind: 'now' });
  });
  it('nobody who did, while somebody else could', () => {
    expect(eligibilityOf('anne', { ...facts, typists: ['anne', 'bea'] })).toEqual({ kind: 'other-person' });
  });
  it('the same person days after the newest value, where there is nobody else', () => {
    expect(eligibilityOf('anne', { ...facts, typists: ['anne'] })).toEqual({ kind: 'self', from: 10 * day });
  });
});
