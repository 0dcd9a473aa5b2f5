import { describe, expect, it } from 'vitest';
import { requireFitPassword, requireFitUserName } from '../../../electron/db/password-rule.ts';
import { refusalOf } from './refusal-of.ts';

describe('a password for anne', () => {
  it.each([
    ['correct horse', 'accepted'],
    ['twelve chars', 'accepted'],
    ['elevenchars', 'password-short'],
    ['🔑🔑🔑🔑🔑🔑🔑🔑🔑🔑🔑🔒', 'accepted'],
    ['🔑🔑🔑🔑🔑🔑', 'password-short'],
    ['aaaaaaaaaaaaaaa', 'password-uniform'],
    ['i am anne, hello', 'password-holds-name'],
    ['I AM ANNE, HELLO', 'password-holds-name'],
    ['', 'password-short'],
  ])('%j: %s', (password, outcome) => {
    expect(
      refusalOf(() => {
        requireFitPassword('anne', password);
      }),
    ).toBe(outcome);
  });
});

describe('a user name', () => {
  it.each([
    ['anne', 'accepted'],
    ['Anne-Élise Nguyễn', 'accepted'],
    ['a', 'user-name-unfit'],
    [' anne', 'user-name-unfit'],
    ['anne ', 'user-name-unfit'],
    ['an\u0000ne', 'user-name-unfit'],
    ['an\u202Ene', 'user-name-unfit'],
    ['x'.repeat(61), 'user-name-unfit'],
    ['__proto__', 'accepted'],
  ])('%j: %s', (user, outcome) => {
    expect(
      refusalOf(() => {
        requireFitUserName(user);
      }),
    ).toBe(outcome);
  });
});
