/** The code of the site that a database belongs to: what each entry of its trail names. */
import type { ReadableDb } from '../db/open.ts';

const selectSiteCode = `SELECT value FROM meta WHERE key = 'siteCode'`;

/** '' while the database is being made. */
export function siteCodeIn(db: ReadableDb): string {
  return db.prepare<[], string>(selectSiteCode).pluck().get() ?? '';
}
