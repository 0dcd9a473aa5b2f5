/** export: the workbook, written by the same runner as the window's. */
import path from 'node:path';
import { assertNever } from '#shared/assert-never.ts';
import { AppError, refuse } from '../app-error.ts';
import { requireFullSight } from '../services/blindness.ts';
import { requireWorkbookPath } from '../services/export-desk.ts';
import { findPreset } from '../services/export-choices/presets.ts';
import { call, signIn, type Command } from './context.ts';
import { readWish } from './export-wish.ts';
import { toTable } from './output.ts';

export const exportWorkbook: Command = async (context) => {
  const { services, options, output, asJson, workingFolder } = context;
  if (options.format !== undefined && options.format !== 'xlsx')
    throw refuse('not-available', { what: `The format ${options.format}` });
  const file = path.resolve(workingFolder, options.out ?? '');
  requireWorkbookPath(file);
  await signIn(context);
  const actor = services.session.authorise('exports.run');
  requireFullSight(actor);
  const wish = readWish(options, (name) => findPreset(actor.site.db, name).wish);
  const status = await services.exports.of(actor.site).run({ ...wish, file, actor });
  switch (status.state) {
    case 'done':
      if (asJson)
        await output.json({
          file: status.file,
          sheets: status.sheets,
          cells: status.cells,
          head: status.head,
        });
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
