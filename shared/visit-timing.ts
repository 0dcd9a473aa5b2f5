/**
 * When a visit was held, against its window: by every date that dates a row of its forms, but for what happened outside it.
 *
 * | place     | the dates of its forms                                                   |
 * |-----------|--------------------------------------------------------------------------|
 * | in-window | can all lie within the window (a day without a time can, if part of it can) |
 * | early     | the one farthest out lies before it                                      |
 * | late      | the one farthest out lies after it                                       |
 */
import { isoMinute } from './partial-date.ts';
import type { LocalMinute } from './record.ts';
import type { FormInstance, SubjectIndex } from './subject-index.ts';
import { momentOf, timeOfRow, type Moment } from './study-scope/time-order.ts';
import { windowOf, type EventWindow } from './study-scope/windows.ts';

export interface VisitTiming {
  /** The first date of the visit; a day where nothing of that day has a time. */
  readonly held: LocalMinute;
  readonly place: 'in-window' | 'early' | 'late';
  /** How far out, and the form in which it is; 0 and null within the window. Days where the window counts days. */
  readonly off: number;
  readonly unit: 'days' | 'minutes';
  readonly form: string | null;
}

const minutesOfDay = 1440;

/** null when the event has no window yet, or none of its forms holds a date. */
export function visitTiming(index: SubjectIndex, eventInstance: string): VisitTiming | null {
  const instance = index.model.event(eventInstance);
  const window = instance === undefined ? null : windowOf(index, instance);
  if (instance === undefined || window === null) return null;
  const dates = index.instances
    .filter((form) => form.event === instance && form.begun)
    .flatMap((form) => momentsOf(index, form).map((moment) => ({ form: form.form.form.id, moment })));
  const [first] = dates.toSorted((one, other) => one.moment.first - other.moment.first);
  if (first === undefined) return null;
  const unit = instance.event.window?.unit === 'days' ? 'days' : 'minutes';
  const outside = dates
    .map(({ form, moment }) => ({ form, off: distance(window, moment, unit) }))
    .toSorted((one, other) => Math.abs(other.off) - Math.abs(one.off))[0];
  const off = outside?.off ?? 0;
  return {
    held: dayOrMinute(first.moment),
    place: off === 0 ? 'in-window' : off < 0 ? 'early' : 'late',
    off: Math.abs(off),
    unit,
    form: off === 0 ? null : (outside?.form ?? null),
  };
}

function momentsOf(index: SubjectIndex, instance: FormInstance): readonly Moment[] {
  return instance.rows
    .flat()
    .filter(({ answered, group }) => answered && group.time !== null && group.group.outsideVisit !== true)
    .map((row) => momentOf(timeOfRow(index, instance, row)))
    .filter((moment) => moment !== null);
}

/** Below 0 before the window, above 0 after it. */
function distance(window: EventWindow, moment: Moment, unit: 'days' | 'minutes'): number {
  const from = moment.last < window.first ? window.first : moment.first > window.last ? window.last : null;
  if (from === null) return 0;
  const at = from === window.first ? moment.last : moment.first;
  return unit === 'minutes' ? at - from : Math.floor(at / minutesOfDay) - Math.floor(from / minutesOfDay);
}

function dayOrMinute({ first, last }: Moment): string {
  const minute = isoMinute(first);
  return first === last ? minute : minute.slice(0, 10);
}
