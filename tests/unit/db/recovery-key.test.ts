import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { printRecoveryKey, readRecoveryKey } from '../../../electron/db/recovery-key.ts';
import { refusalOf } from './refusal-of.ts';

const bytes32 = fc.uint8Array({ minLength: 32, maxLength: 32 });

it('is 13 groups of five characters that cannot be mistaken for one another', () => {
  expect(printRecoveryKey(randomBytes(32))).toMatch(/^([0-9A-HJKMNP-TV-Z]{5}-){12}[0-9A-HJKMNP-TV-Z]{5}$/u);
});

it('reads back what was printed, and tells keys apart', () => {
  fc.assert(
    fc.property(bytes32, bytes32, (one, other) => {
      const [first, second] = [
        readRecoveryKey(printRecoveryKey(one)),
        readRecoveryKey(printRecoveryKey(other)),
      ];
      expect(first).toHaveLength(52);
      expect(first === second).toBe(Buffer.compare(Buffer.from(one), Buffer.from(other)) === 0);
    }),
  );
});

it('forgives case, spacing, dashes, and letters that look like digits', () => {
  const printed = printRecoveryKey(Buffer.alloc(32, 0));
  const sloppy = printed.toLowerCase().replaceAll('-', ' – ').replaceAll('0', 'O').replaceAll('1', 'l');
  expect(readRecoveryKey(` ${sloppy}\n`)).toBe(readRecoveryKey(printed));
});

it('names the group of every single wrong character', () => {
  const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
  fc.assert(
    fc.property(bytes32, fc.nat(64), fc.nat(31), (secret, position, replacement) => {
      const plain = printRecoveryKey(secret).replaceAll('-', '');
      const character = alphabet.charAt(replacement);
      fc.pre(plain[position] !== character);
      const mistyped = plain.slice(0, position) + character + plain.slice(position + 1);
      expect(() => readRecoveryKey(mistyped)).toThrow(`Group ${String(Math.floor(position / 5) + 1)} `);
    }),
  );
});

it('notices two groups in each other’s place', () => {
  const groups = printRecoveryKey(randomBytes(32)).split('-');
  const [first = '', second = '', ...others] = groups;
  if (first.slice(0, 4) === second.slice(0, 4)) return;
  expect(refusalOf(() => readRecoveryKey([second, first, ...others].join('-')))).toBe('recovery-key-group');
});

it.each(['', 'hello', 'A'.repeat(64), 'A'.repeat(100_000), '🔑'.repeat(40)])('refuses %.20j', (typed) => {
  expect(refusalOf(() => readRecoveryKey(typed))).toMatch(/^recovery-key-(length|group)$/u);
});
