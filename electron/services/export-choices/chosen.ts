/**
 * Which subjects and forms an export is about.
 *
 * | choice          | subjects                                | forms                                                     |
 * |-----------------|-----------------------------------------|-----------------------------------------------------------|
 * | subjects        | those                                   | theirs                                                    |
 * | forms           | all                                     | those, in every event                                     |
 * | scope: signed   | with at least one signed form           | under a valid signature: of itself, its visit, its subject|
 */
import type { ExportChoices } from '#shared/export-choices.ts';
import type { Signature } from '#shared/signature.ts';
import { isInScope } from '#shared/workflow.ts';
import type { ReadableDb } from '../../db/open.ts';

export interface ChosenForm {
  readonly id: number;
  readonly subject: string;
  readonly event: string;
  readonly form: string;
}

export interface Chosen {
  hasSubject(subject: string): boolean;
  /** A form without a row in the database too, where nothing but its name decides. */
  hasForm(subject: string, event: string, form: string): boolean;
  /** Forms of a subject that have a row in the database. */
  formsOf(subject: string): readonly ChosenForm[];
  readonly forms: readonly ChosenForm[];
}

const selectForms = `
  SELECT form.id, subject.number AS subject, form.event, form.form, form.state
  FROM form JOIN subject ON subject.id = form.subject_id ORDER BY subject.number, form.id`;

export function isEverything({ scope, subjects, forms }: ExportChoices): boolean {
  return scope === 'all' && subjects === null && forms === null;
}

/** `signatures`: all of them, as they hold in the state that is exported. */
export function choose(
  db: ReadableDb,
  { scope, subjects, forms }: ExportChoices,
  signatures: Iterable<Signature>,
): Chosen {
  const ofSubjects = subjects === null ? null : new Set(subjects);
  const ofForms = forms === null ? null : new Set(forms);
  const valid =
    scope === 'all'
      ? null
      : Map.groupBy(
          [...signatures].filter(({ validity }) => validity.state === 'valid'),
          ({ subject }) => subject,
        );
  const isSigned = (subject: string, place: { readonly event: string; readonly form: string }): boolean =>
    valid === null || (valid.get(subject) ?? []).some((signature) => isInScope(signature, place));

  const rows = db.prepare<[], ChosenForm & { readonly state: string }>(selectForms).all();
  const chosen = rows.filter(
    ({ subject, event, form, state }) =>
      (ofSubjects?.has(subject) ?? true) &&
      (ofForms?.has(form) ?? true) &&
      (valid === null || (state !== 'empty' && isSigned(subject, { event, form }))),
  );
  const bySubject = Map.groupBy(chosen, ({ subject }) => subject);
  const hasSubject = (subject: string): boolean =>
    (ofSubjects?.has(subject) ?? true) && (valid === null || bySubject.has(subject));
  const keys = new Set(chosen.map(({ subject, event, form }) => keyOf(subject, event, form)));
  return {
    hasSubject,
    hasForm: (subject, event, form) =>
      keys.has(keyOf(subject, event, form)) ||
      (valid === null && hasSubject(subject) && (ofForms?.has(form) ?? true)),
    formsOf: (subject) => bySubject.get(subject) ?? [],
    forms: chosen,
  };
}

const keyOf = (subject: string, event: string, form: string): string => `${subject}|${event}|${form}`;
