/**
 * When each event is due for one subject, and which event instances its page shows.
 *
 * | status    | the event has a window, and                                                 |
 * |-----------|-----------------------------------------------------------------------------|
 * | no-anchor | the moment it is counted from is not known yet                              |
 * | before    | the window has not begun                                                    |
 * | due       | the window is open                                                          |
 * | overdue   | the window has closed and a required form is not complete                   |
 * | passed    | the window has closed and the study requires nothing there                  |
 * | done      | every required form is complete, or every form begun where none is required |
 * | any-time  | it has none: a log, an unscheduled event                                    |
 */
import { isFilledIn } from './filled-in.ts';
import { isoMinute } from './partial-date.ts';
import type { FormState, LocalMinute } from './record.ts';
import { momentOf } from './study-scope/time-order.ts';
import { anchorValue, windowOf } from './study-scope/windows.ts';
import type { EventInstance, StudyModel } from './study-model.ts';
import { stateOf, type SubjectIndex } from './subject-index.ts';

export interface LocalWindow {
  readonly from: LocalMinute;
  readonly target: LocalMinute;
  /** The last minute of the window. */
  readonly to: LocalMinute;
}
export type VisitStatus = 'no-anchor' | 'before' | 'due' | 'overdue' | 'passed' | 'done' | 'any-time';
export interface Visit {
  readonly instance: EventInstance;
  readonly window: LocalWindow | null;
  readonly status: VisitStatus;
  /** A form of it holds an answer. */
  readonly begun: boolean;
}

/** Days of a repeating event that are offered empty after the last one with answers, while nothing says where it ends. */
const mostEmptyDays = 7;

/** null when the event has no window, its anchor is not known, or the study has no such event. */
export function eventWindow(
  model: StudyModel,
  index: SubjectIndex,
  eventInstance: string,
): LocalWindow | null {
  const instance = model.event(eventInstance);
  const window = instance === undefined ? null : windowOf(index, instance);
  return window === null
    ? null
    : { from: isoMinute(window.first), target: isoMinute(window.target), to: isoMinute(window.last) };
}

/**
 * The events to show, in the order of the study: scheduled ones always, days of a repeating event as far as the course
 * has come, logs always, unscheduled ones with answers and the next one free.
 */
export function scheduleOf(model: StudyModel, index: SubjectIndex, now: LocalMinute): readonly Visit[] {
  const begun = new Set(
    index.instances.filter((instance) => instance.begun).map((instance) => instance.event.id),
  );
  return model.study.events
    .flatMap((event) => shownInstances(model, index, model.instancesOf(event.id), begun, now))
    .sort((one, other) => one.order - other.order)
    .map((instance) => {
      const window = eventWindow(model, index, instance.id);
      return {
        instance,
        window,
        status: statusOf(model, index, instance, window, now),
        begun: begun.has(instance.id),
      };
    });
}

function shownInstances(
  model: StudyModel,
  index: SubjectIndex,
  instances: readonly EventInstance[],
  begun: ReadonlySet<string>,
  now: LocalMinute,
): readonly EventInstance[] {
  const first = instances[0];
  if (first === undefined) return [];
  if (first.event.kind === 'unscheduled') {
    const next = instances.find((instance) => !begun.has(instance.id));
    return instances.filter((instance) => begun.has(instance.id) || instance === next);
  }
  if (first.event.repeating === undefined) return instances;
  const end = endOfCourse(model, index, first);
  const lastBegun = instances.findLastIndex((instance) => begun.has(instance.id));
  return instances.filter((instance, position) => {
    if (position === 0 || begun.has(instance.id)) return true;
    const window = windowOf(index, instance);
    if (window === null || isoMinute(window.first) > now) return false;
    return end === null ? position <= lastBegun + mostEmptyDays : window.first <= end;
  });
}

/**
 * The last minute of the course that a repeating event follows: the known anchor of a later event that is not its own
 * (the discharge, for days in hospital). null while there is none.
 */
function endOfCourse(model: StudyModel, index: SubjectIndex, repeating: EventInstance): number | null {
  const position = model.study.events.findIndex((event) => event.id === repeating.event.id);
  const later = model.study.events
    .slice(position + 1)
    .flatMap((event) => (event.kind === 'scheduled' && event.anchor !== undefined ? [event.anchor] : []));
  const start = windowOf(index, repeating)?.first ?? null;
  const ends = [...new Set(later)]
    .filter((anchor) => anchor !== repeating.event.anchor)
    .map((anchor) => momentOf(anchorValue(index, anchor))?.last ?? null)
    .filter((moment) => moment !== null && (start === null || moment >= start));
  return ends.length === 0 ? null : Math.min(...ends.filter((moment) => moment !== null));
}

function statusOf(
  model: StudyModel,
  index: SubjectIndex,
  instance: EventInstance,
  window: LocalWindow | null,
  now: LocalMinute,
): VisitStatus {
  if (instance.event.window === undefined || instance.event.kind !== 'scheduled') return 'any-time';
  // A visit is done before it is signed.
  const states = model.forms
    .filter((placed) => !isFilledIn(placed))
    .map(({ form }) => ({
      duty: model.duty(instance.event, form.id),
      state: stateOf(index, instance.id, form.id),
    }))
    .filter(({ duty }) => duty !== null);
  const required = states.filter(({ duty }) => duty === 'required');
  const concerned = required.length > 0 ? required : states.filter(({ state }) => state !== 'empty');
  if (concerned.length > 0 && concerned.every(({ state }) => isComplete(state))) return 'done';
  if (window === null) return 'no-anchor';
  if (now < window.from) return 'before';
  if (now <= window.to) return 'due';
  return required.length > 0 ? 'overdue' : 'passed';
}

function isComplete(state: FormState): boolean {
  return state !== 'empty' && state !== 'in-progress';
}
