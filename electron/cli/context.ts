/** What every command works with, and how it gets into a site. */
import path from 'node:path';
import type { MethodInput, MethodName, MethodOutput } from '#shared/bridge.ts';
import { AppError, refuse } from '../app-error.ts';
import { hasKeyring, peopleOf, readKeyring } from '../db/keyring.ts';
import type { Services } from '../services.ts';
import type { Options } from './arguments.ts';
import type { InputLine } from './input-lines.ts';
import type { Output } from './output.ts';

export interface CommandContext {
  readonly services: Services;
  readonly options: Options;
  readonly operands: readonly string[];
  readonly output: Output;
  readonly asJson: boolean;
  /** Standard input, after the password where that came from there. */
  readonly lines: AsyncGenerator<InputLine, void, undefined>;
  /** null when there is none to be had. */
  readonly password: (question: string) => Promise<string | null>;
  /** Another one for the same person; null when there is none to be had. */
  readonly newPassword: (question: string) => Promise<string | null>;
  readonly workingFolder: string;
}

/** Gives the exit status. */
export type Command = (context: CommandContext) => Promise<0 | 1>;

export function siteFolder({ options, workingFolder }: CommandContext): string {
  return path.resolve(workingFolder, options.dir ?? '');
}

/** Opens the site of --dir as the person of --user; without it, as the only one, or as the one that a practice site is used by. Gives the password. */
export async function signIn(context: CommandContext): Promise<string> {
  const { services, options } = context;
  const folder = siteFolder(context);
  services.session.use(folder);
  const { user, practicePassword } = whoActs(context, folder, options.user);
  const password = (await context.password(`Password of ${user}: `)) ?? practicePassword;
  if (password === null) throw refuse('password-needed');
  await call(services, 'session.signIn', { user, password });
  return password;
}

function whoActs(
  { services }: CommandContext,
  folder: string,
  named: string | undefined,
): { user: string; practicePassword: string | null } {
  if (!hasKeyring(folder)) return { user: named ?? '', practicePassword: null };
  const keyring = readKeyring(folder);
  const people = peopleOf(keyring);
  const usual = keyring.practice ? services.demo.usualPerson : null;
  const only = people.length === 1 ? people[0] : undefined;
  const user = named ?? only ?? usual?.user;
  if (user === undefined) throw refuse('user-needed');
  return { user, practicePassword: user === usual?.user ? usual.password : null };
}

/** A call of the contract, as the window makes it; a refusal is thrown. */
export async function call<M extends MethodName>(
  { dispatch }: Pick<Services, 'dispatch'>,
  method: M,
  input: MethodInput<M>,
): Promise<MethodOutput<M>> {
  const answer = await dispatch(method, input);
  if (!answer.ok) throw new AppError(answer.error);
  return answer.value as MethodOutput<M>; // dispatch answers with the output of the method that it was asked for
}
