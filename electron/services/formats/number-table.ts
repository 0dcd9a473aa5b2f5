/** A map from whole numbers to whole numbers of 32 bits, of which there may be millions: 20 bytes a pair, where a Map takes 60. */
export interface NumberTable {
  /** undefined when there is none. */
  get(key: number): number | undefined;
  set(key: number, value: number): void;
}

/** Keys are safe integers from 0 on. Open addressing, never more than half full. */
export function createNumberTable(): NumberTable {
  let [keys, values] = [emptyKeys(1 << 12), new Int32Array(1 << 12)];
  let size = 0;

  /** Where the key stands, or where it would. */
  function slotOf(key: number): number {
    const mask = keys.length - 1;
    let slot =
      (Math.imul(key % 2 ** 32, 0x9e3779b1) ^ Math.imul(Math.floor(key / 2 ** 32), 0x85ebca6b)) >>> 0;
    slot = (slot ^ (slot >>> 15)) & mask;
    while (keys[slot] !== key && keys[slot] !== free) slot = (slot + 1) & mask;
    return slot;
  }
  function grow(): void {
    const [oldKeys, oldValues] = [keys, values];
    [keys, values] = [emptyKeys(oldKeys.length * 2), new Int32Array(oldKeys.length * 2)];
    for (const [old, key] of oldKeys.entries()) {
      if (key === free) continue;
      const slot = slotOf(key);
      keys[slot] = key;
      values[slot] = oldValues[old] ?? 0;
    }
  }

  return {
    get: (key) => {
      const slot = slotOf(key);
      return keys[slot] === free ? undefined : values[slot];
    },
    set: (key, value) => {
      let slot = slotOf(key);
      if (keys[slot] === free) {
        size += 1;
        if (size * 2 > keys.length) {
          grow();
          slot = slotOf(key);
        }
        keys[slot] = key;
      }
      values[slot] = value;
    },
  };
}

const free = -1;
const emptyKeys = (length: number): Float64Array => new Float64Array(length).fill(free);
