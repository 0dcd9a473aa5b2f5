/**
 * Bech32 (BIP 173): the letters in which age writes its keys. The six at the end are a checksum, so that a key which was
 * typed from paper with a mistake is told apart from another key. Lengths are not limited to the 90 letters of BIP 173, as in age.
 */
const letters = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';
const generators = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3] as const;
const checksumLength = 6;

export interface Bech32 {
  /** Before the last "1", in lower case. */
  readonly prefix: string;
  readonly bytes: Uint8Array;
}

/** Of one case throughout, as it has to be. null: not Bech32, or with a wrong checksum. */
export function fromBech32(text: string): Bech32 | null {
  const lower = text.toLowerCase();
  if (text !== lower && text !== text.toUpperCase()) return null;
  const separator = lower.lastIndexOf('1');
  const prefix = lower.slice(0, separator);
  const words = Array.from(lower.slice(separator + 1), (letter) => letters.indexOf(letter));
  const isReadable = separator > 0 && words.length >= checksumLength && !words.includes(-1);
  if (!isReadable || /[^\x21-\x7e]/u.test(prefix)) return null;
  if (polymod([...spread(prefix), ...words]) !== 1) return null;
  const bytes = regroup(words.slice(0, -checksumLength), 5, 8);
  return bytes === null ? null : { prefix, bytes: Uint8Array.from(bytes) };
}

/** In lower case. */
export function toBech32({ prefix, bytes }: Bech32): string {
  const words = regroup([...bytes], 8, 5) ?? [];
  const sum = polymod([...spread(prefix), ...words, ...Array<number>(checksumLength).fill(0)]) ^ 1;
  const checksum = Array.from({ length: checksumLength }, (_, index) => (sum >>> (5 * (5 - index))) & 31);
  return `${prefix}1${[...words, ...checksum].map((word) => letters[word] ?? '').join('')}`;
}

function polymod(words: readonly number[]): number {
  let sum = 1;
  for (const word of words) {
    const top = sum >>> 25;
    sum = ((sum & 0x1ffffff) << 5) ^ word;
    generators.forEach((generator, bit) => {
      if (((top >>> bit) & 1) === 1) sum ^= generator;
    });
  }
  return sum;
}

function spread(prefix: string): readonly number[] {
  const codes = Array.from(prefix, (letter) => letter.charCodeAt(0));
  return [...codes.map((code) => code >>> 5), 0, ...codes.map((code) => code & 31)];
}

/** Bits of groups of one width in groups of another. Taking apart pads with zeros; putting together refuses any other padding. */
function regroup(groups: readonly number[], from: 5 | 8, to: 5 | 8): readonly number[] | null {
  const result: number[] = [];
  let held = 0;
  let bits = 0;
  for (const group of groups) {
    held = ((held << from) | group) & 0xfff;
    bits += from;
    while (bits >= to) {
      bits -= to;
      result.push((held >>> bits) & ((1 << to) - 1));
    }
  }
  const rest = held & ((1 << bits) - 1);
  if (to === 5) return bits === 0 ? result : [...result, rest << (to - bits)];
  return bits < from && rest === 0 ? result : null;
}
