/**
 * When an event is due. Windows in hours are counted to the minute from the anchor; windows in days are whole
 * calendar days. A repeating event counts its first instance by its offsets and each further one a day later.
 */
import type { FeelValue } from '../feel/value.ts';
import type { EventInstance } from '../study-model.ts';
import type { SubjectIndex } from '../subject-index.ts';
import { frameAt } from './frame.ts';
import { momentOf } from './time-order.ts';

const minutesOfDay = 1440;

/** Minutes of local wall-clock time since 1970-01-01T00:00; both ends belong to the window. */
export interface EventWindow {
  readonly first: number;
  readonly target: number;
  readonly last: number;
}

/** null when the event has no window, or its anchor is not known well enough to count from. */
export function windowOf(index: SubjectIndex, instance: EventInstance): EventWindow | null {
  const { anchor, window } = instance.event;
  if (anchor === undefined || window === undefined) return null;
  const moment = momentOf(anchorValue(index, anchor));
  if (moment === null) return null;
  const day = Math.floor(moment.first / minutesOfDay);
  if (Math.floor(moment.last / minutesOfDay) !== day) return null;
  const later =
    instance.number === null ? 0 : instance.number - (instance.event.repeating?.first ?? instance.number);
  if (window.unit === 'days') {
    const midnight = (offset: number): number => (day + later + offset) * minutesOfDay;
    return {
      first: midnight(window.from),
      target: midnight(window.target),
      last: midnight(window.to) + minutesOfDay - 1,
    };
  }
  const at = (hours: number): number => hours * 60 + later * minutesOfDay;
  // An anchor known to the day only: from its first to its last minute.
  return {
    first: moment.first + at(window.from),
    target: moment.first + at(window.target),
    last: moment.last + at(window.to),
  };
}

export function anchorValue(index: SubjectIndex, id: string): FeelValue {
  const known = index.memo.anchors.get(id);
  if (known !== undefined) return known;
  // Not known until worked out: should a faulty definition go round in a circle, it ends here.
  index.memo.anchors.set(id, null);
  const value = index.model.anchor(id)?.expression?.read(frameAt(index, Number.NaN, null, null)) ?? null;
  index.memo.anchors.set(id, value);
  return value;
}
