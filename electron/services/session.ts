/**
 * Who is at this site now: folder chosen → signed in → locked → signed out. Owns the open database and the site lock.
 * Signing in, unlocking and recovering take one after the other, so that attempts can't be made side by side.
 */
import { assertNever } from '#shared/assert-never.ts';
import type { MethodInput, MethodName, SessionInfo, SiteStatus } from '#shared/bridge.ts';
import { passwordDue } from '#shared/people.ts';
import { roleFor, verbsOf, type Verb } from '#shared/permissions.ts';
import { isOfFolder, isPool } from '#shared/pool/pool-code.ts';
import { leastIdleMinutes } from '#shared/settings.ts';
import { refuse } from '../app-error.ts';
import { readMoment } from '../clock.ts';
import { toRefusal } from '../db/disk-faults.ts';
import { hasKeyring, readKeyring } from '../db/keyring.ts';
import { createClockWatch } from './clock-watch.ts';
import { passwordStateOf, rolesOf } from './people.ts';
import { createRefusedCalls } from './refused-calls.ts';
import { maxAgeDaysOf, readSetting } from './settings.ts';
import {
  changeOwnPassword,
  checkPassword,
  doerOf,
  enterByPassword,
  enterByRecoveryKey,
  type EnteredSite,
  type SignInOutside,
} from './sign-in.ts';
import { isSite, requireFolder } from './site-folder.ts';
import type { Actor, Site } from './site.ts';
import type { Doer } from './trail.ts';

/** Folders opened before; kept outside of the sites. */
export interface RecentSites {
  list(): readonly { readonly folder: string; readonly siteName: string }[];
  remember(folder: string, siteName: string): void;
}

export interface SessionOutside extends SignInOutside {
  readonly recent: RecentSites;
  readonly appVersion: string;
  /** Called when somebody has signed in. */
  readonly opened: (site: Site, doer: Doer) => void;
  /** Called before the database of a site closes. */
  readonly closing: (site: Site) => void;
  /** Called when the last entry of the session is written. */
  readonly signedOut: (site: Site) => void;
}

/** polling is no sign that somebody is there; own-session works while a new password is due. */
export type Use = 'work' | 'polling' | 'own-session';

export interface SessionService {
  status(): SiteStatus;
  use(folder: string): SiteStatus;
  /** The folder that is chosen while nobody is signed in; refuses without one, and while a site is open. */
  closedFolder(): string;
  /** Refuses while a site is open. */
  requireClosed(): void;
  signIn(input: MethodInput<'session.signIn'>): Promise<SessionInfo>;
  unlock(input: MethodInput<'session.unlock'>): Promise<SessionInfo>;
  recover(input: MethodInput<'session.recover'>): Promise<SessionInfo>;
  changePassword(input: MethodInput<'session.changePassword'>): Promise<SessionInfo>;
  /** Whoever signs gives the password, and the user name too for the first signature of a session (21 CFR 11.200(a)(1)). */
  confirmPerson(given: { readonly user?: string | undefined; readonly password: string }): Promise<void>;
  /** A signature was made: until the session ends or is locked, the password is enough for the next. */
  noteSigned(): void;
  asksNameToSign(): boolean;
  lock(): void;
  signOut(): Promise<void>;
  /**
   * The acting person with the role that allows the verb. Refuses when nobody is signed in, the session is locked, or a
   * new password is due; a session whose account was disabled meanwhile ends here. What the role does not allow is
   * refused and stands in the trail.
   */
  authorise(verb: Verb | 'signed-in', use?: Use, method?: MethodName): Actor;
  /** Whose session it is, locked or not; null when nobody is signed in. For work that goes on by itself. */
  present(): { readonly site: Site; readonly doer: Doer } | null;
  /** Ends the session and keeps the site locked to others while its files are exchanged. */
  replaceFiles(act: (site: Site) => void): void;
  /** A key or the mouse was used. */
  noteActivity(): void;
  lockWhenIdle(): void;
  /** The machine falls asleep: the session is locked, and its clocks are not held against each other until it wakes. */
  noteSleep(): void;
  noteWaking(): void;
  /** At the end of the process: recorded like a sign-out. */
  close(): void;
}

interface OpenState extends EnteredSite {
  readonly kind: 'open';
  readonly isLocked: boolean;
  /** The password was too old at the sign-in. One that becomes too old later waits for the next. */
  readonly isAged: boolean;
  readonly hasSigned: boolean;
}
type State = { readonly kind: 'none' } | { readonly kind: 'closed'; readonly folder: string } | OpenState;

