import { describe, expect, it } from 'vitest';
import { refuse } from '../../../electron/app-error.ts';
import { toFileRefusal } from '../../../electron/services/export-faults.ts';

const refusalOf = (code: string): string | undefined =>
  toFileRefusal(Object.assign(new Error(), { code }), '/data/a.xlsx')?.refusal.key;

describe('what is wrong with a place', () => {
  it.each([
    ['ENOENT', 'export-folder-missing'],
    ['ENOTDIR', 'export-folder-missing'],
    ['EACCES', 'export-read-only'],
    ['EPERM', 'export-read-only'],
    ['EROFS', 'export-read-only'],
    ['ENOSPC', 'export-disk-full'],
    ['EDQUOT', 'export-disk-full'],
    ['EFBIG', 'export-disk-full'],
    ['EBUSY', 'export-file-stuck'],
    ['EISDIR', 'export-file-stuck'],
    ['ENOTEMPTY', 'export-file-stuck'],
    ['ENAMETOOLONG', 'export-file-stuck'],
  ])('%s is %s', (code, key) => expect(refusalOf(code)).toBe(key));
  it('is not a fault of the database', () => expect(refusalOf('SQLITE_FULL')).toBeUndefined());
  it('is not a bug', () =>
    expect(toFileRefusal(new TypeError('x is not a function'), '/data/a.xlsx')).toBeNull());
  it('is what was refused already', () =>
    expect(toFileRefusal(refuse('cancelled'), '/data/a.xlsx')?.refusal.key).toBe('cancelled'));
  it('names the folder', () =>
    expect(toFileRefusal(Object.assign(new Error(), { code: 'ENOENT' }), '/data/a.xlsx')?.message).toContain(
      '/data',
    ));
});
