import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findingKey, runChecks } from '#shared/edit-checks.ts';
import { derive } from '#shared/derivations.ts';
import { standingFindings } from '#shared/plan-save.ts';
import type { Finding, FormStatus } from '#shared/record.ts';
import { indexSubject, withDrafts } from '#shared/subject-index.ts';
import { checkDrafts } from '../../../renderer/stores/live-check.ts';
import { regroupFindings } from '../../../renderer/stores/live-findings.ts';
import { drafts, modelOf, now, recordOf } from '../engine/run.ts';
import { check, sleepWith } from '../engine/sleep-study.ts';

const model = modelOf(
  sleepWith({
    checks: [
      check({
        id: 'HEAVY',
        each: 'form',
        form: 'ENR',
        items: ['s_weight'],
        fires: 's_weight > 100 and s_consent = "1"',
      }),
      check({ id: 'DERIVED', each: 'form', form: 'ENR', items: ['s_heavy'], fires: 's_heavy = "1"' }),
      check({
        id: 'TIED',
        each: 'form',
        form: 'ENR',
        items: ['s_reason'],
        fires: 's_consent = "0" and not(is_typed(s_reason))',
        severity: 'hard',
      }),
    ],
  }),
);
const answer = fc.record({
  'SCR/ENR/s_weight': fc.option(fc.constantFrom('1', '39', '70', '119', '151', '300', 'ND')),
  'SCR/ENR/s_consent': fc.option(fc.constantFrom('0', '1')),
  'SCR/ENR/s_code': fc.option(fc.constantFrom('ABC', 'abc')),
  'SCR/ENR/s_reason': fc.option(fc.constantFrom('a reason', 'ND')),
});
const states = fc.constantFrom<FormStatus['state']>('in-progress', 'complete');

describe('findings while typing', () => {
  it('are those that a save of the same drafts would leave', () => {
    fc.assert(
      fc.property(answer, answer, states, (saved, typed, state) => {
        const forms: readonly FormStatus[] = [{ event: 'SCR', form: 'ENR', state }];
        const record = recordOf(saved, model, forms);
        const bare = indexSubject(model, record);
        const index = withDrafts(bare, derive(model, bare, now));
        const context = { now, confirmed: new Map<string, string>(), phase: 'entry' } as const;
        const before = { index, findings: standingFindings(model, index, forms, context), forms };

        const live = checkDrafts(model, before, drafts(typed), now);

        const drafted = withDrafts(index, drafts(typed));
        const after = withDrafts(drafted, derive(model, drafted, now));
        expect(named(live.findings)).toEqual(named(standingFindings(model, after, forms, context)));
      }),
    );
  });

  it('are the saved ones when nothing is typed', () => {
    const index = indexSubject(model, recordOf({ 'SCR/ENR/s_weight': '300' }, model));
    const saved = { index, findings: runChecks(model, index, { phase: 'entry', now }), forms: [] };
    expect(checkDrafts(model, saved, [], now)).toBe(saved);
  });
});

describe('findings by field', () => {
  it('keep the list of a field whose findings stay', () => {
    const index = indexSubject(
      model,
      recordOf({ 'SCR/ENR/s_weight': '300', 'SCR/ENR/s_code': 'abc' }, model),
    );
    const findings = runChecks(model, index, { phase: 'entry', now });
    const byField = new Map<string, readonly Finding[]>();
    regroupFindings(byField, findings);
    const code = byField.get('SCR|ENR|1|s_code');
    regroupFindings(
      byField,
      findings.filter(({ item }) => item === 's_code').map((finding) => ({ ...finding })),
    );
    expect([...byField.keys()]).toEqual(['SCR|ENR|1|s_code']);
    expect(byField.get('SCR|ENR|1|s_code')).toBe(code);
  });
});

function named(findings: readonly Finding[]): readonly string[] {
  return findings.map((finding) => `${findingKey(finding)} ${finding.status} ${finding.message.en}`).sort();
}
