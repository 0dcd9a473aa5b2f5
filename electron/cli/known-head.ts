/** The head of the trail that a workbook's MANIFEST, a backup's manifest or a copy on paper holds, for `verify --against`. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import ExcelJS from 'exceljs';
import { z } from 'zod';
import { refuse } from '../app-error.ts';

export interface GivenHead {
  readonly seq: number;
  readonly hash: string;
}
const Head = z.object({ seq: z.int().min(1), head: z.string().regex(/^[0-9a-f]{64}$/u) });
/** As services/export-manifest.ts calls it. */
const headLine = '(trail, up to its head)';

/** As a copy's QR code has it: "cahier:7442:d8b1…"; whoever types it from the page leaves the first word out. */
const printedHead = /^(?:cahier:)?(?<seq>[1-9]\d{0,14}):(?<hash>[0-9a-f]{64})$/u;

/** What was typed or scanned from a copy, or a file; refuses a file that holds none. */
export async function readGivenHead(given: string, workingFolder: string): Promise<GivenHead> {
  const { seq, hash } = printedHead.exec(given)?.groups ?? {};
  if (seq !== undefined && hash !== undefined) return { seq: Number(seq), hash };
  const file = path.resolve(workingFolder, given);
  const found = await (file.toLowerCase().endsWith('.xlsx') ? ofWorkbook(file) : ofManifest(file));
  if (found === null) throw refuse('no-head-in-file', { file: path.basename(file) });
  return { seq: found.seq, hash: found.head };
}

function ofManifest(file: string): Promise<z.infer<typeof Head> | null> {
  try {
    const parsed = Head.safeParse(JSON.parse(readFileSync(file, 'utf8')));
    return Promise.resolve(parsed.success ? parsed.data : null);
  } catch {
    // Not there, or no JSON: what the person is told is the same.
    return Promise.resolve(null);
  }
}

async function ofWorkbook(file: string): Promise<z.infer<typeof Head> | null> {
  try {
    const book = new ExcelJS.Workbook();
    await book.xlsx.readFile(file);
    let found: z.infer<typeof Head> | null = null;
    book.getWorksheet('MANIFEST')?.eachRow((row) => {
      if (row.getCell(1).text !== headLine) return;
      const parsed = Head.safeParse({ seq: Number(row.getCell(2).value), head: row.getCell(6).text });
      if (parsed.success) found = parsed.data;
    });
    return found;
  } catch {
    return null;
  }
}
