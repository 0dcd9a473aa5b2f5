/** The methods of shared/contract/exports.ts. */
import path from 'node:path';
import type { exportContract } from '#shared/contract/exports.ts';
import type { Handlers } from '../dispatch.ts';
import type { Host } from '../services.ts';
import type { ExportDesk } from '../services/export-desk.ts';
import { by } from './by.ts';

export function exportHandlers(
  exports: ExportDesk,
  host: Pick<Host, 'chooseWorkbook'>,
): Pick<Handlers, keyof typeof exportContract> {
  return {
    'exports.chooseFile': by(async (_, { site }) => {
      const file = await host.chooseWorkbook(exports.suggestedName(site));
      if (file === null) return null;
      exports.allow(file);
      return { file };
    }),
    'exports.start': by(({ file, ...chosen }, actor) =>
      exports.startAllowed({ ...chosen, file: path.normalize(file), actor }),
    ),
    'exports.status': by(({ job }, { site }) => exports.of(site).status(job)),
    'exports.cancel': by(({ job }, { site }) => {
      exports.of(site).cancel(job);
      return null;
    }),
  };
}
