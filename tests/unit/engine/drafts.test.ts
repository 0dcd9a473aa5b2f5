import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { derive, settle } from '#shared/derivations.ts';
import { runChecks, runChecksTouching, type CheckOptions } from '#shared/edit-checks.ts';
import { indexSubject, valueAt, withDrafts, type SubjectIndex } from '#shared/subject-index.ts';
import { visibility } from '#shared/visibility.ts';
import { drafts, indexOf, modelOf, now, placeOf, recordOf, type Answers } from './run.ts';
import { check, sleepWith } from './sleep-study.ts';

const model = modelOf(
  sleepWith({
    checks: [
      check({
        id: 'GAP',
        each: 'row',
        fires: 'hours between(previous(d_at), d_at) < 18',
        items: ['d_at', 'd_mg'],
      }),
      check({ id: 'MUCH', each: 'row', fires: 'd_perkg > 0.1 or d_mg > 8', items: ['d_mg'] }),
      check({ id: 'LATE', each: 'form', fires: 'n_bed < T0 or n_since > 20', items: ['n_bed'] }),
      check({ id: 'CUPS', each: 'form', fires: 'n_cups > 2 and n_brand = null', items: ['n_cups'] }),
      check({ id: 'SHORT', each: 'form', fires: 'n_hours < previous(n_hours)', items: ['n_hours'] }),
      check({ id: 'ALONE', each: 'row', fires: 'w_minutes = null and w_cause = null', items: ['w_at'] }),
      check({ id: 'SUM', each: 'subject', fires: 'sum(all(w_minutes)) > 10', items: ['w_minutes'] }),
      check({ id: 'NONE', each: 'subject', fires: 'count(rows(DOSES)) = 0', items: ['d_at'] }),
      check({
        id: 'HAS',
        each: 'subject',
        fires: 'has_values("NIGHT") and not(has_values("ENR"))',
        items: ['s_weight'],
      }),
      check({
        id: 'WINDOW',
        each: 'form',
        fires: 'n_bed < window_first or n_bed > window_last',
        items: ['n_bed'],
      }),
      check({ id: 'AGE', each: 'value', of: ['date-time'], fires: 'value_first < T0 or s_weight > 60' }),
    ],
  }),
);
const options: CheckOptions = { phase: 'batch', now };

/** Few places and few values, so that changes meet. */
const places: Readonly<Record<string, readonly string[]>> = {
  'SCR/ENR/s_weight': ['30', '70', '151', 'ND'],
  'SCR/ENR/s_consent': ['0', '1'],
  'N1/NIGHT/n_bed': ['2021-11-01T22:00', '2021-11-03T22:00', 'ND'],
  'N1/NIGHT/n_hours': ['2', '<7', '13'],
  'N1/NIGHT/n_coffee': ['0', '1'],
  'N1/NIGHT/n_cups': ['1', '3'],
  'N1/NIGHT/n_brand': ['Mocha'],
  'N1/NIGHT/1/w_minutes': ['5', '6'],
  'N1/NIGHT/2/w_at': ['2021-11-02T03:00'],
  'N1/NIGHT/2/w_minutes': ['7', 'NK'],
  'N2/NIGHT/n_bed': ['2021-11-02T22:00'],
  'N2/NIGHT/n_hours': ['1', '8'],
  'LOG/DOSE/1/d_at': ['2021-11-01T08:00', '2021-11-03T09:00'],
  'LOG/DOSE/1/d_mg': ['9', '5'],
  'LOG/DOSE/2/d_at': ['2021-11-02T08:00', '2021-11-02T01:00'],
  'LOG/DOSE/2/d_mg': ['20'],
};
const someAnswers = fc.record(
  Object.fromEntries(Object.entries(places).map(([path, values]) => [path, fc.constantFrom(...values)])),
  { requiredKeys: [] },
);
const someChanges = fc.record(
  Object.fromEntries(
    Object.entries(places).map(([path, values]) => [path, fc.constantFrom(...values, null)]),
  ),
  { requiredKeys: [] },
);

/** One keystroke, or two fields that a paste fills. */
const fewChanges = fc
  .uniqueArray(fc.constantFrom(...Object.keys(places)), { minLength: 1, maxLength: 2 })
  .chain((paths) =>
    fc.record(
      Object.fromEntries(paths.map((path) => [path, fc.constantFrom(...(places[path] ?? []), null)])),
    ),
  );

function known(answers: Readonly<Record<string, string | null | undefined>>): Answers {
  return Object.fromEntries(
    Object.entries(answers).filter((entry): entry is [string, string | null] => entry[1] !== undefined),
  );
}

/** Everything that can be asked of an index. */
function seen(index: SubjectIndex): unknown {
  const shown = visibility(model, index);
  return {
    findings: runChecks(model, index, options),
    derived: derive(model, index, now),
    hidden: Object.keys(places).filter((path) => shown.isHidden(placeOf(path))),
    values: Object.keys(places).map((path) => valueAt(index, placeOf(path))?.text ?? null),
  };
}

describe('an index with drafts', () => {
  test('says the same as one made from the changed record, and leaves the first as it was', () => {
    fc.assert(
      fc.property(someAnswers, someChanges, (before, changes) => {
        const first = indexOf(known(before), model);
        const seenFirst = seen(first);
        const drafted = withDrafts(first, drafts(known(changes)));
        const scratch = indexSubject(model, recordOf({ ...known(before), ...known(changes) }, model));
        expect(seen(drafted)).toEqual(seen(scratch));
        expect(seen(first)).toEqual(seenFirst);
      }),
      { numRuns: 200 },
    );
  });
  test('gives the same derived values and findings when only what the change touches is worked out again', () => {
    fc.assert(
      fc.property(someAnswers, fewChanges, (before, changes) => {
        const first = settle(model, indexOf(known(before), model), now);
        const answered = withDrafts(first, drafts(known(changes)));
        const typed = drafts(known(changes)).map((draft) => draft.place);
        const derived = derive(model, answered, now, { places: typed, clock: false });
        expect(derived).toEqual(derive(model, answered, now));
        const second = withDrafts(answered, derived);
        const changed = { places: [...typed, ...derived.map(({ place }) => place)], clock: false };
        const findings = runChecksTouching(model, second, runChecks(model, first, options), changed, options);
        expect(findings).toEqual(runChecks(model, second, options));
      }),
      { numRuns: 2000 },
    );
  });
  test('has nothing left to derive once it is settled', () => {
    fc.assert(
      fc.property(someAnswers, (answers) => {
        expect(derive(model, settle(model, indexOf(known(answers), model), now), now)).toEqual([]);
      }),
    );
  });
  test('counts the last of two drafts of one place', () => {
    const index = withDrafts(indexOf({}, model), [
      ...drafts({ 'SCR/ENR/s_weight': '50' }),
      ...drafts({ 'SCR/ENR/s_weight': '60' }),
    ]);
    expect(valueAt(index, placeOf('SCR/ENR/s_weight'))?.text).toBe('60');
  });
  test('shares what was not touched', () => {
    const index = indexOf({ 'SCR/ENR/s_weight': '50', 'N1/NIGHT/n_hours': '7' }, model);
    const drafted = withDrafts(index, drafts({ 'N1/NIGHT/n_hours': '8' }));
    expect(drafted.byKey.get('SCR|ENR')).toBe(index.byKey.get('SCR|ENR'));
  });
});
