import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { confirmationBasis, findingKey } from '#shared/edit-checks.ts';
import { isoMinute, minuteNumber } from '#shared/partial-date.ts';
import { asksQuery, planQueries, type StandingQuery } from '#shared/plan-queries.ts';
import { decideMove } from '#shared/query-moves.ts';
import { planComplete, planRemoveRow, planSave, type SavePlan } from '#shared/plan-save.ts';
import type { QueryState } from '#shared/query.ts';
import type { Change, Finding, SubjectRecord } from '#shared/record.ts';
import { change, context, model, nobody } from './saving.ts';

const typed: Readonly<Record<string, readonly (string | null)[]>> = {
  q_dec: ['10', '20,0', 'ND', null],
  q_yn: ['1', '0', null],
  q_dose: ['50', '500', '900', null],
  q_int: ['80', '95', '999', null],
  l_test: ['crp', 'plt', null],
  l_val: ['5', '>5 mg/L', '7 mg/dL', 'NA', null],
};
const oneChange: fc.Arbitrary<Change> = fc
  .constantFrom(...Object.keys(typed))
  .chain((item) =>
    fc.record({
      item: fc.constant(item),
      value: fc.constantFrom(...(typed[item] ?? [])),
      row: fc.integer({ min: 1, max: item.startsWith('l') ? 3 : 1 }),
    }),
  )
  .map(({ item, value, row }) => change(item, value, { row, reason: 'OTH' }));

type Save =
  | { readonly kind: 'save'; readonly changes: readonly Change[] }
  | { readonly kind: 'remove'; readonly row: number }
  | { readonly kind: 'complete' };
type Step = Save | { readonly kind: 'confirm' | 'answer' | 'accept'; readonly which: number };
const save: fc.Arbitrary<Save> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('save'),
      changes: fc.array(oneChange, { minLength: 1, maxLength: 3 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('remove'), row: fc.integer({ min: 1, max: 3 }) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('complete') }) },
);
const anything: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: save },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constantFrom('confirm', 'answer', 'accept'), which: fc.nat(3) }),
  },
);

interface KeptQuery {
  readonly id: number;
  readonly key: string;
  readonly severity: 'hard' | 'soft';
  state: QueryState;
  accepted: boolean;
}

/** A subject as the service keeps it: the record, its findings, its confirmations and its queries. */
function createSite() {
  const queries: KeptQuery[] = [];
  const confirmed = new Map<string, string>();
  let record: SubjectRecord = nobody;
  let findings: readonly Finding[] = [];
  let minute = minuteNumber(context.now) ?? 0;

  const settle = (after: readonly Finding[]): number => {
    const standing = queries.flatMap(({ id, key, state, accepted }): StandingQuery[] =>
      state === 'closed' ? (accepted ? [{ id, key, state: 'accepted' }] : []) : [{ id, key, state }],
    );
    const plan = planQueries(findings, after, standing);
    findings = after;
    for (const planned of plan) {
      if (planned.kind === 'open') {
        const severity = planned.finding.severity === 'hard' ? 'hard' : 'soft';
        const state = planned.finding.status === 'confirmed' ? 'answered' : 'open';
        queries.push({
          id: queries.length + 1,
          key: findingKey(planned.finding),
          severity,
          state,
          accepted: false,
        });
      } else move(planned.id, planned.move);
    }
    return plan.length;
  };
  const move = (id: number, asked: Parameters<typeof decideMove>[1]): void => {
    const query = queries.find((known) => known.id === id);
    if (query === undefined) throw new Error('a move of a query that is not there');
    const decided = decideMove({ ...query, check: 'c' }, asked, 'A text.');
    if (!decided.ok) throw new Error(`an illegal move: ${decided.fault}`);
    query.state = decided.step.to;
    query.accepted = decided.step.end === 'acceptance';
  };
  const saving = () => ({ ...context, confirmed, now: isoMinute(minute) });
  const planOf = (step: Save): SavePlan => {
    if (step.kind === 'save') return planSave(model, record, step.changes, saving());
    if (step.kind === 'complete') return planComplete(model, record, { event: 'SCR', form: 'Q' }, saving());
    return planRemoveRow(
      model,
      record,
      { event: 'D1', form: 'L', group: 'L', row: step.row, reason: 'OTH' },
      saving(),
    );
  };
  const take = (step: Step): void => {
    minute += 600;
    if (step.kind === 'save' || step.kind === 'remove' || step.kind === 'complete') {
      const plan = planOf(step);
      if (!plan.ok) return;
      record = plan.record;
      settle(plan.findings);
    } else if (step.kind === 'confirm') {
      const soft = findings.filter(({ severity, status }) => severity === 'soft' && status === 'open');
      const finding = soft[step.which % Math.max(1, soft.length)];
      if (finding === undefined) return;
      confirmed.set(findingKey(finding), confirmationBasis(finding));
      settle(findings.map((other) => (other === finding ? { ...other, status: 'confirmed' } : other)));
    } else {
      const live = queries.filter(({ state }) => state !== 'closed');
      const query = live[step.which % Math.max(1, live.length)];
      if (query !== undefined && decideMove({ ...query, check: 'c' }, step.kind, 'A text.').ok)
        move(query.id, step.kind);
    }
  };
  return {
    take,
    queries,
    settleAgain: () => settle(findings),
    findings: () => findings,
    asking: () => findings.filter(asksQuery).map(findingKey).sort(),
  };
}
const live = (queries: readonly KeptQuery[]): readonly string[] =>
  queries
    .filter(({ state }) => state !== 'closed')
    .map(({ key }) => key)
    .sort();

describe('queries of checks', () => {
  it('are, after any course of saves, those of the findings that ask', () => {
    let seen = 0;
    fc.assert(
      fc.property(fc.array(save, { maxLength: 12 }), (course) => {
        const site = createSite();
        for (const step of course) {
          site.take(step);
          expect(live(site.queries)).toEqual(site.asking());
          seen += site.queries.length;
        }
      }),
      { numRuns: 300 },
    );
    expect(seen).toBeGreaterThan(100);
  });

  it('are one for each finding whatever people say in between, and none without a finding', () => {
    fc.assert(
      fc.property(fc.array(anything, { maxLength: 20 }), (course) => {
        const site = createSite();
        for (const step of course) {
          site.take(step);
          const open = live(site.queries);
          const asking = new Set(site.asking());
          expect(new Set(open).size).toBe(open.length);
          expect(open.filter((key) => !asking.has(key))).toEqual([]);
          const accepted = new Set(site.queries.filter((query) => query.accepted).map(({ key }) => key));
          expect([...asking].filter((key) => !open.includes(key) && !accepted.has(key))).toEqual([]);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('are never open where what was found is confirmed', () => {
    fc.assert(
      fc.property(fc.array(anything, { maxLength: 20 }), (course) => {
        const site = createSite();
        for (const step of course) site.take(step);
        const confirmed = new Set(
          site
            .findings()
            .filter(({ status }) => status === 'confirmed')
            .map(findingKey),
        );
        expect(site.queries.filter(({ key, state }) => state === 'open' && confirmed.has(key))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('have nothing to settle when they were settled', () => {
    fc.assert(
      fc.property(fc.array(anything, { maxLength: 12 }), (course) => {
        const site = createSite();
        for (const step of course) site.take(step);
        expect(site.settleAgain()).toBe(0);
      }),
    );
  });
});
