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

/** A chain that is followed link by link, by whoever reads the entries and works out their hashes. */
export interface ChainCheck {
  /** The hash before entry `seq`; null when that is gone, and with it the means to check the entry. */
  before(seq: number): string | null;
  /** `isSound`: its content gives its hash, or there is nothing to check it by. */
  take(seq: number, hash: string, isSound: boolean): void;
  report(): ChainReport;
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
  const chain = startChain(knownHead);
  for (const entry of entries) {
    const before = chain.before(entry.seq);
    chain.take(entry.seq, entry.hash, before === null || entryHash(entry, before, sha256) === entry.hash);
  }
  return chain.report();
}

export function startChain(knownHead: { readonly seq: number; readonly hash: string } | null): ChainCheck {
  const problems: ChainProblem[] = [];
  const gaps: Gap[] = [];
  let count = 0;
  let last = 0;
  let head = firstPreviousHash;
  return {
    before: (seq) => (seq === last + 1 ? head : null),
    take: (seq, hash, isSound) => {
      count += 1;
      if (seq <= last) {
        problems.push(findLate(gaps, seq) ? reordered(seq) : inserted(seq));
        return;
      }
      if (seq !== last + 1) gaps.push({ from: last + 1, to: seq - 1, foundLater: new Set() });
      const isHead = knownHead?.seq !== seq || knownHead.hash === hash;
      if (!isSound || !isHead) problems.push(changed(seq));
      last = seq;
      head = hash;
    },
    report: () => {
      if (knownHead !== null && last < knownHead.seq)
        gaps.push({ from: last + 1, to: knownHead.seq, foundLater: new Set() });
      const all = [...problems, ...gaps.flatMap(stillMissing)];
      return { entries: count, head, problems: all.sort((one, other) => one.seq - other.seq) };
    },
  };
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
