/** Who at this site may enter a form a second time. */
import { roleFor } from '#shared/permissions.ts';
import { eligibilityOf, type Eligibility } from '#shared/second-entry/eligible.ts';
import type { ReadableDb } from '../db/open.ts';
import { rolesOf } from './people.ts';
import { firstTypistsOf, type SecondEntry } from './second-entry-rows.ts';
import type { Actor } from './site.ts';

const usualDays = 7;
const selectUsers = 'SELECT user FROM person WHERE disabled_at IS NULL ORDER BY id';

export function eligibilityAt({ site, user }: Pick<Actor, 'site' | 'user'>, entry: SecondEntry): Eligibility {
  return eligibilityOf(user, {
    firstTypists: firstTypistsOf(site.db, entry.formId),
    typists: typistsOf(site.db),
    selfAfterDays: site.model.study.doubleEntry?.selfAfterDays ?? usualDays,
  });
}

/** Accounts that are open and whose roles allow it. */
function typistsOf(db: ReadableDb): readonly string[] {
  const users = db.prepare<[], string>(selectUsers).pluck().all();
  return users.filter((user) => roleFor('second.enter', rolesOf(db, user)) !== null);
}
