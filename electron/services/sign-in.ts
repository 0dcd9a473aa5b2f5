/** The ways into a site: a person's password, the recovery key. Failures are counted before anything is opened, and told after. */
import { assertNever } from '#shared/assert-never.ts';
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
  createSlot,
  peopleOf,
  readKeyring,
  unlockByPassword,
  unlockByRecoveryKey,
  type Keyring,
  type ScryptCost,
} from '../db/keyring.ts';
import { normalisePassword, requireFitPassword, toUserKey } from '../db/password-rule.ts';
import { lockSite, type SiteLock } from '../db/site-lock.ts';
import { finishExchange } from './backups/exchange-files.ts';
import { isOwnSlot, isRecoverySlot, putSlot, trySweep } from './key-slots.ts';
import { keepPassword, passwordStateOf, personNamed, rolesOf } from './people.ts';
import { recordPermissions } from './rights.ts';
import { openSite, type SiteOpening } from './site-folder.ts';
import type { Site } from './site.ts';
import type { Doer } from './trail.ts';
import { noteUnexpectedEnd } from './unexpected-end.ts';

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
    const unlocked = await unlockCounted(outside.clock, folder, keyring, user, password);
    const site = openAs(outside, folder, unlocked.key, unlocked.user, (opened) => {
      if (!isOwnSlot(opened.db, keyring, unlocked.user, unlocked.slot)) return 'replaced';
      opened.trail.note(
        doerOf({ site: opened, user: unlocked.user }),
        readMoment(outside.clock),
        'session.signed-in',
      );
      return 'in';
    });
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
    const { key, slot: opened } = await attempt(
      outside.clock,
      folder,
      { slot: recoverySlot, user, by: 'recovery-key' },
      unlock,
    );
    const site = openAs(outside, folder, key, user, ({ db }) =>
      isRecoverySlot(db, keyring, opened) ? 'in' : 'key-replaced',
    );
    try {
      const named = personNamed(site.db, user) ?? user;
      const made = await createSlot(keyring, named, newPassword, key, outside.cost);
      putSlot(site, made, (slot) => {
        const moment = readMoment(outside.clock);
        keepPassword(site.db, named, { slot, at: moment.at, mustChange: false });
        const detail = { person: named, slot, mustChange: false };
        site.trail.note(doerOf({ site, user: named }), moment, 'session.recovered', { detail });
      });
      forgetFailures(folder, recoverySlot);
      forgetFailures(folder, attemptSlotOf(named, peopleOf(keyring)));
      return { site, siteLock, user: named };
    } catch (error) {
      site.db.close();
      throw error;
    }
  });
}

/** The person of an open session chooses another password; the current one is asked for, however they came in. */
export async function changeOwnPassword(
  { clock, cost }: Pick<SignInOutside, 'clock' | 'cost'>,
  { site, user }: Pick<EnteredSite, 'site' | 'user'>,
  { currentPassword, newPassword }: MethodInput<'session.changePassword'>,
): Promise<void> {
  await checkPassword(clock, { site, user }, currentPassword);
  requireFitPassword(user, newPassword);
  if (normalisePassword(newPassword) === normalisePassword(currentPassword)) throw refuse('password-same');
  const made = await createSlot(readKeyring(site.folder), user, newPassword, site.key, cost);
  if (!site.db.open) throw refuse('signed-out');
  putSlot(site, made, (slot) => {
    const moment = readMoment(clock);
    keepPassword(site.db, user, { slot, at: moment.at, mustChange: false });
    const detail = { person: user, slot, mustChange: false };
    site.trail.note(doerOf({ site, user }), moment, 'session.password-changed', { detail });
  });
}

/** The person of an open session once more, with another's name never. Failures stand in the trail at once. */
export async function checkPassword(
  clock: Clock,
  { site, user }: Pick<EnteredSite, 'site' | 'user'>,
  password: string,
  named: string = user,
): Promise<void> {
  const keyring = readKeyring(site.folder);
  const slot = attemptSlotOf(user, peopleOf(keyring));
  try {
    await attempt(clock, site.folder, { slot, user, by: 'password' }, async () => {
      if (toUserKey(named) !== toUserKey(user)) return null;
      const unlocked = await unlockByPassword(keyring, user, password);
      // Left in the file when the disk failed while it was replaced: a wrong password like any other.
      return unlocked !== null && site.db.open && isOwnSlot(site.db, keyring, user, unlocked.slot)
        ? unlocked
        : null;
    });
  } finally {
    if (site.db.open) site.db.transaction(() => tellFailures(site)).immediate();
  }
  forgetFailures(site.folder, slot);
}

/** The database key by a password, which counts as an attempt when it is wrong. */
export function unlockCounted(
  clock: Clock,
  folder: string,
  keyring: Keyring,
  user: string,
  password: string,
): Promise<NonNullable<Awaited<ReturnType<typeof unlockByPassword>>>> {
  const slot = attemptSlotOf(user, peopleOf(keyring));
  return attempt(clock, folder, { slot, user, by: 'password' }, () =>
    unlockByPassword(keyring, user, password),
  );
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
    finishExchange(folder);
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

/**
 * Opens the database and asks it whether the person may come in: the key file alone doesn't say. What is found stands in
 * the trail either way, and slots that let nobody in are swept from the key file.
 */
function openAs(
  { clock, opening }: SignInOutside,
  folder: string,
  key: Buffer,
  user: string,
  letIn: (site: Site) => 'in' | 'replaced' | 'key-replaced',
): Site {
  const site = openSite(folder, key, opening, clock.now());
  try {
    const named = personNamed(site.db, user);
    const answer = site.db
      .transaction(() => {
        tellFailures(site);
        if (named === null) return 'unknown';
        const doer = { user: named, role: rolesOf(site.db, named)[0] ?? '' };
        const refused = (why: string): void => {
          site.trail.note(doer, readMoment(clock), 'session.refused', { detail: { why } });
        };
        if (passwordStateOf(site.db, named)?.isDisabled !== false) {
          refused('disabled');
          return 'disabled';
        }
        recordPermissions(site.db, site.trail, doer, readMoment(clock));
        noteUnexpectedEnd(site, doer, readMoment(clock));
        const found = letIn(site);
        if (found !== 'in') refused(found);
        return found;
      })
      .immediate();
    trySweep(site);
    switch (answer) {
      case 'in':
        return site;
      case 'unknown':
        throw refuse('user-unknown');
      case 'disabled':
        throw refuse('person-disabled');
      case 'replaced':
        throw refuse('password-replaced');
      case 'key-replaced':
        throw refuse('recovery-key-wrong');
      default:
        return assertNever(answer);
    }
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
  for (const { id, at, offsetMinutes, user, by, lockOut } of untoldFailures(folder)) {
    if (known.get(id) !== undefined) continue;
    const moment = { at, offsetMinutes };
    trail.note({ user, role: '' }, moment, 'session.failed', { detail: { id, by } });
    if (lockOut !== undefined)
      trail.note({ user, role: '' }, moment, 'session.locked-out', { detail: { id, by, ...lockOut } });
  }
}
