/**
 * Ways out of a site folder that can't be opened, for somebody who knows a password of it: a backup into a new folder,
 * the key file of a backup, or what can still be read. Nothing of the damaged files is ever written or deleted.
 */
import { existsSync, renameSync } from 'node:fs';
import path from 'node:path';
import type { MethodInput } from '#shared/bridge.ts';
import type { BackupRef } from '#shared/contract/backups.ts';
import type { DamageReport, SalvageReport } from '#shared/contract/survival.ts';
import { AppError, refuse } from '../../app-error.ts';
import { readMoment, toIsoUtc, type Clock } from '../../clock.ts';
import { hasKeyring, keyFileName, readKeyring, writeKeyring, type Keyring } from '../../db/keyring.ts';
import { newestHeadName, requireNewestHead } from '../../db/newest-head.ts';
import { databaseFileIn, openForReading, openForWriting } from '../../db/open.ts';
import { lockSite } from '../../db/site-lock.ts';
import { freeBytesOf } from '../disk-space.ts';
import { headsFileName } from '../known-heads.ts';
import { unlockCounted } from '../sign-in.ts';
import { requireFolder } from '../site-folder.ts';
import { createTrail } from '../trail.ts';
import { listBackups, ownBackupFolder, readManifest } from './backup-files.ts';
import { startTask, type EndNews } from './backup-thread.ts';
import type { BackupTask } from './backup-messages.ts';

export interface DamageOutside {
  readonly clock: Clock;
  readonly backupWorker: URL;
  readonly folders: { readonly migrations: string };
}

/** Reads file names and what is not encrypted; no password is needed for that. */
export function lookAtDamage(folder: string): DamageReport {
  const keyring = soundKeyring(folder);
  return {
    folder,
    keys: keyring !== null ? 'sound' : hasKeyring(folder) ? 'damaged' : 'missing',
    database: existsSync(databaseFileIn(folder)) ? 'present' : 'missing',
    freeBytes: freeBytesOf(folder),
    backups: listBackups(path.join(folder, ownBackupFolder), 0, keyring?.siteId ?? null),
  };
}

export function restoreFromDamage(
  outside: DamageOutside,
  site: string,
  { backup: ref, folder, user, password }: MethodInput<'damage.restore'>,
): Promise<{ readonly folder: string; readonly entries: number }> {
  requireFolder(folder);
  return holding(outside, site, user, async () => {
    const backup = pathOf(site, ref);
    const { key, as } = await unlock(outside, site, backup, user, password);
    const order = { backup, folder, key, siteDatabase: null, why: 'restore' as const, reason: null };
    const doer = { user: as, role: '' };
    const news = await inThread(outside, {
      kind: 'rehearse',
      order: { ...order, doer, moment: readMoment(outside.clock) },
    });
    if (news.kind !== 'rehearsed') throw new Error('the thread of the restore did something else');
    return { folder, entries: news.rehearsal.entries };
  });
}

/** Only where there is no sound key file; it has to open the database that is there. */
export function takeKeys(
  outside: DamageOutside,
  site: string,
  { backup: ref, user, password }: MethodInput<'damage.takeKeys'>,
): Promise<null> {
  return holding(outside, site, user, async () => {
    if (soundKeyring(site) !== null) throw refuse('keys-sound');
    const backup = pathOf(site, ref);
    const { key } = await unlock(outside, site, backup, user, password);
    openForReading(databaseFileIn(site), key).close();
    const file = path.join(site, keyFileName);
    if (existsSync(file)) {
      const stamp = toIsoUtc(outside.clock.now()).replaceAll(':', '').replace('.', '-');
      renameSync(file, path.join(site, `keys-damaged-${stamp}.json`));
    }
    writeKeyring(site, readKeyring(backup));
    return null;
  });
}

