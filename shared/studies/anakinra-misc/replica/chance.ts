/** Numbers that look drawn and are the same each time: of a text, and of nothing else. */

export interface Chance {
  between(low: number, high: number): number;
  /** low and high included. */
  whole(low: number, high: number): number;
  /** Evenly over the orders of magnitude, as laboratory results spread. */
  spread(low: number, high: number): number;
  oneOf<T>(first: T, ...others: readonly T[]): T;
}

export function createChance(seed: string): Chance {
  const draw = generatorOf(hashOf(seed));
  const between = (low: number, high: number): number => low + draw() * (high - low);
  return {
    between,
    whole: (low, high) => low + Math.floor(draw() * (high - low + 1)),
    spread: (low, high) => Math.exp(between(Math.log(low), Math.log(high))),
    oneOf: (first, ...others) => {
      const all = [first, ...others];
      return all[Math.floor(draw() * all.length)] ?? first;
    },
  };
}

/** FNV-1a. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return hash >>> 0;
}

/** Mulberry32: the next number from 0 to below 1. */
function generatorOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
