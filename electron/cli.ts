/**
 * The command line: the services of the window without a window. electron/main.ts runs it when an installed copy is
 * started with a command; in a checkout this file is run as it stands.
 */
import { randomUUID } from 'node:crypto';
import { refuse } from './app-error.ts';
import { type CommandName, isCommand, readCommandLine } from './cli/arguments.ts';
import { backup, restore } from './cli/backup.ts';
import { bundle, keys } from './cli/bundle.ts';
import type { Command, CommandContext } from './cli/context.ts';
import { casebook, crf } from './cli/copies.ts';
import { enter } from './cli/enter.ts';
import { exportKey, exportWorkbook } from './cli/export.ts';
import { importFile } from './cli/import.ts';
import { readLines } from './cli/input-lines.ts';
import { type Output, createOutput } from './cli/output.ts';
import { findNewPassword, findPassword, password } from './cli/password.ts';
import { people } from './cli/people.ts';
import { conflicts, pool } from './cli/pool.ts';
import { check, history, values, verify } from './cli/record-commands.ts';
import { rehearse } from './cli/rehearse.ts';
import { report } from './cli/report.ts';
import { demo, init, study } from './cli/site-commands.ts';
import { usage } from './cli/usage.ts';
import { type Clock, systemClock } from './clock.ts';
import { toRefusal } from './db/disk-faults.ts';
import { createLog } from './log.ts';
import { type Services, createServices } from './services.ts';
import { shippedFiles } from './shipped-files.ts';

export interface Streams {
  readonly stdin: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly stdout: NodeJS.WritableStream;
  readonly stderr: NodeJS.WritableStream;
}

const run: Readonly<Record<CommandName, Command>> = {
  init,
  demo,
  study,
  enter,
  values,
  check,
  history,
  verify,
  export: exportWorkbook,
  'export-key': exportKey,
  bundle,
  keys,
  rehearse,
  import: importFile,
  report,
  people,
  password,
  casebook,
  crf,
  backup,
  restore,
  pool,
  conflicts,
};

/** The words from the command on, when the application was started with one; switches of the runtime may stand before it. */
export function commandIn(words: readonly string[]): readonly string[] | null {
  const first = words.find((word) => !word.startsWith('--'));
  return isCommand(first) || first === 'help' ? words.slice(words.indexOf(first)) : null;
}

/** Gives the exit status: 0 done, 1 refused or something wrong was found, 2 bad usage. Never throws. */
export async function runCli(
  words: readonly string[],
  streams: Streams,
  environment: Readonly<Record<string, string | undefined>>,
  clock: Clock = systemClock,
): Promise<number> {
  const output = createOutput(streams);
  const read = readCommandLine(words);
  if (!read.ok) return explainUsage(read, output);
  const { command, options, operands } = read.line;
  const services = createCommandServices(streams, clock);
  const asJson = options.json !== undefined;
  try {
    const lines = readLines(streams.stdin as AsyncIterable<Uint8Array>); // Node's streams are iterable; the interface does not say so
    const source = {
      environment,
      fromStdin: options['password-stdin'] !== undefined,
      lines,
      stdin: streams.stdin,
      stderr: streams.stderr,
    };
    const context: CommandContext = {
      ...{ services, options, operands, output, asJson, lines },
      password: (question) => findPassword(source, question),
      newPassword: (question) => findNewPassword(source, question),
      workingFolder: process.cwd(),
    };
    return await run[command](context);
  } catch (error) {
    const { code, message } = (toRefusal(error) ?? services.fault(`command ${command}`, error)).refusal;
    if (asJson) await output.json({ error: { code, message } });
    else await output.message(message);
    return 1;
  } finally {
    services.session.close();
  }
}

async function explainUsage(
  { wantsHelp, message, json }: { wantsHelp: boolean; message: string; json: boolean },
  output: Output,
): Promise<number> {
  if (wantsHelp) {
    await output.text(usage);
    return 0;
  }
  if (json) await output.json({ error: { code: 'usage', message: `${message}.` } });
  else await output.message(`${message}.\n\n${usage}`);
  return 2;
}

/** No dialogs, no remembered folders; bugs are logged to standard error. */
function createCommandServices({ stderr }: Streams, clock: Clock): Services {
  const noDialog = (): Promise<never> => Promise.reject(refuse('not-available', { what: 'A dialog' }));
  return createServices({
    ...shippedFiles(),
    clock,
    newId: randomUUID,
    log: createLog((line) => stderr.write(`${line}\n`), clock.now),
    host: {
      ...{ chooseFolder: noDialog, chooseImport: noDialog, chooseWorkbook: noDialog },
      chooseDeliveries: noDialog,
      ...{ chooseReport: noDialog, chooseCopy: noDialog, chooseBundle: noDialog },
      printPdf: () => Promise.reject(refuse('not-available', { what: 'Printing without the window' })),
    },
    recent: { list: () => [], remember: () => undefined },
  });
}

// In the bundle this is part of the window's program, whose main module it is not.
if (import.meta.filename.endsWith('.ts') && import.meta.main) {
  process.exitCode = await runCli(process.argv.slice(2), process, process.env);
  // Nothing more is read: an open standard input would keep the process alive.
  process.stdin.destroy();
}
