/** What an export of a site would hold, read through the source that the thread reads, without a file. */
import { everything, type ExportChoices } from '#shared/export-choices.ts';
import { openForReading } from '../../../electron/db/open.ts';
import { openExportSource } from '../../../electron/services/export-choices/source.ts';
import type { ExportSource } from '../../../electron/services/export-content.ts';
import type { ExportSite } from './site.ts';

export function withSource<T>(
  site: Pick<ExportSite, 'actor'>,
  choices: Partial<ExportChoices>,
  read: (source: ExportSource) => T,
): T {
  const { databaseFile, key, fingerprint, siteCode, siteName } = site.actor().site;
  const db = openForReading(databaseFile, key);
  try {
    return read(
      openExportSource(db, {
        ...{ fingerprint, siteCode, siteName, appVersion: '0', purpose: 'write' },
        choices: { ...everything, ...choices },
      }),
    );
  } finally {
    db.close();
  }
}

/** Everything that the reader gives, as plain data. */
export function contentOf({ reader, study }: ExportSource): Readonly<Record<string, unknown>> {
  return {
    cut: reader.cut,
    version: study.version,
    forms: study.forms.map(({ id }) =>
      [...reader.formRows(id, () => 0)].map(({ values, ...row }) => ({
        ...row,
        values: Object.fromEntries([...values].sort(([a], [b]) => (a < b ? -1 : 1))),
      })),
    ),
    formCounts: Object.fromEntries(reader.countFormValues()),
    counts: reader.countValues(),
    subjects: [...reader.subjects()],
    audit: [...reader.audit()],
    queries: [...reader.queries()],
    queryCount: reader.countQueries(),
    signatures: [...reader.signatures()],
  };
}
