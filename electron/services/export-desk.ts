/** Where exports are ordered: one runner for the open site, and only files that a person chose in the save dialog. */
import path from 'node:path';
import type { ExportPreview } from '#shared/bridge.ts';
import type { ExportChoices } from '#shared/export-choices.ts';
import { refuse } from '../app-error.ts';
import { readMoment, toIsoUtc, type Clock } from '../clock.ts';
import { createChosenFiles } from './chosen-files.ts';
import type { Log } from '../log.ts';
import { requireKnown } from './export-choices/known.ts';
import { drawPseudonyms } from './export-choices/pseudonyms.ts';
import { chosenInTrail } from './export-choices/in-trail.ts';
import type { ExportRequest, ExportRunner } from './export-runner.ts';
import { createExports } from './exports.ts';
import type { Site } from './site.ts';

export interface ExportOutside {
  readonly clock: Clock;
  readonly newId: () => string;
  readonly log: Log;
  readonly appVersion: string;
  readonly exportWorker: URL;
  /** Called with the entry of an export written: the workbook shows the same head. */
  readonly keepHead: (site: Site, why: 'export') => void;
}

export interface ExportDesk {
  of(site: Site): ExportRunner;
  /** "anakinra-misc_01_2024-03-02.xlsx" */
  suggestedName(site: Site): string;
  allow(file: string): void;
  /** For the window: a page that was taken over must not be able to write just anywhere. */
  startAllowed(request: ExportRequest): { readonly job: string };
  preview(site: Site, choices: ExportChoices): Promise<ExportPreview>;
  siteCloses(site: Site): void;
}

export function createExportDesk(outside: ExportOutside): ExportDesk {
  const { clock, newId, log, appVersion, exportWorker, keepHead } = outside;
  const chosen = createChosenFiles('export-file-not-chosen');
  let current: { readonly site: Site; readonly runner: ExportRunner; readonly jobs: Set<string> } | null =
    null;

  const requireFit = (site: Site, choices: ExportChoices): void => {
    const { cutAt } = choices;
    requireKnown(site, choices);
    if (cutAt !== null && Date.parse(cutAt) > clock.now()) throw refuse('export-cut-ahead');
  };
  /** The command line comes here too. What stands for a subject is drawn before the thread, which only reads, begins. */
  const prepare = ({ actor, choices }: ExportRequest): void => {
    requireFit(actor.site, choices);
    if (choices.deidentification === null) return;
    actor.site.db
      .transaction(() => {
        drawPseudonyms(actor, readMoment(clock));
      })
      .immediate();
  };

  const open = (site: Site): { readonly runner: ExportRunner; readonly jobs: Set<string> } => {
    if (current?.site === site) return current;
    const { databaseFile, key, fingerprint, siteCode, siteName } = site;
    const made = createExports({
      order: { databaseFile, key, fingerprint, siteCode, siteName, appVersion },
      workerUrl: exportWorker,
      log,
      newId,
      record: (request, { cells, head, cut }, giveName) => {
        if (!site.db.open) throw refuse('signed-out');
        const { user, role } = request.actor;
        const detail = { file: path.basename(request.file), cells, head, cut, ...chosenInTrail(request) };
        site.db
          .transaction(() => {
            site.trail.note({ user, role }, readMoment(clock), 'export.done', { detail });
            giveName();
          })
          .immediate();
        keepHead(site, 'export');
      },
    });
    const runner: ExportRunner = {
      ...made,
      start: (request) => {
        prepare(request);
        return made.start(request);
      },
      run: (request) => {
        prepare(request);
        return made.run(request);
      },
    };
    current = { site, runner, jobs: new Set() };
    return current;
  };

  return {
    of: (site) => open(site).runner,
    suggestedName: ({ model, siteCode }) =>
      `${model.study.id}_${siteCode}_${toIsoUtc(clock.now()).slice(0, 10)}.xlsx`,
    allow: chosen.allow,
    startAllowed: (request) => {
      requireWorkbookPath(request.file);
      chosen.require(request.file);
      const { runner, jobs } = open(request.actor.site);
      const started = runner.start(request);
      jobs.add(started.job);
      return started;
    },
    preview: (site, choices) => {
      requireFit(site, choices);
      return open(site).runner.preview(choices);
    },
    siteCloses: (site) => {
      chosen.clear();
      if (current?.site !== site) return;
      for (const job of current.jobs) current.runner.cancel(job);
      current = null;
    },
  };
}

export function requireWorkbookPath(file: string): void {
  const isWorkbook =
    path.isAbsolute(file) && path.extname(file).toLowerCase() === '.xlsx' && !file.includes('\0');
  if (!isWorkbook) throw refuse('export-file-unfit');
}
