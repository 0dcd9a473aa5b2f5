import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { RecordedValue, SubjectRecord } from '#shared/record.ts';
import { createStudyModel, type StudyModel } from '#shared/study-model.ts';
import { acceptanceRules, judgeDelivery, type AcceptanceReport } from '#shared/submission/acceptance.ts';
import type { DeliveredSubject, DeliveryFacts } from '#shared/submission/delivery.ts';
import { suspicionOf } from '#shared/submission/identifier-suspicion.ts';
import { readStudyFolder } from '../../../electron/services/studies.ts';
import { root } from '../studies/folders.ts';

let model: StudyModel;
beforeAll(() => {
  model = createStudyModel(readStudyFolder(path.join(root, 'shared/studies/anakinra-misc'))).model;
});

const facts: DeliveryFacts = {
  ...{ manifest: 'whole', fingerprint: 'a', currentFingerprint: 'a', trail: 'verified' },
};
/** Before any visit is overdue. */
const options = { unsigned: 'warns', now: '2021-11-03T08:00' } as const;

type Answer = Partial<RecordedValue> & Pick<RecordedValue, 'item' | 'form' | 'event'>;
const answer = (given: Answer): RecordedValue => ({
  ...{ row: 1, text: null, relation: null, number: null, unit: null, precision: null, missing: null },
  ...{ version: 1, derived: false, parked: false },
  ...given,
});
const consentGiven = (): RecordedValue => {
  const placed = model.item(model.study.consent ?? '');
  return answer({ event: 'SCR', form: placed?.form.id ?? '', item: placed?.item.id ?? '', text: '1' });
};
function subject(number: string, values: readonly Answer[], more: Partial<DeliveredSubject> = {}) {
  const record: SubjectRecord = {
    ...{ subject: number, site: '01', forms: [] },
    values: [consentGiven(), ...values.map(answer)],
  };
  return { record, findings: [], openQueries: [], signatures: [], ...more } satisfies DeliveredSubject;
}
const judge = (subjects: readonly DeliveredSubject[], given: Partial<DeliveryFacts> = {}): AcceptanceReport =>
  judgeDelivery(model, subjects, { ...facts, ...given }, options);
const ids = ({ obstacles }: AcceptanceReport): readonly string[] => obstacles.map(({ id }) => id);

const birth = { event: 'SCR', form: 'DM', item: 'dm_birth', text: '2015-03', precision: 'month' } as const;
const sex = { event: 'SCR', form: 'DM', item: 'dm_sex', text: 'M' } as const;
const fever = {
  event: 'SCR',
  form: 'ONS',
  item: 'ons_fevdat',
  text: '2021-11-01',
  precision: 'day',
} as const;
const meds = { event: 'SCR', form: 'MH', item: 'mh_meds' } as const;
const lab = (unit: string): readonly Answer[] => [
  { event: 'SCR', form: 'LB', item: 'lb_test', text: 'ferr' },
  { event: 'SCR', form: 'LB', item: 'lb_val', text: '500', number: 500 },
  { event: 'SCR', form: 'LB', item: 'lb_unit', text: unit },
];

describe('a delivery', () => {
  it('without an obstacle is ready as a whole', () => {
    const report = judge([subject('01-001', [birth, sex, fever])]);
    expect(report).toMatchObject({ percent: 100, ready: 1, subjects: 1, rejected: false, obstacles: [] });
    expect(report.silent).toEqual(acceptanceRules.map(({ id }) => id));
  });

  it('is as ready as the share of subjects that nothing rejects, rounded down', () => {
    const good = [subject('01-001', [birth]), subject('01-002', [birth])];
    const { percent, ready } = judge([...good, subject('01-003', [{ ...sex, text: '7' }])]);
    expect({ percent, ready }).toEqual({ percent: 66, ready: 2 });
  });

  it('of which nothing would be taken as a whole, or that is empty, is not ready', () => {
    expect(judge([subject('01-001', [birth])], { trail: 'broken' })).toMatchObject({ percent: 0, ready: 0 });
    expect(judge([])).toMatchObject({ percent: 0, subjects: 0, rejected: false });
  });

  it.each([
    [{ manifest: 'faulty' }, 'manifest-whole', true],
    [{ fingerprint: 'b' }, 'definition-current', true],
    [{ trail: 'broken' }, 'trail-verified', true],
    [{ trail: 'not-looked-at' }, 'trail-looked-at', false],
  ] as const)('with %j meets %s', (given, id, rejected) => {
    const report = judge([subject('01-001', [birth])], given);
    expect(ids(report)).toEqual([id]);
    expect(report.rejected).toBe(rejected);
  });
});

