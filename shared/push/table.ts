/** What a table of a data centre's engine is, whichever engine: named columns of one type each, and a key. */
import { uniqueNames } from '../export-plan/names.ts';
import type { ColumnKind } from '../export-plan/sheet.ts';

/**
 * date, timestamp: wall clock of the site. instant: a moment of UTC.
 * number: what was typed, exactly where the engine can.
 */
export type PushType = 'text' | 'smallint' | 'bigint' | 'number' | 'date' | 'timestamp' | 'instant';

export interface PushColumn {
  readonly name: string;
  readonly type: PushType;
  readonly required: boolean;
  /** What it holds, in words. */
  readonly comment: string;
  /** The only texts, or numbers, that may stand in it; null: any. */
  readonly allowed: readonly (string | number)[] | null;
}

export interface PushTable {
  readonly name: string;
  readonly comment: string;
  readonly columns: readonly PushColumn[];
  /** Names of the columns that tell one row from another. */
  readonly key: readonly string[];
  /** Its columns siteid and subjid name a row of the table of subjects. */
  readonly ofSubjects: boolean;
}

/** PostgreSQL's own limit, the shortest of those engines; names here are ASCII, so that characters are bytes. */
const longestName = 63;

/**
 * Fully reserved in PostgreSQL: bare they are an error, or silently mean something else ("user" is who is connected).
 * Appendix C of its manual; the types' names and functions may be columns.
 */
const reserved = new Set(
  `all analyse analyze and any array as asc asymmetric both case cast check collate column constraint create
  current_catalog current_date current_role current_time current_timestamp current_user default deferrable desc distinct
  do else end except false fetch for foreign from grant group having in initially intersect into lateral leading limit
  localtime localtimestamp not null offset on only or order placing primary references returning select session_user some
  symmetric system_user table then to trailing true union unique user using variadic when where window with`.split(
    /\s+/u,
  ),
);

/** Names that need no quotes in SQL: lower case, none reserved ("user" becomes "user_"), each once. */
export function toPushNames(names: readonly string[], taken: readonly string[] = []): readonly string[] {
  return uniqueNames(
    names.map((name) => {
      const plain = name.toLowerCase().replace(/[^a-z0-9_]/gu, '_');
      return reserved.has(plain) ? `${plain}_` : plain;
    }),
    taken,
    longestName,
  );
}

/** Sheets write moments as ISO 8601 text in columns that end so. */
export function typeOfSheetColumn(name: string, kind: ColumnKind): PushType {
  if (name.endsWith('_UTC')) return 'instant';
  switch (kind) {
    case 'text':
      return 'text';
    case 'integer':
      return 'bigint';
    case 'decimal':
      return 'number';
    case 'date':
      return 'date';
    case 'date-time':
      return 'timestamp';
  }
}
