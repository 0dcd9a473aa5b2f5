/**
 * Heads of the trail that the application saw at a sign-out, an export, a copy or a backup, kept in heads.json beside the database:
 * a database that is replaced by an older copy, or whose trail was written anew, does not hold them. The list is
 * authenticated with a key that follows from the database's, so that it can't be edited unseen.
 */
import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { canonicalJson } from '#shared/audit.ts';
import { writeDurably } from '../db/durable-file.ts';
import type { Site } from './site.ts';
import { headReasons, type HeadReason, type KnownHead } from './verify/missed-heads.ts';

export const headsFileName = 'heads.json';

type HeadsSite = Pick<Site, 'folder' | 'key' | 'trail'>;

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
    `${JSON.stringify({ heads: kept, mac: macOf(site.key, kept) }, null, 1)}\n`,
  );
}

/** Sites that were never signed out of have no list yet. */
export function readHeads(site: HeadsSite): {
  readonly heads: readonly KnownHead[];
  readonly problems: readonly string[];
} {
  const file = fileIn(site.folder);
  if (!existsSync(file)) return { heads: [], problems: [] };
  const parsed = HeadsFile.safeParse(parse(readFileSync(file, 'utf8')));
  if (!parsed.success || !isOwn(site.key, parsed.data.heads, parsed.data.mac))
    return {
      heads: parsed.success ? parsed.data.heads : [],
      problems: [`The list of known heads, ${headsFileName}, was changed by another program.`],
    };
  return { heads: parsed.data.heads, problems: [] };
}

function fileIn(folder: string): string {
  return path.join(folder, headsFileName);
}

function macOf(key: Buffer, heads: readonly KnownHead[]): string {
  const own = Buffer.from(hkdfSync('sha256', key, Buffer.alloc(0), 'cahier known heads', 32));
  return createHmac('sha256', own).update(canonicalJson(heads)).digest('hex');
}

function isOwn(key: Buffer, heads: readonly KnownHead[], mac: string): boolean {
  const [own, given] = [Buffer.from(macOf(key, heads)), Buffer.from(mac)];
  return own.length === given.length && timingSafeEqual(own, given);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The schema refuses it.
    return null;
  }
}
