import { describe, expect, it } from 'vitest';
import { findingsOf, settleChild, type Given } from '../studies/scenario.ts';
import { boy, dose, measured, now, result } from '../studies/anakinra-misc/children.ts';
import { model } from '../studies/anakinra-misc/study.ts';
import { limitWords } from '../../../renderer/stores/limit-words.ts';
import { offersAt } from '../../../renderer/stores/offers.ts';
import { passingWords } from '../../../renderer/stores/passing-words.ts';
import { standardWords } from '../../../renderer/stores/standard-words.ts';
import { nearestPassing } from '#shared/nearest-passing.ts';

const plain = (words: string): string => words.replaceAll('\u00A0', ' ');

function offers(given: Given, item: string, event: string, row = 1): readonly string[] {
  const placed = model.item(item);
  if (placed === undefined) throw new Error(`the study has no item ${item}`);
  const index = settleChild(model, given, { now });
  const place = { event, form: placed.form.id, row, item };
  const findings = findingsOf(model, index, { now }).filter(
    (found) => found.item === item && found.row === row && found.event === event,
  );
  return offersAt(place, placed, { model, index, now, findings, language: 'en' }).map(
    ({ words, label, typed }) => plain([words, label, typed].join(' | ')),
  );
}

describe('what is offered for a field', () => {
  it('the other unit, with the number as it was typed', () =>
    expect(offers({ ...boy, LB: [result('alb', '4.2 g/L')] }, 'lb_val', 'SCR')).toEqual([
      '4.2 looks like g/dL; the unit given is g/L. | Use g/dL | 4.2 g/dL',
    ]));
  it('each spelling of the other unit', () =>
    expect(offers({ ...boy, LB: [result('tni', '0.14 ng/L')] }, 'lb_val', 'SCR')).toEqual([
      '0.14 looks like ng/mL or µg/L; the unit given is ng/L. | Use ng/mL | 0.14 ng/mL',
      ' | Use µg/L | 0.14 µg/L',
    ]));
  it('nothing for a number beyond what the assay measures', () =>
    expect(offers({ ...boy, LB: [result('alb', '<4.2 g/L')] }, 'lb_val', 'SCR')).toEqual([]));
  it('nothing for a D-dimer of unknown type', () =>
    expect(offers({ ...boy, LB: [result('ddim', '3800 mg/L')] }, 'lb_val', 'SCR')).toEqual([]));
  it('the weight that the check of weight for age lets pass', () =>
    expect(offers({ ...boy, VS: [{ vs_dt: '2021-11-01 09:00', vs_wt: '260' }] }, 'vs_wt', 'SCR')).toEqual([
      '260 kg looks like 26 kg: is the point in its place? | Use 26 kg | 26',
    ]));
  it('the dose that was given before', () =>
    expect(
      offers(
        { ...measured, ANX: [dose('2021-11-03 10:00', '65'), dose('2021-11-04 10:00', '650')] },
        'anx_mg',
        'LOG',
        2,
      ),
    ).toEqual(['650 mg looks like 65 mg: is the point in its place? | Use 65 mg | 65']));
  it('nothing for an ordinary dose', () =>
    expect(offers({ ...measured, ANX: [dose('2021-11-03 10:00', '65')] }, 'anx_mg', 'LOG')).toEqual([]));
  it('the limits of the laboratory, in an empty field alone', () => {
    const lab = { lb_lab: 'Central' };
    const given = (more: Record<string, string>): Given => ({
      ...boy,
      LB: [{ ...result('alt', '38 U/L'), ...lab, lb_uln: '40' }],
      'LB@PRE': [{ ...result('alt', '49 U/L'), ...lab, lb_dt: '2021-11-03 08:00', ...more }],
    });
    expect(offers(given({}), 'lb_uln', 'PRE')).toEqual([
      'Last time 40: 01 Nov 2021 09:00, Screening / admission. | Use 40 | 40',
    ]);
    expect(offers(given({ lb_uln: '45' }), 'lb_uln', 'PRE')).toEqual([]);
  });
});

describe('a laboratory value beside the one reported', () => {
  const standard = (value: string, test: string, more: Record<string, string> = {}): string | null => {
    const placed = model.item('lb_val');
    if (placed === undefined) return null;
    const index = settleChild(model, { ...boy, LB: [result(test, value, more)] }, { now });
    const place = { event: 'SCR', form: 'LB', row: 1, item: 'lb_val' };
    const words = standardWords(model, index, place, placed, 'en')?.words;
    return words === undefined ? null : plain(words);
  };
  it('is in the unit of storage', () => expect(standard('11.2 g/dL', 'hb')).toBe('= 112 g/L'));
  it('keeps its relation', () => expect(standard('<0.5 mg/dL', 'crp')).toBe('= <5 mg/L'));
  it('is not said twice', () => expect(standard('112 g/L', 'hb')).toBeNull());
  it('is none before FEU or DDU is answered', () =>
    expect(standard('3.8 mg/L', 'ddim')).toBe('not converted: D-dimer unit type is not answered yet'));
  it('is doubled for DDU', () =>
    expect(standard('1.9 mg/L', 'ddim', { lb_dd: 'DDU' })).toBe('= 3.8 mg/L FEU'));
});

describe('what would pass', () => {
  const offered = (given: Given, check: string, language: 'en' | 'fr'): readonly string[] => {
    const index = settleChild(model, given, { now });
    const finding = findingsOf(model, index, { now }).find((found) => found.check === check);
    return (finding === undefined ? [] : nearestPassing(model, index, finding, now)).map((passing) => {
      const said = passingWords(model, passing, passing.placed.item.unit ?? null, language);
      return plain(
        `${said.label}: ${said.values.map(({ words, note }) => (note === '' ? words : `${words} (${note})`)).join(' / ')}`,
      );
    });
  };
  it('is said with its unit and what it comes to', () =>
    expect(offered({ ...measured, ANX: [dose('2021-11-03 10:00', '300')] }, 'EC63', 'en')).toEqual([
      'Dose: at most 256.1 mg (Dose per kg per 24 h 8.00 mg/kg/d)',
    ]));
  it('is said of dates as of dates', () =>
    expect(offered({ ...boy, DSC: { dsc_dt: '2021-10-31 08:00' } }, 'EC09', 'en')).toEqual([
      'Discharge or death: no earlier than 01 Nov 2021 08:00',
      'Hospital admission: no later than 31 Oct 2021 08:00',
    ]));
});

it('limits are written in as few signs as can be read', () => {
  const ends = { minIncluded: true, maxIncluded: true };
  const stretches = (...pairs: readonly (readonly [number | null, number | null])[]) => ({
    stretches: pairs.map(([min, max]) => ({ min, max, ...ends })),
  });
  expect(plain(limitWords(stretches([null, 8]), 'en'))).toBe('≤ 8');
  expect(plain(limitWords(stretches([0.8, 1.2], [1.8, 2.2]), 'fr'))).toBe('0,8–1,2 / 1,8–2,2');
  expect(plain(limitWords(stretches([-5, 8]), 'en'))).toBe('−5 … 8');
});
