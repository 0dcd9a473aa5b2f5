/** What a signature leaves in the form that the study has for it, and that it breaks no other signature by that. */
import { expect, it } from 'vitest';
import { anakinra } from '../studies/folders.ts';
import { signing, validities } from './reviewed-subject.ts';
import {
  createSite,
  createTestClock,
  password,
  setRoles,
  startProcess,
  temporaryFolder,
  user,
  type Bench,
} from './workbench.ts';

const subject = '01-001';
const discharge = { subject, event: 'DIS' };
const outcome = { ...discharge, form: 'DSC' };

const unknown = (item: string) => ({ row: 1, item, value: null, missing: 'NK' });

/** A child with discharge and a deviation verified; the state set by hand, since the road there is told elsewhere. */
async function openDischarged(): Promise<Bench> {
  const bench = startProcess(temporaryFolder(), createTestClock(), anakinra);
  await createSite(bench);
  await bench.call('session.signIn', { user, password });
  setRoles(bench, user, ['coordinator', 'investigator', 'monitor', 'data-manager']);
  await bench.call('subjects.enrol', { subject });
  await bench.call('forms.save', {
    ...outcome,
    changes: [{ row: 1, item: 'dsc_dt', value: '2024-02-01 10:00' }, unknown('dsc_type')],
  });
  await bench.call('forms.save', {
    ...{ subject, event: 'LOG', form: 'DV' },
    changes: ['dv_dt', 'dv_cat', 'dv_sev'].map(unknown),
  });
  verify(bench);
  return bench;
}

function verify(bench: Bench): void {
  const { site } = bench.services.session.authorise('signed-in');
  site.db.exec(`UPDATE form SET state = 'verified' WHERE state IN ('in-progress', 'complete')`);
  site.db.exec('DELETE FROM finding');
  site.rows.forget();
}

async function signForm(bench: Bench): Promise<Readonly<Record<string, string | null>>> {
  const { record } = await bench.call('subjects.open', { subject });
  const values = record.values.filter(({ form }) => form === 'SIG');
  return Object.fromEntries(values.map(({ event, item, text }) => [`${event} ${item}`, text]));
}

it('a signature over a visit fills the study’s own items, and is bound to them as well', async () => {
  const bench = await openDischarged();
  const { signature } = await bench.call('signatures.sign', await signing(bench, discharge));
  expect(signature.validity).toEqual({ state: 'valid' });
  expect(await signForm(bench)).toEqual({
    'DIS sig_by': user,
    'DIS sig_dt': '2024-03-05T10:30',
    'DIS sig_scope': expect.stringMatching(/^DIS: DSC · SHA-256 [0-9a-f]{64}$/u) as unknown,
  });
  const { record, findings } = await bench.call('subjects.open', { subject });
  expect(record.forms).toContainEqual({ event: 'DIS', form: 'SIG', state: 'signed' });
  expect(findings.filter(({ check }) => check === 'EC87')).toEqual([]);
  const { site } = bench.services.session.authorise('signed-in');
  site.db.exec(`UPDATE value SET text = 'Somebody else' WHERE text = '${user}'`);
  site.rows.forget();
  expect(await validities(bench, subject)).toEqual(['1 broken by ']);
});

it('a signature over the subject leaves what a valid one has filled', async () => {
  const bench = await openDischarged();
  await bench.call('signatures.sign', await signing(bench, discharge));
  bench.clock.pass(3_600_000);
  await bench.call('session.unlock', { password });
  await bench.call('signatures.sign', await signing(bench, { subject }));
  expect(await validities(bench, subject)).toEqual(['1 valid', '2 valid']);
  expect((await signForm(bench))['DIS sig_dt']).toBe('2024-03-05T10:30');
});

it('a signature made again fills the items anew', async () => {
  const bench = await openDischarged();
  await bench.call('signatures.sign', await signing(bench, discharge));
  bench.clock.pass(60_000);
  await bench.call('forms.save', {
    ...outcome,
    changes: [{ row: 1, item: 'dsc_dt', value: '2024-02-02 10:00', reason: 'SOURCE' }],
  });
  verify(bench);
  await bench.call('signatures.sign', await signing(bench, discharge));
  expect((await validities(bench, subject)).map((one) => one.slice(0, 8))).toEqual(['1 broken', '2 valid']);
  expect((await signForm(bench))['DIS sig_dt']).toBe('2024-03-05T10:31');
});
