/** What a pooled folder is written with. */
import type { StudyModel } from '#shared/study-model.ts';
import type { WritableDb } from '../../db/open.ts';
import type { FindingRows } from '../finding-rows.ts';
import type { RecordWriter } from '../record-rows.ts';
import type { Doer, Trail } from '../trail.ts';
import type { PoolWriter } from './pool-rows.ts';

export interface PoolWork {
  readonly db: WritableDb;
  readonly model: StudyModel;
  readonly fingerprint: string;
  readonly trail: Trail;
  readonly rows: RecordWriter;
  readonly findings: FindingRows;
  readonly pool: PoolWriter;
  readonly doer: Doer;
}
