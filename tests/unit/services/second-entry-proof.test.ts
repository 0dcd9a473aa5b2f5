/** Every row of the tables of double entry follows from the trail, and one that does not is named without its value. */
import { describe, expect, it } from 'vitest';
import { createSecondEntryProof } from '../../../electron/services/proofs/second-entry.ts';
import {
  addPerson,
  bea,
  become,
  dora,
  night,
  nightAnswers,
  openDoubleEntry,
  toChanges,
} from './double-entry.ts';
import type { Bench } from './workbench.ts';

function problemsOf(bench: Bench): readonly string[] {
  const { site } = bench.services.session.authorise('signed-in');
  const proof = createSecondEntryProof();
  for (const entry of site.trail.entries()) if (proof.actions.includes(entry.action)) proof.read(entry);
  return proof.problems(site.db);
}

async function openDecided(): Promise<Bench> {
  const bench = await openDoubleEntry();
  await become(bench, bea);
  await bench.call('second.begin', night);
  await bench.call('second.save', {
    ...night,
    changes: toChanges({ ...nightAnswers, night_wakes: '73', night_temp: '19' }),
  });
  await bench.call('second.save', { ...night, changes: toChanges({ night_good: '0' }) });
  await bench.call('second.complete', night);
  await become(bench, dora);
  await bench.call('second.decide', { ...night, position: 1, which: 'second', reason: 'Source' });
  return bench;
}

describe('the tables of double entry', () => {
  it('follow from the trail at every step', async () => {
    const bench = await openDoubleEntry();
    expect(problemsOf(bench)).toEqual([]);
    await become(bench, bea);
    await bench.call('second.begin', night);
    await bench.call('second.save', { ...night, changes: toChanges({ night_wakes: '73' }) });
    expect(problemsOf(bench)).toEqual([]);
    await bench.call('second.giveBack', night);
    expect(problemsOf(bench)).toEqual([]);
    await addPerson(bench, 'carl', ['data-entry']);
    await become(bench, 'carl');
    await bench.call('second.begin', night);
    await bench.call('second.save', { ...night, changes: toChanges({ night_wakes: '74' }) });
    await bench.call('second.complete', night);
    expect(problemsOf(bench)).toEqual([]);
  });

  it.each([
    [`UPDATE second_value SET text = '99' WHERE text = '73'`, /^Item night_wakes, row 1, .* otherwise/u],
    [`DELETE FROM second_value WHERE text = '73'`, /^Item night_wakes, row 1, .* not stored/u],
    [`UPDATE second_difference SET decided = 'first' WHERE position = 1`, /^Difference 1 .* otherwise/u],
    [`UPDATE second_difference SET first = NULL WHERE position = 2`, /^Difference 2 .* otherwise/u],
    [`DELETE FROM second_difference WHERE position = 2`, /^Difference 2 .* not stored/u],
    [`UPDATE second_compared SET fields = 900`, /^The count of fields first typed by anne .* otherwise/u],
    [`UPDATE second_entry SET user = 'anne'`, /^The second entry of NIGHT .* otherwise/u],
    [`UPDATE second_entry SET state = 'adjudicated'`, /^The second entry of NIGHT .* otherwise/u],
  ])('tell of %s', async (attack, problem) => {
    const bench = await openDecided();
    expect(problemsOf(bench)).toEqual([]);
    bench.services.session.authorise('signed-in').site.db.exec(attack);
    const problems = problemsOf(bench);
    expect(problems).toEqual([expect.stringMatching(problem)]);
    expect(problems.join()).not.toMatch(/73|99/u);
  });
});
