// What the killed processes and the one that looks after them share: a small site, its values, and how it is opened.
import { readMigrations } from '../../electron/db/migrate.ts';
import { createStudyReader, readStudyFolder } from '../../electron/services/studies.ts';
import { shippedFiles } from '../../electron/shipped-files.ts';
import { createHash } from 'node:crypto';
import path from 'node:path';

export const user = 'anne';
export const password = 'correct horse battery';
export const cost = 2 ** 14;
export const doer = { user, role: 'coordinator' };

const released = readMigrations(shippedFiles().folders.migrations);
/** Steps of a version to come, heavy enough to be hit: each copies the whole trail. */
const coming = Array.from({ length: 4 }, (_, index) => {
  const number = released.length + 1 + index;
  const sql = `CREATE TABLE later_${number} (seq INTEGER PRIMARY KEY, detail TEXT) STRICT;
    INSERT INTO later_${number} SELECT seq, detail FROM audit;`;
  return { number, name: 'later', sql, sha256: createHash('sha256').update(sql).digest('hex') };
});
export const needsNow = { migrations: released, readStudy: createStudyReader() };
export const needsLater = { migrations: [...released, ...coming], readStudy: createStudyReader() };

export const sleepDiary = path.resolve(import.meta.dirname, '../fixtures/studies/sleep-diary');
export const diary = () => readStudyFolder(sleepDiary);

export const momentNow = () => ({ at: Date.now(), offsetMinutes: 0 });

/** Change n of an endless script: twenty subjects, their nights, three items; then the same places once more. */
export function change(n) {
  const items = ['night_temp', 'night_wakes', 'night_latency'];
  const perSubject = 14 * items.length;
  const subject = `01-S${String(1 + (Math.floor(n / perSubject) % 20)).padStart(2, '0')}`;
  const within = n % perSubject;
  const item = items[within % items.length];
  const value = String(13 + (n % 17));
  return { subject, event: `N${1 + Math.floor(within / items.length)}`, form: 'NIGHT', row: 1, item, value };
}
export const placeOf = ({ subject, event, item }) => `${subject}|${event}|${item}`;
