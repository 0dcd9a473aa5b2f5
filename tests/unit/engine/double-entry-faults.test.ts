import { expect, it } from 'vitest';
import { faultsOf } from './run.ts';
import { sleepStudy, sleepWith } from './sleep-study.ts';

it('a form to be entered twice is one of the study', () => {
  expect(faultsOf(sleepWith({ doubleEntry: { forms: ['NOWHERE'] } }))).toEqual([
    'doubleEntry.forms.0 there is no form "NOWHERE"',
  ]);
});

it.each([
  ['DOSES', ['d_at'], []],
  ['DOSES', ['d_at', 'n_bed'], ['key.1 "n_bed" is not a typed item of group DOSES']],
  ['ENR_MAIN', ['s_reason'], ['key group ENR_MAIN does not repeat']],
])('the key of a group is made of typed items of its rows: %s %j', (id, key, expected) => {
  const forms = structuredClone(sleepStudy.forms);
  const at = forms.flatMap((form, position) =>
    form.groups.flatMap((group, place) => {
      if (group.id !== id) return [];
      Object.assign(group, { key });
      return [`forms.${String(position)}.groups.${String(place)}.`];
    }),
  )[0];
  expect(faultsOf(sleepWith({ forms }))).toEqual(expected.map((fault) => `${at ?? ''}${fault}`));
});
