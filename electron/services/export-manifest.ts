/** MANIFEST: what each sheet holds, with a hash by which a change of any cell shows. */
import {
  fillSheet,
  integer,
  text,
  type FilledColumn,
  type ReferenceSheet,
} from '#shared/export-plan/sheet.ts';
import type { Submission } from '#shared/export-plan/changes.ts';
import type { DataCut, ValueCounts } from './export-rows.ts';
import type { SheetTotals } from './workbook-writer.ts';

export interface SheetReport extends SheetTotals {
  /** Values of the database that went into the sheet; null for sheets that hold none. */
  readonly values: number | null;
}

export interface ManifestFacts {
  readonly sheets: readonly SheetReport[];
  readonly counts: ValueCounts;
  /** In the database. */
  readonly queries: number;
  readonly cut: DataCut;
  readonly fingerprint: string;
  /** The submission that CHANGES compares with. */
  readonly baseline: Submission | null;
  /** By sheet. */
  readonly packed: ReadonlyMap<string, string>;
}

interface Line {
  readonly name: string;
  readonly rows?: number;
  readonly columns?: number;
  readonly cells?: number;
  readonly values?: number | null;
  readonly sha256?: string;
  readonly zipSha256?: string | undefined;
}

const columns: readonly FilledColumn<Line>[] = [
  text('SHEET', 24, ({ name }) => name),
  integer('ROWS', 10, ({ rows }) => rows),
  integer('COLUMNS', 10, ({ columns }) => columns),
  integer('CELLS', 12, ({ cells }) => cells),
  integer('VALUES', 12, ({ values }) => values),
  text('SHA256', 68, ({ sha256 }) => sha256),
  text('ZIP_SHA256', 68, ({ zipSha256 }) => zipSha256),
];

/** Names in brackets are not sheets. MANIFEST itself can't hold its own hash, and comes last. */
export function manifestSheet({
  sheets,
  counts,
  queries,
  cut,
  fingerprint,
  baseline,
  packed,
}: ManifestFacts): ReferenceSheet {
  return fillSheet<Line>('MANIFEST', columns, [
    ...sheets.map((sheet) => ({ ...sheet, zipSha256: packed.get(sheet.name) })),
    { name: '(values in the database)', values: counts.exported + (counts.withheld ?? 0) },
    ...(counts.withheld === undefined
      ? []
      : [{ name: '(values left out by de-identification)', values: counts.withheld }]),
    { name: '(hidden answers left out)', values: counts.parked },
    { name: '(queries in the database)', rows: queries },
    { name: '(trail, up to its head)', rows: cut.seq, sha256: cut.head },
    { name: '(study definition)', sha256: fingerprint },
    ...(baseline === null
      ? []
      : [{ name: '(trail, up to the last submission)', rows: baseline.cut, sha256: baseline.head }]),
  ]);
}
