/** The moment that hours are counted from, and where another moment stands from there. */
import type { Unplaceable } from '../course-picture.ts';
import type { Text } from '../study.ts';
import { momentOf, type Moment } from '../study-scope/time-order.ts';
import { anchorValue } from '../study-scope/windows.ts';
import type { SubjectIndex } from '../subject-index.ts';

export interface PictureAnchor {
  readonly name: Text;
  /** Minutes of local wall-clock time since 1970-01-01T00:00; null unless the moment is known to the minute. */
  readonly minute: number | null;
  readonly state: 'known' | 'no-anchor' | 'anchor-day';
}

export type Placing =
  { readonly hours: number; readonly reason: null } | { readonly hours: null; readonly reason: Unplaceable };

export function pictureAnchor(index: SubjectIndex, id: string): PictureAnchor {
  const name = index.model.anchor(id)?.anchor.name ?? { en: id, fr: id };
  const moment = momentOf(anchorValue(index, id));
  if (moment === null) return { name, minute: null, state: 'no-anchor' };
  return moment.first === moment.last
    ? { name, minute: moment.first, state: 'known' }
    : { name, minute: null, state: 'anchor-day' };
}

/** A day is 24 hours wide: a date without a time has no place on an axis of hours. */
export function placeInTime(anchor: PictureAnchor, moment: Moment | null): Placing {
  if (moment === null) return { hours: null, reason: 'no-time' };
  if (moment.first !== moment.last) return { hours: null, reason: 'day-only' };
  if (anchor.minute === null)
    return { hours: null, reason: anchor.state === 'anchor-day' ? 'anchor-day' : 'no-anchor' };
  return { hours: (moment.first - anchor.minute) / 60, reason: null };
}
