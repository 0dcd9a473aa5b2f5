/** LibreOffice without a window: opens a workbook and writes it again, in a profile of its own that goes away. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const startsWithinMs = 240_000;

/** The workbook as LibreOffice writes it after it opened it; `folder` has to be another one than the file's own. */
export function resaveByLibreOffice(file: string, folder: string): string {
  const profile = mkdtempSync(path.join(tmpdir(), 'cahier-libreoffice-'));
  try {
    const options = ['--headless', '--norestore', `-env:UserInstallation=${pathToFileURL(profile).href}`];
    const order = ['--convert-to', 'xlsx:Calc MS Excel 2007 XML', '--outdir', folder, file];
    execFileSync('soffice', [...options, ...order], { timeout: startsWithinMs, stdio: 'pipe' });
    return path.join(folder, path.basename(file));
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
    const hint =
      'These tests open workbooks with LibreOffice: install the Debian package libreoffice-calc-nogui.';
    throw new Error(hint, { cause: error });
  } finally {
    rmSync(profile, { recursive: true, force: true });
  }
}
