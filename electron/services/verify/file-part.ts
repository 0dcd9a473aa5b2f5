/** The file itself: pages, references, and a schema that is exactly what the steps of this version make of an empty file. */
import Database from 'better-sqlite3';
import { trailGuards } from './guards.ts';
import type { ReadableDb } from '../../db/open.ts';
import { createStepTable } from '../../db/migrate.ts';
import type { KnownStep } from '../proofs/table-proof.ts';

interface Part {
  readonly type: string;
  readonly name: string;
  readonly tbl_name: string;
  readonly sql: string | null;
}
const selectParts = 'SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name';

const selectTables = `SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'audit'`;

/**
 * Every page is authenticated by the cipher when it is read. The trail itself is read and held against its hashes as a whole,
 * so that only the other tables are left to look through row by row.
 */
export function fileProblems(db: ReadableDb, progress: () => void): readonly string[] {
  const tables = db.prepare<[], string>(selectTables).pluck().all();
  const problems = tables.flatMap((table) => {
    progress();
    const answers = db.prepare<[], string>(`PRAGMA integrity_check("${table}")`).pluck().all();
    const orphans = db.prepare(`PRAGMA foreign_key_check("${table}")`).all();
    return [
      ...answers.filter((answer) => answer !== 'ok').map((answer) => toSentence(answer, table)),
      ...(orphans.length > 0 ? [`Rows of the table ${table} have lost what they belong to.`] : []),
    ];
  });
  return [...new Set(problems)];
}

/** What SQLite says may quote a row; only the kind of fault goes on. */
function toSentence(answer: string, table: string): string {
  if (/^(?:CHECK|NULL|NUMERIC|TEXT|non-\w+) /u.test(answer))
    return `A row of the table ${table} holds what the table does not allow.`;
  return answer.includes('index')
    ? 'An index of the database does not match its table.'
    : 'The database file has a damaged page.';
}

export function schemaProblems(db: ReadableDb, steps: readonly KnownStep[]): readonly string[] {
  const expected = new Map(expectedParts(steps).map((part) => [`${part.type} ${part.name}`, part]));
  const problems: string[] = [];
  for (const part of db.prepare<[], Part>(selectParts).all()) {
    const own = expected.get(`${part.type} ${part.name}`);
    expected.delete(`${part.type} ${part.name}`);
    if (own === undefined) problems.push(`The ${part.type} ${part.name} does not belong to the database.`);
    else if (own.sql !== part.sql || own.tbl_name !== part.tbl_name)
      problems.push(`The ${nameOf(part)} is not as it was made.`);
  }
  const version = db.pragma('user_version', { simple: true });
  return [
    ...problems,
    ...[...expected.values()].map((part) => `The ${nameOf(part)} is missing.`),
    ...(version === steps.length ? [] : ['The version kept in the file is not that of its tables.']),
  ];
}

function nameOf({ type, name }: Part): string {
  return trailGuards.some((guard) => guard === name) ? `guard ${name} of the trail` : `${type} ${name}`;
}

/** The same steps on an empty database in memory, once in a process. */
function expectedParts(steps: readonly KnownStep[]): readonly Part[] {
  const empty = new Database(':memory:');
  try {
    empty.exec(createStepTable);
    for (const { sql } of steps) empty.exec(sql);
    return empty.prepare<[], Part>(selectParts).all();
  } finally {
    empty.close();
  }
}
