import { describe, expect, it } from 'vitest';
import type { CodeList } from '#shared/study.ts';
import { filterCodes, matchTyped, toggleCode, typedChoices } from '../../../renderer/stores/typed-code.ts';

const yesNoUnknown: CodeList = {
  id: 'ynu',
  name: { en: 'Yes, no or unknown', fr: 'Oui, non ou inconnu' },
  codes: [
    { code: '1', label: { en: 'Yes', fr: 'Oui' } },
    { code: '0', label: { en: 'No', fr: 'Non' } },
    { code: '99', label: { en: 'Unknown', fr: 'Inconnu' } },
  ],
};
const missing: CodeList = {
  id: 'miss',
  name: { en: 'Missing', fr: 'Manquant' },
  codes: ['ND', 'NA', 'NK'].map((code) => ({ code, label: { en: code, fr: code } })),
};
const route: CodeList = {
  id: 'route',
  name: { en: 'Route', fr: 'Voie' },
  codes: [
    { code: 'SC', label: { en: 'Subcutaneous', fr: 'Sous-cutanée' } },
    { code: 'IVB', label: { en: 'IV bolus', fr: 'IV bolus' } },
    { code: 'IVC', label: { en: 'IV continuous', fr: 'IV continue' } },
    { code: 'NK', label: { en: 'Not known', fr: 'Inconnue' } },
  ],
};
const tolerance: CodeList = {
  id: 'tolerance',
  name: { en: 'Tolerance', fr: 'Tolérance' },
  codes: [
    { code: '0', label: { en: 'well tolerated', fr: 'bien tolérée' }, exclusive: true },
    { code: '1', label: { en: 'mild reaction', fr: 'réaction légère' } },
    { code: '2', label: { en: 'fluid overload', fr: 'surcharge' } },
  ],
};

describe('typing at a row of choices', () => {
  const answers = typedChoices(yesNoUnknown, missing);
  it.each([
    ['1', { kind: 'picked', give: '1' }],
    ['0', { kind: 'picked', give: '0' }],
    ['9', { kind: 'picked', give: '99' }],
    ['y', { kind: 'picked', give: '1' }],
    ['o', { kind: 'picked', give: '1' }],
    ['O', { kind: 'picked', give: '1' }],
    ['u', { kind: 'picked', give: '99' }],
    ['i', { kind: 'picked', give: '99' }],
    ['n', { kind: 'likely', give: '0' }],
    ['nd', { kind: 'picked', give: 'ND' }],
    ['na', { kind: 'picked', give: 'NA' }],
    ['no', { kind: 'picked', give: '0' }],
    ['x', { kind: 'none' }],
  ])('%s', (typed, match) => {
    expect(matchTyped(answers, typed)).toEqual(match);
  });

  it('waits while several codes begin alike', () => {
    const routes = typedChoices(route, missing);
    expect(matchTyped(routes, 'iv')).toEqual({ kind: 'more' });
    expect(matchTyped(routes, 'ivc')).toEqual({ kind: 'picked', give: 'IVC' });
  });

  it('takes the list’s own code before a missing reason of the same name', () => {
    const routes = typedChoices(route, missing);
    expect(matchTyped(routes, 'nk')).toEqual({ kind: 'picked', give: 'NK' });
    expect(matchTyped(routes, '[nk')).toEqual({ kind: 'picked', give: '[NK]' });
  });
});

describe('a multiple choice', () => {
  it('keeps the order of the list', () => {
    expect(toggleCode(tolerance, ['2'], '1')).toEqual(['1', '2']);
  });
  it('takes a chosen code away', () => {
    expect(toggleCode(tolerance, ['1', '2'], '1')).toEqual(['2']);
  });
  it('lets an exclusive code stand alone', () => {
    expect(toggleCode(tolerance, ['1', '2'], '0')).toEqual(['0']);
    expect(toggleCode(tolerance, ['0'], '2')).toEqual(['2']);
  });
});

describe('a long list of codes', () => {
  it('is filtered by code, then by the words of the label', () => {
    expect(filterCodes(route, 'iv', 'en').map(({ code }) => code)).toEqual(['IVB', 'IVC']);
    expect(filterCodes(route, 'cont', 'en').map(({ code }) => code)).toEqual(['IVC']);
    expect(filterCodes(route, 'cutanee', 'fr').map(({ code }) => code)).toEqual(['SC']);
    expect(filterCodes(route, '', 'en')).toBe(route.codes);
    expect(filterCodes(route, 'zz', 'en')).toEqual([]);
  });
});
