/** An open site: its folder, its one writing connection, its study, and who is acting on it. */
import type { Role } from '#shared/permissions.ts';
import type { StudyModel } from '#shared/study-model.ts';
import type { Migration } from '../db/migrate.ts';
import type { WritableDb } from '../db/open.ts';
import type { RecordWriter } from './record-rows.ts';
import type { FindingRows } from './finding-rows.ts';
import type { QueryRows } from './query-rows.ts';
import type { SubjectFinder } from './subject-finder.ts';
import type { Trail } from './trail.ts';

export interface Site {
  readonly folder: string;
  readonly databaseFile: string;
  readonly db: WritableDb;
  readonly key: Buffer;
  readonly siteCode: string;
  readonly siteName: string;
  readonly practice: boolean;
  readonly fingerprint: string;
  readonly model: StudyModel;
  /** The steps that its tables were made by. */
  readonly migrations: readonly Migration[];
  /** What the look at the end of the trail found when the site was opened; usually nothing. */
  readonly openingProblems: readonly string[];
  readonly rows: RecordWriter;
  readonly findings: FindingRows;
  readonly queries: QueryRows;
  readonly finder: SubjectFinder;
  readonly trail: Trail;
}

/** A person in a session, with the role that allows what is being done. */
export interface Actor {
  readonly site: Site;
  readonly user: string;
  readonly role: Role;
}
