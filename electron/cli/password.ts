/** Where the password comes from: the environment, standard input, or a question on a terminal that does not echo. */
import { createInterface } from 'node:readline';
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
  if (source.fromStdin) {
    const line = await source.lines.next();
    return line.done === true || !line.value.ok ? null : line.value.text;
  }
  return source.stdin.isTTY === true ? ask(source, question) : null;
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
