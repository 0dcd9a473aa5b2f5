/**
 * Where backups are ordered: one at a time, in a thread of its own, into the site's own folder and those of the
 * settings; each told in the trail, then the rule of rotation is applied. A folder that can't be reached is told, and
 * keeps nobody from working.
 */
import { rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { backupsToRemove } from '#shared/backup-rotation.ts';
import type { Refusal } from '#shared/bridge.ts';
import type {
  BackupFolder,
  BackupOutcome,
  BackupReason,
  BackupRef,
  BackupRow,
  BackupStatus,
} from '#shared/contract/backups.ts';
import { AppError, refuse } from '../../app-error.ts';
import { readMoment, type Clock } from '../../clock.ts';
import { syncFolder } from '../../db/durable-file.ts';
import { toRefusal } from '../../db/disk-faults.ts';
import { readKeyring } from '../../db/keyring.ts';
import { freeBytesOf } from '../disk-space.ts';
import { readSettings } from '../settings.ts';
import type { Site } from '../site.ts';
import type { Doer } from '../trail.ts';
import { listBackups, ownBackupFolder } from './backup-files.ts';
import { hasChangedSinceBackup, noteFailure, noteOutcome, noteRemoved, noteUntold } from './backup-log.ts';
import { startTask, type RunningTask } from './backup-thread.ts';

export interface BackupOutside {
  readonly clock: Clock;
  readonly appVersion: string;
  readonly backupWorker: URL;
  readonly folders: { readonly migrations: string };
  /** Keeps the head of the trail outside of the database. */
  readonly keepHead: (site: Site, why: 'backup') => void;
  /** Logs a bug and gives what a person is told of it. */
  readonly fault: (where: string, error: unknown) => AppError;
}

export interface BackupDesk {
  /** Refuses when no folder took it. Waits for one that runs already. `further`: full paths beside those of the settings. */
  run(site: Site, doer: Doer, why: BackupReason, further?: readonly string[]): Promise<BackupOutcome>;
  /** null when nothing was recorded since the last one, or when it failed: that is told in the trail and by `status`. */
  runIfChanged(site: Site, doer: Doer, why: BackupReason): Promise<BackupOutcome | null>;
  /** To be called now and then: makes the backup that is due after an hour, or what the site has set, of use. */
  tick(open: { readonly site: Site; readonly doer: Doer } | null): void;
  status(): BackupStatus;
  skip(): void;
  folders(site: Site): readonly BackupFolder[];
  list(site: Site): readonly BackupRow[];
  /** Full path of a backup of the list. */
  find(site: Site, ref: BackupRef): string;
  siteOpens(site: Site, doer: Doer): void;
  siteCloses(site: Site): void;
}

interface Running {
  readonly why: BackupReason;
  readonly task: RunningTask;
  readonly sourceBytes: number;
  stage: 'copying' | 'verifying';
  bytes: number;
  readonly ended: Promise<BackupOutcome>;
}

export function createBackupDesk(outside: BackupOutside): BackupDesk {
  const { clock } = outside;
  let running: Running | null = null;
  let last: { readonly outcome: BackupOutcome | null; readonly error: Refusal | null } = {
    outcome: null,
    error: null,
  };
  let lastAt = 0;

  const foldersOf = (site: Site): readonly string[] => [
    path.join(site.folder, ownBackupFolder),
    ...readSettings(site.db).backupFolders,
  ];

  const start = (
    site: Site,
    doer: Doer,
    why: BackupReason,
    further: readonly string[],
  ): Promise<BackupOutcome> => {
    const { folder: siteFolder, databaseFile, key } = site;
    const { appVersion, folders } = outside;
    const order = {
      siteFolder,
      databaseFile,
      key,
      folders: [...foldersOf(site), ...further],
      why,
      at: clock.now(),
      appVersion,
    };
    const task = startTask(
      outside.backupWorker,
      { kind: 'make', order, migrationsFolder: folders.migrations },
      ({ stage, bytes }) => {
        if (running !== null) Object.assign(running, { stage, bytes });
      },
    );
    const ended = task.ended.then((news) => {
      if (news.kind !== 'made') throw new Error('the thread of the backup did something else');
      return news.outcome;
    });
    const sourceBytes = Math.max(1, statSync(databaseFile).size);
    running = { why, task, sourceBytes, stage: 'copying', bytes: 0, ended };
    lastAt = clock.steady();
    return ended
      .then(
        (outcome) => {
          last = { outcome, error: null };
          tell(site, () => {
            noteOutcome(site, doer, readMoment(clock), why, outcome);
            outside.keepHead(site, 'backup');
            rotate(site, doer);
          });
          return outcome;
        },
        (error: unknown) => {
          const refused = toRefusal(error) ?? outside.fault('backups', error);
          last = { outcome: null, error: refused.refusal };
          tell(site, () => {
            noteFailure(site, doer, readMoment(clock), why, refused.refusal);
          });
          throw refused;
        },
      )
      .finally(() => {
        running = null;
      });
  };

  /** On a full disk the trail can't be told now: what was made is told at the next sign-in, and nobody is held up. */
  const tell = (site: Site, act: () => void): void => {
    if (!site.db.open) return;
    try {
      act();
    } catch (error) {
      if (toRefusal(error) === null) throw error;
    }
  };
  const rotate = (site: Site, doer: Doer): void => {
    const { siteId } = readKeyring(site.folder);
    for (const [ordinal, folder] of foldersOf(site).entries()) {
      const found = listBackups(folder, ordinal, siteId);
      const dated = found.map(({ name, madeAt, state }) => ({
        name,
        at: Date.parse(madeAt),
        isGood: state === 'verified',
      }));
      const removed = backupsToRemove(dated, clock.now()).filter((name) => isRemoved(folder, name));
      noteRemoved(
        site,
        doer,
        readMoment(clock),
        removed.map((name) => ({ name, folder: ordinal })),
      );
    }
  };

  const run: BackupDesk['run'] = async (site, doer, why, further = []) => {
    // Somebody else's backup began before what this one is to hold.
    while (running !== null) await running.ended.catch(() => undefined); // told to whoever ordered it
    return start(site, doer, why, further);
  };
  const runIfChanged: BackupDesk['runIfChanged'] = async (site, doer, why) => {
    if (running === null && !hasChangedSinceBackup(site)) return null;
    try {
      return await run(site, doer, why);
    } catch (error) {
      if (error instanceof AppError) return null;
      throw error;
    }
  };

  return {
    run,
    runIfChanged,
    tick: (open) => {
      if (open === null || running !== null || !open.site.db.open) return;
      const dueMs = readSettings(open.site.db).backupEveryMinutes * 60_000;
      if (clock.steady() - lastAt < dueMs) return;
      lastAt = clock.steady();
      runIfChanged(open.site, open.doer, 'hourly').catch((error: unknown) => {
        outside.fault('backups', error);
      });
    },
    status: () => {
      if (running === null) return { state: 'idle', last: last.outcome, error: last.error };
      const { why, stage, sourceBytes, bytes } = running;
      // The copy takes about half of the time, its verification the other half.
      const fraction = stage === 'copying' ? Math.min(0.5, bytes / sourceBytes / 2) : 0.5;
      return { state: 'running', why, stage, fraction };
    },
    skip: () => {
      running?.task.stop();
    },
    folders: (site) => foldersOf(site).map(toFolder),
    list: (site) => {
      const { siteId } = readKeyring(site.folder);
      return foldersOf(site)
        .flatMap((folder, ordinal) => listBackups(folder, ordinal, siteId))
        .sort((a, b) => b.madeAt.localeCompare(a.madeAt) || a.folder - b.folder);
    },
    find: (site, { folder, name }) => {
      const parent = foldersOf(site)[folder];
      if (parent === undefined) throw refuse('backup-unknown', { file: name });
      return path.join(parent, name);
    },
    siteOpens: (site, doer) => {
      last = { outcome: null, error: null };
      lastAt = clock.steady();
      const { siteId } = readKeyring(site.folder);
      const own = listBackups(path.join(site.folder, ownBackupFolder), 0, siteId);
      tell(site, () => {
        noteUntold(site, doer, readMoment(clock), own);
      });
    },
    siteCloses: () => {
      running?.task.stop();
    },
  };
}

/** One that is open elsewhere stays for the next time. */
function isRemoved(folder: string, name: string): boolean {
  try {
    rmSync(path.join(folder, name), { recursive: true });
    syncFolder(folder);
    return true;
  } catch {
    // Held by another program or a share that is gone: the rule will meet it again.
    return false;
  }
}

function toFolder(folder: string, ordinal: number): BackupFolder {
  const freeBytes = freeBytesOf(ordinal === 0 ? path.dirname(folder) : folder);
  return { folder: ordinal, path: folder, isReachable: freeBytes !== null, freeBytes };
}
