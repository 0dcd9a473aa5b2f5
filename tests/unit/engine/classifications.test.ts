/** Classifications on the sleep study: what parts combine to, grades, values, and the reasons with each. */
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { classify, type Classified, type CriterionOutcome, type State } from '#shared/classifications.ts';
import { settle } from '#shared/derivations.ts';
import type { Truth } from '#shared/feel/compare.ts';
import { atLeast } from '#shared/study-scope/read-classification.ts';
import { indexOf, modelOf, now, type Answers } from './run.ts';
import { both, item, sleepStudy, sleepWith, type StudyInput } from './sleep-study.ts';

type ClassificationInput = NonNullable<StudyInput['classifications']>[number];
type CriterionInput = NonNullable<ClassificationInput['criteria']>;

const holds = (feel: string): CriterionInput => ({ label: both(feel), holds: feel });
function defined(more: Partial<ClassificationInput>): ClassificationInput {
  return { id: 'X', name: both('X'), family: both('F'), edition: '1', source: 'test', ...more };
}
function classified(more: Partial<ClassificationInput>, answers: Answers): readonly Classified[] {
  const model = modelOf(sleepWith({ classifications: [defined(more)] }));
  const index = settle(model, indexOf(answers, model), now);
  return classify(model, index, now)[0]?.classified ?? [];
}
function only(more: Partial<ClassificationInput>, answers: Answers): Classified {
  const [one] = classified(more, answers);
  if (one === undefined) throw new Error('nothing was classified');
  return one;
}
function criterionOf({ result }: Classified): CriterionOutcome {
  if (result.kind !== 'criteria') throw new Error('these are no criteria');
  return result.criterion;
}

const truths = [true, false, null] as const;
const symbols: Readonly<Record<string, Truth>> = { '●': true, '○': false, '?': null };
const read = (signs: string): readonly Truth[] => [...signs].map((sign) => symbols[sign] ?? null);

describe('parts are combined as the truth tables say', () => {
  test.each([
    ['all', '●●', '●'],
    ['all', '●○', '○'],
    ['all', '●?', '?'],
    ['all', '○?', '○'],
    ['all', '??', '?'],
    ['any', '●?', '●'],
    ['any', '○○', '○'],
    ['any', '○?', '?'],
    ['2', '●●?', '●'],
    ['2', '●○○', '○'],
    ['2', '○○?', '○'],
    ['2', '●?○', '?'],
    ['2', '●○●', '●'],
    ['2', '??●', '?'],
  ])('%s of %s is %s', (how, parts, expected) => {
    const count = how === 'all' ? parts.length : how === 'any' ? 1 : Number(how);
    expect(atLeast(count, read(parts))).toBe(symbols[expected]);
  });

  it('what is said of unknown parts holds whatever they turn out to be, and nothing else is left open', () => {
    const parts = fc.array(fc.constantFrom(...truths), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(parts, fc.integer({ min: 1, max: 6 }), (given, count) => {
        const outcomes = new Set(
          completionsOf(given).map((whole) => whole.filter((part) => part).length >= count),
        );
        const expected = outcomes.size === 1 ? [...outcomes][0] : null;
        expect(atLeast(count, given)).toBe(expected);
      }),
    );
  });
});

/** Every way in which the unknown parts could turn out. */
function completionsOf(parts: readonly Truth[]): readonly (readonly boolean[])[] {
  return parts.reduce<readonly (readonly boolean[])[]>(
    (ways, part) =>
      ways.flatMap((way) => (part === null ? [true, false] : [part]).map((one) => [...way, one])),
    [[]],
  );
}

