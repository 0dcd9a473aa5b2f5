/** The way from form to form and from event to event, for the keyboard. */
import type { EventInstance, StudyModel } from '#shared/study-model.ts';
import { formsOf } from './matrix.ts';
import type { FormPlace } from './places.ts';

/** The next (or previous) form of the same event; null at either end. */
export function nextForm(model: StudyModel, at: FormPlace, by: 1 | -1): FormPlace | null {
  const event = model.event(at.event);
  if (event === undefined) return null;
  const forms = formsOf(model, event).map(({ form }) => form.id);
  const form = forms[forms.indexOf(at.form) + by];
  return form === undefined ? null : { event: at.event, form };
}

/** The same form in the next (or previous) event that has it. */
export function nextEvent(
  model: StudyModel,
  events: readonly EventInstance[],
  at: FormPlace,
  by: 1 | -1,
): FormPlace | null {
  const having = events.filter(
    (instance) => instance.id === at.event || model.duty(instance.event, at.form) !== null,
  );
  const event = having[having.findIndex((instance) => instance.id === at.event) + by];
  return event === undefined ? null : { event: event.id, form: at.form };
}
