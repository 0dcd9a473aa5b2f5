/** Reads the trail for people: one field's history, and where values came from. */
import type { AuditDetail, AuditEntry } from '#shared/audit.ts';
import type { HistoryEntry, MethodInput, ValueOrigin } from '#shared/bridge.ts';
import { refuse } from '../app-error.ts';
import { isSeen, unseenNow, unseenOf } from './blindness.ts';
import type { Actor } from './site.ts';
import { requireSubject } from './subjects.ts';

/** Whether an answer is asked tells what was answered elsewhere. */
const isParking: ReadonlySet<string> = new Set(['value.parked', 'value.unparked']);

/** Refuses a field that neither the trail nor the study knows. */
export function historyOf(
  actor: Actor,
  { subject, ...place }: MethodInput<'audit.history'>,
): readonly HistoryEntry[] {
  requireSubject(actor, subject);
  const { model, trail } = actor.site;
  const { event, form, item } = place;
  const unseen = unseenOf(actor, subject);
  const [against] = unseen;
  if (against !== undefined && !isSeen(actor, unseen, place)) throw unseenNow(against);
  const entries = trail
    .ofItem(subject, place)
    .filter(({ action }) => against === undefined || !isParking.has(action));
  const isKnown = model.event(event) !== undefined && model.item(item)?.form.id === form;
  if (entries.length === 0 && !isKnown) throw refuse('no-such-item', { form, item });
  return entries.map(
    ({ seq, at, offsetMinutes, user, role, action, old, new: after, reason, origin, detail }) => ({
      ...{ seq, at, offsetMinutes, user, role, action, old, new: after, reason, origin },
      ...askedIn(detail),
    }),
  );
}

function askedIn(detail: AuditDetail | null): Pick<HistoryEntry, 'query' | 'check' | 'message'> {
  const { query, check, en, fr } = detail ?? {};
  return {
    query: typeof query === 'number' ? query : null,
    check: typeof check === 'string' ? check : null,
    message: typeof en === 'string' && typeof fr === 'string' ? { en, fr } : null,
  };
}

/** Places of which nothing was ever written are left out. */
export function originsOf(
  actor: Actor,
  { subject, places }: MethodInput<'audit.origins'>,
): readonly ValueOrigin[] {
  requireSubject(actor, subject);
  const unseen = unseenOf(actor, subject);
  return places.flatMap((place): readonly ValueOrigin[] => {
    if (!isSeen(actor, unseen, place)) return [];
    const newest = actor.site.trail.ofItem(subject, place).findLast(isOfValue);
    if (newest === undefined) return [];
    const { seq, at, offsetMinutes, user, role, origin } = newest;
    return [{ ...place, seq, at, offsetMinutes, user, role, origin }];
  });
}

/** Not what was asked or confirmed about it. */
function isOfValue({ action }: AuditEntry): boolean {
  return action.startsWith('value.') || action === 'row.removed';
}