/** The note of the newest entry goes aside, and the trail says what is missing; then a sign-in opens the site. */
export function acceptLoss(
  outside: DamageOutside,
  site: string,
  { user, password }: MethodInput<'damage.accept'>,
): Promise<null> {
  return holding(outside, site, user, async () => {
    const { key, as, siteCode } = await unlock(outside, site, null, user, password);
    const moment = readMoment(outside.clock);
    const looked = openForReading(databaseFileIn(site), key);
    let missing: AppError | null = null;
    try {
      requireNewestHead({ folder: site, key, db: looked });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      missing = error;
    } finally {
      looked.close();
    }
    if (missing === null) throw refuse('nothing-missing');
    const { newest = 0, noted = 0 } = missing.refusal.params;
    const db = openForWriting(databaseFileIn(site), key);
    try {
      db.transaction(() => {
        createTrail(db, siteCode).note({ user: as, role: '' }, moment, 'site.loss-accepted', {
          detail: { newest, noted },
        });
      }).immediate();
    } finally {
      db.close();
    }
    const stamp = toIsoUtc(moment.at).replaceAll(':', '').replace('.', '-');
    renameSync(path.join(site, newestHeadName), path.join(site, `newest-entry-${stamp}.json`));
    // The heads seen before are of entries that are gone; the trail says so from here on.
    const heads = path.join(site, headsFileName);
    if (existsSync(heads)) renameSync(heads, path.join(site, `heads-${stamp}.json`));
    return null;
  });
}

export function salvageDamage(
  outside: DamageOutside,
  site: string,
  { folder, user, password }: MethodInput<'damage.salvage'>,
): Promise<SalvageReport> {
  requireFolder(folder);
  return holding(outside, site, user, async () => {
    const newest = listBackups(path.join(site, ownBackupFolder), 0, null)[0];
    const backup = newest === undefined ? null : pathOf(site, newest);
    const { key, as, keysFrom, siteCode } = await unlock(outside, site, backup, user, password);
    const doer = { user: as, role: '' };
    const news = await inThread(outside, {
      kind: 'salvage',
      order: { siteFolder: site, keysFrom, folder, key, siteCode, doer, moment: readMoment(outside.clock) },
    });
    if (news.kind !== 'salvaged') throw new Error('the thread of the salvage did something else');
    return news.report;
  });
}

function pathOf(site: string, { folder, name }: BackupRef): string {
  if (folder !== 0) throw refuse('backup-unknown', { file: name });
  const backup = path.join(site, ownBackupFolder, name);
  readManifest(backup);
  return backup;
}

/** By the site's own key file where it is sound, else by that of the backup. */
async function unlock(
  { clock }: DamageOutside,
  site: string,
  backup: string | null,
  user: string,
  password: string,
): Promise<{
  readonly key: Buffer;
  readonly as: string;
  readonly keysFrom: string;
  readonly siteCode: string;
}> {
  const own = soundKeyring(site);
  const keysFrom = own !== null ? site : backup;
  if (keysFrom === null) throw refuse('keys-missing');
  const keyring = own ?? readKeyring(keysFrom);
  const unlocked = await unlockCounted(clock, site, keyring, user, password);
  return { key: unlocked.key, as: unlocked.user, keysFrom, siteCode: keyring.siteCode };
}

function soundKeyring(folder: string): Keyring | null {
  try {
    return readKeyring(folder);
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
}

async function holding<T>(
  { clock }: DamageOutside,
  site: string,
  user: string,
  act: () => Promise<T>,
): Promise<T> {
  const siteLock = lockSite(site, user, toIsoUtc(clock.now()));
  try {
    return await act();
  } finally {
    siteLock.release();
  }
}

function inThread(
  { backupWorker, folders }: DamageOutside,
  task:
    | Pick<Extract<BackupTask, { kind: 'rehearse' }>, 'kind' | 'order'>
    | Pick<Extract<BackupTask, { kind: 'salvage' }>, 'kind' | 'order'>,
): Promise<EndNews> {
  const whole = { ...task, migrationsFolder: folders.migrations };
  return startTask(backupWorker, whole, () => undefined).ended;
}
