/** The study's tables over the open site: worked out when asked for, and written to files that a person chose. */
import path from 'node:path';
import type { MethodInput } from '#shared/bridge.ts';
import type { Language } from '#shared/study.ts';
import { summarize } from '#shared/summary-table.ts';
import type { StudyReport } from '#shared/summary-table/report.ts';
import { refuse } from '../app-error.ts';
import { readMoment, toIsoUtc, type Clock } from '../clock.ts';
import { createChosenFiles } from './chosen-files.ts';
import { readDataCut } from './export-rows.ts';
import { reportFormats, writeReportFile, type ReportFormat } from './report-file.ts';
import { readTabledSubjects } from './report-rows.ts';
import type { Actor, Site } from './site.ts';

export interface ReportsService {
  studyTable(actor: Pick<Actor, 'site'>): StudyReport;
  /** "anakinra-misc_01_study-table_2024-03-02.html" */
  suggestedName(site: Site, format: ReportFormat): string;
  allow(file: string): void;
  /** For the window: only files that were chosen in the save dialog. */
  writeAllowed(actor: Actor, input: MethodInput<'reports.write'>): Promise<{ readonly file: string }>;
  /** Writes the report and the entry in the trail, or neither. */
  write(actor: Actor, file: string, language: Language): Promise<{ readonly file: string }>;
  siteCloses(): void;
}

export interface ReportsOutside {
  readonly clock: Clock;
  readonly newId: () => string;
  readonly appVersion: string;
}

export function createReports({ clock, newId, appVersion }: ReportsOutside): ReportsService {
  const chosen = createChosenFiles('export-file-not-chosen');

  const write: ReportsService['write'] = async (actor, file, language) => {
    const { site, user, role } = actor;
    const format = formatOf(file);
    if (format === null) throw refuse('report-file-unfit');
    const report = studyTable(site);
    await writeReportFile({ report, format, language, appVersion }, file, newId(), (giveName) => {
      if (!site.db.open) throw refuse('signed-out');
      const detail = { file: path.basename(file), report: 'study-table', head: report.cut.head };
      site.db
        .transaction(() => {
          site.trail.note({ user, role }, readMoment(clock), 'export.done', { detail });
          giveName();
        })
        .immediate();
    });
    return { file };
  };

  return {
    studyTable: ({ site }) => studyTable(site),
    suggestedName: ({ model, siteCode }, format) =>
      `${model.study.id}_${siteCode}_study-table_${toIsoUtc(clock.now()).slice(0, 10)}.${format}`,
    allow: chosen.allow,
    writeAllowed: async (actor, { file, language }) => {
      if (formatOf(file) === null) throw refuse('report-file-unfit');
      return write(actor, chosen.require(file), language);
    },
    write,
    siteCloses: chosen.clear,
  };
}

function studyTable(site: Site): StudyReport {
  const { db, model, siteCode, siteName, fingerprint } = site;
  return db.transaction((): StudyReport => {
    const { seq, at, head } = readDataCut(db);
    const subjects = readTabledSubjects(site);
    const { id, version, name } = model.study;
    return {
      study: { id, version, name },
      site: { code: siteCode, name: siteName },
      fingerprint,
      cut: { seq, at: toIsoUtc(at), head },
      subjects: subjects.length,
      tables: summarize(model, subjects),
    };
  })();
}

/** By the end of the name; null when it is none of a report, or no full path. */
function formatOf(file: string): ReportFormat | null {
  if (!path.isAbsolute(file) || file.includes('\0')) return null;
  const extension = path.extname(file).toLowerCase();
  return reportFormats.find((format) => extension === `.${format}`) ?? null;
}
