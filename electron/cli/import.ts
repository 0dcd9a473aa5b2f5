/** import: a workbook of Cahier's own, or anybody's table by a mapping; the dry run says what would become of every cell. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { assertNever } from '#shared/assert-never.ts';
import type { ImportReport } from '#shared/contract/imports.ts';
import { ImportMapping } from '#shared/import-mapping.ts';
import type { ImportConflict } from '#shared/import/plan.ts';
import type { RefusedValue, SourcePlace } from '#shared/import/values.ts';
import type { ItemValue, ValuePlace } from '#shared/record.ts';
import { AppError, refuse } from '../app-error.ts';
import { briefFinding } from './brief-finding.ts';
import { signIn, type Command, type CommandContext } from './context.ts';
import { toTable } from './output.ts';

export const importFile: Command = async (context) => {
  const { services, options, operands, output, asJson, workingFolder } = context;
  const file = path.resolve(workingFolder, operands[0] ?? '');
  const reason = options.reason ?? null;
  if (options.overwrite !== undefined && reason === null) throw refuse('import-reason-needed');
  const mapping =
    options.mapping === undefined ? null : readMapping(path.resolve(workingFolder, options.mapping));
  await signIn(context);
  const actor = services.session.authorise('imports.run');
  if (options.guess !== undefined) {
    const guess = await services.imports.guess(actor, file);
    if (guess === null)
      throw refuse('import-mapping-unfit', { fault: 'no column of the file could be told' });
    await output.text(`${JSON.stringify(guess, null, 2)}\n`);
    return 0;
  }
  const dryRun = options['dry-run'] !== undefined;
  const overwrite = options.overwrite !== undefined;
  const status = await services.imports.run({
    actor,
    file,
    mapping,
    dryRun,
    overwrite,
    reason,
    sha256: null,
  });
  switch (status.state) {
    case 'done':
      await (asJson ? output.json(toJson(status.report)) : print(context, status.report));
      return status.report.counts.conflicts + status.report.counts.refused === 0 ? 0 : 1;
    case 'failed':
      throw new AppError(status.error);
    case 'cancelled':
      throw refuse('cancelled');
    case 'running':
      throw new Error('the import was answered before it ended');
    default:
      return assertNever(status);
  }
};

function readMapping(file: string): ImportMapping {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, 'utf8').replace(/^\uFEFF/u, ''));
  } catch (error) {
    if (error instanceof SyntaxError)
      throw refuse('import-mapping-unfit', { fault: 'it is not JSON' }, error);
    throw refuse('file-unreadable', { file }, error);
  }
  const parsed = ImportMapping.safeParse(content);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const at = issue?.path.filter((key) => typeof key !== 'symbol').join('.') ?? '';
  throw refuse('import-mapping-unfit', { fault: `${at === '' ? 'its top' : at}: ${issue?.message ?? ''}` });
}

/** Counts are numbers, lists are whole. */
function toJson({ file, sha256, dryRun, mapping, isWhole, counts, ...lists }: ImportReport): object {
  const { read, accepted, same, empty, calculated, overwritten, subjects, newSubjects, completed } = counts;
  return {
    ...{ file, sha256, dryRun, mapping, isWhole, read, accepted, same },
    conflicts: lists.conflicts.map(({ standing, incoming, from, ...place }) => ({
      ...place,
      standing: brief(standing),
      incoming: brief(incoming),
      from,
    })),
    refused: lists.refused.map(({ subject, place, from, code, message }) => ({
      ...{ subject, ...(place ?? { event: null, form: null, row: null, item: null }), from, code, message },
    })),
    findings: lists.findings.map((finding) => ({ subject: finding.subject, ...briefFinding(finding) })),
    notCompleted: lists.notCompleted.map(({ subject, event, form, refusal }) => ({
      ...{ subject, event, form },
      message: refusal?.message ?? waits,
    })),
    ...{ empty, calculated, overwritten, subjects, newSubjects, completed },
  };
}

const waits = 'Values of the form were refused or are in conflict.';

function brief({ text, relation, unit, missing }: ItemValue): object {
  return { text, relation, unit, missing };
}

async function print({ output }: CommandContext, report: ImportReport): Promise<void> {
  const { counts: n } = report;
  const lines = [
    `${report.dryRun ? 'Tried, nothing written' : 'Imported'}: ${report.file}`,
    `sha256 ${report.sha256}`,
    `${String(n.read)} cells read = ${String(n.accepted)} accepted + ${String(n.same)} same + ${String(n.conflicts)} in conflict + ${String(n.refused)} refused + ${String(n.empty)} left empty`,
    `${String(n.subjects)} subjects, ${String(n.newSubjects)} new; ${String(n.completed)} forms completed; ${String(n.overwritten)} values overwritten`,
    ...(report.isWhole ? [] : ['It was stopped before the end of the file.']),
  ];
  await output.text(`${lines.join('\n')}\n`);
  await list(output, 'Conflicts', ['at', 'place', 'stands', 'file'], report.conflicts.map(conflictCells));
  await list(output, 'Refused', ['at', 'place', 'why'], report.refused.map(refusedCells));
  await list(
    output,
    'Not completed',
    ['subject', 'event', 'form', 'why'],
    report.notCompleted.map(({ subject, event, form, refusal }) => [
      subject,
      event,
      form,
      refusal?.message ?? waits,
    ]),
  );
  await list(
    output,
    'Checks that fire',
    ['severity', 'place', 'message'],
    report.findings.map((finding) => [
      finding.severity,
      placeWords(finding.subject, finding),
      finding.message.en,
    ]),
  );
}

async function list(
  output: CommandContext['output'],
  title: string,
  header: readonly string[],
  rows: readonly (readonly string[])[],
): Promise<void> {
  if (rows.length > 0) await output.text(`\n${title} (${String(rows.length)})\n${toTable(header, rows)}`);
}

function conflictCells({ subject, from, standing, incoming, ...place }: ImportConflict): readonly string[] {
  return [atWords(from), placeWords(subject, place), shown(standing), shown(incoming)];
}

function refusedCells({ subject, place, from, message }: RefusedValue): readonly string[] {
  return [atWords(from), place === null ? (subject ?? '') : placeWords(subject ?? '', place), message];
}

function atWords(from: SourcePlace | null): string {
  return from === null ? '' : `${from.sheet} ${from.column}${String(from.row)}`;
}

function placeWords(subject: string, { event, form, row, item }: ValuePlace): string {
  return `${subject} ${event} ${form} ${String(row)} ${item}`;
}

function shown({ text, relation, unit, missing }: ItemValue): string {
  return (
    missing ??
    [relation === '=' ? '' : (relation ?? ''), text ?? '', unit === null ? '' : ` ${unit}`].join('')
  );
}
