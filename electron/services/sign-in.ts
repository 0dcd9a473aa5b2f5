/** The ways into a site: a person's password, the recovery key. Failures are counted before anything is opened, and told after. */
import type { MethodInput } from '#shared/bridge.ts';
import { refuse } from '../app-error.ts';
import { readMoment, toIsoUtc, type Clock } from '../clock.ts';
import {
  attemptSlotOf,
  countFailure,
  forgetFailures,
  recoverySlot,
  requireNoDelay,
  untoldFailures,
  type AttemptSlot,
  type Failure,
} from '../db/failed-attempts.ts';
import {
  peopleOf,
  readKeyring,
  unlockByPassword,
  unlockByRecoveryKey,
  withPerson,
  writeKeyring,
  type Keyring,
  type ScryptCost,
} from '../db/keyring.ts';
import { requireFitPassword } from '../db/password-rule.ts';
import { lockSite, type SiteLock } from '../db/site-lock.ts';
import { personNamed, rolesOf } from './people.ts';
import { openSite, type SiteOpening } from './site-folder.ts';
import type { Site } from './site.ts';
import type { Doer } from './trail.ts';

export interface EnteredSite {
  readonly site: Site;
  readonly siteLock: SiteLock;
  /** As written at enrolment. */
  readonly user: string;
}

export interface SignInOutside {
  readonly clock: Clock;
  readonly opening: SiteOpening;
  readonly cost: ScryptCost;
}

export function enterByPassword(
  outside: SignInOutside,
  folder: string,
  { user, password }: MethodInput<'session.signIn'>,
): Promise<EnteredSite> {
  return holdingLock(outside, folder, user, async (keyring, siteLock) => {
    const slot = attemptSlotOf(user, peopleOf(keyring));
    const unlock = () => unlockByPassword(keyring, user, password);
    const unlocked = await attempt(outside.clock, folder, { slot, user, by: 'password' }, unlock);
    const site = openAs(outside, folder, unlocked.key, unlocked.user, 'session.signed-in');
    forgetFailures(folder, slot);
    return { site, siteLock, user: unlocked.user };
  });
}

/** Opens the site without a password and gives the person a new one. */
export function enterByRecoveryKey(
  outside: SignInOutside,
  folder: string,
  { user, recoveryKey, newPassword }: MethodInput<'session.recover'>,
): Promise<EnteredSite> {
  return holdingLock(outside, folder, user, async (keyring, siteLock) => {
    requireFitPassword(user, newPassword);
    const unlock = () => unlockByRecoveryKey(keyring, recoveryKey);
    const key = await attempt(
      outside.clock,
      folder,
      { slot: recoverySlot, user, by: 'recovery-key' },
      unlock,
    );
    const site = openAs(outside, folder, key, user, 'session.recovered');
    try {
      const named = personNamed(site.db, user) ?? user;
      writeKeyring(folder, await withPerson(keyring, named, newPassword, key, outside.cost));
      forgetFailures(folder, recoverySlot);
      forgetFailures(folder, attemptSlotOf(named, peopleOf(keyring)));
      return { site, siteLock, user: named };
    } catch (error) {
      site.db.close();
      throw error;
    }
  });
}

/** The person of an open session once more. Failures stand in the trail at once. */
export async function checkPassword(
  clock: Clock,
  { site, user }: Pick<EnteredSite, 'site' | 'user'>,
  password: string,
): Promise<void> {
  const keyring = readKeyring(site.folder);
  const slot = attemptSlotOf(user, peopleOf(keyring));
  try {
    await attempt(clock, site.folder, { slot, user, by: 'password' }, () =>
      unlockByPassword(keyring, user, password),
    );
  } finally {
    if (site.db.open) site.db.transaction(() => tellFailures(site)).immediate();
  }
  forgetFailures(site.folder, slot);
}

export function doerOf({ site, user }: Pick<EnteredSite, 'site' | 'user'>): Doer {
  return { user, role: rolesOf(site.db, user)[0] ?? '' };
}

/** The site lock is kept by what `act` gives, and given back when it fails. */
async function holdingLock(
  { clock }: SignInOutside,
  folder: string,
  user: string,
  act: (keyring: Keyring, siteLock: SiteLock) => Promise<EnteredSite>,
): Promise<EnteredSite> {
  const siteLock = lockSite(folder, user, toIsoUtc(clock.now()));
  try {
    return await act(readKeyring(folder), siteLock);
  } catch (error) {
    siteLock.release();
    throw error;
  }
}

/** Counts the failure and refuses, unless `unlock` gives something. */
async function attempt<T>(
  clock: Clock,
  folder: string,
  { slot, user, by }: { readonly slot: AttemptSlot; readonly user: string; readonly by: Failure['by'] },
  unlock: () => Promise<T | null>,
): Promise<T> {
  requireNoDelay(folder, slot, clock.now());
  const unlocked = await unlock();
  if (unlocked !== null) return unlocked;
  countFailure(folder, slot, user, by, readMoment(clock));
  throw refuse(by === 'password' ? 'wrong-password' : 'recovery-key-wrong');
}

function openAs(
  { clock, opening }: SignInOutside,
  folder: string,
  key: Buffer,
  user: string,
  action: 'session.signed-in' | 'session.recovered',
): Site {
  const site = openSite(folder, key, opening, clock.now());
  try {
    const named = personNamed(site.db, user);
    if (named === null) throw refuse('user-unknown');
    const enter = (): void => {
      tellFailures(site);
      site.trail.note(doerOf({ site, user: named }), readMoment(clock), action);
    };
    site.db.transaction(enter).immediate();
    return site;
  } catch (error) {
    site.db.close();
    throw error;
  }
}

/** Those counted while the database was closed, at the time when they happened. Each once, whatever was interrupted. */
function tellFailures({ db, folder, trail }: Site): void {
  const known = db
    .prepare<[string], number>(
      `SELECT 1 FROM audit WHERE action = 'session.failed' AND item_id IS NULL AND detail ->> 'id' = ?`,
    )
    .pluck();
  for (const { id, at, offsetMinutes, user, by } of untoldFailures(folder)) {
    if (known.get(id) !== undefined) continue;
    trail.note({ user, role: '' }, { at, offsetMinutes }, 'session.failed', { detail: { id, by } });
  }
}
