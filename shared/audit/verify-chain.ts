/** Checks a trail entry by entry, in the order in which it is stored, and names what does not hold. */
import { entryHash, firstPreviousHash, type ChainedEntry, type Sha256 } from './entry.ts';

/**
 * | problem   | what was seen                                                                        |
 * |-----------|--------------------------------------------------------------------------------------|
 * | changed   | the entry is in its place and its content is not what was hashed                     |
 * | removed   | numbers are missing before this entry, or after the last one up to a known head      |
 * | inserted  | the entry's number stands already before it                                          |
 * | reordered | the entry comes after later numbers, and its own number was missing there            |
 */
export interface ChainProblem {
  readonly kind: 'changed' | 'removed' | 'inserted' | 'reordered';
  /** The entry concerned; for removed, the first number missing. */
  readonly seq: number;
  /** For removed, the last number missing. */
  readonly toSeq: number;
  readonly message: string;
}
export interface ChainReport {
  readonly entries: number;
  /** Hash of the newest entry; the hash before the first when there is none. */
  readonly head: string;
  readonly problems: readonly ChainProblem[];
}

/** Numbers that were not there where they belong; those that turned up later are out of their place, not lost. */
interface Gap {
  readonly from: number;
  readonly to: number;
  readonly foundLater: Set<number>;
}

/**
 * `knownHead` is a head seen earlier and kept elsewhere (in an exported workbook): without one, entries cut off at the
 * end leave no trace in the chain itself. Problems come in the order of the entries.
 */
export function verifyChain(
  entries: Iterable<ChainedEntry>,
  sha256: Sha256,
  knownHead: { readonly seq: number; readonly hash: string } | null = null,
): ChainReport {
  const problems: ChainProblem[] = [];
  const gaps: Gap[] = [];
  let count = 0;
  let last = 0;
  let head = firstPreviousHash;
  for (const entry of entries) {
    count += 1;
    if (entry.seq <= last) {
      problems.push(findLate(gaps, entry.seq) ? reordered(entry.seq) : inserted(entry.seq));
      continue;
    }
    const follows = entry.seq === last + 1;
    if (!follows) gaps.push({ from: last + 1, to: entry.seq - 1, foundLater: new Set() });
    // After a gap the hash before is gone, and with it the means to check this one entry.
    const isSound = !follows || entryHash(entry, head, sha256) === entry.hash;
    const isHead = knownHead?.seq !== entry.seq || knownHead.hash === entry.hash;
    if (!isSound || !isHead) problems.push(changed(entry.seq));
    last = entry.seq;
    head = entry.hash;
  }
  if (knownHead !== null && last < knownHead.seq)
    gaps.push({ from: last + 1, to: knownHead.seq, foundLater: new Set() });
  const all = [...problems, ...gaps.flatMap(stillMissing)];
  return { entries: count, head, problems: all.sort((one, other) => one.seq - other.seq) };
}

function findLate(gaps: readonly Gap[], seq: number): boolean {
  const gap = gaps.find(({ from, to, foundLater }) => seq >= from && seq <= to && !foundLater.has(seq));
  gap?.foundLater.add(seq);
  return gap !== undefined;
}

function stillMissing({ from, to, foundLater }: Gap): readonly ChainProblem[] {
  const found = [...foundLater].sort((one, other) => one - other);
  return [from - 1, ...found].flatMap((before, position) => {
    const next = found[position] ?? to + 1;
    return next - before > 1 ? [removed(before + 1, next - 1)] : [];
  });
}

function changed(seq: number): ChainProblem {
  return {
    kind: 'changed',
    seq,
    toSeq: seq,
    message: `Entry ${seq} of the trail was changed after it was written.`,
  };
}

function removed(seq: number, toSeq: number): ChainProblem {
  const what = seq === toSeq ? `Entry ${seq} of the trail is` : `Entries ${seq} to ${toSeq} of the trail are`;
  return { kind: 'removed', seq, toSeq, message: `${what} missing.` };
}

function inserted(seq: number): ChainProblem {
  return { kind: 'inserted', seq, toSeq: seq, message: `Entry ${seq} of the trail is there a second time.` };
}

function reordered(seq: number): ChainProblem {
  return { kind: 'reordered', seq, toSeq: seq, message: `Entry ${seq} of the trail is not in its place.` };
}
