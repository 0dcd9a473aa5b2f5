/** Where passwords come from: the environment, standard input, or a question on a terminal that does not echo. */
import { createInterface } from 'node:readline';
import { refuse } from '../app-error.ts';
import { call, signIn, type Command } from './context.ts';
import type { InputLine } from './input-lines.ts';

export interface PasswordSource {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly fromStdin: boolean;
  readonly lines: AsyncIterator<InputLine, void, undefined>;
  readonly stdin: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly stderr: NodeJS.WritableStream;
}

/** null when there is none to be had. */
export async function findPassword(source: PasswordSource, question: string): Promise<string | null> {
  const given = source.environment['CAHIER_PASSWORD'];
  if (given !== undefined && given !== '') return given;
  if (source.fromStdin) return nextLine(source);
  return source.stdin.isTTY === true ? ask(source, question) : null;
}

/** Of a person who has a password already. On a terminal, which shows nothing of it, it is asked for twice. */
export async function findNewPassword(source: PasswordSource, question: string): Promise<string | null> {
  const given = source.environment['CAHIER_NEW_PASSWORD'];
  if (given !== undefined && given !== '') return given;
  if (source.stdin.isTTY !== true) return nextLine(source);
  const chosen = await ask(source, question);
  if ((await ask(source, 'Once more: ')) !== chosen) throw refuse('new-passwords-differ');
  return chosen;
}

/** password: chooses another one by the rules of the window, with its entry of the trail; also where one is due. */
export const password: Command = async (context) => {
  const { services, output, asJson } = context;
  const currentPassword = await signIn(context);
  const { session } = await call(services, 'site.status', {});
  const user = session?.user ?? '';
  const newPassword = await context.newPassword(`New password of ${user}: `);
  if (newPassword === null || newPassword === '') throw refuse('new-password-needed');
  await call(services, 'session.changePassword', { currentPassword, newPassword });
  if (asJson) await output.json({ user, changed: true });
  else await output.text(`The password of ${user} was changed.\n`);
  return 0;
};

async function nextLine({ lines }: PasswordSource): Promise<string | null> {
  const line = await lines.next();
  return line.done === true || !line.value.ok ? null : line.value.text;
}

function ask({ stdin, stderr }: PasswordSource, question: string): Promise<string> {
  return new Promise((resolve) => {
    stderr.write(question);
    // No output stream: readline edits the line and shows none of it.
    const terminal = createInterface({ input: stdin, terminal: true });
    terminal.question('', (answer) => {
      terminal.close();
      stderr.write('\n');
      resolve(answer);
    });
  });
}