describe('a subject', () => {
  it.each([
    ['code-unknown', [{ ...sex, text: '7' }]],
    ['code-unknown', [{ ...sex, text: null, missing: 'XX' }]],
    ['date-imprecise', [{ ...birth, text: '2015', precision: 'year' }]],
    ['unit-not-convertible', lab('%')],
    ['identifier-suspected', [{ ...meds, text: 'asked Dr Dupont' }]],
    ['formula-lookalike', [{ ...meds, text: '=1+1' }]],
    ['answer-parked', [{ ...meds, text: 'x', parked: true }]],
  ] satisfies readonly (readonly [string, readonly Answer[]])[])('meets %s', (id, values) => {
    const report = judge([subject('01-001', [...values])]);
    expect(ids(report)).toEqual([id]);
    expect(report.obstacles[0]?.places[0]).toMatchObject({ subject: '01-001', event: 'SCR', row: 1 });
  });

  it('in a unit that converts, or with a parked code that is none, meets nothing', () => {
    expect(ids(judge([subject('01-001', lab('ug/L'))]))).toEqual([]);
    expect(ids(judge([subject('01-001', [{ ...sex, text: '7', parked: true }])]))).toEqual(['answer-parked']);
  });

  it('without consent, or without an answer, is rejected', () => {
    const bare = subject('01-001', [birth]);
    const without = { ...bare, record: { ...bare.record, values: [answer(birth)] } };
    expect(ids(judge([without]))).toEqual(['consent-missing']);
    const empty = { ...bare, record: { ...bare.record, values: [] } };
    expect(ids(judge([empty]))).toEqual(['subject-without-data', 'consent-missing']);
  });

  it('that is there twice is named both times', () => {
    const same = [birth, sex, fever];
    const report = judge([subject('01-001', same), subject('01-002', same), subject('01-003', [birth, sex])]);
    expect(ids(report)).toEqual(['subject-doubled']);
    expect(report.obstacles[0]?.places.map((place) => [place.subject, place.note?.en])).toEqual([
      ['01-001', 'agrees with 01-002'],
      ['01-002', 'agrees with 01-001'],
    ]);
    expect(report.ready).toBe(1);
  });

  it('with a form in progress, a query, no signature is told so', () => {
    const begun = subject('01-001', [birth], { openQueries: [{ event: 'SCR', form: 'DM', count: 2 }] });
    const record = { ...begun.record, forms: [{ event: 'SCR', form: 'DM', state: 'in-progress' as const }] };
    expect(ids(judge([{ ...begun, record }]))).toEqual(['form-incomplete', 'form-unsigned', 'query-open']);
    const strict = judgeDelivery(model, [{ ...begun, record }], facts, { ...options, unsigned: 'rejects' });
    expect(strict.obstacles.find(({ id }) => id === 'form-unsigned')?.severity).toBe('rejects');
  });
});

describe('a text', () => {
  it.each([
    ['write to anna@example.org', 'e-mail'],
    ['call 06 12 34 56 78', 'telephone'],
    ['MRN 123456', 'record-number'],
    ['dossier n° 45871', 'record-number'],
    ['seen by Dr Martin', 'name'],
    ['mother Anna agreed', 'name'],
    ['born 12/03/2015', 'birth-date'],
    ['Kawasaki disease, IVIG 2 g/kg on 2021-11-03 at 10:20', null],
    ['ferritin 35000 on 03/11/2021, platelets 120000', null],
    ['', null],
  ] as const)('%j is suspected of %s', (text, suspicion) => {
    expect(suspicionOf(text)).toBe(suspicion);
  });
});
