/**
 * Looks for hashes of the trail in the bytes of a workbook's AUDIT sheet as they stream by. The sheet is the longest of
 * all, and whether it is as it was written is told by the hash of its bytes: its cells need not be read.
 */
export interface HeadSearch {
  take(bytes: Uint8Array): void;
  /** The first hash of the trail: that of the entry by which the site was made. */
  first(): string | null;
  found(): readonly string[];
}

/** The head of what was last delivered, by the first hash of the trail that it is of. */
export type KnownHeads = ReadonlyMap<string, string>;

const hashLength = 64;
const isHash = /(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])/u;

/** Searches for `cutHead`, and for the known head of the trail once it shows which one it is. */
export function createHeadSearch(cutHead: string, known: KnownHeads): HeadSearch {
  const missing = new Map([[cutHead, Buffer.from(cutHead, 'latin1')]]);
  const found: string[] = [];
  let first: string | null = null;
  let rest = Buffer.alloc(0);

  function recognise(text: Buffer): void {
    // DETAIL of the first entries may hold hashes too, in longer texts; the column HASH holds one alone.
    first = new RegExp(`>${isHash.source}<`, 'u').exec(text.toString('latin1'))?.[0].slice(1, -1) ?? null;
    const head = first === null ? undefined : known.get(first);
    if (head !== undefined) missing.set(head, Buffer.from(head, 'latin1'));
  }

  return {
    take: (bytes) => {
      const text = Buffer.concat([rest, bytes]);
      if (first === null) recognise(text);
      for (const [hash, needle] of missing) {
        if (text.indexOf(needle) === -1) continue;
        missing.delete(hash);
        found.push(hash);
      }
      rest = Buffer.from(text.subarray(Math.max(0, text.length - hashLength - 1)));
    },
    first: () => first,
    found: () => found,
  };
}
