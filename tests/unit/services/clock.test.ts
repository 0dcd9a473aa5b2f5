import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openBench, password, type Bench } from './workbench.ts';

const night = { subject: '01-S01', event: 'N1', form: 'NIGHT' };
const minute = 60_000;

async function save(bench: Bench, value: string): Promise<void> {
  await bench.call('session.unlock', { password });
  await bench.call('forms.save', { ...night, changes: [{ row: 1, item: 'night_wakes', value }] });
}
const moves = (bench: Bench) =>
  bench.rows(
    `SELECT detail ->> 'kind' AS kind, detail ->> 'minutes' AS minutes FROM audit WHERE action = 'clock.moved' ORDER BY seq`,
  );

describe('the clock of the machine', () => {
  it.each([
    ['set forward by an hour', -60 * minute, [{ kind: 'forward', minutes: 60 }]],
    ['set forward by six minutes', -6 * minute, [{ kind: 'forward', minutes: 6 }]],
    ['set forward by four minutes', -4 * minute, []],
    ['set back by an hour', 60 * minute, [{ kind: 'back', minutes: -60 }]],
  ])('%s during a session is told once, or left alone', async (_, back, told) => {
    const bench = await openBench();
    await bench.call('subjects.enrol', { subject: night.subject });
    bench.clock.setBack(back);
    bench.services.session.lockWhenIdle();
    await save(bench, '3');
    await save(bench, '4');
    expect(await moves(bench)).toEqual(told);
  });

  it('is told although it went back less far than the trail reaches', async () => {
    const bench = await openBench();
    bench.clock.pass(9 * minute);
    bench.clock.setBack(8 * minute);
    bench.services.session.lockWhenIdle();
    expect(await moves(bench)).toEqual([{ kind: 'back', minutes: -8 }]);
  });

  it('is not told when the machine slept', async () => {
    const bench = await openBench();
    bench.services.session.noteSleep();
    bench.clock.setBack(-480 * minute);
    bench.services.session.lockWhenIdle();
    bench.services.session.noteWaking();
    bench.services.session.lockWhenIdle();
    expect(await moves(bench)).toEqual([]);
  });

  it('never gives the trail its order', { timeout: 60_000 }, async () => {
    const steps = fc.array(fc.integer({ min: -90, max: 90 }), { minLength: 3, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(steps, async (jumps) => {
        const bench = await openBench();
        await bench.call('subjects.enrol', { subject: night.subject });
        for (const [count, jump] of jumps.entries()) {
          bench.clock.setBack(jump * minute);
          await save(bench, String(count + 1));
        }
        const history = await bench.call('audit.history', { ...night, row: 1, item: 'night_wakes' });
        expect(history.map((entry) => entry.new?.text)).toEqual(jumps.map((_, count) => String(count + 1)));
        const seqs = history.map(({ seq }) => seq);
        expect(seqs).toEqual(seqs.toSorted((one, other) => one - other));
        expect((await bench.call('audit.verify', {})).problems).toEqual([]);
      }),
      { numRuns: 6 },
    );
  });
});
