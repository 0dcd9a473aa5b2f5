// The process that is killed: does one kind of work on a site and says on standard output, by a write that returns only
// when it is in the pipe, what was acknowledged. Usage: node child.mjs WORK FOLDER KEY FROM [BACKUP]
import { writeSync } from 'node:fs';
import path from 'node:path';
import { systemClock } from '../../electron/clock.ts';
import { createNewestHead } from '../../electron/db/newest-head.ts';
import { lockSite } from '../../electron/db/site-lock.ts';
import { databaseFileIn } from '../../electron/db/open.ts';
import { exchangeFiles, finishExchange } from '../../electron/services/backups/exchange-files.ts';
import { backUpBeforeMigration, makeBackup } from '../../electron/services/backups/make-backup.ts';
import { rehearse } from '../../electron/services/backups/rehearse.ts';
import { createForms } from '../../electron/services/forms.ts';
import { openSite } from '../../electron/services/site-folder.ts';
import { change, doer, momentNow, needsLater, needsNow, user } from './site.mjs';

const [work, folder, hexKey, from, backup] = process.argv.slice(2);
const key = Buffer.from(hexKey, 'hex');
const say = (line) => writeSync(1, `${JSON.stringify(line)}\n`);
const unwatched = { progress: () => undefined };

lockSite(folder, user, new Date().toISOString());
finishExchange(folder);
if (work === 'migration' || work === 'restore') say({ ready: true });
({ entry, backup: backUp, migration, restore })[work]();
// Whatever was done: the kill ends it.
setInterval(() => undefined, 1000);

function openNow() {
  return openSite(folder, key, needsNow, Date.now());
}
function enterFrom(site, first, count) {
  const forms = createForms(systemClock);
  const acknowledge = createNewestHead();
  for (let n = first; n < first + count; n += 1) {
    const { subject, ...entered } = change(n);
    const { version } = forms.enter({ site, ...doer }, subject, entered);
    acknowledge(site);
    say({ n, version });
  }
}
function entry() {
  const site = openNow();
  say({ ready: true });
  enterFrom(site, Number(from), 2000);
}
function backUp() {
  const site = openNow();
  say({ ready: true });
  for (let n = Number(from); ; n += 1) {
    enterFrom(site, n, 1);
    const order = {
      siteFolder: folder,
      databaseFile: databaseFileIn(folder),
      key,
      why: 'asked',
      at: Date.now(),
      appVersion: '0.0.0',
    };
    const { name, seq } = makeBackup(
      { ...order, folders: [path.join(folder, 'backups')] },
      needsNow,
      unwatched,
    );
    say({ backup: name, seq });
  }
}
function migration() {
  const beforeMigration = (site, siteKey, now) => {
    backUpBeforeMigration({ folder: site, key: siteKey, now, appVersion: '0.0.0' }, needsLater);
  };
  openSite(folder, key, { ...needsLater, beforeMigration }, Date.now());
  say({ migrated: true });
}
function restore() {
  const restored = '.restored';
  const order = { backup, folder: path.join(folder, restored), key, siteDatabase: databaseFileIn(folder) };
  rehearse(
    { ...order, doer, moment: momentNow(), why: 'restore', reason: 'rehearsal of a disaster' },
    needsNow,
  );
  exchangeFiles(folder, { restored, aside: 'before-restore', files: ['site.cahier'] });
  say({ restored: true });
}
