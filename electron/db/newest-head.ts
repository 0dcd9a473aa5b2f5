/**
 * The newest entry of the trail that was acknowledged, noted beside the database after each call. A database that ends
 * before it has lost what was acknowledged: a log that was cut or damaged, which SQLite itself takes for the end of an
 * unfinished write, or an older file put in its place. Then nothing is written, since the first write would make the
 * loss final. The note is not flushed, so that it costs microseconds: after a power cut it may lag, and never leads.
 */
import { closeSync, constants, openSync, readFileSync, writeSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { refuse } from '../app-error.ts';
import type { ReadableDb } from './open.ts';
import { prepared } from './prepared.ts';
import { createMac, isMacOf } from './site-mac.ts';

export const newestHeadName = 'newest-entry.json';
const purpose = 'newest entry';

const Note = z.object({ seq: z.int().min(1), hash: z.string(), mac: z.string() });
/** Written in place at one size: a disk that is full has room for it. */
const noteBytes = 256;
const selectHead = 'SELECT seq, hash FROM audit_head WHERE id = 1';
const selectEntry = 'SELECT hash FROM audit WHERE seq = ?';

export interface NotedSite {
  readonly folder: string;
  readonly key: Buffer;
  readonly db: ReadableDb;
}

/** After a call was carried out. Never keeps it from being answered. */
export function createNewestHead(): (site: NotedSite) => void {
  let noted: { readonly db: ReadableDb; readonly mac: (text: string) => string; seq: number } | null = null;
  return ({ folder, key, db }) => {
    if (!db.open) return;
    const head = prepared<[], { seq: number; hash: Buffer }>(db, selectHead).get();
    if (head === undefined) return;
    if (noted?.db !== db) noted = { db, mac: createMac(key, purpose), seq: 0 };
    if (noted.seq === head.seq) return;
    try {
      write(folder, noted.mac, head.seq, head.hash.toString('hex'));
      noted.seq = head.seq;
    } catch {
      // A second line of defence: the entry itself is on the disk.
    }
  };
}

/** Reads only. Refuses a database that lacks the entry that was noted; a note that is not ours says nothing. */
export function requireNewestHead({ folder, key, db }: NotedSite): void {
  const note = read(folder, key);
  if (note === null) return;
  const stands = db.prepare<[number], Buffer>(selectEntry).pluck().get(note.seq);
  if (stands?.toString('hex') === note.hash) return;
  const { seq } = db.prepare<[], { seq: number }>(selectHead).get() ?? { seq: 0 };
  throw refuse('entries-missing', { newest: seq, noted: note.seq });
}

function write(folder: string, mac: (text: string) => string, seq: number, hash: string): void {
  const file = path.join(folder, newestHeadName);
  const text = JSON.stringify({ seq, hash, mac: mac(textOf(seq, hash)) });
  // In place, or made when it is not there.
  const descriptor = openSync(file, constants.O_RDWR | constants.O_CREAT, 0o600);
  try {
    writeSync(descriptor, Buffer.from(text.padEnd(noteBytes - 1) + '\n', 'latin1'), 0, noteBytes, 0);
  } finally {
    closeSync(descriptor);
  }
}

function read(folder: string, key: Buffer): { readonly seq: number; readonly hash: string } | null {
  try {
    const note = Note.parse(JSON.parse(readFileSync(path.join(folder, newestHeadName), 'latin1')));
    return isMacOf(note.mac, key, purpose, textOf(note.seq, note.hash)) ? note : null;
  } catch {
    // Absent at first, torn by a power cut, or edited: the chain and the list of known heads still stand.
    return null;
  }
}

function textOf(seq: number, hash: string): string {
  return `${String(seq)} ${hash}`;
}
