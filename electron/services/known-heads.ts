/**
 * Heads of the trail that the application saw at a sign-out, an export, a copy or a backup, kept in heads.json beside the database:
 * a database that is replaced by an older copy, or whose trail was written anew, does not hold them. The list is
 * authenticated with a key that follows from the database's, so that it can't be edited unseen.
 */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { canonicalJson } from '#shared/audit.ts';
import { writeDurably } from '../db/durable-file.ts';
import { isMacOf, macOf } from '../db/site-mac.ts';
import type { Site } from './site.ts';
import { headReasons, type HeadReason, type KnownHead } from './verify/missed-heads.ts';

export const headsFileName = 'heads.json';
const purpose = 'known heads';

type HeadsSite = Pick<Site, 'folder' | 'key' | 'db' | 'trail'>;

const Head = z.strictObject({
  seq: z.int().min(0),
  hash: z.string().regex(/^[0-9a-f]{64}$/u),
  at: z.int(),
  why: z.enum(headReasons),
});
const HeadsFile = z.strictObject({ heads: z.array(Head), mac: z.string() });

/** More than this many only make the file long: a later head says all that an earlier one says, unless the file is older. */
const headsMost = 200;

/** The head of now, and why it is worth keeping. A list that was edited is kept as it is, so that `verify` can name it. */
export function recordHead(site: HeadsSite, why: HeadReason, at: number): void {
  const { heads, problems } = readHeads(site);
  if (problems.length > 0 && existsSync(fileIn(site.folder))) return;
  const { seq, hash } = site.trail.head();
  const kept = [...heads, { seq, hash, at, why }].slice(-headsMost);
  writeDurably(
    fileIn(site.folder),
    `${JSON.stringify({ heads: kept, mac: macOf(site.key, purpose, canonicalJson(kept)) }, null, 1)}\n`,
  );
}

const missing = (seq: number): string =>
  `The list of known heads, ${headsFileName}, is missing, although the trail says at entry ${String(seq)} that a head was kept: the file was removed, or the folder is a copy without it.`;
/**
 * Each sign-out keeps a head. What begins without a list: a file of an earlier version, a restored or salvaged one, and
 * one whose loss of entries was accepted, where the list was put aside.
 */
const selectNewest = `SELECT MAX(CASE WHEN action = 'session.signed-out' THEN seq END) AS kept,
    MAX(CASE WHEN action <> 'session.signed-out' THEN seq END) AS begun FROM audit
  WHERE item_id IS NULL AND action IN ('session.signed-out', 'database.migrated', 'backup.restored', 'site.salvaged', 'site.loss-accepted')`;

/** Also looked for at each opening: the next sign-out begins a new list. */
export function missingHeads({ folder, db }: Pick<Site, 'folder' | 'db'>): readonly string[] {
  if (existsSync(fileIn(folder))) return [];
  const { kept = null, begun = null } =
    db.prepare<[], { kept: number | null; begun: number | null }>(selectNewest).get() ?? {};
  return kept === null || kept < (begun ?? 0) ? [] : [missing(kept)];
}

/** Sites that were never signed out of have no list yet. */
export function readHeads(site: HeadsSite): {
  readonly heads: readonly KnownHead[];
  readonly problems: readonly string[];
} {
  const file = fileIn(site.folder);
  if (!existsSync(file)) return { heads: [], problems: missingHeads(site) };
  const parsed = HeadsFile.safeParse(parse(readFileSync(file, 'utf8')));
  if (!parsed.success || !isMacOf(parsed.data.mac, site.key, purpose, canonicalJson(parsed.data.heads)))
    return {
      heads: parsed.success ? parsed.data.heads : [],
      problems: [`The list of known heads, ${headsFileName}, was changed by another program.`],
    };
  return { heads: parsed.data.heads, problems: [] };
}

function fileIn(folder: string): string {
  return path.join(folder, headsFileName);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The schema refuses it.
    return null;
  }
}