export function createSession(outside: SessionOutside): SessionService {
  const { clock } = outside;
  let state: State = { kind: 'none' };
  let active = { at: 0, steady: 0 };
  const watch = createClockWatch(clock);
  const noteRefused = createRefusedCalls(clock);
  let queue: Promise<unknown> = Promise.resolve();

  /** Asked again after waiting: somebody may have signed out meanwhile. */
  const current = (): State => state;
  const oneByOne = <T>(act: () => Promise<T>): Promise<T> => {
    const result = queue.then(act);
    queue = result.catch(() => undefined); // the caller has the error; the queue only waits
    return result;
  };
  const noteActivity = (): void => {
    active = { at: clock.now(), steady: clock.steady() };
  };
  /** Whichever clock says that more time has passed: the steady one stands still while the machine sleeps. */
  const isIdle = (): boolean => {
    if (state.kind !== 'open') return false;
    const idleMs = Math.max(clock.now() - active.at, clock.steady() - active.steady);
    // The shortest time that can be set has to be over before the one that is set is worth a look.
    return idleMs > leastIdleMinutes * 60_000 && idleMs > readSetting(state.site.db, 'idleMinutes') * 60_000;
  };
  const note = (
    open: OpenState,
    action: 'session.locked' | 'session.unlocked' | 'session.signed-out',
  ): void => {
    open.site.db.transaction(() => open.site.trail.note(doerOf(open), readMoment(clock), action)).immediate();
  };
  const setLocked = (open: OpenState, isLocked: boolean): void => {
    note(open, isLocked ? 'session.locked' : 'session.unlocked');
    state = { ...open, isLocked, hasSigned: false };
  };
  const lock = (): void => {
    if (state.kind === 'open' && !state.isLocked) setLocked(state, true);
  };
  /** Before anything else is done at the new time. */
  const lookAtClock = (): void => {
    if (state.kind !== 'open') return;
    const jump = watch.look();
    if (jump === null) return;
    const { site } = state;
    const doer = doerOf(state);
    site.db
      .transaction(() => {
        site.trail.note(doer, readMoment(clock), 'clock.moved', { detail: { ...jump } });
      })
      .immediate();
  };
  const lockWhenIdle = (): void => {
    lookAtClock();
    if (isIdle()) lock();
  };
  const close = (beforeRelease: (site: Site) => void = () => undefined): void => {
    if (state.kind !== 'open') return;
    const open = state;
    outside.closing(open.site);
    try {
      note(open, 'session.signed-out');
      outside.signedOut(open.site);
    } catch (error) {
      // On a full disk nobody is kept from leaving; the next sign-in records an end without a sign-out.
      if (toRefusal(error) === null) throw error;
    } finally {
      state = { kind: 'closed', folder: open.site.folder };
      open.site.db.close();
      try {
        beforeRelease(open.site);
      } finally {
        open.siteLock.release();
      }
    }
  };
  const enter = (by: (folder: string) => Promise<EnteredSite>): Promise<SessionInfo> =>
    oneByOne(async () => {
      if (state.kind === 'open') throw refuse('already-signed-in');
      if (state.kind === 'none') throw refuse('no-folder');
      const entered = await by(state.folder);
      state = {
        kind: 'open',
        isLocked: false,
        hasSigned: false,
        isAged: isAged(entered, clock.now()),
        ...entered,
      };
      noteActivity();
      watch.restart();
      outside.opened(entered.site, doerOf(entered));
      outside.recent.remember(entered.site.folder, entered.site.siteName);
      return toInfo(state);
    });

  return {
    status: () => toStatus(state, outside),
    use: (folder) => {
      if (state.kind === 'open') throw refuse('already-signed-in');
      requireFolder(folder);
      if (!isSite(folder) && !hasKeyring(folder)) throw refuse('not-a-site', { folder });
      state = { kind: 'closed', folder };
      return toStatus(state, outside);
    },
    closedFolder: () => {
      if (state.kind === 'open') throw refuse('already-signed-in');
      if (state.kind === 'none') throw refuse('no-folder');
      return state.folder;
    },
    requireClosed: () => {
      if (state.kind === 'open') throw refuse('already-signed-in');
    },
    signIn: (input) => enter((folder) => enterByPassword(outside, folder, input)),
    recover: (input) => enter((folder) => enterByRecoveryKey(outside, folder, input)),
    unlock: ({ password }) =>
      oneByOne(async () => {
        if (state.kind !== 'open') throw refuse('signed-out');
        await checkPassword(clock, state, password);
        const open = current();
        if (open.kind !== 'open') throw refuse('signed-out');
        if (open.isLocked) setLocked(open, false);
        noteActivity();
        watch.restart();
        return toInfo(open);
      }),
    changePassword: (input) =>
      oneByOne(async () => {
        if (state.kind !== 'open') throw refuse('signed-out');
        if (state.isLocked) throw refuse('session-locked');
        await changeOwnPassword(outside, state, input);
        const open = current();
        if (open.kind !== 'open') throw refuse('signed-out');
        state = { ...open, isAged: false };
        return toInfo(state);
      }),
    confirmPerson: ({ user, password }) =>
      oneByOne(async () => {
        const asked = current();
        if (asked.kind !== 'open') throw refuse('signed-out');
        if (asked.isLocked) throw refuse('session-locked');
        if (user === undefined && !asked.hasSigned) throw refuse('user-name-needed');
        await checkPassword(clock, asked, password, user);
        const open = current();
        if (open.kind !== 'open' || open.site !== asked.site) throw refuse('signed-out');
        noteActivity();
      }),
    noteSigned: () => {
      if (state.kind === 'open') state = { ...state, hasSigned: true };
    },
    asksNameToSign: () => state.kind !== 'open' || !state.hasSigned,
    lock,
    signOut: () =>
      oneByOne(() => {
        close();
        return Promise.resolve();
      }),
    authorise: (verb, use = 'work', method) => {
      lockWhenIdle();
      if (state.kind !== 'open') throw refuse('signed-out');
      if (state.isLocked) throw refuse('session-locked');
      const { site, user } = state;
      const account = passwordStateOf(site.db, user);
      if (account === null || account.isDisabled) {
        close();
        throw refuse('signed-out');
      }
      if (use !== 'polling') noteActivity();
      if (use !== 'own-session' && (account.mustChange || state.isAged)) throw refuse('password-due');
      const granted = rolesOf(site.db, user);
      const role = verb === 'signed-in' ? granted[0] : roleFor(verb, granted);
      const isMisplaced = verb !== 'signed-in' && !isOfFolder(verb, site.siteCode);
      if (isMisplaced && isPool(site.siteCode)) throw refuse('pool-is-read-only');
      if (role === undefined || role === null) {
        noteRefused(site, { user, role: granted[0] ?? '' }, { verb, method: method ?? null });
        throw refuse('forbidden', { user });
      }
      // Whoever may not pool at all is told that, and the attempt stands in the trail.
      if (isMisplaced) throw refuse('not-a-pool');
      return { site, user, role };
    },
    present: () => (state.kind === 'open' ? { site: state.site, doer: doerOf(state) } : null),
    replaceFiles: close,
    noteActivity,
    lockWhenIdle,
    noteSleep: () => {
      lookAtClock();
      watch.pause();
      lock();
    },
    noteWaking: watch.restart,
    close: () => {
      close();
    },
  };
}

