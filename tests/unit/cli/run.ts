/** Runs the command line in this process, as the installed application does, and keeps what it printed. */
import { PassThrough, Readable } from 'node:stream';
import { runCli } from '../../../electron/cli.ts';
import { createTestClock, password } from '../services/workbench.ts';

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  /** Standard output as one JSON document. */
  json(): unknown;
  /** Standard output as one JSON document a line. */
  lines(): readonly unknown[];
}

export async function run(
  words: readonly string[],
  given: { stdin?: string | Buffer | readonly Buffer[]; environment?: Record<string, string> } = {},
): Promise<Ran> {
  const [stdout, stderr] = [collect(), collect()];
  const stdin = Readable.from(
    Array.isArray(given.stdin) ? given.stdin : given.stdin === undefined ? [] : [given.stdin],
  );
  const code = await runCli(
    words,
    { stdin, stdout: stdout.stream, stderr: stderr.stream },
    given.environment ?? { CAHIER_PASSWORD: password },
    // The time of the other processes on the same site: to the real one their passwords are years old.
    createTestClock(),
  );
  const out = stdout.text();
  return {
    code,
    out,
    err: stderr.text(),
    json: () => JSON.parse(out) as unknown,
    lines: () =>
      out
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as unknown),
  };
}

function collect() {
  const stream = new PassThrough();
  const chunks: Buffer[] = [];
  stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  return { stream, text: () => Buffer.concat(chunks).toString('utf8') };
}
