/**
 * The printed recovery key: 256 random bits as 13 groups of four base-32 characters and a check character each,
 * so that a typing error is told by its group. Crockford's alphabet has no I, L, O or U; they are read as what they look like.
 */
import { refuse } from '../app-error.ts';

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const groups = 13;
const size = 5;
/** Odd weights: every single wrong character changes the sum modulo 32. */
const weights = [1, 3, 7, 11] as const;

/** `bytes` are 32 random bytes; the 260 bits of the groups end in four zero bits. */
export function printRecoveryKey(bytes: Uint8Array): string {
  const characters: number[] = [];
  let held = 0;
  let bits = 0;
  for (const byte of bytes) {
    held = (held << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      characters.push((held >> bits) & 31);
      held &= (1 << bits) - 1;
    }
  }
  if (bits > 0) characters.push((held << (5 - bits)) & 31);
  const printed: string[] = [];
  for (let group = 0; group < groups; group += 1) {
    const own = characters.slice(group * 4, group * 4 + 4);
    printed.push([...own, checkOf(own, group)].map((value) => alphabet.charAt(value)).join(''));
  }
  return printed.join('-');
}

/** The 52 characters without check characters, from whatever spacing and case was typed. Refuses with the group in error. */
export function readRecoveryKey(typed: string): string {
  const plain = typed
    .toUpperCase()
    .replace(/[\s\-–—_.]/gu, '')
    .replace(/O/gu, '0')
    .replace(/[IL]/gu, '1');
  if (plain.length !== groups * size) throw refuse('recovery-key-length', { groups, size });
  let secret = '';
  for (let group = 0; group < groups; group += 1) {
    const text = plain.slice(group * size, (group + 1) * size);
    const values = [...text].map((character) => alphabet.indexOf(character));
    const own = values.slice(0, 4);
    if (values.includes(-1) || values[4] !== checkOf(own, group))
      throw refuse('recovery-key-group', { group: group + 1 });
    secret += text.slice(0, 4);
  }
  return secret;
}

/** The group's number is part of the sum, so that two swapped groups are noticed as well. */
function checkOf(values: readonly number[], group: number): number {
  return values.reduce((sum, value, index) => sum + value * (weights[index] ?? 1), 5 * group + 1) % 32;
}
