/** Who at this site may enter a form a second time. */
import { roleFor } from '#shared/permissions.ts';
import { eligibilityOf, type Eligibility } from '#shared/second-entry/eligible.ts';
import type { ReadableDb } from '../db/open.ts';
import { rolesOf } from './people.ts';
import { firstTypistsOf, giversBackOf, type SecondEntry } from './second-entry-rows.ts';
import type { Actor } from './site.ts';

const usualDays = 7;
const selectUsers = 'SELECT user FROM person WHERE disabled_at IS NULL ORDER BY id';

/** Of one person, for any number of forms: who works at the site is read once. */
export function eligibilityFor({
  site,
  user,
}: Pick<Actor, 'site' | 'user'>): (entry: SecondEntry) => Eligibility {
  const typists = typistsOf(site.db);
  const selfAfterDays = site.model.study.doubleEntry?.selfAfterDays ?? usualDays;
  return ({ formId }) =>
    eligibilityOf(user, { firstTypists: knowersOf(site.db, formId), typists, selfAfterDays });
}

/** Whoever knows the first entry, with the moment from which forgetting counts. */
function knowersOf(db: ReadableDb, formId: number): ReadonlyMap<string, number> {
  const knowers = new Map(firstTypistsOf(db, formId));
  for (const [user, at] of giversBackOf(db, formId)) knowers.set(user, Math.max(at, knowers.get(user) ?? 0));
  return knowers;
}

/** Accounts that are open and whose roles allow it. */
function typistsOf(db: ReadableDb): readonly string[] {
  const users = db.prepare<[], string>(selectUsers).pluck().all();
  return users.filter((user) => roleFor('second.enter', rolesOf(db, user)) !== null);
}
