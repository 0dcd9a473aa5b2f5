/** The study of a site: installed from its YAML files once, read from the database ever after. */
import { auditEvent, canonicalJson } from '#shared/audit.ts';
import { Study } from '#shared/study.ts';
import { createStudyModel, type StudyModel } from '#shared/study-model.ts';
import { refuse } from '../app-error.ts';
import type { Moment } from '../clock.ts';
import type { ReadableDb, WritableDb } from '../db/open.ts';
import { describeFault, readStudyFiles } from '../study-files.ts';
import { sha256, type Doer, type Trail } from './trail.ts';

export interface InstalledStudy {
  readonly model: StudyModel;
  /** SHA-256 of the canonical JSON of the definition. */
  readonly fingerprint: string;
}

const selectNewest = 'SELECT fingerprint, definition FROM study_version ORDER BY id DESC LIMIT 1';
const insertVersion =
  'INSERT INTO study_version (study, version, fingerprint, definition, installed_at) VALUES (?, ?, ?, ?, ?)';

/** The definition in a folder of YAML files; refused with the first of its faults. */
export function readStudyFolder(folder: string): Study {
  const { study, faults } = readStudyFiles(folder);
  const [first] = faults;
  if (study === null || first !== undefined) {
    throw refuse('study-faulty', {
      count: faults.length,
      fault: first === undefined ? folder : describeFault(first),
    });
  }
  return study;
}

/** Within the caller's transaction. */
export function installStudy(db: WritableDb, trail: Trail, by: Doer, study: Study, moment: Moment): void {
  const fingerprint = insertStudyVersion(db, study, moment);
  const detail = { study: study.id, version: study.version, fingerprint };
  trail.append([auditEvent(trail.stamp(by, moment), 'study.installed', { origin: 'system', detail })]);
}

/** Within the caller's transaction; the caller writes the entry. Gives the fingerprint. */
export function insertStudyVersion(db: WritableDb, study: Study, moment: Moment): string {
  const definition = canonicalJson(study);
  const fingerprint = sha256(definition);
  db.prepare(insertVersion).run(study.id, study.version, fingerprint, definition, moment.at);
  return fingerprint;
}

export type StudyReader = (db: ReadableDb) => InstalledStudy;

/** Compiling a study takes longer than opening a site: the newest one is kept, by its content, for the next sign-in. */
export function createStudyReader(): StudyReader {
  let kept: { readonly content: string; readonly model: StudyModel } | null = null;
  return (db) => {
    const newest = db.prepare<[], { fingerprint: string; definition: string }>(selectNewest).get();
    if (newest === undefined) throw refuse('database-damaged');
    const content = sha256(newest.definition);
    if (kept?.content !== content) kept = { content, model: compile(newest.definition) };
    return { model: kept.model, fingerprint: newest.fingerprint };
  };
}

function compile(definition: string): StudyModel {
  const { model, faults } = createStudyModel(Study.parse(JSON.parse(definition)));
  const [first] = faults;
  if (first !== undefined) throw refuse('study-faulty', { count: faults.length, fault: first.message });
  return model;
}
