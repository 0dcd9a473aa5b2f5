/** Other people at the site of a bench, made as an administrator makes them. */
import type { SessionInfo } from '#shared/bridge.ts';
import type { Role } from '#shared/permissions.ts';
import { password, user, type Bench } from './workbench.ts';

export const given = 'given by hand at noon';
export const chosen = 'a quite new password';

/** With a password that has to be changed at the first sign-in. */
export async function addColleague(bench: Bench, name: string, roles: readonly Role[]): Promise<void> {
  await bench.call('people.create', {
    ...{ user: name, fullName: `${name} Example`, roles: [...roles], password: given },
  });
}

export async function signInAs(bench: Bench, name: string, withPassword: string): Promise<SessionInfo> {
  await bench.call('session.signOut', {});
  return bench.call('session.signIn', { user: name, password: withPassword });
}

/** A colleague who has signed in once and chosen a password; the first person is signed in again afterwards. */
export async function addSettledColleague(bench: Bench, name: string, roles: readonly Role[]): Promise<void> {
  await addColleague(bench, name, roles);
  await signInAs(bench, name, given);
  await bench.call('session.changePassword', { currentPassword: given, newPassword: chosen });
  await signInAs(bench, user, password);
}
