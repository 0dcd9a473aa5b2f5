/** Tries a backup out in a new folder, and puts one in the place of the open site. */
import { rmSync } from 'node:fs';
import path from 'node:path';
import type { BackupRef, Rehearsal } from '#shared/contract/backups.ts';
import { refuse } from '../../app-error.ts';
import { readMoment, toIsoUtc, type Clock } from '../../clock.ts';
import { readKeyring } from '../../db/keyring.ts';
import { databaseFileName } from '../../db/open.ts';
import type { SessionService } from '../session.ts';
import { requireFolder } from '../site-folder.ts';
import type { Actor } from '../site.ts';
import type { BackupDesk } from './backup-desk.ts';
import { readManifest } from './backup-files.ts';
import { startTask } from './backup-thread.ts';
import { exchangeFiles } from './exchange-files.ts';
import type { RehearsalOrder } from './rehearse.ts';

export interface RestoreOutside {
  readonly clock: Clock;
  readonly backupWorker: URL;
  readonly folders: { readonly migrations: string };
  readonly backups: Pick<BackupDesk, 'find'>;
  readonly session: Pick<SessionService, 'replaceFiles' | 'present'>;
}

export async function rehearseBackup(
  outside: RestoreOutside,
  actor: Actor,
  { backup, folder }: { readonly backup: BackupRef; readonly folder: string },
): Promise<Rehearsal> {
  requireFolder(folder);
  return tryOut(outside, actor, backup, { folder, why: 'rehearsal', reason: null });
}

/** Signs everybody out. The files that stood there stay in a dated folder beside the restored ones. */
export async function restoreBackup(
  outside: RestoreOutside,
  actor: Actor,
  { backup, reason }: { readonly backup: BackupRef; readonly reason: string },
): Promise<{ readonly aside: string; readonly lostEntries: number }> {
  const { clock, session } = outside;
  const { site } = actor;
  const restored = '.restored';
  const workplace = path.join(site.folder, restored);
  rmSync(workplace, { recursive: true, force: true });
  const { comparison } = await tryOut(outside, actor, backup, { folder: workplace, why: 'restore', reason });
  if (session.present()?.site !== site) throw refuse('signed-out');
  const aside = `before-restore-${toIsoUtc(clock.now()).replaceAll(':', '').replace('.', '-')}`;
  session.replaceFiles(() => {
    // The key file stays: passwords are as of today, and the key is the same.
    exchangeFiles(site.folder, { restored, aside, files: [databaseFileName] });
  });
  return { aside, lostEntries: comparison.lostEntries };
}

function tryOut(
  { clock, backupWorker, folders, backups }: RestoreOutside,
  { site, user, role }: Actor,
  ref: BackupRef,
  order: Pick<RehearsalOrder, 'folder' | 'why' | 'reason'>,
): Promise<Rehearsal> {
  const backup = backups.find(site, ref);
  if (readManifest(backup).siteId !== readKeyring(site.folder).siteId)
    throw refuse('backup-of-other-site', { file: ref.name });
  const whole: RehearsalOrder = {
    ...{ ...order, backup, key: site.key, siteDatabase: site.databaseFile },
    ...{ doer: { user, role }, moment: readMoment(clock) },
  };
  return startTask(
    backupWorker,
    { kind: 'rehearse', order: whole, migrationsFolder: folders.migrations },
    () => undefined,
  ).ended.then((news) => {
    if (news.kind !== 'rehearsed') throw new Error('the thread of the restore did something else');
    return news.rehearsal;
  });
}
