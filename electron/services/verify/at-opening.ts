/**
 * A look at the end of the trail whenever a site is opened, cheap enough to be never left out: the newest entries still give
 * their hashes, and the newest of all is the one kept beside the trail. What is wrong is told and the site opens all the same:
 * a ward that can't reach its records is no safer, and only an open site can be verified.
 */
import { hash } from 'node:crypto';
import { firstPreviousHash } from '#shared/audit.ts';
import type { ReadableDb } from '../../db/open.ts';
import { createTrailReader } from '../trail.ts';
import { trailGuards } from './guards.ts';
import { createHashedText, selectHashed, type HashedEntry } from './stored-entry.ts';

const lookedAt = 200;
const selectNewest = `${selectHashed} DESC LIMIT ${String(lookedAt + 1)}`;
const selectGuards = `SELECT name FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'audit'`;

export function trailProblemsAtOpening(db: ReadableDb): readonly string[] {
  const newest = db.prepare<[], HashedEntry>(selectNewest).raw().all().reverse();
  const head = createTrailReader(db).head();
  const last = newest.at(-1);
  const problems: string[] = [];
  if ((last?.[0] ?? 0) !== head.seq || (last?.[3] ?? firstPreviousHash) !== head.hash)
    problems.push('The head kept beside the trail is not its newest entry.');

  const textOf = createHashedText();
  newest.forEach((entry, position) => {
    const [seq, , , own] = entry;
    const before = newest[position - 1];
    // The first of them is there for its hash only, unless the trail begins with it.
    if (before === undefined && seq !== 1) return;
    const text = textOf(entry, before?.[3] ?? firstPreviousHash);
    const follows = seq === (before?.[0] ?? 0) + 1;
    if (!follows || text === null || hash('sha256', text, 'hex') !== own)
      problems.push(`Entry ${String(seq)} of the trail was changed after it was written.`);
  });

  const standing = new Set(db.prepare<[], string>(selectGuards).pluck().all());
  const gone = trailGuards.filter((guard) => !standing.has(guard));
  return [...problems, ...gone.map((guard) => `The guard ${guard} of the trail is missing.`)];
}
