/**
 * What people typed and have not saved, in an encrypted file of its own beside the record: it may be written every
 * second without weight on the record, and its damage costs nothing of it. synchronous = NORMAL: an application that is
 * killed loses nothing, a power cut at most the last second.
 */
import { existsSync, renameSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import type { DraftInput, DraftPlace } from '#shared/contract/survival.ts';
import { toIsoUtc } from '../clock.ts';
import { toRefusal } from './disk-faults.ts';
import { toUserKey } from './password-rule.ts';

export const journalFileName = 'drafts.cahier';

export interface JournalDraft extends DraftInput {
  /** UTC, milliseconds. */
  readonly at: number;
}
export interface DraftJournal {
  /** Name of a damaged journal that was moved aside; null when there was none. */
  readonly damaged: string | null;
  change(author: string, keep: readonly DraftInput[], drop: readonly DraftPlace[], now: number): void;
  list(author: string): readonly JournalDraft[];
  close(): void;
}

/** Of the first entry and of the second: the same places, and neither knows of the other. */
const tables = ['draft', 'second_draft'] as const;
type Table = (typeof tables)[number];
const createTable = (table: Table): string => `
  CREATE TABLE IF NOT EXISTS ${table} (
    author TEXT NOT NULL, subject TEXT NOT NULL, event TEXT NOT NULL, form TEXT NOT NULL, row INTEGER NOT NULL, item TEXT NOT NULL,
    typed TEXT NOT NULL, base_version INTEGER NOT NULL, at INTEGER NOT NULL,
    PRIMARY KEY (author, subject, event, form, row, item)
  ) STRICT, WITHOUT ROWID`;
const upsertDraft = (table: Table): string => `
  INSERT INTO ${table} (author, subject, event, form, row, item, typed, base_version, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT DO UPDATE SET typed = excluded.typed, base_version = excluded.base_version, at = excluded.at`;
const deleteDraft = (table: Table): string =>
  `DELETE FROM ${table} WHERE author = ? AND subject = ? AND event = ? AND form = ? AND row = ? AND item = ?`;
const selectDrafts = (table: Table): string => `
  SELECT subject, event, form, row, item, typed, base_version AS baseVersion, at FROM ${table} WHERE author = ? ORDER BY at`;

/** A journal that can't be read is moved aside, never deleted, and a new one begun. */
export function openDraftJournal(folder: string, key: Buffer, now: number): DraftJournal {
  const file = path.join(folder, journalFileName);
  try {
    try {
      return toJournal(connect(file, key), null);
    } catch (error) {
      if (toRefusal(error)?.refusal.key !== 'database-damaged') throw error;
      const aside = `drafts-damaged-${toIsoUtc(now).replaceAll(':', '').replace('.', '-')}.cahier`;
      renameSync(file, path.join(folder, aside));
      for (const suffix of ['-wal', '-shm'])
        if (existsSync(file + suffix)) renameSync(file + suffix, path.join(folder, aside + suffix));
      return toJournal(connect(file, key), aside);
    }
  } catch (error) {
    throw toRefusal(error) ?? error;
  }
}

function connect(file: string, key: Buffer): Database.Database {
  // An emptied file beside its log would be taken for a new one.
  const isEmptied = existsSync(`${file}-wal`) && existsSync(file) && statSync(file).size === 0;
  const db = new Database(file);
  try {
    if (isEmptied) throw new Database.SqliteError('the journal was emptied', 'SQLITE_CORRUPT');
    db.pragma(`cipher = 'sqlcipher'`);
    db.pragma(`key = "x'${key.toString('hex')}'"`);
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = NORMAL');
    db.pragma('temp_store = MEMORY');
    for (const table of tables) db.exec(createTable(table));
    if (db.pragma('quick_check(1)', { simple: true }) !== 'ok')
      throw new Database.SqliteError('the journal is damaged', 'SQLITE_CORRUPT');
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

function toJournal(db: Database.Database, damaged: string | null): DraftJournal {
  const of = (table: Table) => ({
    upsert: db.prepare(upsertDraft(table)),
    remove: db.prepare(deleteDraft(table)),
    select: db.prepare<[string], Omit<JournalDraft, 'isSecond'>>(selectDrafts(table)),
  });
  const [first, second] = [of('draft'), of('second_draft')];
  const ofPlace = ({ isSecond = false }: DraftPlace): typeof first => (isSecond ? second : first);
  return {
    damaged,
    change: (author, keep, drop, now) => {
      const key = toUserKey(author);
      const act = db.transaction(() => {
        for (const place of drop) {
          const { subject, event, form, row, item } = place;
          ofPlace(place).remove.run(key, subject, event, form, row, item);
        }
        for (const draft of keep) {
          const { subject, event, form, row, item, typed, baseVersion } = draft;
          ofPlace(draft).upsert.run(key, subject, event, form, row, item, typed, baseVersion, now);
        }
      });
      try {
        act.immediate();
      } catch (error) {
        throw toRefusal(error) ?? error;
      }
    },
    list: (author) => {
      const key = toUserKey(author);
      const ofSecond = second.select.all(key).map((draft) => ({ ...draft, isSecond: true }));
      return [...first.select.all(key), ...ofSecond];
    },
    close: () => {
      db.close();
    },
  };
}

/** With the site that it belongs to. */
export function removeJournal(folder: string): void {
  for (const suffix of ['', '-wal', '-shm'])
    rmSync(path.join(folder, journalFileName + suffix), { force: true });
}
