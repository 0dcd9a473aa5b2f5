import { describe, expect, it } from 'vitest';
import { sentence } from '#shared/audit/sentence.ts';
import { refusedEveryMs } from '../../../electron/services/refused-calls.ts';
import { openBench, setRoles, user, type Bench } from './workbench.ts';

const attempts = `SELECT user, role, origin, subject_id AS subject, reason, detail FROM audit
  WHERE action = 'session.refused' ORDER BY seq`;
const reason = 'Closed for the audit';

async function openAs(role: string): Promise<Bench> {
  const bench = await openBench();
  setRoles(bench, user, [role]);
  return bench;
}
const countOf = async (bench: Bench): Promise<number> => (await bench.rows(attempts)).length;

describe('a call that the role does not allow', () => {
  it('is refused, and an administrator’s attempt stands in the trail with method, verb and role', async () => {
    const bench = await openAs('administrator');
    expect((await bench.refusal('site.freeze', { reason })).code).toBe('forbidden');
    expect(await bench.rows(attempts)).toEqual([
      {
        ...{ user, role: 'administrator', origin: 'system', subject: null, reason: null },
        detail: '{"method":"site.freeze","verb":"subjects.freeze","why":"forbidden"}',
      },
    ]);
    expect((await bench.call('audit.verify', {})).ok).toBe(true);
  });

  it('is told in both languages', async () => {
    const bench = await openAs('administrator');
    await bench.refusal('site.freeze', { reason });
    const { site } = bench.services.session.authorise('signed-in');
    const entry = [...site.trail.withActions(['session.refused'])].at(-1);
    if (entry === undefined) throw new Error('the attempt left no entry');
    expect(sentence(entry, site.model, 'en')).toBe(
      'anne asked for site.freeze, which the role does not allow: it was refused.',
    );
    expect(sentence(entry, site.model, 'fr')).toBe(
      'anne a demandé site.freeze, que son rôle n’autorise pas : refusé.',
    );
  });

  it('leaves nothing of what was sent, and no number of a subject', async () => {
    const bench = await openAs('administrator');
    const changes = [{ row: 1, item: 'night_wakes', value: 'a secret answer' }];
    await bench.refusal('forms.save', { subject: '01-S77', event: 'N1', form: 'NIGHT', changes });
    const told = JSON.stringify(await bench.rows(attempts));
    expect(told).toContain('forms.save');
    expect(told).not.toMatch(/secret|S77|night_wakes/u);
  });

  it('of the command line stands there by its verb', async () => {
    const bench = await openAs('administrator');
    expect(() => bench.services.session.authorise('values.write')).toThrow();
    expect(await bench.rows(attempts)).toMatchObject([
      { detail: '{"verb":"values.write","why":"forbidden"}' },
    ]);
  });

  it('in a loop can’t fill the trail: one entry a minute of each method', async () => {
    const bench = await openAs('monitor');
    for (let call = 0; call < 50; call += 1) await bench.refusal('site.freeze', { reason });
    expect(await countOf(bench)).toBe(1);
    await bench.refusal('people.list', {});
    expect(await countOf(bench)).toBe(2);
    bench.clock.pass(refusedEveryMs);
    await bench.refusal('site.freeze', { reason });
    expect(await countOf(bench)).toBe(3);
  });

  it('is not kept out of the trail by setting the clock back', async () => {
    const bench = await openAs('monitor');
    await bench.refusal('site.freeze', { reason });
    bench.clock.setBack(86_400_000);
    bench.clock.pass(refusedEveryMs);
    await bench.refusal('site.freeze', { reason });
    expect(await countOf(bench)).toBe(2);
  });
});

describe('no entry is left', () => {
  it('by a call that is allowed, malformed or unknown, or that nobody is signed in for', async () => {
    const bench = await openAs('monitor');
    await bench.call('queries.count', {});
    await bench.refusal('site.freeze', { reason, more: 1 });
    await bench.refusal('trail.delete', {});
    await bench.call('session.signOut', {});
    await bench.refusal('site.freeze', { reason });
    await bench.call('session.signIn', { user, password: 'correct horse battery' });
    expect(await countOf(bench)).toBe(0);
  });
});
