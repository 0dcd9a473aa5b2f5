/**
 * Who is at this site now: folder chosen → signed in → locked → signed out. Owns the open database and the site lock.
 * Signing in, unlocking and recovering take one after the other, so that attempts can't be made side by side.
 */
import type { MethodInput, SessionInfo, SiteStatus } from '#shared/bridge.ts';
import { roleFor, verbsOf, type Verb } from '#shared/permissions.ts';
import { refuse } from '../app-error.ts';
import { readMoment, toIsoUtc, type Clock } from '../clock.ts';
import { attemptSlotOf, countFailure, forgetFailures, recoverySlot, requireNoDelay, untoldFailures, type AttemptSlot, type Failure } from '../db/failed-attempts.ts';
import { hasKeyring, peopleOf, readKeyring, unlockByPassword, unlockByRecoveryKey, withPerson, writeKeyring, type Keyring, type ScryptCost } from '../db/keyring.ts';
import { requireFitPassword } from '../db/password-rule.ts';
import { lockSite, type SiteLock } from '../db/site-lock.ts';
import { personNamed, rolesOf } from './people.ts';
import { isSite, openSite, requireFolder, type SiteOpening } from './site-folder.ts';
import type { Actor, Site } from './site.ts';
import type { Doer } from './trail.ts';

/** Folders opened before; kept outside of the sites. */
export interface RecentSites {
  list(): readonly { readonly folder: string; readonly siteName: string }[];
  remember(folder: string, siteName: string): void;
}

export interface SessionOutside {
  readonly clock: Clock;
  readonly opening: SiteOpening;
  readonly cost: ScryptCost;
  readonly recent: RecentSites;
  readonly appVersion: string;
  readonly idleMinutes: number;
  /** Called before the database of a site closes. */
  readonly closing: (site: Site) => void;
}

export interface SessionService {
  status(): SiteStatus;
  use(folder: string): SiteStatus;
  /** Refuses while a site is open. */
  requireClosed(): void;
  signIn(input: MethodInput<'session.signIn'>): Promise<SessionInfo>;
  unlock(input: MethodInput<'session.unlock'>): Promise<SessionInfo>;
  recover(input: MethodInput<'session.recover'>): Promise<SessionInfo>;
  lock(): void;
  signOut(): Promise<void>;
  /** The acting person with the role that allows the verb. Refuses when nobody is signed in, or the session is locked. */
  authorise(verb: Verb | 'signed-in', use?: 'work' | 'polling'): Actor;
  /** A key or the mouse was used. */
  noteActivity(): void;
  lockWhenIdle(): void;
  /** At the end of the process: recorded like a sign-out. */
  close(): void;
}

interface OpenState {
  readonly kind: 'open';
  readonly site: Site;
  readonly siteLock: SiteLock;
  readonly user: string;
  readonly isLocked: boolean;
}
type State = { readonly kind: 'none' } | { readonly kind: 'closed'; readonly folder: string } | OpenState;