describe('criteria', () => {
  const heavyAndSnoring: Partial<ClassificationInput> = {
    criteria: {
      label: both('all'),
      all: [
        holds('s_weight > 100'),
        {
          label: both('two of three'),
          atLeast: 2,
          of: [holds('yes(s_consent)'), holds('s_code = "ABC"'), holds('s_start != null')],
        },
      ],
    },
  };
  const weighing = (weight: string): Answers => ({
    'SCR/ENR/s_weight': weight,
    'SCR/ENR/s_consent': '1',
    'SCR/ENR/s_code': 'ABC',
  });

  it.each<readonly [string, Answers, State]>([
    ['all are met', weighing('120'), 'met'],
    ['one is not met', weighing('90'), 'not-met'],
    ['one is missing', { 'SCR/ENR/s_consent': '1', 'SCR/ENR/s_code': 'ABC' }, 'not-evaluable'],
    ['one is missing and another is not met', { 'SCR/ENR/s_weight': '90' }, 'not-met'],
  ])('when %s', (_, answers, state) => {
    expect(only(heavyAndSnoring, answers).state).toBe(state);
  });

  it('name the answers that they used', () => {
    const [weight] = criterionOf(only(heavyAndSnoring, weighing('120'))).parts;
    expect(weight?.used.map(({ item: id, text }) => [id, text])).toEqual([['s_weight', '120']]);
    expect(weight?.gaps).toEqual([]);
  });

  it('say what is missing, and only for what is still open', () => {
    const outcome = only(heavyAndSnoring, {
      'SCR/ENR/s_weight': '120',
      'SCR/ENR/s_start': '2021-11-01T08:00',
    });
    const place = { event: 'SCR', form: 'ENR', row: 1 };
    expect(outcome.gaps).toEqual([
      { kind: 'blank', place: { ...place, item: 's_consent' } },
      { kind: 'blank', place: { ...place, item: 's_code' } },
    ]);
  });

  it('do not speak of what is not asked where something can be answered', () => {
    const open: Partial<ClassificationInput> = {
      each: 'form',
      form: 'NIGHT',
      criteria: { label: both('all'), all: [holds('n_cups > 1'), holds('n_hours > 1')] },
    };
    expect(only(open, { 'N1/NIGHT/n_coffee': '0' }).gaps).toMatchObject([
      { kind: 'blank', place: { item: 'n_hours' } },
    ]);
  });
});

describe('grades', () => {
  const graded: Partial<ClassificationInput> = {
    codeList: 'KIND',
    grades: [
      { code: 'FEU', criterion: holds('s_weight > 200') },
      { code: 'DDU', criterion: holds('s_weight > 100') },
    ],
  };
  const codeOf = ({ result }: Classified): string | null => (result.kind === 'grades' ? result.code : null);

  it.each<readonly [string, string | null, State]>([
    ['220', 'FEU', 'met'],
    ['120', 'DDU', 'met'],
    ['80', null, 'not-met'],
    ['>150', null, 'not-evaluable'],
    ['>210', 'FEU', 'met'],
  ])('a weight of %s is %s', (weight, code, state) => {
    const one = only(graded, { 'SCR/ENR/s_weight': weight });
    expect([codeOf(one), one.state]).toEqual([code, state]);
  });

  it('a worse grade that can’t be excluded leaves a milder one undecided', () => {
    const one = only(
      {
        ...graded,
        grades: [
          { code: 'FEU', criterion: holds('yes(s_consent)') },
          { code: 'DDU', criterion: holds('s_weight > 100') },
        ],
      },
      { 'SCR/ENR/s_weight': '120' },
    );
    expect(one.state).toBe('not-evaluable');
    expect(one.gaps).toMatchObject([{ kind: 'blank', place: { item: 's_consent' } }]);
  });

  it('where none fits, the last one counts', () => {
    const { grades = [] } = graded;
    const one = only(
      { ...graded, grades: grades.slice(0, 1), otherwise: 'DDU' },
      { 'SCR/ENR/s_weight': '80' },
    );
    expect([codeOf(one), one.state]).toEqual(['DDU', 'met']);
  });
});

describe('a value', () => {
  it('is rounded, with the answers that it rests on', () => {
    const one = only({ value: 's_weight / 3', decimals: 1 }, { 'SCR/ENR/s_weight': '100' });
    expect(one).toMatchObject({ state: 'met', result: { value: 33.3, used: [{ item: 's_weight' }] } });
  });
  it('of a censored answer is none, and says so', () => {
    const one = only({ value: 's_weight / 3', decimals: 1 }, { 'SCR/ENR/s_weight': '>100' });
    expect(one).toMatchObject({ state: 'not-evaluable', gaps: [{ kind: 'censored' }] });
  });
});

