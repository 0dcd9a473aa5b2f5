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

const hashLength = 64;
const isHash = /(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])/u;

export function createHeadSearch(wanted: readonly string[]): HeadSearch {
  const missing = new Map(wanted.map((hash) => [hash, Buffer.from(hash, 'latin1')]));
  const found: string[] = [];
  let first: string | null = null;
  let rest = Buffer.alloc(0);
  return {
    take: (bytes) => {
      const text = Buffer.concat([rest, bytes]);
      for (const [hash, needle] of missing) {
        if (text.indexOf(needle) === -1) continue;
        missing.delete(hash);
        found.push(hash);
      }
      // DETAIL of the first entries may hold hashes too, in longer texts; the column HASH holds one alone.
      first ??= new RegExp(`>${isHash.source}<`, 'u').exec(text.toString('latin1'))?.[0].slice(1, -1) ?? null;
      rest = Buffer.from(text.subarray(Math.max(0, text.length - hashLength - 1)));
    },
    first: () => first,
    found: () => found,
  };
}