export function createSession(outside: SessionOutside): SessionService {
  const { clock } = outside;
  let state: State = { kind: 'none' };
  let active = { at: 0, steady: 0 };
  let queue: Promise<unknown> = Promise.resolve();

  const oneByOne = <T>(act: () => Promise<T>): Promise<T> => {
    const result = queue.then(act);
    queue = result.catch(() => undefined); // the caller has the error; the queue only waits
    return result;
  };
  const noteActivity = (): void => {
    active = { at: clock.now(), steady: clock.steady() };
  };
  const doerOf = ({ site, user }: OpenState): Doer => ({ user, role: rolesOf(site.db, user)[0] ?? '' });
  const infoOf = ({ site, user }: OpenState): SessionInfo => {
    const roles = rolesOf(site.db, user);
    return { user, roles, verbs: verbsOf(roles), idleMinutes: outside.idleMinutes };
  };
  const setLocked = (open: OpenState, isLocked: boolean): void => {
    inTransaction(open.site, () => {
      open.site.trail.note(doerOf(open), readMoment(clock), isLocked ? 'session.locked' : 'session.unlocked');
    });
    state = { ...open, isLocked };
  };
  /** Whichever clock says that more time has passed: the steady one stands still while the machine sleeps. */
  const isIdle = (): boolean => Math.max(clock.now() - active.at, clock.steady() - active.steady) > outside.idleMinutes * 60_000;
  const lockWhenIdle = (): void => {
    if (state.kind === 'open' && !state.isLocked && isIdle()) setLocked(state, true);
  };
  const closeSite = (open: OpenState): void => {
    outside.closing(open.site);
    try {
      inTransaction(open.site, () => {
        open.site.trail.note(doerOf(open), readMoment(clock), 'session.signed-out');
      });
    } finally {
      state = { kind: 'closed', folder: open.site.folder };
      open.site.db.close();
      open.siteLock.release();
    }
  };

  /** Counts the failure and refuses, unless `unlockKey` gives the key. */
  const attempt = async <T>(folder: string, slot: AttemptSlot, user: string, by: Failure['by'], unlockKey: () => Promise<T | null>): Promise<T> => {
    requireNoDelay(folder, slot, clock.now());
    const key = await unlockKey();
    if (key !== null) return key;
    countFailure(folder, slot, user, by, readMoment(clock));
    throw refuse(by === 'password' ? 'wrong-password' : 'recovery-key-wrong');
  };
  const openAs = (folder: string, key: Buffer, user: string, slot: AttemptSlot, action: 'session.signed-in' | 'session.recovered', siteLock: SiteLock): OpenState => {
    const site = openSite(folder, key, outside.opening, clock.now());
    try {
      const named = personNamed(site.db, user);
      if (named === null) throw refuse('user-unknown');
      const open: OpenState = { kind: 'open', site, siteLock, user: named, isLocked: false };
      inTransaction(site, () => {
        tellFailures(site, untoldFailures(folder));
        site.trail.note(doerOf(open), readMoment(clock), action);
      });
      forgetFailures(folder, slot);
      return open;
    } catch (error) {
      site.db.close();
      throw error;
    }
  };
  const enter = (open: OpenState): SessionInfo => {
    state = open;
    noteActivity();
    outside.recent.remember(open.site.folder, open.site.siteName);
    return infoOf(open);
  };
  /** The folder of a closed site, locked for this process while `act` runs, and on when it gives an open one. */
  const withSiteLock = async (user: string, act: (folder: string, keyring: Keyring, siteLock: SiteLock) => Promise<OpenState>): Promise<SessionInfo> => {
    if (state.kind === 'open') throw refuse('already-signed-in');
    if (state.kind === 'none') throw refuse('no-folder');
    const { folder } = state;
    const siteLock = lockSite(folder, user, toIsoUtc(clock.now()));
    try {
      return enter(await act(folder, readKeyring(folder), siteLock));
    } catch (error) {
      siteLock.release();
      throw error;
    }
  };

  return {
    status: () => statusOf(state, outside, infoOf),
    use: (folder) => {
      if (state.kind === 'open') throw refuse('already-signed-in');
      requireFolder(folder);
      if (!isSite(folder) && !hasKeyring(folder)) throw refuse('not-a-site', { folder });
      state = { kind: 'closed', folder };
      return statusOf(state, outside, infoOf);
    },
    requireClosed: () => {
      if (state.kind === 'open') throw refuse('already-signed-in');
    },
    signIn: ({ user, password }) =>
      oneByOne(() =>
        withSiteLock(user, async (folder, keyring, siteLock) => {
          const slot = attemptSlotOf(user, peopleOf(keyring));
          const unlocked = await attempt(folder, slot, user, 'password', () => unlockByPassword(keyring, user, password));
          return openAs(folder, unlocked.key, unlocked.user, slot, 'session.signed-in', siteLock);
        }),
      ),
    unlock: ({ password }) =>
      oneByOne(async () => {
        if (state.kind !== 'open') throw refuse('signed-out');
        const { site, user } = state;
        const keyring = readKeyring(site.folder);
        const slot = attemptSlotOf(user, peopleOf(keyring));
        try {
          await attempt(site.folder, slot, user, 'password', () => unlockByPassword(keyring, user, password));
        } finally {
          inTransaction(site, () => {
            tellFailures(site, untoldFailures(site.folder));
          });
        }
        forgetFailures(site.folder, slot);
        if (state.kind !== 'open') throw refuse('signed-out');
        if (state.isLocked) setLocked(state, false);
        noteActivity();
        return infoOf(state);
      }),
    recover: ({ user, recoveryKey, newPassword }) =>
      oneByOne(() =>
        withSiteLock(user, async (folder, keyring, siteLock) => {
          requireFitPassword(user, newPassword);
          const key = await attempt(folder, recoverySlot, user, 'recovery-key', () => unlockByRecoveryKey(keyring, recoveryKey));
          const open = openAs(folder, key, user, recoverySlot, 'session.recovered', siteLock);
          try {
            writeKeyring(folder, await withPerson(keyring, open.user, newPassword, key, outside.cost));
            forgetFailures(folder, attemptSlotOf(open.user, peopleOf(keyring)));
            return open;
          } catch (error) {
            open.site.db.close();
            throw error;
          }
        }),
      ),
    lock: () => {
      if (state.kind === 'open' && !state.isLocked) setLocked(state, true);
    },
    signOut: () =>
      oneByOne(async () => {
        if (state.kind === 'open') closeSite(state);
        return Promise.resolve();
      }),
    authorise: (verb, use = 'work') => {
      lockWhenIdle();
      if (state.kind !== 'open') throw refuse('signed-out');
      if (state.isLocked) throw refuse('session-locked');
      if (use === 'work') noteActivity();
      const { site, user } = state;
      const granted = rolesOf(site.db, user);
      const role = verb === 'signed-in' ? granted[0] : roleFor(verb, granted);
      if (role === undefined || role === null) throw refuse('forbidden', { user });
      return { site, user, role };
    },
    noteActivity,
    lockWhenIdle,
    close: () => {
      if (state.kind === 'open') closeSite(state);
    },
  };
}