describe('of rows and forms', () => {
  it('each row that there is something to classify of comes in time order, with its place', () => {
    const found = classified(
      { each: 'row', group: 'DOSES', where: 'd_mg > 0', value: 'd_mg * 2' },
      {
        'LOG/DOSE/1/d_at': '2021-11-04T08:00',
        'LOG/DOSE/1/d_mg': '5',
        'LOG/DOSE/2/d_at': '2021-11-03T08:00',
        'LOG/DOSE/2/d_mg': '7',
        'LOG/DOSE/3/d_at': '2021-11-05T08:00',
      },
    );
    expect(
      found.map(({ at, result }) => [at?.row, at?.item, result.kind === 'value' ? result.value : null]),
    ).toEqual([
      [2, 'd_at', 14],
      [1, 'd_at', 10],
    ]);
  });
  it('each begun form', () => {
    const found = classified(
      { each: 'form', form: 'NIGHT', criteria: holds('n_hours < 6') },
      { 'N1/NIGHT/n_hours': '5', 'N2/NIGHT/n_hours': '7' },
    );
    expect(found.map(({ at, state }) => [at?.event, state])).toEqual([
      ['N1', 'met'],
      ['N2', 'not-met'],
    ]);
  });
});

describe('names of a classification', () => {
  it('stand for their expressions, a later one for an earlier one too', () => {
    const one = only(
      {
        let: [
          { name: 'half', is: 's_weight / 2' },
          { name: 'quarter', is: 'half / 2' },
        ],
        value: 'quarter',
      },
      { 'SCR/ENR/s_weight': '100' },
    );
    expect(one.result).toMatchObject({ value: 25 });
  });
});

describe('classification("id") in an expression', () => {
  const short = defined({ id: 'short', each: 'form', form: 'NIGHT', criteria: holds('n_hours < 6') });
  const derived = (expression: string, answers: Answers, more: readonly ClassificationInput[] = [short]) => {
    const forms = structuredClone(sleepStudy.forms);
    forms
      .flatMap((form) => form.groups)
      .find(({ id }) => id === 'BED')
      ?.items.push(item('n_short', 'calculated', { result: 'yes-no', expression }));
    const model = modelOf(sleepWith({ forms, classifications: [...more] }));
    const index = settle(model, indexOf(answers, model), now);
    return { model, index };
  };
  const valueOf = ({ index }: ReturnType<typeof derived>): string | null => {
    const night = index.byKey.get('N1|NIGHT')?.rows[0]?.[0];
    const position = night?.group.items.findIndex(({ item: { id } }) => id === 'n_short') ?? -1;
    return night?.cells[position]?.value.text ?? null;
  };

  it.each([
    ['5', '1'],
    ['7', '0'],
    ['>5', null],
  ])('a night of %s h is %s', (hours, expected) => {
    expect(valueOf(derived('classification("short")', { 'N1/NIGHT/n_hours': hours }))).toBe(expected);
  });
  it('makes what reads it rest on what the classification reads', () => {
    const { model } = derived('classification("short")', {});
    expect(model.affectedBy('n_hours')).toContain('n_short');
  });
  it('counts the criteria that are met and that can be evaluated', () => {
    const three = defined({
      id: 'three',
      criteria: {
        label: both('x'),
        atLeast: 2,
        of: [holds('s_weight > 1'), holds('yes(s_consent)'), holds('s_weight > 500')],
      },
    });
    const at = (feel: string) =>
      valueOf(derived(feel, { 'SCR/ENR/s_weight': '80', 'N1/NIGHT/n_hours': '5' }, [three]));
    expect(at('criteria_met("three") = 1')).toBe('1');
    expect(at('criteria_evaluable("three") = 2')).toBe('1');
  });
});
