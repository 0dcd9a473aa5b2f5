/** Lines of the table of classifications, and what is missing in words, in both languages. */
import { describe, expect, it } from 'vitest';
import { classify } from '#shared/classifications.ts';
import { settle } from '#shared/derivations.ts';
import type { SubjectIndex } from '#shared/subject-index.ts';
import type { Language } from '#shared/study.ts';
import { i18n } from '../../../renderer/i18n.ts';
import {
  familiesOf,
  markOf,
  reasonInWords,
  resultInWords,
} from '../../../renderer/stores/classification-lines.ts';
import { whyMissing } from '../../../renderer/stores/gap-words.ts';
import { usedInWords } from '../../../renderer/stores/used-words.ts';
import { withItem } from '../engine/faulty.ts';
import { indexOf, modelOf, now, placeOf, type Answers } from '../engine/run.ts';
import { both, item, sleepWith, type StudyInput } from '../engine/sleep-study.ts';

const classifications: NonNullable<StudyInput['classifications']> = [
  {
    id: 'heavy',
    name: { en: 'Heavy', fr: 'Lourd' },
    family: { en: 'Bodies', fr: 'Corps' },
    edition: '1',
    source: 'test',
    criteria: {
      label: both('all'),
      all: [
        { label: both('a'), holds: 's_weight > 100' },
        { label: both('b'), holds: 'yes(s_consent)' },
      ],
    },
  },
  {
    id: 'dose',
    name: { en: 'Dose', fr: 'Dose' },
    family: { en: 'Doses', fr: 'Doses' },
    edition: '1',
    source: 'test',
    each: 'row',
    group: 'DOSES',
    where: 'd_mg > 0',
    codeList: 'KIND',
    grades: [{ code: 'FEU', criterion: { label: both('many'), holds: 'd_mg > 5' } }],
    otherwise: 'DDU',
  },
  {
    id: 'half',
    name: { en: 'Half', fr: 'Moitié' },
    family: { en: 'Bodies', fr: 'Corps' },
    edition: '1',
    source: 'test',
    value: 's_weight / 2',
    unit: 'kg',
    decimals: 2,
  },
];
const model = modelOf(sleepWith({ classifications }));
const subject = (answers: Answers): SubjectIndex => settle(model, indexOf(answers, model), now);
const lines = (answers: Answers) => {
  const index = subject(answers);
  return { index, families: familiesOf(classify(model, index, now)) };
};
function said(answers: Answers, language: Language): readonly string[] {
  i18n.global.locale.value = language;
  const { index, families } = lines(answers);
  return families.flatMap((family) =>
    family.lines.map((line) =>
      [
        line.outcome.classification.definition.name[language],
        markOf(line.latest),
        resultInWords(line.outcome, line.latest, language),
        reasonInWords(index, line.latest, language),
      ].join(' | '),
    ),
  );
}

describe('a line of the table', () => {
  it('says the result and how many criteria are met', () =>
    expect(said({ 'SCR/ENR/s_weight': '120', 'SCR/ENR/s_consent': '1' }, 'en')).toEqual([
      'Heavy | met | met | 2 of 2 criteria met',
      'Half | told | 60.00\u00A0kg | ',
    ]));
  it('says what is missing', () =>
    expect(said({ 'SCR/ENR/s_consent': '1' }, 'fr')).toEqual([
      'Lourd | not-evaluable | non évaluable | 1 critères remplis sur 2 · Manque : Poids',
      'Moitié | not-evaluable | non évaluable | Manque : Poids',
    ]));
  it('of rows speaks of the latest and of the worst', () => {
    const { families } = lines({
      'LOG/DOSE/1/d_at': '2021-11-03T08:00',
      'LOG/DOSE/1/d_mg': '9',
      'LOG/DOSE/2/d_at': '2021-11-04T08:00',
      'LOG/DOSE/2/d_mg': '2',
    });
    const line = families.find(({ name }) => name.en === 'Doses')?.lines[0];
    expect([line?.latest.at?.row, line?.worst?.at?.row]).toEqual([2, 1]);
  });
  it('is not there for what has nothing to classify: it is named under the table', () => {
    const { families } = lines({});
    const doses = families.find(({ name }) => name.en === 'Doses');
    expect(doses?.lines).toEqual([]);
    expect(doses?.idle.map(({ classification }) => classification.definition.id)).toEqual(['dose']);
  });
});

describe('what a calculated item misses', () => {
  const why = (expression: string, answers: Answers, language: Language): string => {
    i18n.global.locale.value = language;
    const own = modelOf(withItem(item('x', 'calculated', { result: 'decimal', expression }), 'BED'));
    const index = settle(own, indexOf({ 'N1/NIGHT/n_coffee': '0', ...answers }, own), now);
    return whyMissing(index, placeOf('N1/NIGHT/x'), now, language);
  };
  it.each<readonly [string, Answers, Language, string]>([
    ['s_weight * 2', {}, 'en', 'Weight'],
    ['s_weight * n_hours', {}, 'fr', 'Poids ; n_hours'],
    ['s_weight * 2', { 'SCR/ENR/s_weight': 'ND' }, 'en', 'Weight: nd en'],
    ['n_hours * 2', { 'N1/NIGHT/n_hours': '>7' }, 'en', 'n_hours >7\u00A0h: no exact number'],
    ['hours between(T0, n_bed)', { 'N1/NIGHT/n_bed': '2021-11-03T22:00' }, 'en', 'First dose: not known'],
    [
      'last_result(l_value, "iron", @"2021-12-01").l_value',
      {},
      'fr',
      'Fer : aucun résultat dans la période prise en compte',
    ],
    ['max(rows(DOSES).d_mg)', {}, 'en', 'Doses: nothing entered'],
    ['s_weight * 2', { 'SCR/ENR/s_weight': '70' }, 'en', ''],
  ])('%s %j (%s): %s', (expression, answers, language, expected) => {
    expect(why(expression, answers, language)).toBe(expected);
  });
});

describe('the answers that a result rests on', () => {
  it('are told with the test, the sign and the day of their row, not with its parts', () => {
    const index = subject({
      'SCR/LAB/l_at': '2021-11-01T08:00',
      'SCR/LAB/1/l_test': 'iron',
      'SCR/LAB/1/l_rel': '>',
      'SCR/LAB/1/l_value': '4',
      'SCR/LAB/1/l_unit': 'mg/L',
    });
    const used = ['SCR/LAB/l_at', 'SCR/LAB/1/l_test', 'SCR/LAB/1/l_unit', 'SCR/LAB/1/l_value'].map(
      (path) => ({
        ...placeOf(path),
        text: 'x',
        relation: null,
        unit: null,
        missing: null,
      }),
    );
    const words = usedInWords(index, used, 'en').map(
      ({ label, value, where }) => `${label} ${value} (${where})`,
    );
    expect(words).toEqual(['Iron >4\u00A0mg/L (SCR · 01 Nov 2021)']);
  });
});
