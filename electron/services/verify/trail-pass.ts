/** Once through the trail: each entry's hash, known heads, and the proofs that listen. Any number of entries, in one go. */
import { hash } from 'node:crypto';
import { startChain } from '#shared/audit.ts';
import type { ReadableDb } from '../../db/open.ts';
import type { StoredProof, TableProof } from '../proofs/table-proof.ts';
import { createTrailReader } from '../trail.ts';
import { createEntryReader, selectStored, toAction, type StoredEntry } from './stored-entry.ts';
import { missedHeads, type KnownHead } from './missed-heads.ts';

export interface TrailPass {
  readonly entries: number;
  readonly head: string;
  readonly problems: readonly string[];
}

export interface PassOrder {
  readonly proofs: readonly TableProof[];
  readonly stored: readonly StoredProof[];
  /** Heads kept outside of the database. */
  readonly heads: readonly KnownHead[];
  /** Told now and then how many entries were read; may throw to stop. */
  readonly progress: (entries: number) => void;
}

/** Who listens to an action. */
interface Listeners {
  readonly stored: readonly StoredProof[];
  readonly decoded: readonly TableProof[];
}
const toldEvery = 4096;
const chainProblemsMost = 200;

export function passTrail(db: ReadableDb, { proofs, stored, heads, progress }: PassOrder): TrailPass {
  const known = createTrailReader(db).head();
  const chain = startChain(known);
  const reader = createEntryReader(db);
  const listenersOf = createListeners(proofs, stored);
  const askedFor = new Set(heads.map(({ seq }) => seq));
  const hashes = new Map<number, string>();
  let strayed = 0;
  const unreadable = new Set<string>();
  /** What the application writes makes no proof stumble; what was altered may be anything. */
  const attempt = (
    act: () => readonly string[],
    { tables }: Pick<TableProof, 'tables'>,
  ): readonly string[] => {
    try {
      return act();
    } catch {
      unreadable.add(`Rows of the table ${tables.join(', ')} or their entries can't be read any more.`);
      return [];
    }
  };
  let read = 0;
  for (const row of db.prepare<[], StoredEntry>(selectStored).raw().iterate()) {
    const seq = row[0];
    const own = row[16].toString('hex');
    const before = chain.before(seq);
    const text = reader.text(row);
    const isSound =
      reader.isOfItsSubject(row) &&
      text !== null &&
      (before === null || hash('sha256', before + text, 'hex') === own);
    chain.take(seq, own, isSound);
    if (askedFor.has(seq)) hashes.set(seq, own);
    if (!isSound) strayed += 1;
    const { stored: raw, decoded } = listenersOf(row[6]);
    for (const proof of raw) proof.take(row);
    if (decoded.length > 0) {
      const entry = reader.decode(row);
      for (const proof of decoded)
        attempt(() => {
          proof.read(entry);
          return [];
        }, proof);
    }
    read += 1;
    if (read % toldEvery === 0) progress(read);
  }
  const { entries, head, problems } = chain.report();
  const wrong = [...stored, ...proofs].flatMap((proof) => attempt(() => proof.problems(db), proof));
  return {
    entries,
    head,
    problems: [
      ...problems.slice(0, chainProblemsMost).map(({ message }) => message),
      ...(strayed > chainProblemsMost
        ? [`${String(strayed)} entries of the trail in all were changed.`]
        : []),
      ...headProblems(db, known, head),
      ...missedHeads(heads, hashes, known.seq),
      ...wrong,
      ...unreadable,
    ],
  };
}

/** That the newest entry is the one kept beside the trail is told by the chain; that there is nothing to hold it against is not. */
function headProblems(db: ReadableDb, known: { seq: number; hash: string }, head: string): readonly string[] {
  const last = db.prepare<[], number | null>('SELECT MAX(seq) FROM audit').pluck().get() ?? 0;
  const heads = db.prepare<[], number>('SELECT COUNT(*) FROM audit_head').pluck().get() ?? 0;
  return heads > 1 || known.seq < last || (known.seq === last && known.hash !== head)
    ? ['The head kept beside the trail is not its newest entry.']
    : [];
}

function createListeners(
  proofs: readonly TableProof[],
  stored: readonly StoredProof[],
): (action: string) => Listeners {
  const known = new Map<string, Listeners>();
  return (action) => {
    let listeners = known.get(action);
    if (listeners === undefined) {
      const name = toAction(action);
      listeners = {
        stored: stored.filter(({ actions }) => actions === 'all' || actions.includes(name)),
        decoded: proofs.filter(({ actions }) => actions.includes(name)),
      };
      known.set(action, listeners);
    }
    return listeners;
  };
}
