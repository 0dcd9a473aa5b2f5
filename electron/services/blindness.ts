/**
 * Who enters a form a second time must not learn what the first entry says: from its first key on until it is complete,
 * no method gives that person anything that rests on it, whichever window or program asks.
 *
 * | method                                              | meanwhile                                                     |
 * |-----------------------------------------------------|---------------------------------------------------------------|
 * | named in `sighted`                                  | answers: it gives no value, or its service leaves them out    |
 * | of a verb in `withoutValues`                        | answers: it gives no value                                    |
 * | any other, of another subject                       | answers                                                       |
 * | any other, of this subject or of several            | is refused: complete the second entry first                   |
 *
 * A method that nobody thought of is thereby refused. The same person at a second computer is nobody else.
 */
import type { MethodName } from '#shared/bridge.ts';
import type { Verb } from '#shared/permissions.ts';
import type { ValuePlace } from '#shared/record.ts';
import { isOneOf } from '#shared/second-entry/blind-record.ts';
import { refuse, type AppError } from '../app-error.ts';
import { unseenBy, type SecondEntry } from './second-entry-rows.ts';
import type { Actor } from './site.ts';

const sighted: ReadonlySet<MethodName> = new Set([
  'subjects.list',
  'subjects.nextNumber',
  'subjects.enrol',
  'subjects.open',
  'findings.list',
  'audit.history',
  'audit.origins',
  'audit.verify',
  'exports.chooseFile',
  'exports.status',
  'exports.cancel',
  'submission.desk',
  'submission.addRecipient',
  'submission.removeRecipient',
  'submission.signingKey',
  'submission.chooseFile',
  'submission.status',
  'submission.cancel',
  'reports.chooseFile',
  'second.list',
  'second.rates',
] as const);
const withoutValues: ReadonlySet<Verb | 'signed-in'> = new Set([
  'signed-in',
  'second.enter',
  'backups.run',
  'backups.restore',
  'people.manage',
  'settings.change',
] as const);

/** For dispatch: refuses a call whose answer could tell what the person must not see now. */
export function requireSight(
  method: MethodName,
  verb: Verb | 'signed-in',
  input: unknown,
  actor: Pick<Actor, 'site' | 'user'>,
): void {
  if (sighted.has(method) || withoutValues.has(verb)) return;
  const unseen = unseenBy(actor.site.db, actor.user);
  const about = subjectIn(input);
  const against = about === null ? unseen[0] : unseen.find(({ subject }) => subject === about);
  if (against !== undefined) throw unseenNow(against);
}

/** For the command line, whose commands look at all subjects. */
export function requireFullSight({ site, user }: Pick<Actor, 'site' | 'user'>): void {
  const [against] = unseenBy(site.db, user);
  if (against !== undefined) throw unseenNow(against);
}

/** Of one subject: the forms that the person must not see now. */
export function unseenOf(
  { site, user }: Pick<Actor, 'site' | 'user'>,
  subject: string,
): readonly SecondEntry[] {
  return unseenBy(site.db, user).filter((entry) => entry.subject === subject);
}

/** Whether a field tells nothing of what is not seen: not of such a form, and not calculated, from whatever it is. */
export function isSeen(
  { site }: Pick<Actor, 'site'>,
  unseen: readonly SecondEntry[],
  place: Pick<ValuePlace, 'event' | 'form' | 'item'>,
): boolean {
  if (unseen.length === 0) return true;
  return !isOneOf(unseen)(place) && site.model.item(place.item)?.item.type !== 'calculated';
}

export function unseenNow({ subject, event, form, user }: SecondEntry): AppError {
  return refuse('second-unseen', { subject, event, form, user: user ?? '' });
}

function subjectIn(input: unknown): string | null {
  return typeof input === 'object' &&
    input !== null &&
    'subject' in input &&
    typeof input.subject === 'string'
    ? input.subject
    : null;
}
