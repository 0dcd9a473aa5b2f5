/** backup and restore: the archive made and tried out without a window. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { createStudyReader } from '../services/studies.ts';
import { readMigrations } from '../db/migrate.ts';
import { readKeyring, unlockByPassword, peopleOf } from '../db/keyring.ts';
import { databaseFileIn } from '../db/open.ts';
import { readMoment, systemClock } from '../clock.ts';
import { refuse } from '../app-error.ts';
import { shippedFiles } from '../shipped-files.ts';
import { readManifest } from '../services/backups/backup-files.ts';
import { rehearse } from '../services/backups/rehearse.ts';
import { siteFolder, signIn, type Command, type CommandContext } from './context.ts';
import { toTable } from './output.ts';

export const backup: Command = async (context) => {
  const { services, options, output, asJson, workingFolder } = context;
  await signIn(context);
  const { site, user, role } = services.session.authorise('backups.run');
  const further = options.out === undefined ? [] : [path.resolve(workingFolder, options.out)];
  const made = await services.backups.run(site, { user, role }, 'asked', further);
  const failed = made.places.filter(({ state }) => state === 'failed');
  if (asJson) await output.json(made);
  else {
    const rows = made.places.map((place) => [
      String(place.folder),
      place.state,
      place.state === 'written' ? place.path : place.error.message,
    ]);
    await output.text(
      `${toTable(['folder', 'state', 'file'], rows)}\n${String(made.seq)} entries, verified; head of the trail ${made.head}\n`,
    );
  }
  return failed.length === 0 ? 0 : 1;
};

/** Into a new folder; the backup itself is only read. With --compare, --dir is the site to compare with. */
export const restore: Command = async (context) => {
  const { options, output, asJson, workingFolder } = context;
  const from = path.resolve(workingFolder, options.from ?? '');
  const folder = path.resolve(workingFolder, options.out ?? '');
  readManifest(from);
  if (options.compare !== undefined && options.dir === undefined) throw refuse('compare-needs-site');
  const { key, user } = await unlockBackup(context, from);
  const database = options.compare === undefined ? null : databaseFileIn(siteFolder(context));
  if (database !== null && !existsSync(database)) throw refuse('not-a-site', { folder: siteFolder(context) });
  const restored = rehearse(
    {
      ...{ backup: from, folder, key, siteDatabase: database },
      ...{ doer: { user, role: '' }, moment: readMoment(systemClock), why: 'restore', reason: null },
    },
    { migrations: readMigrations(shippedFiles().folders.migrations), readStudy: createStudyReader() },
  );
  const { comparison } = restored;
  if (asJson) await output.json(database === null ? { ...restored, comparison: null } : restored);
  else {
    await output.text(
      `Restored and verified in ${restored.folder}: ${String(restored.entries)} entries, head ${restored.head}\n`,
    );
    if (database !== null) {
      await output.text(
        `The site has ${String(comparison.lostEntries)} entries that the backup does not hold, ${String(comparison.missingSubjects.length)} subjects and ${String(comparison.differentValues)} values differ.\n`,
      );
      const rows = comparison.values.map(({ subject, event, form, row, item, now, inBackup }) => [
        ...[subject, event, form, String(row), item, now ?? '', inBackup ?? ''],
      ]);
      if (rows.length > 0)
        await output.text(
          toTable(['subject', 'event', 'form', 'row', 'item', 'in the site', 'in the backup'], rows),
        );
    }
  }
  return 0;
};

/** By the password that was valid when the backup was made: its own key file is asked. */
async function unlockBackup(
  context: CommandContext,
  from: string,
): Promise<{ readonly key: Buffer; readonly user: string }> {
  const keyring = readKeyring(from);
  const people = peopleOf(keyring);
  const { usualPerson } = context.services.demo;
  const only = people.length === 1 ? people[0] : undefined;
  const user = context.options.user ?? only ?? (keyring.practice ? usualPerson.user : undefined);
  if (user === undefined) throw refuse('user-needed');
  const usual = keyring.practice && user === usualPerson.user ? usualPerson.password : null;
  const password = (await context.password(`Password of ${user}: `)) ?? usual;
  if (password === null) throw refuse('password-needed');
  const unlocked = await unlockByPassword(keyring, user, password);
  if (unlocked === null) throw refuse('wrong-password');
  return unlocked;
}
