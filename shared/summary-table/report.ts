/** A site's summary tables with what they are of: which study, which definition, which state of the data. */
import type { SummaryTableResult } from '../summary-table.ts';
import type { Text } from '../study-text.ts';

export interface StudyReport {
  readonly study: { readonly id: string; readonly version: string; readonly name: Text };
  readonly site: { readonly code: string; readonly name: string };
  /** SHA-256 of the canonical JSON of the definition. */
  readonly fingerprint: string;
  /**
   * The state of the data: the newest entry of the trail that changed it, when that was (UTC, ISO 8601) and its hash. The same
   * data give the same cut, and the same report.
   */
  readonly cut: { readonly seq: number; readonly at: string; readonly head: string };
  /** All subjects of the site, those that no population has too. */
  readonly subjects: number;
  readonly tables: readonly SummaryTableResult[];
}
