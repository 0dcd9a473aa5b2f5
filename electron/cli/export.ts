/** export: the workbook, the formats beside it, or all of them, written by the same runner as the window's. */
import path from 'node:path';
import { assertNever } from '#shared/assert-never.ts';
import type { ExportStatus } from '#shared/bridge.ts';
import { exportFormats, type ExportFormat } from '#shared/export-choices.ts';
import { AppError, refuse } from '../app-error.ts';
import { requireFullSight } from '../services/blindness.ts';
import { requireWorkbookPath } from '../services/export-desk.ts';
import { findPreset } from '../services/export-choices/presets.ts';
import { call, signIn, type Command } from './context.ts';
import { readWish } from './export-wish.ts';
import { toTable } from './output.ts';

export const exportWorkbook: Command = async (context) => {
  const { services, options, output, asJson, workingFolder } = context;
  const formats = formatsOf(options.format ?? 'xlsx');
  const file = path.resolve(workingFolder, options.out ?? '');
  if (options.format === undefined || options.format === 'xlsx') requireWorkbookPath(file);
  await signIn(context);
  const actor = services.session.authorise('exports.run');
  requireFullSight(actor);
  const wish = readWish(options, (name) => findPreset(actor.site.db, name).wish);
  const chosen = options.format === undefined ? wish.formats : formats;
  const status = await services.exports.of(actor.site).run({ ...wish, file, actor, formats: chosen });
  switch (status.state) {
    case 'done':
      if (asJson)
        await output.json({
          file: status.file,
          sheets: status.sheets,
          cells: status.cells,
          head: status.head,
          files: status.files,
        });
      else if (status.sheets.length === 0) await output.text(filesTable(status));
      else {
        const sheets = status.sheets.map(({ name, rows, cells, sha256 }) => [
          name,
          String(rows),
          String(cells),
          sha256,
        ]);
        await output.text(
          `${toTable(['sheet', 'rows', 'cells', 'sha256'], sheets)}\n${String(status.cells)} cells in ${status.file}\nhead of the trail ${status.head}\n`,
        );
      }
      return 0;
    case 'failed':
      throw new AppError(status.error);
    case 'cancelled':
      throw refuse('cancelled');
    case 'running':
      throw new Error('the export was answered before it ended');
    default:
      return assertNever(status);
  }
};

/** What leads a de-identified export back; only inside the site, and never without an entry of the trail. */
export const exportKey: Command = async (context) => {
  const { services, options, output, asJson } = context;
  await signIn(context);
  const { key } = await call(services, 'exports.key', { reason: options.reason ?? '' });
  if (asJson) await output.json({ key });
  else {
    const rows = key.map(({ subject, replacement, shiftDays }) => [replacement, subject, String(shiftDays)]);
    await output.text(`${toTable(['in exports', 'subject', 'days added'], rows)}\n`);
  }
  return 0;
};
/** "all" is every one of them, in a folder. */
function formatsOf(named: string): readonly ExportFormat[] {
  if (named === 'all') return exportFormats;
  const format = exportFormats.find((one) => one === named);
  if (format === undefined) throw refuse('not-available', { what: `The format ${named}` });
  return [format];
}

function filesTable({ files, cells, file, head }: Extract<ExportStatus, { state: 'done' }>): string {
  const lines = files.map((one) => [
    path.relative(path.dirname(file), one.file),
    ...[one.format, String(one.rows), String(one.bytes), one.sha256],
  ]);
  const table = toTable(['file', 'format', 'rows', 'bytes', 'sha256'], lines);
  return `${table}\n${String(cells)} values in ${file}\nhead of the trail ${head}\n`;
}
