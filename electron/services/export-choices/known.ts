/** Subjects and forms that were chosen by name are there: an export that silently held nothing of one would be taken for whole. */
import type { ExportChoices } from '#shared/export-choices.ts';
import { refuse } from '../../app-error.ts';
import type { Site } from '../site.ts';

export function requireKnown(
  { db, model }: Pick<Site, 'db' | 'model'>,
  { subjects, forms }: ExportChoices,
): void {
  const known = new Set(
    subjects === null ? [] : db.prepare<[], string>('SELECT number FROM subject').pluck().all(),
  );
  const strange = (subjects ?? []).find((subject) => !known.has(subject));
  if (strange !== undefined) throw refuse('export-subject-unknown', { subject: strange });
  const form = (forms ?? []).find((id) => model.form(id) === undefined);
  if (form !== undefined) throw refuse('export-form-unknown', { form });
}
