/** The methods of shared/contract/exports.ts. */
import path from 'node:path';
import type { exportContract } from '#shared/contract/exports.ts';
import type { Clock } from '../clock.ts';
import type { Handlers } from '../dispatch.ts';
import type { Host } from '../services.ts';
import { listPresets, removePreset, savePreset } from '../services/export-choices/presets.ts';
import { revealKey } from '../services/export-choices/pseudonyms.ts';
import type { ExportDesk } from '../services/export-desk.ts';
import { by } from './by.ts';

export function exportHandlers(
  exports: ExportDesk,
  host: Pick<Host, 'chooseWorkbook'>,
  clock: Clock,
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
    'exports.preview': by(({ choices }, { site }) => exports.preview(site, choices)),
    'exports.presets': by((_, { site }) => ({ presets: listPresets(site.db) })),
    'exports.savePreset': by(({ name, wish }, actor) => {
      savePreset(actor, clock, name, wish);
      return { presets: listPresets(actor.site.db) };
    }),
    'exports.removePreset': by(({ name }, actor) => {
      removePreset(actor, clock, name);
      return { presets: listPresets(actor.site.db) };
    }),
    'exports.key': by(({ reason }, actor) => ({ key: revealKey(actor, clock, reason) })),
    'exports.status': by(({ job }, { site }) => exports.of(site).status(job)),
    'exports.cancel': by(({ job }, { site }) => {
      exports.of(site).cancel(job);
      return null;
    }),
  };
}
