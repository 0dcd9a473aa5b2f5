/** What is wrong with the place where a workbook is wanted, as something that a person can act on. */
import path from 'node:path';
import { AppError, refuse } from '../app-error.ts';

/** null when the error is none of the file system, or one that has nothing to do with the place. */
export function toFileRefusal(error: unknown, file: string): AppError | null {
  if (error instanceof AppError) return error;
  const code = error instanceof Error && 'code' in error ? error.code : null;
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return refuse('export-folder-missing', { folder: path.dirname(file) }, error);
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return refuse('export-read-only', { folder: path.dirname(file) }, error);
    case 'ENOSPC':
    case 'EDQUOT':
    case 'EFBIG':
      return refuse('export-disk-full', {}, error);
    case 'EISDIR':
    case 'ENOTEMPTY':
    case 'EEXIST':
    case 'EBUSY':
    case 'ENAMETOOLONG':
      return refuse('export-file-stuck', { file: path.basename(file) }, error);
    default:
      return null;
  }
}
