import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readIdentity, readRecipient, toIdentity, toRecipient } from '#shared/handing-over/age-keys.ts';
import { fromBech32, toBech32 } from '#shared/handing-over/bech32.ts';
import {
  fingerprintOf,
  isSignatureOf,
  readPublicKeyText,
  signFile,
  toPublicKeyText,
} from '../../../electron/services/bundle/minisign.ts';
import { publicKeyOf, randomSigningSecret } from '../../../electron/services/bundle/raw-keys.ts';

/** Of age's README. */
const recipient = 'age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p';

describe('Bech32', () => {
  // BIP 173, test vectors: the valid and the invalid ones whose faults are not of segwit alone.
  it.each(['A12UEL5L', 'a12uel5l', 'abcdef1qpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxw', '?1ezyfcl'])(
    'reads %s',
    (text) => {
      expect(fromBech32(text)).not.toBeNull();
    },
  );
  it.each([
    'A12uEL5L',
    'pzry9x0s0muk',
    '1pzry9x0s0muk',
    'x1b4n0q5v',
    'li1dgmt3',
    'A1G7SGD8',
    '10a06t8',
    '1qzzfhee',
    '',
  ])('refuses %j', (text) => {
    expect(fromBech32(text)).toBeNull();
  });

  it('gives back what it took', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
        expect(fromBech32(toBech32({ prefix: 'age', bytes }))?.bytes).toEqual(bytes);
      }),
    );
  });
});

describe('a recipient’s key', () => {
  it('is taken with blanks around it and in capitals', () => {
    expect(readRecipient(`  ${recipient}\n`)).toEqual({ ok: true, recipient });
    expect(readRecipient(recipient.toUpperCase())).toEqual({ ok: true, recipient });
  });

  it('with any one letter exchanged is told as mistyped', () => {
    const letters = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';
    fc.assert(
      fc.property(
        fc.integer({ min: 5, max: recipient.length - 1 }),
        fc.constantFrom(...Array.from(letters)),
        (at, letter) => {
          fc.pre(recipient[at] !== letter);
          expect(readRecipient(recipient.slice(0, at) + letter + recipient.slice(at + 1))).toEqual({
            ok: false,
            fault: 'mistyped',
          });
        },
      ),
    );
  });

  it.each([
    ['AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX', 'secret'],
    ['ssh-ed25519 AAAAC3NzaC1lZDI1NTE5', 'other-kind'],
    ['pooling@example.org', 'not-age'],
    [recipient.slice(0, -1), 'mistyped'],
    [toBech32({ prefix: 'age', bytes: new Uint8Array(31) }), 'other-kind'],
  ] as const)('%s is told as %s', (text, fault) => {
    expect(readRecipient(text)).toEqual({ ok: false, fault });
  });

  it('has a secret one beside it that is spelled as age spells it', () => {
    const secret = new Uint8Array(32).fill(0x42);
    expect(toIdentity(secret)).toMatch(/^AGE-SECRET-KEY-1[0-9A-Z]{58}$/u);
    expect(readIdentity(toIdentity(secret))).toEqual(secret);
    expect(readIdentity(recipient)).toBeNull();
    expect(toRecipient(secret)).toMatch(/^age1[0-9a-z]{58}$/u);
  });
});

describe('a signature', () => {
  const secret = randomSigningSecret();
  const publicKey = publicKeyOf(secret, 'ed25519');
  const content = Buffer.from('{"a":1}\n');
  const signature = signFile(secret, content, 'timestamp:1\tfile:MANIFEST.json');

  it('holds for its content and its key', () => {
    expect(isSignatureOf(signature, publicKey, content)).toBe(true);
    expect(isSignatureOf(signature, publicKeyOf(randomSigningSecret(), 'ed25519'), content)).toBe(false);
    expect(isSignatureOf(signature, publicKey, Buffer.from('{"a":2}\n'))).toBe(false);
  });

  it('holds for its trusted comment', () => {
    expect(isSignatureOf(signature.replace('timestamp:1', 'timestamp:2'), publicKey, content)).toBe(false);
  });

  it('of the other algorithm of minisign is not taken for this one', () => {
    const hashed = signature.replace(/\n(RW)/u, '\nRU');
    expect(isSignatureOf(hashed, publicKey, content)).toBe(false);
  });

  it('is by a key with one spelling and a fingerprint of eight groups', () => {
    const text = toPublicKeyText(publicKey);
    expect(text).toMatch(/^RW[A-Za-z0-9+/]{54}$/u);
    expect(readPublicKeyText(text)).toEqual(publicKey);
    const other = Buffer.from(text, 'base64');
    other[3] = (other[3] ?? 0) ^ 1;
    expect(readPublicKeyText(other.toString('base64'))).toBeNull();
    expect(fingerprintOf(publicKey)).toMatch(/^([0-9a-f]{4} ){7}[0-9a-f]{4}$/u);
  });
});
