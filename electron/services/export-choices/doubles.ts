/** Subjects of a pool who were decided to be another subject's double: left out of whatever leaves the folder, and of its tables. */
import { everything, type ExportChoices } from '#shared/export-choices.ts';
import type { ReadableDb } from '../../db/open.ts';
import type { ExportReader } from '../export-rows.ts';
import { choose } from './chosen.ts';
import { createChosenReader } from './chosen-reader.ts';

const selectNumbers = `
  SELECT number FROM subject WHERE id NOT IN (SELECT subject_id FROM delivered_subject WHERE excluded = 1)`;
const countDoubles = 'SELECT COUNT(*) FROM delivered_subject WHERE excluded = 1';

export function doublesIn(db: ReadableDb): number {
  return db.prepare<[], number>(countDoubles).pluck().get() ?? 0;
}

/** The same choices without doubles. */
export function withoutDoubles(db: ReadableDb, choices: ExportChoices): ExportChoices {
  if (doublesIn(db) === 0) return choices;
  const kept = new Set(db.prepare<[], string>(selectNumbers).pluck().all());
  return { ...choices, subjects: (choices.subjects ?? [...kept]).filter((number) => kept.has(number)) };
}

/** For who takes all there is. Its tables are kept in the connection's own memory. */
export function withoutDoublesIn(db: ReadableDb, whole: ExportReader): ExportReader {
  if (doublesIn(db) === 0) return whole;
  db.pragma('query_only = OFF');
  return createChosenReader(db, whole, choose(db, withoutDoubles(db, everything), []));
}
