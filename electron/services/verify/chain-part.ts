/** Once through the trail: each entry's hash over the one before it, up to the head, and the heads that were seen before. */
import { hash } from 'node:crypto';
import { startChain } from '#shared/audit.ts';
import type { ReadableDb } from '../../db/open.ts';
import { createTrailReader } from '../trail.ts';
import { missedHeads, type KnownHead } from './missed-heads.ts';
import { createHashedText, selectHashed, type HashedEntry } from './stored-entry.ts';

export interface ChainPass {
  readonly entries: number;
  readonly head: string;
  readonly problems: readonly string[];
}

const toldEvery = 4096;
const toldMost = 200;

/** `progress` is told now and then how many entries were read, and may throw to stop. */
export function passChain(
  db: ReadableDb,
  heads: readonly KnownHead[],
  progress: (entries: number) => void,
): ChainPass {
  const known = createTrailReader(db).head();
  const chain = startChain(known);
  const textOf = createHashedText();
  const askedFor = new Set(heads.map(({ seq }) => seq));
  const hashes = new Map<number, string>();
  let read = 0;
  for (const entry of db.prepare<[], HashedEntry>(selectHashed).raw().iterate()) {
    const [seq, , , own] = entry;
    const before = chain.before(seq);
    const text = textOf(entry, before ?? '');
    chain.take(seq, own, text !== null && (before === null || hash('sha256', text, 'hex') === own));
    if (askedFor.has(seq)) hashes.set(seq, own);
    read += 1;
    if (read % toldEvery === 0) progress(read);
  }
  const { entries, head, problems } = chain.report();
  return {
    entries,
    head,
    problems: [
      ...problems.slice(0, toldMost).map(({ message }) => message),
      ...headProblems(db, known, head),
      ...missedHeads(heads, hashes, known.seq),
    ],
  };
}

/** That the newest entry is the one kept beside the trail is told by the chain; that there is nothing to hold it against is not. */
function headProblems(
  db: ReadableDb,
  known: { readonly seq: number; readonly hash: string },
  head: string,
): readonly string[] {
  const last = db.prepare<[], number | null>('SELECT MAX(seq) FROM audit').pluck().get() ?? 0;
  const heads = db.prepare<[], number>('SELECT COUNT(*) FROM audit_head').pluck().get() ?? 0;
  return heads > 1 || known.seq < last || (known.seq === last && known.hash !== head)
    ? ['The head kept beside the trail is not its newest entry.']
    : [];
}