function toInfo({ site, user, isAged: wasAged }: OpenState): SessionInfo {
  const roles = rolesOf(site.db, user);
  const isGiven = passwordStateOf(site.db, user)?.mustChange === true;
  return {
    ...{ user, roles, verbs: verbsOf(roles).filter((verb) => isOfFolder(verb, site.siteCode)) },
    idleMinutes: readSetting(site.db, 'idleMinutes'),
    passwordDue: isGiven ? 'given' : wasAged ? 'aged' : null,
  };
}

function isAged({ site, user }: EnteredSite, now: number): boolean {
  const account = passwordStateOf(site.db, user);
  return account !== null && passwordDue(account, maxAgeDaysOf(site), now) === 'aged';
}

function toStatus(state: State, { recent, appVersion }: SessionOutside): SiteStatus {
  const common = { recent: recent.list(), appVersion };
  switch (state.kind) {
    case 'none':
      return {
        state: 'none',
        folder: null,
        siteName: null,
        siteCode: null,
        practice: false,
        session: null,
        ...common,
      };
    case 'closed':
      return { state: 'closed', folder: state.folder, ...namesIn(state.folder), session: null, ...common };
    case 'open': {
      const { folder, siteName, siteCode, practice } = state.site;
      const session = toInfo(state);
      return {
        state: state.isLocked ? 'locked' : 'open',
        folder,
        siteName,
        siteCode,
        practice,
        session,
        ...common,
      };
    }
    default:
      return assertNever(state);
  }
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
