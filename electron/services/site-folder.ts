/** Makes and opens site folders: database, key file, and everything that works on the open database. */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { Role } from '#shared/permissions.ts';
import type { Study } from '#shared/study.ts';
import { refuse } from '../app-error.ts';
import type { Moment } from '../clock.ts';
import { toRefusal } from '../db/disk-faults.ts';
import { removeJournal } from '../db/draft-journal.ts';
import { syncFolder } from '../db/durable-file.ts';
import {
  createKeyring,
  hasKeyring,
  slotId,
  slotsOf,
  withPerson,
  withRecovery,
  writeKeyring,
  type Keyring,
  type ScryptCost,
} from '../db/keyring.ts';
import { hasPendingSteps, migrate, requireKnownSteps, type Migration } from '../db/migrate.ts';
import { newestHeadName, requireNewestHead } from '../db/newest-head.ts';
import {
  createDatabase,
  databaseFileIn,
  databaseFileName,
  openForWriting,
  type WritableDb,
} from '../db/open.ts';
import { requireFitPassword, requireFitUserName } from '../db/password-rule.ts';
import { createFindingRows } from './finding-rows.ts';
import { missingHeads } from './known-heads.ts';
import { createPerson, type NewAccount } from './people.ts';
import { createQueryRows } from './query-rows.ts';
import { createRecordWriter } from './record-rows.ts';
import { recordPermissions } from './rights.ts';
import { siteCodeIn } from './site-code.ts';
import type { Site } from './site.ts';
import { installStudy, type StudyReader } from './studies.ts';
import { createSubjectFinder } from './subject-finder.ts';
import { createTrail } from './trail.ts';
import { trailProblemsAtOpening } from './verify/at-opening.ts';

export interface NewPerson {
  readonly user: string;
  readonly password: string;
  readonly roles: readonly Role[];
}

export interface NewSite {
  readonly folder: string;
  readonly siteCode: string;
  readonly siteName: string;
  readonly practice: boolean;
  /** The first of them creates the site. */
  readonly people: readonly [NewPerson, ...NewPerson[]];
  readonly study: Study;
}

export function isSite(folder: string): boolean {
  return existsSync(databaseFileIn(folder));
}

export function requireFolder(folder: string): void {
  if (!path.isAbsolute(folder) || folder.includes('\0')) throw refuse('folder-relative');
}

/**
 * Everything is made in a folder of its own inside the site folder and moved into place at the end, the database last:
 * a folder holds a whole site or none.
 */
export async function createSite(
  site: NewSite,
  migrations: readonly Migration[],
  cost: ScryptCost,
  moment: Moment,
): Promise<{ recoveryKey: string }> {
  requireFolder(site.folder);
  for (const { user, password } of site.people) {
    requireFitUserName(user);
    requireFitPassword(user, password);
  }
  if (isSite(site.folder) || hasKeyring(site.folder)) throw refuse('site-exists', { folder: site.folder });
  let workshop: string | null = null;
  try {
    makeFolder(site.folder);
    workshop = mkdtempSync(path.join(site.folder, '.new-'));
    const key = randomBytes(32);
    let keyring = createKeyring(site);
    for (const { user, password } of site.people)
      keyring = await withPerson(keyring, user, password, key, cost);
    const recovery = await withRecovery(keyring, key, cost);
    fillDatabase(
      path.join(workshop, databaseFileName),
      key,
      site,
      { keyring: recovery.keyring, migrations },
      moment,
    );
    writeKeyring(site.folder, recovery.keyring);
    renameSync(path.join(workshop, databaseFileName), databaseFileIn(site.folder));
    syncFolder(site.folder);
    return { recoveryKey: recovery.recoveryKey };
  } catch (error) {
    throw toRefusal(error) ?? error;
  } finally {
    if (workshop !== null) rmSync(workshop, { recursive: true, force: true });
  }
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    // A file stands in its way, or the name is none that this system can have.
    throw toRefusal(error) ?? refuse('folder-unfit', { folder }, error);
  }
}

