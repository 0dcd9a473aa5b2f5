/** Hands the trail to the proofs, and asks them what does not follow from it. */
import type { ReadableDb } from '../../db/open.ts';
import type { StoredProof, TableProof } from '../proofs/table-proof.ts';
import { toAction, toSuspectEntry, type EntryRow } from '../entry-rows.ts';
import { selectDecoded, selectStored, type StoredEntry } from './stored-entry.ts';

const toldEvery = 4096;

/** `progress` may throw to stop. */
export function proofProblems(
  db: ReadableDb,
  proofs: readonly TableProof[],
  stored: readonly StoredProof[],
  progress: () => void,
): readonly string[] {
  const unreadable = new Set<string>();
  /** What the application writes makes no proof stumble; what was altered may be anything. */
  const attempt = (
    { tables }: Pick<TableProof, 'tables'>,
    act: () => readonly string[],
  ): readonly string[] => {
    try {
      return act();
    } catch {
      unreadable.add(`Rows of the table ${tables.join(', ')} or their entries can't be read any more.`);
      return [];
    }
  };
  readStored(db, stored, progress);
  readDecoded(db, proofs, (proof, read) => {
    attempt(proof, () => {
      read();
      return [];
    });
  });
  const problems = [...stored, ...proofs].flatMap((proof) => attempt(proof, () => proof.problems(db)));
  return [...problems, ...unreadable];
}

function readStored(db: ReadableDb, proofs: readonly StoredProof[], progress: () => void): void {
  const listening = new Map<string, readonly StoredProof[]>();
  let read = 0;
  for (const row of db.prepare<[], StoredEntry>(selectStored).raw().iterate()) {
    const action = row[2];
    let listeners = listening.get(action);
    if (listeners === undefined) {
      const name = toAction(action);
      listeners = proofs.filter(({ actions }) => actions === 'all' || actions.includes(name));
      listening.set(action, listeners);
    }
    for (const proof of listeners) proof.take(row);
    read += 1;
    if (read % toldEvery === 0) progress();
  }
}

function readDecoded(
  db: ReadableDb,
  proofs: readonly TableProof[],
  hand: (proof: TableProof, read: () => void) => void,
): void {
  const actions = [...new Set(proofs.flatMap((proof) => proof.actions))];
  for (const row of db.prepare<[string], EntryRow>(selectDecoded).iterate(JSON.stringify(actions))) {
    const entry = toSuspectEntry(row);
    for (const proof of proofs) {
      if (proof.actions.includes(entry.action))
        hand(proof, () => {
          proof.read(entry);
        });
    }
  }
}
