/** What the trail is told of backups: each that was made, failed or was given up by the rule of rotation, once. */
import type { BackupOutcome, BackupReason, BackupRow } from '#shared/contract/backups.ts';
import type { Refusal } from '#shared/bridge.ts';
import type { Moment } from '../../clock.ts';
import type { Site } from '../site.ts';
import type { Doer } from '../trail.ts';

const selectTold = `SELECT 1 FROM audit WHERE action = 'backup.made' AND item_id IS NULL AND detail ->> 'file' = ? LIMIT 1`;
/** Whether anything but coming, going and backing up was recorded after an entry. */
const selectChanged = `SELECT 1 FROM audit WHERE seq > ? AND action NOT LIKE 'session.%' AND action NOT LIKE 'backup.%' LIMIT 1`;
const selectNewest = `SELECT MAX(detail ->> 'seq') FROM audit WHERE action = 'backup.made' AND item_id IS NULL`;

export function hasChangedSinceBackup({ db }: Pick<Site, 'db'>): boolean {
  const newest = db.prepare<[], number | null>(selectNewest).pluck().get() ?? 0;
  return db.prepare<[number], number>(selectChanged).pluck().get(newest) !== undefined;
}

/** One entry for each folder that was meant to hold it. */
export function noteOutcome(
  { db, trail }: Pick<Site, 'db' | 'trail'>,
  doer: Doer,
  moment: Moment,
  why: BackupReason,
  { name: file, seq, head, bytes, places }: BackupOutcome,
): void {
  db.transaction(() => {
    for (const place of places) {
      const { folder } = place;
      if (place.state === 'written')
        trail.note(doer, moment, 'backup.made', { detail: { file, seq, head, bytes, folder, why } });
      else
        trail.note(doer, moment, 'backup.failed', { detail: { file, folder, why, code: place.error.key } });
    }
  }).immediate();
}

export function noteFailure(
  { db, trail }: Pick<Site, 'db' | 'trail'>,
  doer: Doer,
  moment: Moment,
  why: BackupReason,
  { key: code }: Refusal,
): void {
  db.transaction(() => {
    trail.note(doer, moment, 'backup.failed', { detail: { file: null, folder: 0, why, code } });
  }).immediate();
}

export function noteRemoved(
  { db, trail }: Pick<Site, 'db' | 'trail'>,
  doer: Doer,
  moment: Moment,
  removed: readonly Pick<BackupRow, 'name' | 'folder'>[],
): void {
  if (removed.length === 0) return;
  db.transaction(() => {
    for (const { name: file, folder } of removed)
      trail.note(doer, moment, 'backup.removed', { detail: { file, folder } });
  }).immediate();
}

/** Those made before the database was open, and those whose entry was prevented by an unexpected end. */
export function noteUntold(
  { db, trail }: Pick<Site, 'db' | 'trail'>,
  doer: Doer,
  moment: Moment,
  backups: readonly BackupRow[],
): void {
  const told = db.prepare<[string], number>(selectTold).pluck();
  const untold = backups.filter(({ name }) => told.get(name) === undefined);
  if (untold.length === 0) return;
  db.transaction(() => {
    for (const { name: file, seq, head, bytes, folder, why } of untold)
      trail.note(doer, moment, 'backup.made', { detail: { file, seq, head, bytes, folder, why } });
  }).immediate();
}
