/** Writes an export as Parquet files into a folder of its own, reads back what each says it holds, and exchanges the folders. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { standingOf, type PushedState } from '#shared/push/standing.ts';
import { AppError, refuse } from '../../../app-error.ts';
import { syncFolder } from '../../../db/durable-file.ts';
import { flushToDisk } from '../../partial-file.ts';
import { pushContents, type PushSource } from '../content.ts';
import type { PushedTable, PushOutcome, PushWatch } from '../push-watch.ts';
import { requireStanding } from '../require-standing.ts';
import { createDatasetWriter, requireFiles, type ListedFile } from './datasets.ts';
import { holdFolder, manifestName, type HeldFolder, type Manifest } from './held-folder.ts';

export interface ParquetTarget {
  /** Full path. */
  readonly folder: string;
  readonly mayOverwrite: boolean;
}

export async function pushToParquet(
  source: PushSource,
  state: PushedState,
  { folder, mayOverwrite }: ParquetTarget,
  watch: PushWatch,
): Promise<PushOutcome> {
  let held: HeldFolder | null = null;
  try {
    held = holdFolder(folder);
    const standing = standingOf(state, held.state, mayOverwrite);
    requireStanding(standing, `folder ${path.basename(folder)}`);
    if (standing.kind === 'same') return { kind: 'unchanged' };
    const tables = await writeAll(source, state, held.partial, watch);
    watch.beforeEffect();
    held.exchange();
    return { kind: 'loaded', tables };
  } catch (error) {
    throw toFolderRefusal(error, folder) ?? error;
  } finally {
    held?.release();
  }
}

async function writeAll(
  source: PushSource,
  state: PushedState,
  partial: string,
  watch: PushWatch,
): Promise<readonly PushedTable[]> {
  const [writing, { parquetMetadata }] = await Promise.all([import('hyparquet-writer'), import('hyparquet')]);
  const datasets = createDatasetWriter(writing, partial, state, source.appVersion);
  const files: ListedFile[] = [];
  const tables: PushedTable[] = [];
  for (const content of pushContents(source)) {
    const written = datasets.write(content);
    const rows = written.reduce((sum, file) => sum + file.rows, 0);
    files.push(...written);
    tables.push({ name: content.table.name, rows });
    watch.loaded(content.table.name, rows);
    if (content.kind === 'values' && rows !== state.values)
      throw new Error(`${rows} of ${state.values} values were written`);
  }
  requireFiles(partial, files, (footer) => Number(parquetMetadata(footer).num_rows));
  const manifest: Manifest = { ...state, appVersion: source.appVersion, files: [...files] };
  const file = path.join(partial, manifestName);
  writeFileSync(file, `${JSON.stringify(manifest, null, 2)}\n`);
  await flushToDisk(file);
  syncFolder(partial);
  return tables;
}

function toFolderRefusal(error: unknown, wanted: string): AppError | null {
  if (error instanceof AppError) return error;
  const code = error instanceof Error && 'code' in error ? error.code : null;
  const folder = path.basename(wanted);
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return refuse('push-folder-missing', { folder: path.dirname(wanted) }, error);
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
    case 'SQLITE_CANTOPEN':
    case 'SQLITE_READONLY':
      return refuse('push-folder-unwritable', { folder: path.dirname(wanted) }, error);
    case 'ENOSPC':
    case 'EDQUOT':
    case 'EFBIG':
      return refuse('push-folder-full', {}, error);
    case 'EBUSY':
    case 'ENOTEMPTY':
    case 'EEXIST':
    case 'ENAMETOOLONG':
      return refuse('push-folder-stuck', { folder }, error);
    default:
      return null;
  }
}
