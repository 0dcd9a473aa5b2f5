/** Reads a command with its options. What it does not know is a usage error, never ignored. */
import { parseArgs, type ParseArgsOptionsConfig } from 'node:util';

export const commands = [
  'init',
  'demo',
  'study',
  'enter',
  'values',
  'check',
  'history',
  'verify',
  'export',
  'export-key',
  'bundle',
  'keys',
  'rehearse',
  'import',
  'report',
  'people',
  'password',
  'casebook',
  'crf',
  'backup',
  'restore',
  'pool',
  'conflicts',
] as const;
export type CommandName = (typeof commands)[number];

/** Every option is a text except the flags, which are "true". */
export type Options = Readonly<Partial<Record<OptionName, string>>>;

export interface CommandLine {
  readonly command: CommandName;
  readonly options: Options;
  /** What stands without a dash after the command. */
  readonly operands: readonly string[];
}

export type ReadCommandLine =
  | { readonly ok: true; readonly line: CommandLine }
  | { readonly ok: false; readonly wantsHelp: boolean; readonly message: string; readonly json: boolean };

const texts = [
  'dir',
  'user',
  'site-code',
  'site-name',
  'subject',
  'event',
  'form',
  'item',
  'row',
  'out',
  'from',
  'to',
  'format',
  'preset',
  'scope',
  'subjects',
  'forms',
  'cut',
  'deidentify',
  'free-text',
  'oldest-age',
  'language',
  'on',
  'against',
  'mapping',
  'postgres',
  'schema',
  'parquet',
  'reason',
  'kind',
  'site',
  'decide',
  'id',
  'value',
] as const;
const flags = [
  'json',
  'password-stdin',
  'full',
  'replica',
  'all',
  'history',
  'blank',
  'annotated',
  'compare',
  'dry-run',
  'submission',
  'keep-numbers',
  'guess',
  'overwrite',
  'signing',
  'signed',
  'help',
] as const;
/** May be given several times; joined by commas. */
const several = 'to';
type OptionName = (typeof texts)[number] | (typeof flags)[number];

const common: readonly OptionName[] = ['dir', 'user', 'password-stdin', 'json', 'help'];

interface Shape {
  readonly options: readonly OptionName[];
  readonly needs: readonly OptionName[];
  readonly operand: string | null;
  /** The operand may be left out. */
  readonly alone?: true;
  /** Any number of operands, one at least. */
  readonly many?: true;
}

const shapes: Readonly<Record<CommandName, Shape>> = {
  init: {
    options: ['site-code', 'site-name'],
    needs: ['dir', 'site-code', 'site-name', 'user'],
    operand: null,
  },
  demo: { options: ['replica'], needs: ['dir'], operand: null },
  study: { options: ['full'], needs: [], operand: null },
  enter: { options: [], needs: ['dir'], operand: 'FILE.jsonl' },
  values: { options: ['subject'], needs: ['dir'], operand: null },
  check: { options: ['subject'], needs: ['dir'], operand: null },
  history: {
    options: ['subject', 'event', 'form', 'item', 'row'],
    needs: ['dir', 'subject', 'event', 'form', 'item'],
    operand: null,
  },
  verify: { options: ['against'], needs: ['dir'], operand: null },
  export: {
    options: [
      ...(['out', 'format', 'preset', 'scope', 'subjects', 'forms', 'cut', 'submission'] as const),
      ...(['deidentify', 'free-text', 'keep-numbers', 'oldest-age'] as const),
    ],
    needs: ['dir', 'out'],
    operand: null,
  },
  'export-key': { options: ['reason'], needs: ['dir', 'reason'], operand: null },
  bundle: { options: ['to', 'out'], needs: ['dir', 'out'], operand: null },
  rehearse: { options: ['signed'], needs: ['dir'], operand: null },
  keys: { options: ['signing'], needs: ['dir'], operand: null },
  import: {
    options: ['mapping', 'dry-run', 'guess', 'overwrite', 'reason'],
    needs: ['dir'],
    operand: 'FILE',
  },
  report: { options: ['out', 'language'], needs: ['dir'], operand: 'study-table' },
  people: { options: ['on'], needs: ['dir'], operand: 'rights --on DAY', alone: true },
  password: { options: [], needs: ['dir'], operand: null },
  casebook: {
    options: ['subject', 'event', 'all', 'history', 'out', 'language'],
    needs: ['dir', 'out'],
    operand: null,
  },
  crf: { options: ['blank', 'annotated', 'out', 'language'], needs: ['dir', 'out'], operand: null },
  backup: { options: ['out'], needs: ['dir'], operand: null },
  // With "push" in the place of files it loads the pool into another engine: electron/cli/push.ts.
  pool: {
    options: ['site-name', 'postgres', 'schema', 'parquet', 'overwrite'],
    needs: ['dir'],
    operand: 'FILE…',
    many: true,
  },
  conflicts: { options: ['kind', 'site', 'decide', 'id', 'value', 'reason'], needs: ['dir'], operand: null },
  restore: { options: ['from', 'out', 'compare'], needs: ['from', 'out'], operand: null },
};

export function isCommand(word: string | undefined): word is CommandName {
  return commands.some((command) => command === word);
}

export function readCommandLine(words: readonly string[]): ReadCommandLine {
  const json = words.includes('--json');
  const fail = (message: string, wantsHelp = false): ReadCommandLine => ({
    ok: false,
    wantsHelp,
    message,
    json,
  });
  let parsed: { readonly values: Readonly<Record<string, unknown>>; readonly positionals: readonly string[] };
  try {
    parsed = parse(words);
  } catch (error) {
    return fail(
      error instanceof Error ? (error.message.split('. ')[0] ?? '') : 'The command line is not readable',
    );
  }
  const [command, ...operands] = parsed.positionals;
  const options = toOptions(parsed.values);
  if (options.help !== undefined || command === 'help') return fail('', true);
  if (command === undefined) return fail('A command is needed');
  if (!isCommand(command)) return fail(`There is no command ${command}`);
  const shape = shapes[command];
  const stray = Object.keys(options).find(
    (name) => ![...common, ...shape.options].some((known) => known === name),
  );
  if (stray !== undefined) return fail(`${command} has no option --${stray}`);
  const lacking = shape.needs.find((name) => (options[name] ?? '') === '');
  if (lacking !== undefined) return fail(`${command} needs --${lacking}`);
  if (shape.operand === null && operands.length > 0) return fail(`${command} takes no ${operands[0] ?? ''}`);
  const isFit = shape.many === true ? operands.length > 0 : operands.length === 1;
  if (shape.operand !== null && !isFit && !(shape.alone && operands.length === 0))
    return fail(
      `${command} takes one ${shape.operand}${shape.operand.endsWith('.jsonl') ? ', or - for standard input' : ''}`,
    );
  return { ok: true, line: { command, options, operands } };
}

function parse(words: readonly string[]): { values: Record<string, unknown>; positionals: string[] } {
  const declared: ParseArgsOptionsConfig = {};
  for (const name of texts) declared[name] = { type: 'string', multiple: name === several };
  for (const name of flags) declared[name] = { type: 'boolean' };
  const { values, positionals } = parseArgs({
    args: [...words],
    options: declared,
    allowPositionals: true,
    strict: true,
  });
  return { values: { ...values }, positionals };
}

function toOptions(values: Readonly<Record<string, unknown>>): Options {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)]));
}
