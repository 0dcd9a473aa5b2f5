/**
 * Looks for hashes of the trail in the bytes of a workbook's AUDIT sheet as they stream by. The sheet is the longest of
 * all, and whether it is as it was written is told by the hash of its bytes: its cells need not be read. A program that
 * saves the workbook again may put its texts elsewhere; then the rows are looked at.
 */
import { cellText, type SourceRow } from '#shared/import/cell.ts';

export interface HeadSearch {
  take(bytes: Uint8Array): void;
  takeRow(row: SourceRow): void;
  /** The first hash of the trail: that of the entry by which the site was made. */
  first(): string | null;
  found(): readonly string[];
}

/** The head of what was last delivered, by the first hash of the trail that it is of. */
export type KnownHeads = ReadonlyMap<string, string>;

const hashLength = 64;
/** DETAIL of the first entries may hold hashes too, in longer texts; the column HASH holds one alone. */
const hashAlone = />([0-9a-f]{64})</u;

/** Searches for `cutHead`, and for the known head of the trail once it shows which one it is. */
export function createHeadSearch(cutHead: string, known: KnownHeads): HeadSearch {
  const missing = new Set([cutHead]);
  const found: string[] = [];
  let first: string | null = null;
  let rest = Buffer.alloc(0);
  let column = -1;

  function recognise(hash: string | undefined): void {
    if (first !== null || hash === undefined) return;
    first = hash;
    const head = known.get(hash);
    if (head !== undefined && !found.includes(head)) missing.add(head);
  }
  function find(hash: string): void {
    if (missing.delete(hash)) found.push(hash);
  }

  return {
    take: (bytes) => {
      const text = Buffer.concat([rest, bytes]);
      if (first === null) recognise(hashAlone.exec(text.toString('latin1'))?.[1]);
      for (const hash of missing) if (text.includes(hash, 0, 'latin1')) find(hash);
      rest = Buffer.from(text.subarray(Math.max(0, text.length - hashLength - 1)));
    },
    takeRow: ({ number, cells }) => {
      if (number === 1) column = cells.findIndex((cell) => cellText(cell) === 'HASH');
      const hash = cellText(cells[column]);
      if (number === 1 || hash === '') return;
      recognise(hash);
      find(hash);
    },
    first: () => first,
    found: () => found,
  };
}
