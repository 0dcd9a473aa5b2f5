/** Backups for the window: listed, made, tried out and put back; and the folders that they go to. */
import path from 'node:path';
import { settingSchemas } from '#shared/settings.ts';
import type { Host } from '../services.ts';
import type { Handlers } from '../dispatch.ts';
import { refuse } from '../app-error.ts';
import { readMoment } from '../clock.ts';
import { ownBackupFolder } from '../services/backups/backup-files.ts';
import { rehearseBackup, restoreBackup, type RestoreOutside } from '../services/backups/restore.ts';
import type { BackupDesk } from '../services/backups/backup-desk.ts';
import { changeSetting, readSettings } from '../services/settings.ts';
import type { backupMethods } from '#shared/contract/backups.ts';
import { by } from './by.ts';

const mostFolders = 4;

export interface BackupMethodsOutside extends RestoreOutside {
  readonly backups: BackupDesk;
  readonly host: Pick<Host, 'chooseFolder'>;
}

export function backupHandlers(outside: BackupMethodsOutside): Pick<Handlers, keyof typeof backupMethods> {
  const { backups, clock, host } = outside;
  return {
    'backups.list': by((_, { site }) => ({ folders: backups.folders(site), backups: backups.list(site) })),
    'backups.now': by((_, { site, user, role }) => backups.run(site, { user, role }, 'asked')),
    'backups.status': () => backups.status(),
    'backups.skip': () => {
      backups.skip();
      return null;
    },
    'backups.addFolder': by(async (_, actor) => {
      const chosen = await host.chooseFolder('new');
      if (chosen === null) return null;
      const folder = path.normalize(chosen);
      const { backupFolders } = readSettings(actor.site.db);
      if ([path.join(actor.site.folder, ownBackupFolder), ...backupFolders].includes(folder))
        throw refuse('backup-folder-listed', { folder });
      if (backupFolders.length >= mostFolders) throw refuse('backup-folders-full', { most: mostFolders });
      const folders = settingSchemas.backupFolders.parse([...backupFolders, folder]);
      changeSetting(actor, 'backupFolders', folders, readMoment(clock));
      return { path: folder };
    }),
    'backups.removeFolder': by(({ folder }, actor) => {
      const { backupFolders } = readSettings(actor.site.db);
      const kept = backupFolders.filter((_, index) => index + 1 !== folder);
      changeSetting(actor, 'backupFolders', kept, readMoment(clock));
      return null;
    }),
    'backups.rehearse': by((input, actor) => rehearseBackup(outside, actor, input)),
    'backups.restore': by((input, actor) => restoreBackup(outside, actor, input)),
  };
}
