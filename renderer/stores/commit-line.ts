/** Work that has to happen one after the other, per key: saves of one form never overtake each other. */
export type CommitLine = (key: string, work: () => Promise<void>) => Promise<void>;

/** A piece of work that fails ends its own turn and holds up nothing behind it. */
export function createCommitLine(): CommitLine {
  const tails = new Map<string, Promise<void>>();
  return (key, work) => {
    const before = tails.get(key) ?? Promise.resolve();
    const turn = before.then(work);
    const tail = turn
      .catch(() => {
        // Told to whoever awaits the turn; the next one starts all the same.
      })
      .then(() => {
        if (tails.get(key) === tail) tails.delete(key);
      });
    tails.set(key, tail);
    return turn;
  };
}
