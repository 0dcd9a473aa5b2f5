/**
 * Finds subjects by any part of their number. The numbers are kept in memory as one sorted text: counting hits among
 * 100,000 costs a fraction of what an index of the database needs for it.
 */
import type { ReadableDb } from '../db/open.ts';

export interface FoundPage {
  readonly numbers: readonly string[];
  readonly total: number;
}

export interface SubjectFinder {
  /** In the order of the numbers. `search` is any part of a number, in any case; empty finds all. */
  find(search: string, offset: number, limit: number): FoundPage;
  /** The newest and greatest number, null when there is none. */
  last(): string | null;
  add(number: string): void;
  /** Another connection enrolled subjects. */
  readAgain(): void;
}

export function createSubjectFinder(db: ReadableDb): SubjectFinder {
  const all = db.prepare<[], string>('SELECT number FROM subject').pluck();
  let numbers = all.all().sort();
  // Made when it is first searched, and again after an enrolment.
  let searched: string | null = null;
  const text = (): string => (searched ??= `\n${numbers.join('\n').toLowerCase()}\n`);

  return {
    find: (search, offset, limit) => {
      const wanted = search.trim().toLowerCase();
      if (wanted === '' || isInAll(numbers, wanted))
        return { numbers: numbers.slice(offset, offset + limit), total: numbers.length };
      return findLines(text(), wanted, offset, limit, numbers);
    },
    last: () => numbers.at(-1) ?? null,
    add: (number) => {
      numbers.splice(positionOf(numbers, number), 0, number);
      searched = null;
    },
    readAgain: () => {
      numbers = all.all().sort();
      searched = null;
    },
  };
}

/** Sorted numbers share at least what the first and the last of them begin with. */
function isInAll(numbers: readonly string[], wanted: string): boolean {
  const first = numbers[0]?.toLowerCase() ?? '';
  const last = numbers.at(-1)?.toLowerCase() ?? '';
  let shared = 0;
  while (shared < first.length && first[shared] === last[shared]) shared += 1;
  return first.slice(0, shared).includes(wanted);
}

function findLines(
  text: string,
  wanted: string,
  offset: number,
  limit: number,
  numbers: readonly string[],
): FoundPage {
  const found: string[] = [];
  let total = 0;
  if (wanted.includes('\n')) return { numbers: found, total };
  for (let at = text.indexOf(wanted); at !== -1;) {
    const end = text.indexOf('\n', at);
    if (total >= offset && found.length < limit) {
      const lowered = text.slice(text.lastIndexOf('\n', at) + 1, end);
      found.push(numbers[positionOf(numbers, lowered)] === lowered ? lowered : original(numbers, lowered));
    }
    total += 1;
    at = text.indexOf(wanted, end);
  }
  return { numbers: found, total };
}

/** Numbers with capital letters are rare; looking one up again is cheap enough. */
function original(numbers: readonly string[], lowered: string): string {
  return numbers.find((number) => number.toLowerCase() === lowered) ?? lowered;
}

/** Where a number stands, or would stand. */
function positionOf(numbers: readonly string[], number: string): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((numbers[middle] ?? '') < number) low = middle + 1;
    else high = middle;
  }
  return low;
}
