/** An export made into one that does not say whose it is, with the report of what was done. */
import type { Deidentification } from '#shared/export-choices.ts';
import { deidentifiedStudy } from '#shared/deidentification/study.ts';
import type { StandIn } from '#shared/deidentification/values.ts';
import { refuse } from '../../app-error.ts';
import type { ReadableDb } from '../../db/open.ts';
import type { ExportSource } from '../export-content.ts';
import type { ExportOrder } from '../export-messages.ts';
import { createDeidentifiedReader, createTreating } from './deidentified-reader.ts';
import { readPseudonyms } from './pseudonyms.ts';
import { surveyRecord } from './survey.ts';

/** Nothing is drawn for a preview, which gives counts and no value. */
export function deidentify(
  db: ReadableDb,
  source: ExportSource,
  choices: Deidentification,
  purpose: ExportOrder['purpose'],
): ExportSource {
  const { reader, study } = source;
  const firstDose = study.deidentification?.firstDose;
  if (choices.dates === 'first-dose' && firstDose === undefined) throw refuse('export-no-first-dose');
  const doses = firstDose === undefined ? null : reader.answers(firstDose);
  const standIns = new Map(
    readPseudonyms(db).map(({ subject, replacement, shiftDays }): [string, StandIn] => [
      subject,
      { replacement, shiftDays, firstDose: doses?.get(subject) ?? null },
    ]),
  );
  // Drawn when the export was ordered; a subject may have been enrolled since.
  for (const { number } of reader.subjects()) {
    if (standIns.has(number)) continue;
    if (purpose === 'write') throw refuse('export-subject-new');
    standIns.set(number, { replacement: number, shiftDays: 1, firstDose: doses?.get(number) ?? null });
  }
  const treating = createTreating(study, choices, standIns);
  const survey = surveyRecord(reader, study, treating);
  return {
    ...source,
    study: deidentifiedStudy(study, choices),
    reader: createDeidentifiedReader(reader, study, choices, treating, survey),
    survey,
  };
}
