/** People of several roles at the bench's site, and a form that is to be entered a second time. */
import {
  readKeyring,
  slotId,
  slotsOf,
  unlockByPassword,
  withPerson,
  writeKeyring,
} from '../../../electron/db/keyring.ts';
import { readMoment } from '../../../electron/clock.ts';
import { createPerson } from '../../../electron/services/people.ts';
import { changeSetting } from '../../../electron/services/settings.ts';
import type { Role } from '#shared/permissions.ts';
import { cost, openBench, password, user, type Bench } from './workbench.ts';

export const anne = user;
export const bea = 'bea';
export const dora = 'dora';
export const subject = '01-S01';
export const night = { subject, event: 'N1', form: 'NIGHT' } as const;
export const samples = { subject, event: 'JOURNAL', form: 'SAMPLE' } as const;
export const dayMs = 86_400_000;

export async function addPerson(bench: Bench, name: string, roles: readonly Role[]): Promise<void> {
  const keyring = readKeyring(bench.folder);
  const key = (await unlockByPassword(keyring, user, password))?.key;
  if (key === undefined) throw new Error('the password of the test does not open the site');
  const wider = await withPerson(keyring, name, password, key, cost);
  writeKeyring(bench.folder, wider);
  const account = { user: name, fullName: name, roles, mustChange: false };
  const slot = slotsOf(wider, name).map(slotId)[0] ?? '';
  const { site, role } = bench.services.session.authorise('signed-in');
  site.db
    .transaction(() => {
      createPerson(site.db, site.trail, { user, role }, { ...account, slot }, readMoment(bench.clock));
    })
    .immediate();
}

export async function become(bench: Bench, name: string): Promise<void> {
  await bench.call('session.signOut', {});
  await bench.call('session.signIn', { user: name, password });
}

export function setShare(bench: Bench, share: number): void {
  changeSetting(
    bench.services.session.authorise('signed-in'),
    'secondEntryShare',
    share,
    readMoment(bench.clock),
  );
}

export type Answers = Readonly<Record<string, string>>;
export const nightAnswers: Answers = {
  night_bed: '2024-03-01T22:30',
  night_up: '2024-03-02T06:00',
  night_wakes: '37',
  night_latency: '>91',
  night_temp: '18.5',
  night_good: '1',
};

export const toChanges = (answers: Answers, row = 1): { row: number; item: string; value: string }[] =>
  Object.entries(answers).map(([item, value]) => ({ row, item, value }));

/** anne (coordinator) has completed a night that was drawn; bea types data, dora decides. */
export async function openDoubleEntry(): Promise<Bench> {
  const bench = await openBench();
  await addPerson(bench, bea, ['data-entry']);
  await addPerson(bench, dora, ['data-manager']);
  setShare(bench, 1);
  await bench.call('subjects.enrol', { subject });
  await bench.call('forms.save', { ...night, changes: toChanges(nightAnswers) });
  await bench.call('forms.complete', night);
  return bench;
}
