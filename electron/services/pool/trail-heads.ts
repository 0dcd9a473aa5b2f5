/**
 * Which trail a delivered workbook holds, and whether it goes on from the one that the pool knows. AUDIT is the longest
 * sheet of all and is not read for that: its first entry tells whose trail it is, and MANIFEST names the heads of the state
 * and of the last submission. Where the pool knows another head, it is looked for in the bytes of the sheet; and where a
 * program saved the workbook again, whose texts may lie elsewhere, in its rows.
 */
import { byColumns } from '#shared/import/cell.ts';
import { isTrailSheet } from '#shared/import/own-workbook.ts';
import type { OpenBook } from '../import/workbook-reader.ts';
import type { SheetCheck } from './sheet-check.ts';

/** What the pool last took of a site. */
export interface KnownSite {
  /** Of the site's trail. */
  readonly head: string;
  /** Nothing in the conflict book waits for a file that is read as a whole. */
  readonly isSettled: boolean;
}

/** By the first hash of the trail, which tells one site folder from every other. */
export type KnownSites = ReadonlyMap<string, KnownSite>;

export interface TrailHeads {
  /** null: the trail is empty. */
  readonly genesis: string | null;
  /** Of the heads that MANIFEST names and the one that the pool knows: those that the trail holds. */
  readonly found: readonly string[];
}

/** `named`: by MANIFEST. They were not looked for where AUDIT is as it was written with it. */
export async function readHeads(
  check: SheetCheck,
  named: readonly string[],
  known: KnownSites,
): Promise<TrailHeads> {
  const sheets = check.book.sheets.filter(isTrailSheet);
  for (const sheet of sheets)
    if (!(await check.isAsWritten(sheet))) return readRows(check, sheets, named, known);
  const genesis = await firstHash(check.book, sheets[0]);
  const head = genesis === null ? undefined : known.get(genesis)?.head;
  if (head === undefined || named.includes(head)) return { genesis, found: named };
  for (const sheet of sheets)
    if (await holds(check.book, sheet, head)) return { genesis, found: [...named, head] };
  return { genesis, found: named };
}

/** DETAIL of the first entries may hold hashes too, in longer texts; the column HASH holds one alone. */
const hashAlone = />([0-9a-f]{64})</u;
const hashLength = 64;

async function firstHash(book: OpenBook, sheet: string | undefined): Promise<string | null> {
  if (sheet === undefined) return null;
  let text = '';
  await book.bytes(sheet, (bytes) => {
    text += Buffer.from(bytes).toString('latin1');
    return hashAlone.test(text) ? 'enough' : 'more';
  });
  return hashAlone.exec(text)?.[1] ?? null;
}

async function holds(book: OpenBook, sheet: string, hash: string): Promise<boolean> {
  let isFound = false;
  let rest = Buffer.alloc(0);
  await book.bytes(sheet, (bytes) => {
    const text = Buffer.concat([rest, bytes]);
    isFound = text.includes(hash, 0, 'latin1');
    rest = Buffer.from(text.subarray(Math.max(0, text.length - hashLength)));
    return isFound ? 'enough' : 'more';
  });
  return isFound;
}

async function readRows(
  check: SheetCheck,
  sheets: readonly string[],
  named: readonly string[],
  known: KnownSites,
): Promise<TrailHeads> {
  const missing = new Set(named);
  const found: string[] = [];
  let genesis: string | null = null;
  for (const sheet of sheets) {
    const take = byColumns((of) => {
      const hash = of('HASH');
      if (hash === '') return;
      if (genesis === null) {
        genesis = hash;
        const head = known.get(hash)?.head;
        if (head !== undefined) missing.add(head);
      }
      if (missing.delete(hash)) found.push(hash);
    });
    await check.rows(sheet, take);
  }
  return { genesis, found };
}