function statusOf(state: State, outside: SessionOutside, infoOf: (open: OpenState) => SessionInfo): SiteStatus {
  const common = { recent: outside.recent.list(), appVersion: outside.appVersion };
  if (state.kind === 'none') return { state: 'none', folder: null, siteName: null, siteCode: null, practice: false, session: null, ...common };
  if (state.kind === 'open') {
    const { folder, siteName, siteCode, practice } = state.site;
    return { state: state.isLocked ? 'locked' : 'open', folder, siteName, siteCode, practice, session: infoOf(state), ...common };
  }
  return { state: 'closed', folder: state.folder, ...namesIn(state.folder), session: null, ...common };
}

function namesIn(folder: string): Pick<SiteStatus, 'siteName' | 'siteCode' | 'practice'> {
  try {
    const { siteName, siteCode, practice } = readKeyring(folder);
    return { siteName, siteCode, practice };
  } catch {
    // What is wrong with the key file is said at the sign-in, where something can be done about it.
    return { siteName: null, siteCode: null, practice: false };
  }
}

/** Failures counted while the database was closed, at the time when they happened. Told once, whatever was interrupted. */
function tellFailures(site: Site, failures: readonly Failure[]): void {
  const known = site.db.prepare<[string], number>(`SELECT 1 FROM audit WHERE action = 'session.failed' AND item_id IS NULL AND detail ->> 'id' = ?`).pluck();
  for (const { id, at, offsetMinutes, user, by } of failures) {
    if (known.get(id) === undefined) site.trail.note({ user, role: '' }, { at, offsetMinutes }, 'session.failed', { detail: { id, by } });
  }
}

function inTransaction(site: Site, act: () => void): void {
  site.db.transaction(act).immediate();
}