/** Takes back a site that was made a moment ago and could not be filled. */
export function removeSite(folder: string): void {
  for (const name of [
    databaseFileName,
    `${databaseFileName}-wal`,
    `${databaseFileName}-shm`,
    'keys.json',
    'site.lock',
    'site.lock.json',
    newestHeadName,
  ]) {
    rmSync(path.join(folder, name), { force: true });
  }
  removeJournal(folder);
}

function fillDatabase(
  file: string,
  key: Buffer,
  site: NewSite,
  { keyring, migrations }: { readonly keyring: Keyring; readonly migrations: readonly Migration[] },
  moment: Moment,
): void {
  const { siteCode, siteName, practice, people, study } = site;
  const db = createDatabase(file, key);
  try {
    migrate(db, migrations, moment.at);
    const trail = createTrail(db, siteCode);
    const [{ user, roles }] = people;
    const founder = { user, role: roles[0] ?? '' };
    db.transaction(() => {
      const put = db.prepare('INSERT INTO meta (key, value) VALUES (?, ?)');
      for (const [name, value] of Object.entries({ siteCode, siteName, practice: practice ? '1' : '0' }))
        put.run(name, value);
      trail.note(founder, moment, 'site.created', { detail: { site: siteCode, siteName, practice } });
      for (const person of people) createPerson(db, trail, founder, accountOf(person, keyring), moment);
      recordPermissions(db, trail, founder, moment);
      installStudy(db, trail, founder, study, moment);
    }).immediate();
    // One file instead of three, so that it can be moved whole.
    db.pragma('wal_checkpoint(TRUNCATE)');
  } finally {
    db.close();
  }
}

/** Who makes a site chooses the own password, and names the others of a practice site. */
function accountOf({ user, roles }: NewPerson, keyring: Keyring): NewAccount {
  const slot = slotsOf(keyring, user).map(slotId)[0] ?? '';
  return { user, fullName: user, roles, slot, mustChange: false };
}

/** What every opening shares. */
export interface SiteOpening {
  readonly migrations: readonly Migration[];
  readonly readStudy: StudyReader;
  /** A site of an earlier version is about to be changed; nothing was written yet. Refuses to keep it from being. */
  readonly beforeMigration?: (folder: string, key: Buffer, now: number) => void;
}

/** Refuses files that are damaged or newer before anything is written; then applies what migrations are missing. */
export function openSite(
  folder: string,
  key: Buffer,
  { migrations, readStudy, beforeMigration }: SiteOpening,
  now: number,
): Site {
  const databaseFile = databaseFileIn(folder);
  const db = openForWriting(databaseFile, key, (looked) => {
    requireKnownSteps(looked, migrations);
    requireNewestHead({ folder, key, db: looked });
    if (hasPendingSteps(looked, migrations)) beforeMigration?.(folder, key, now);
  });
  try {
    migrate(db, migrations, now, tellStep(db, now));
    const openingProblems = [...trailProblemsAtOpening(db), ...missingHeads({ folder, db })];
    const meta = new Map(db.prepare<[], [string, string]>('SELECT key, value FROM meta').raw().all());
    const siteCode = meta.get('siteCode') ?? '';
    const { model, fingerprint } = readStudy(db);
    return {
      ...{ folder, databaseFile, db, key, siteCode, model, fingerprint, migrations, openingProblems },
      siteName: meta.get('siteName') ?? '',
      practice: meta.get('practice') === '1',
      rows: createRecordWriter(db, siteCode),
      findings: createFindingRows(db),
      queries: createQueryRows(db),
      finder: createSubjectFinder(db),
      trail: createTrail(db, siteCode),
    };
  } catch (error) {
    db.close();
    throw error;
  }
}

/** A step is nobody's work: the application brings a file of an older version up to date, and says so in UTC. */
function tellStep(db: WritableDb, now: number): (step: Migration) => void {
  return ({ number, sha256 }) => {
    const doer = { user: 'cahier', role: 'system' };
    const moment = { at: now, offsetMinutes: 0 };
    createTrail(db, siteCodeIn(db)).note(doer, moment, 'database.migrated', { detail: { number, sha256 } });
  };
}
