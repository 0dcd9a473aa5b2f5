/** What a password and a user name have to be, refused with a sentence that says what is missing. */
import { refuse } from '../app-error.ts';

const minimum = 12;

/** One spelling for characters that keyboards produce in several ways. */
export function normalisePassword(password: string): string {
  return password.normalize('NFKC');
}

export function requireFitPassword(user: string, password: string): void {
  const characters = [...normalisePassword(password)];
  if (characters.length < minimum) throw refuse('password-short', { minimum });
  if (new Set(characters).size === 1) throw refuse('password-uniform');
  if (toUserKey(password).includes(toUserKey(user))) throw refuse('password-holds-name');
}

export function requireFitUserName(user: string): void {
  const visible = /^[^\s\p{C}](?:[^\p{C}]{0,58}[^\s\p{C}])$/u;
  if (!visible.test(user)) throw refuse('user-name-unfit');
}

/** Under which a person is found: case and width of letters don't make another person. */
export function toUserKey(user: string): string {
  return user.normalize('NFKC').trim().toLowerCase();
}
