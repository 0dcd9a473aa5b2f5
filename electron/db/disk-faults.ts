/** Tells faults of the disk and of the database file, which a person can act on, from bugs. */
import { AppError, refuse } from '../app-error.ts';

/** The refusal that a thrown error stands for; null when it is none of these. */
export function toRefusal(error: unknown): AppError | null {
  if (error instanceof AppError) return error;
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
    case 'EFBIG':
    case 'SQLITE_FULL':
      return refuse('disk-full', {}, error);
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
    case 'SQLITE_PERM':
    case 'SQLITE_READONLY':
    case 'SQLITE_CANTOPEN':
      return refuse('read-only', {}, error);
    case 'SQLITE_CORRUPT':
    case 'SQLITE_NOTADB':
      return refuse('database-damaged', {}, error);
    case 'SQLITE_BUSY':
      return refuse('in-use-by-unknown', {}, error);
    case 'EIO':
    case 'SQLITE_IOERR':
      return refuse('disk-fault', {}, error);
    default:
      return toRefusalOfExtendedCode(code, error);
  }
}

/** SQLite refines its codes by a suffix: SQLITE_READONLY_DIRECTORY, SQLITE_IOERR_WRITE. */
function toRefusalOfExtendedCode(code: string, error: unknown): AppError | null {
  if (code.startsWith('SQLITE_READONLY') || code.startsWith('SQLITE_CANTOPEN'))
    return refuse('read-only', {}, error);
  if (code.startsWith('SQLITE_CORRUPT')) return refuse('database-damaged', {}, error);
  if (code.startsWith('SQLITE_IOERR')) return refuse('disk-fault', {}, error);
  if (code.startsWith('SQLITE_BUSY')) return refuse('in-use-by-unknown', {}, error);
  return null;
}
