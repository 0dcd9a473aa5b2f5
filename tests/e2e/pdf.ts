/** Reads PDFs back with programs that share no line with the one that made them: poppler's and zbar's. */
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';

/** The text of each page, in reading order. */
export function pagesOf(file: string): readonly string[] {
  const text = execFileSync('pdftotext', ['-layout', '-enc', 'UTF-8', file, '-'], {
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
  });
  return text.split('\f').slice(0, -1);
}

/** Draws one page, counted from 1, as a PNG beside the file, and gives its path. */
export function drawPage(file: string, page: number, folder: string, dpi = 110): string {
  mkdirSync(folder, { recursive: true });
  const name = path.join(folder, `${path.basename(file, '.pdf')}-${String(page)}`);
  const only = ['-f', String(page), '-l', String(page)];
  execFileSync('pdftoppm', ['-png', '-singlefile', '-r', String(dpi), ...only, file, name]);
  return `${name}.png`;
}

/** What the QR codes of a picture say. */
export function readCodes(picture: string): readonly string[] {
  const said = execFileSync('zbarimg', ['--quiet', '--raw', picture], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return said.split('\n').filter((line) => line !== '');
}
