/** Addresses of pages. They name subjects and fields, and never reach the window's title. */
import type { RouteLocationRaw } from 'vue-router';
import type { ValuePlace } from '#shared/record.ts';
import type { FormPlace } from './places.ts';

export function toForm(subject: string, at: FormPlace): RouteLocationRaw {
  return { name: 'form', params: { subject, event: at.event, form: at.form } };
}

/** Straight to a field of a form. */
export function toField(subject: string, at: ValuePlace): RouteLocationRaw {
  return {
    name: 'form',
    params: { subject, event: at.event, form: at.form },
    query: { row: String(at.row), item: at.item },
  };
}

/** Where a form is entered a second time. */
export function toSecondForm(subject: string, at: FormPlace): RouteLocationRaw {
  return { name: 'second-form', params: { subject, event: at.event, form: at.form } };
}

/** Where two entries of a form are held against each other. */
export function toComparison(subject: string, at: FormPlace): RouteLocationRaw {
  return { name: 'comparison', params: { subject, event: at.event, form: at.form } };
}
