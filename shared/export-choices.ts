/**
 * What a person chooses for an export: which files, of whom, of what, as it stood when, and what is kept from it.
 * The choices are written into 00_README and into the trail, so that a file says what it leaves out.
 */
import { z } from 'zod';

/** xlsx is the workbook; the others are written beside it out of the same frozen cut. */
export const exportFormats = ['xlsx', 'csv', 'odm', 'dataset-json', 'loaders'] as const;
export type ExportFormat = (typeof exportFormats)[number];
export const ExportFormats = z.array(z.enum(exportFormats)).min(1).max(exportFormats.length);

/** Direct identifiers are always left out of a de-identified export; the rest is a choice. */
export const Deidentification = z.strictObject({
  /** shifted: by a constant of each subject that stays secret, so that intervals hold. first-dose: days from it, no dates. */
  dates: z.enum(['kept', 'shifted', 'first-dose']),
  freeText: z.enum(['kept', 'removed']),
  /** replaced: by numbers that only the site's encrypted database can lead back. */
  subjects: z.enum(['kept', 'replaced']),
  /** Ages above it, in years, become it; null: ages stay. */
  oldestAge: z.int().min(1).max(120).nullable(),
});
export type Deidentification = z.infer<typeof Deidentification>;

export const ExportChoices = z.strictObject({
  /** signed: forms that carry a valid signature, of the form itself, its visit or its subject. */
  scope: z.enum(['all', 'signed']),
  /** Subject numbers and form ids; null: all of them. */
  subjects: z.array(z.string().min(1).max(40)).min(1).max(100_000).nullable(),
  forms: z.array(z.string().min(1).max(45)).min(1).max(1000).nullable(),
  /** UTC, ISO 8601: the data as they stood at that moment; null: as they stand. */
  cutAt: z.iso.datetime().nullable(),
  /** A submission to the pooling centre: the next workbook's CHANGES tells what changed since. */
  submission: z.boolean(),
  deidentification: Deidentification.nullable(),
});
export type ExportChoices = z.infer<typeof ExportChoices>;

/** The whole site as it stands. */
export const everything: ExportChoices = {
  scope: 'all',
  subjects: null,
  forms: null,
  cutAt: null,
  submission: false,
  deidentification: null,
};

/** All that is chosen for an export but the place of its files; what a preset keeps under a name. */
export const ExportWish = z.strictObject({ formats: ExportFormats, choices: ExportChoices });
export type ExportWish = z.infer<typeof ExportWish>;

export const wholeWorkbook: ExportWish = { formats: ['xlsx'], choices: everything };
