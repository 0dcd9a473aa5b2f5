/** enter: one change a line through the one write path. A line is answered when its commit is on the disk, not before. */
import { createReadStream } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { Change, Finding, ValuePlace } from '#shared/record.ts';
import { AppError, refuse } from '../app-error.ts';
import { toRefusal } from '../db/disk-faults.ts';
import type { Actor } from '../services/site.ts';
import { briefFinding, type BriefFinding } from './brief-finding.ts';
import { requireSight } from '../services/blindness.ts';
import { signIn, type Command, type CommandContext } from './context.ts';
import { readLines, type InputLine } from './input-lines.ts';

const Name = z.string().min(1).max(60);
const ChangeLine = z.strictObject({
  subject: Name,
  event: Name.optional(),
  form: Name,
  row: z.int().min(1).max(9999).default(1),
  item: Name,
  value: z.union([z.string(), z.null(), z.array(z.string())]).optional(),
  missing: z.string().min(1).max(20).optional(),
  baseVersion: z.int().min(0).optional(),
  reason: z.string().min(1).max(2000).optional(),
});

export const enter: Command = async (context) => {
  const lines = linesOf(context);
  await signIn(context);
  let failed = 0;
  let number = 0;
  for await (const line of lines) {
    number += 1;
    if (line.ok && line.text.trim() === '') continue;
    const answer = enterLine(context, line, number);
    if (!answer.ok) failed += 1;
    await (context.asJson ? context.output.json(answer) : context.output.text(toSentence(answer)));
    if (!answer.ok && stopping.has(answer.code)) break;
  }
  return failed === 0 ? 0 : 1;
};

/** What will not be better with the next line. */
const stopping: ReadonlySet<string> = new Set(['disk-full', 'read-only', 'damaged', 'signed-out']);

type Answer =
  | {
      readonly line: number;
      readonly ok: true;
      readonly version: number;
      readonly findings: readonly BriefFinding[];
    }
  | { readonly line: number; readonly ok: false; readonly code: string; readonly message: string };

function enterLine({ services }: CommandContext, input: InputLine, line: number): Answer {
  try {
    // Whoever writes the lines may take a while between two of them: nobody has left a keyboard.
    services.session.noteActivity();
    // A subject that is not there yet is enrolled with its first value.
    const { subject, change } = readChange(services.session.authorise('subjects.enrol'), input);
    const actor = services.session.authorise('values.write');
    requireSight('forms.save', 'values.write', { subject }, actor);
    const { version, findings } = services.forms.enter(actor, subject, change);
    return {
      line,
      ok: true,
      version,
      findings: findings.filter((finding) => concerns(finding, change)).map(briefFinding),
    };
  } catch (error) {
    const { code, message } = (toRefusal(error) ?? services.fault('enter', error)).refusal;
    return { line, ok: false, code, message };
  }
}

function readChange({ site }: Actor, line: InputLine): { subject: string; change: Change } {
  if (!line.ok) throw refuse(line.fault === 'too-long' ? 'line-too-long' : 'line-not-text');
  const parsed = ChangeLine.safeParse(parseJson(line.text));
  if (!parsed.success) throw refuse('line-unfit', { fault: describe(parsed.error) });
  const { subject, form, row, item, value, missing, baseVersion, reason } = parsed.data;
  const says = Number(value !== undefined && value !== null) + Number(missing !== undefined);
  if (says > 1 || (says === 0 && value !== null))
    throw refuse('line-unfit', { fault: 'it needs either value or missing' });
  const event = parsed.data.event ?? onlyEvent(site, form);
  const typed = Array.isArray(value) ? JSON.stringify(value) : (value ?? null);
  return {
    subject,
    change: {
      ...{ event, form, row, item, value: typed },
      ...(missing === undefined ? {} : { missing }),
      ...(baseVersion === undefined ? {} : { baseVersion }),
      ...(reason === undefined ? {} : { reason }),
    },
  };
}

function onlyEvent(site: Actor['site'], form: string): string {
  const placed = site.model.form(form);
  if (placed === undefined) throw refuse('form-unknown');
  if (placed.onlyInstance === null) throw refuse('event-needed', { form });
  return placed.onlyInstance.id;
}

function parseJson(text: string): unknown {
  try {
    const parsed: unknown = JSON.parse(text.replace(/^\uFEFF/u, ''));
    if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) return parsed;
  } catch {
    // The parser's message quotes the line, which may hold a patient's value.
  }
  throw refuse('line-not-json');
}

/** Names the field and what it has to be; the value itself stays out. */
function describe({ issues }: z.ZodError): string {
  const [issue] = issues;
  if (issue === undefined) return 'it is not readable';
  if (issue.code === 'unrecognized_keys') return `it has an unknown key`;
  const field = issue.path.filter((key) => typeof key !== 'symbol').join('.');
  return field === 'value'
    ? 'value has to be text, a list of texts, or null'
    : `${field} is missing or not what it has to be`;
}

function concerns(finding: Finding, place: ValuePlace): boolean {
  const isAt = (other: ValuePlace): boolean =>
    other.event === place.event &&
    other.form === place.form &&
    other.row === place.row &&
    other.item === place.item;
  return isAt(finding) || finding.used.some(isAt);
}

function linesOf({
  operands,
  workingFolder,
  lines,
}: CommandContext): AsyncGenerator<InputLine, void, undefined> {
  const [file = '-'] = operands;
  return file === '-' ? lines : readFileLines(path.resolve(workingFolder, file));
}

async function* readFileLines(file: string): AsyncGenerator<InputLine, void, undefined> {
  const stream = createReadStream(file);
  try {
    yield* readLines(stream);
  } catch (error) {
    throw new AppError(refuse('file-unreadable', { file }).refusal, { cause: error });
  } finally {
    stream.destroy();
  }
}

function toSentence(answer: Answer): string {
  if (!answer.ok) return `line ${String(answer.line)}: refused (${answer.code}): ${answer.message}\n`;
  const findings = answer.findings
    .map(({ severity, message }) => `\n    ${severity}: ${message.en}`)
    .join('');
  return `line ${String(answer.line)}: saved, version ${String(answer.version)}${findings}\n`;
}
