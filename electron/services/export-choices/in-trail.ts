/** What was chosen, as the entry export.done says it: flat, and so that the choices can be read back from it. */
import type { AuditDetail } from '#shared/audit.ts';
import type { ExportRequest } from '../export-runner.ts';

export function chosenInTrail({ formats, choices }: Pick<ExportRequest, 'formats' | 'choices'>): AuditDetail {
  const { scope, subjects, forms, cutAt, submission, deidentification } = choices;
  return {
    scope,
    /** How many; null: all. Which ones stands in `chosen`. */
    subjects: subjects?.length ?? null,
    forms: forms?.join(' ') ?? null,
    cutAt,
    submission,
    formats: formats.join(' '),
    deidentified: deidentification !== null,
    dates: deidentification?.dates ?? null,
    freeText: deidentification?.freeText ?? null,
    subjectNumbers: deidentification?.subjects ?? null,
    oldestAge: deidentification?.oldestAge ?? null,
    chosen: subjects === null ? null : subjects.join(' '),
  };
}
