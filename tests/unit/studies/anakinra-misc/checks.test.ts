import { describe, expect, test } from 'vitest';
import { findingsOf, outcomesOf, settleChild } from '../scenario.ts';
import type { Case } from './case.ts';
import { adverseEventCases } from './cases/adverse-events.ts';
import { anakinraCases } from './cases/anakinra.ts';
import { dateCases } from './cases/dates.ts';
import { echocardiographyCases } from './cases/echocardiography.ts';
import { enrolmentCases } from './cases/enrolment.ts';
import { followUpCases } from './cases/follow-up.ts';
import { itemCases } from './cases/items.ts';
import { laboratoryCases } from './cases/laboratory.ts';
import { masCases } from './cases/mas.ts';
import { onsetCases } from './cases/onset.ts';
import { otherTreatmentCases } from './cases/other-treatments.ts';
import { outcomeCases } from './cases/outcome.ts';
import { supportCases } from './cases/support.ts';
import { treatmentCases } from './cases/treatments.ts';
import { vitalSignCases } from './cases/vital-signs.ts';
import { now } from './children.ts';
import { model, study } from './study.ts';

/**
 * What a message must not hold: a placeholder that was left, the dash of a value that is not there, a unit twice, a date as
 * machines write it.
 */
const unfilled =
  /[{}]|null|undefined|\d{4}-\d\d|[\s(]–(?=[.,:;)]|[\s\u00A0][(:]|$)|\u00A0(\S+)[\s\u00A0]\1(?![\p{L}/])/u;

const cases: readonly Case[] = [
  ...enrolmentCases,
  ...onsetCases,
  ...dateCases,
  ...vitalSignCases,
  ...laboratoryCases,
  ...echocardiographyCases,
  ...supportCases,
  ...masCases,
  ...treatmentCases,
  ...otherTreatmentCases,
  ...anakinraCases,
  ...outcomeCases,
  ...followUpCases,
  ...adverseEventCases,
  ...itemCases,
];

describe.each(study.checks.map((check) => [check.id, check] as const))('%s', (id, check) => {
  const own = cases.filter((known) => known.check === id);

  test.each(own.map((known) => [`${known.expect}: ${known.because}`, known] as const))(
    '%s',
    (_, { expect: outcome, given, says, nth }) => {
      const index = settleChild(model, given, { now });
      const findings = findingsOf(model, index, { now }).filter((finding) => finding.check === id);
      const outcomes = outcomesOf(model, index, id, { now });
      if (outcome === 'fires') {
        expect(outcomes).toContain(true);
        expect(findings).not.toHaveLength(0);
        expect(findings[0]).toMatchObject({
          severity: check.severity,
          item: check.items[0] ?? findings[0]?.item,
        });
        expect(findings[0]?.message.en.replaceAll('\u00A0', ' ')).toContain(says ?? '');
      } else {
        expect(findings).toHaveLength(0);
        expect(outcomes).not.toContain(true);
        if (outcome === 'silent') expect(outcomes).toContain(false);
        else expect(new Set(nth === null ? outcomes : [outcomes[nth - 1]])).toEqual(new Set([null]));
      }
    },
  );

  test('has a child for which it fires, one for which it is silent and one for which it cannot be told', () => {
    expect(own.map((known) => known.expect)).toEqual(
      expect.arrayContaining(['fires', 'silent', 'undecided']),
    );
  });

  test('says in both languages what is so, with every value that it names', () => {
    for (const { given } of own.filter((known) => known.expect === 'fires')) {
      const [finding] = findingsOf(model, settleChild(model, given, { now }), { now }).filter(
        ({ check: found }) => found === id,
      );
      expect(finding?.message.en).not.toMatch(unfilled);
      expect(finding?.message.fr).not.toMatch(unfilled);
      expect(finding?.message.en).not.toBe(finding?.message.fr);
    }
  });
});

test('no case is about a check that the study does not have', () => {
  const known = new Set(study.checks.map((check) => check.id));
  expect(cases.filter((fact) => !known.has(fact.check)).map((fact) => fact.check)).toEqual([]);
});
