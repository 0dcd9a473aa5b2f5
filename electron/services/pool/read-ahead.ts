/** Reads delivered files before their turn: a few at the same time, and more of them while what was read is small. */
import { sumOfValues } from '#shared/pool/delivered.ts';
import { AppError } from '../../app-error.ts';
import type { Received } from './handed-in.ts';

/** Up to so many values, a file that was read may wait beside others: a few megabytes. */
const fewValues = 20_000;
/** So many files that were read wait at most. */
const mostWaiting = 32;

/** Gives the files in their order, one for each call. `threads`: so many are read at the same time. */
export function createReadAhead(
  files: readonly string[],
  threads: number,
  receive: (file: string) => Promise<Received>,
): () => Promise<Received> {
  const waiting: Promise<Received>[] = [];
  const holdingPlace = new Set<Promise<Received>>();
  let next = 0;

  function begin(): void {
    for (; holdingPlace.size < threads && waiting.length < mostWaiting; next += 1) {
      const file = files[next];
      if (file === undefined) return;
      const reading = receive(file);
      waiting.push(reading);
      holdingPlace.add(reading);
      reading.then(
        ({ read }) => {
          if (isSmall(read) && holdingPlace.delete(reading)) begin();
        },
        () => undefined, // awaited in its turn; until then an error is nobody's
      );
    }
  }

  begin();
  return async () => {
    const reading = waiting.shift();
    if (reading === undefined) throw new Error('no file is left');
    try {
      return await reading;
    } finally {
      holdingPlace.delete(reading);
      begin();
    }
  };
}

function isSmall(read: Received['read']): boolean {
  return read instanceof AppError || sumOfValues(read.forms) <= fewValues;
}
