/** What an export is made of: the record as it was chosen, read by one connection that does nothing else. */
import type { ExportChoices } from '#shared/export-choices.ts';
import { Study } from '#shared/study.ts';
import type { ReadableDb } from '../../db/open.ts';
import type { ExportSource } from '../export-content.ts';
import type { ExportOrder } from '../export-messages.ts';
import { createExportReader } from '../export-rows.ts';
import { choose, isEverything } from './chosen.ts';
import { createChosenReader } from './chosen-reader.ts';

const selectDefinition = 'SELECT definition FROM study_version WHERE fingerprint = ?';

type Ordered = Pick<ExportOrder, 'siteCode' | 'siteName' | 'fingerprint' | 'appVersion' | 'choices'>;

/** Begins the read transaction that lasts until the connection is closed. */
export function openExportSource(db: ReadableDb, order: Ordered): ExportSource {
  // The file is open for reading only; what is chosen is kept in tables of the connection's own memory.
  db.pragma('query_only = OFF');
  db.exec('BEGIN');
  const { siteCode, siteName, fingerprint, appVersion, choices } = order;
  const whole = createExportReader(db);
  const reader = isEverything(choices)
    ? whole
    : createChosenReader(db, whole, choose(db, choices, signaturesFor(choices, whole.signatures)));
  return { reader, study: studyOf(db, fingerprint), siteCode, siteName, fingerprint, appVersion, choices };
}

function signaturesFor<T>({ scope }: ExportChoices, all: () => Iterable<T>): Iterable<T> {
  return scope === 'signed' ? all() : [];
}

function studyOf(db: ReadableDb, fingerprint: string): Study {
  const definition = db.prepare<[string], string>(selectDefinition).pluck().get(fingerprint);
  return Study.parse(JSON.parse(definition ?? 'null'));
}
