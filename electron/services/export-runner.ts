/** What services and command line ask of an export; services/exports.ts does it in a worker thread. */
import type { ExportPreview, ExportStatus } from '#shared/bridge.ts';
import type { ExportChoices, ExportFormat } from '#shared/export-choices.ts';
import type { Actor } from './site.ts';

export interface ExportRequest {
  /** Full path of the workbook, or of what stands in its place (formats/places.ts). */
  readonly file: string;
  readonly formats: readonly ExportFormat[];
  readonly choices: ExportChoices;
  readonly actor: Actor;
}

export interface ExportRunner {
  start(request: ExportRequest): { readonly job: string };
  /** Counted beside the work; several may be asked for at once. */
  preview(choices: ExportChoices): Promise<ExportPreview>;
  /** Refuses a job that there is not. */
  status(job: string): ExportStatus;
  cancel(job: string): void;
  /** Until it is done, cancelled or failed. */
  run(request: ExportRequest): Promise<ExportStatus>;
  /** Until nothing runs any more. */
  idle(): Promise<void>;
}
