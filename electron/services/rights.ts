/** Who could do what on a past day, and the table of permissions that goes with it. Both come from the trail. */
import { canonicalJson } from '#shared/audit.ts';
import type { RightsOn } from '#shared/people.ts';
import { permissionsDetail, rightsActions, rightsBetween } from '#shared/people/rights.ts';
import { refuse } from '../app-error.ts';
import { toIsoUtc, type Clock, type Moment } from '../clock.ts';
import type { WritableDb } from '../db/open.ts';
import type { Actor } from './site.ts';
import type { Doer, Trail } from './trail.ts';

const dayMs = 86_400_000;
export const permissionsKey = 'permissions';

const selectMeta = 'SELECT value FROM meta WHERE key = ?';
const upsertMeta =
  'INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value';

/** `date` is a day of the calendar at the site. Refuses days that have not begun. */
export function rightsOn(
  clock: Clock,
  { site }: Pick<Actor, 'site'>,
  { date }: { readonly date: string },
): RightsOn {
  const start = localMidnight(clock, Date.parse(date));
  const end = localMidnight(clock, Date.parse(date) + dayMs);
  if (start > clock.now()) throw refuse('day-ahead');
  const entries = site.trail.withActions(rightsActions);
  const { siteCode, siteName, trail } = site;
  const people = rightsBetween(entries, toIsoUtc(start), toIsoUtc(end));
  return { date, siteCode, siteName, cut: trail.head(), people };
}

/** Verbs are granted by the version of the application: which table is in force stands in the trail. Within the caller's transaction. */
export function recordPermissions(db: WritableDb, trail: Trail, by: Doer, moment: Moment): void {
  const detail = permissionsDetail();
  const text = canonicalJson(detail);
  if (db.prepare<[string], string>(selectMeta).pluck().get(permissionsKey) === text) return;
  db.prepare(upsertMeta).run(permissionsKey, text);
  trail.note(by, moment, 'permissions.installed', { detail });
}

/** `day` is midnight of that date in UTC. */
function localMidnight(clock: Clock, day: number): number {
  return day - clock.offsetMinutes(day) * 60_000;
}
