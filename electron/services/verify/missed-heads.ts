/** Heads of the trail that were seen before and kept elsewhere, held against the trail of now. */
export interface KnownHead {
  readonly seq: number;
  readonly hash: string;
  /** UTC milliseconds. */
  readonly at: number;
  readonly why: HeadReason;
}
export const headReasons = ['sign-out', 'backup', 'export', 'copy', 'printed'] as const;
export type HeadReason = (typeof headReasons)[number];

const named: Readonly<Record<HeadReason, string>> = {
  'sign-out': 'the sign-out',
  backup: 'the backup',
  export: 'the export',
  copy: 'the copy',
  printed: 'the file that it is compared with',
};

/**
 * `hashes` has those entries of the trail that are asked for. A trail that ends before a known head comes from an older
 * file; one that holds another entry there was written anew.
 */
export function missedHeads(
  heads: readonly KnownHead[],
  hashes: ReadonlyMap<number, string>,
  last: number,
): readonly string[] {
  return heads.flatMap(({ seq, hash, at, why }) => {
    if (seq === 0 || hashes.get(seq) === hash) return [];
    const when = why === 'printed' ? named[why] : `${named[why]} of ${new Date(at).toISOString()}`;
    return seq > last
      ? [
          `The file is older than ${when}: the trail ends at entry ${String(last)}, and then it held entry ${String(seq)}.`,
        ]
      : [
          `Entry ${String(seq)} of the trail is not the one that was there at ${when}: the trail was written anew.`,
        ];
  });
}
