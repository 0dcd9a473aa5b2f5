/**
 * Functions about the forms of a subject:
 *
 *   form_state("F"), form_state("F", "E")   the state in this event, or the one event that the form belongs to, or event E
 *   has_values("F"), has_values("F", "E")   whether anything is answered on the form: anywhere, or in event E
 */
import type { SpecialForm, SpecialResult } from '../feel/compile.ts';
import type { FeelValue } from '../feel/value.ts';
import type { PlacedForm, StudyModel } from '../study-model.ts';
import { instanceKey, stateOf, type FormInstance } from '../subject-index.ts';
import { unreadableArgument, type Argument } from './arguments.ts';
import type { Frame, Home } from './frame.ts';

export function formFunctions(model: StudyModel, home: Home): ReadonlyMap<string, SpecialForm<Frame>> {
  return new Map<string, SpecialForm<Frame>>([
    ['form_state', (args) => formState(model, home, args)],
    ['has_values', (args) => hasValues(model, args)],
  ]);
}

/** The form of the same event where it belongs to it, else the one instance that the form has. */
function formState(model: StudyModel, home: Home, args: readonly Argument[]): SpecialResult<Frame> {
  const [form, event] = args;
  const readForm = form?.read ?? null;
  if (readForm === null || args.length > 2)
    return { fault: 'write form_state("FORM") or form_state("FORM", "EVENT")' };
  const fault =
    unreadableArgument(args) ??
    formNamed(model, args) ??
    (event === undefined ? stateUnclear(model, home, form?.literal ?? null) : null);
  if (fault !== null) return { fault };
  const readEvent = event?.read ?? null;
  return {
    read: (frame) => {
      const placed = formCalled(model, readForm(frame));
      const instance = readEvent === null ? impliedEvent(frame, placed) : readEvent(frame);
      return placed === undefined || typeof instance !== 'string'
        ? null
        : stateOf(frame.index, instance, placed.form.id);
    },
  };
}

function stateUnclear(model: StudyModel, home: Home, form: FeelValue): string | null {
  const placed = formCalled(model, form);
  const isClear = placed === undefined || home.kind !== 'subject' || placed.onlyInstance !== null;
  return isClear
    ? null
    : `form ${placed.form.id} belongs to more than one event: write form_state("${placed.form.id}", "EVENT")`;
}

function impliedEvent(frame: Frame, form: PlacedForm | undefined): string | null {
  const here = frame.instance?.event;
  if (here !== undefined && form?.events.includes(here.event.id) === true) return here.id;
  return form?.onlyInstance?.id ?? null;
}

/** Whether anything is answered on the form: in the event when one is given, else anywhere. */
function hasValues(model: StudyModel, args: readonly Argument[]): SpecialResult<Frame> {
  const [form, event] = args;
  const readForm = form?.read ?? null;
  if (readForm === null || args.length > 2)
    return { fault: 'write has_values("FORM") or has_values("FORM", "EVENT")' };
  const fault = unreadableArgument(args) ?? formNamed(model, args);
  if (fault !== null) return { fault };
  const readEvent = event?.read ?? null;
  return {
    read: (frame) => {
      const placed = formCalled(model, readForm(frame));
      const within = readEvent === null ? undefined : readEvent(frame);
      if (placed === undefined || within === null) return null;
      const instances = typeof within === 'string' ? model.instancesOf(within) : model.eventInstances;
      return instances.some((instance) =>
        hasAnswer(frame.index.byKey.get(instanceKey(instance.id, placed.form.id))),
      );
    },
  };
}

function hasAnswer(instance: FormInstance | undefined): boolean {
  return instance?.rows.some((groupRows) => groupRows.some((row) => row.answered)) === true;
}

function formNamed(model: StudyModel, [form, event]: readonly Argument[]): string | null {
  const formId = form?.literal ?? null;
  const eventId = event?.literal ?? null;
  if (typeof formId === 'string' && model.form(formId) === undefined) return `there is no form "${formId}"`;
  return typeof eventId === 'string' && model.instancesOf(eventId).length === 0
    ? `there is no event "${eventId}"`
    : null;
}

function formCalled(model: StudyModel, id: FeelValue): PlacedForm | undefined {
  return typeof id === 'string' ? model.form(id) : undefined;
}
