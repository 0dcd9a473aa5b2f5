/** What an export is made of: the record as it was chosen, read by one connection that does nothing else. */
import type { ExportChoices } from '#shared/export-choices.ts';
import { createStudyModel } from '#shared/study-model.ts';
import { Study } from '#shared/study.ts';
import { refuse } from '../../app-error.ts';
import type { ReadableDb } from '../../db/open.ts';
import type { ExportSource } from '../export-content.ts';
import type { ExportOrder } from '../export-messages.ts';
import { createExportReader, type ExportReader } from '../export-rows.ts';
import { momentInTrail, readAsItStood } from './as-it-stood.ts';
import { choose, isEverything } from './chosen.ts';
import { createChosenReader } from './chosen-reader.ts';
import { deidentify } from './deidentify.ts';
import { doublesIn, withoutDoubles } from './doubles.ts';

const selectDefinition = 'SELECT definition FROM study_version WHERE fingerprint = ?';

type Ordered = Pick<
  ExportOrder,
  'purpose' | 'siteCode' | 'siteName' | 'fingerprint' | 'appVersion' | 'choices'
>;

/** Begins the read transaction that lasts until the connection is closed. */
export function openExportSource(db: ReadableDb, order: Ordered): ExportSource {
  // The file is open for reading only; what is chosen is kept in tables of the connection's own memory.
  db.pragma('query_only = OFF');
  db.exec('BEGIN');
  const { siteCode, siteName, appVersion, choices } = order;
  const { fingerprint, study, reader: whole } = readState(db, order);
  const kept = withoutDoubles(db, choices);
  const reader = isEverything(kept)
    ? whole
    : createChosenReader(db, whole, choose(db, kept, signaturesFor(choices, whole.signatures)));
  const doubles = doublesIn(db);
  const source = { reader, study, siteCode, siteName, fingerprint, appVersion, choices, doubles };
  return choices.deidentification === null
    ? source
    : deidentify(db, source, choices.deidentification, order.purpose);
}

interface State {
  readonly fingerprint: string;
  readonly study: Study;
  readonly reader: ExportReader;
}

function readState(db: ReadableDb, { fingerprint, choices: { cutAt } }: Ordered): State {
  if (cutAt === null) return { fingerprint, study: studyOf(db, fingerprint), reader: createExportReader(db) };
  const stood = momentInTrail(db, Date.parse(cutAt));
  if (stood === null) throw refuse('export-cut-early');
  const study = studyOf(db, stood.fingerprint);
  readAsItStood(db, stood, createStudyModel(study).model);
  return {
    fingerprint: stood.fingerprint,
    study,
    reader: { ...createExportReader(db), firings: () => null },
  };
}

function signaturesFor<T>({ scope }: ExportChoices, all: () => Iterable<T>): Iterable<T> {
  return scope === 'signed' ? all() : [];
}

function studyOf(db: ReadableDb, fingerprint: string): Study {
  const definition = db.prepare<[string], string>(selectDefinition).pluck().get(fingerprint);
  return Study.parse(JSON.parse(definition ?? 'null'));
}

/** Only for the progress bar: what a value and an entry of the trail take on the average, and what the definition takes. */
export function estimateCells(reader: ExportReader): number {
  return reader.countValues().exported * 3 + reader.cut.seq * 15 + 20_000;
}
