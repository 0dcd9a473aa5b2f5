/** What an export would hold, by the counts that its sheets would be held against. */
import type { ExportPreview } from '#shared/bridge.ts';
import { toIsoUtc } from '../../clock.ts';
import type { ExportSource } from '../export-content.ts';

export function previewOf({ reader, survey }: ExportSource): ExportPreview {
  const subjects = [...reader.subjects()];
  const { exported, withheld = 0 } = reader.countValues();
  return {
    subjects: subjects.length,
    forms: subjects.reduce((sum, { formsStarted }) => sum + formsStarted, 0),
    ...{ values: exported, withheld, queries: reader.countQueries() },
    cutAt: toIsoUtc(reader.cut.at),
    k: survey?.cells.k ?? null,
  };
}
