/** The tables of double data entry, played again from the trail. */
import { canonicalJson, type AuditAction, type ChainedEntry } from '#shared/audit.ts';
import { nothing } from '#shared/item-value/reading.ts';
import type { ItemValue } from '#shared/record.ts';
import type { ReadableDb } from '../../db/open.ts';
import { secretKey } from '../second-draw.ts';
import { sha256 } from '../trail.ts';
import type { TableProof } from './table-proof.ts';

const tables = ['second_entry', 'second_value', 'second_compared', 'second_difference'] as const;
const actions = [
  'second.secret-made',
  'second.asked',
  'second.begun',
  'second.value',
  'second.differs',
  'second.given-back',
  'second.completed',
  'second.decided',
] as const satisfies readonly AuditAction[];
const selectSecret = 'SELECT value FROM meta WHERE key = ?';
const countedBy = 'compared by ';

type Row = Readonly<Record<string, string | number | boolean | null>>;
/** By a key that a person can read. */
type Rows = Map<string, Row>;

const place = `subject.number AS subject, form.event, form.form`;
const joined = (table: string): string =>
  `FROM ${table} JOIN form ON form.id = ${table}.form_id JOIN subject ON subject.id = form.subject_id`;
const withItem = (table: string): string => `${joined(table)} JOIN item ON item.id = ${table}.item_id`;
const selects: Readonly<Record<(typeof tables)[number], string>> = {
  second_entry: `SELECT ${place}, second_entry.state, first_user, asked_at, user, self, started_at, completed_at ${joined('second_entry')}`,
  second_value: `SELECT ${place}, row, item.name AS item, text, relation, second_value.number, unit, precision, missing, version ${withItem('second_value')}`,
  second_compared: `SELECT ${place}, first_user, fields ${joined('second_compared')}`,
  second_difference: `SELECT ${place}, position, item.name AS item, row, first_row, second_row, first_user, first, second, decided, final,
    decided_by, decided_at, reason ${withItem('second_difference')}`,
};

export function createSecondEntryProof(): TableProof {
  const expected: Readonly<Record<(typeof tables)[number], Rows>> = {
    second_entry: new Map(),
    second_value: new Map(),
    second_compared: new Map(),
    second_difference: new Map(),
  };

  const change = (table: (typeof tables)[number], row: Row): void => {
    const key = keyOf(table, row);
    expected[table].set(key, { ...expected[table].get(key), ...row });
  };

  const secrets: string[] = [];

  const read = (entry: ChainedEntry): void => {
    const { subject, event, form, row, item, user, detail } = entry;
    const at = Date.parse(entry.at);
    const here = { subject, event, form };
    switch (entry.action) {
      case 'second.secret-made':
        secrets.push(String(detail?.['sha256']));
        break;
      case 'second.asked':
        change('second_entry', {
          ...{ ...here, state: 'asked', first_user: user, asked_at: at },
          ...{ user: null, self: 0, started_at: null, completed_at: null },
        });
        break;
      case 'second.begun':
        change('second_entry', {
          ...{ ...here, state: 'in-progress', user, started_at: at },
          self: detail?.['self'] === true ? 1 : 0,
        });
        break;
      case 'second.value': {
        const written = { ...here, row, item };
        const key = keyOf('second_value', written);
        const version = Number(expected.second_value.get(key)?.['version'] ?? 0) + 1;
        if (detail?.['removed'] === true) expected.second_value.delete(key);
        else change('second_value', { ...written, ...(entry.new ?? nothing), version });
        break;
      }
      case 'second.given-back':
        change('second_entry', { ...here, state: 'asked', user: null, self: 0, started_at: null });
        for (const [key, value] of expected.second_value)
          if (value['subject'] === subject && value['event'] === event && value['form'] === form)
            expected.second_value.delete(key);
        break;
      case 'second.differs':
        change('second_difference', {
          ...{ ...here, row, item, position: detail?.['position'] ?? null },
          ...{ first_row: detail?.['firstRow'] ?? null, second_row: detail?.['secondRow'] ?? null },
          ...{
            first_user: detail?.['firstUser'] ?? null,
            first: toJson(entry.old),
            second: toJson(entry.new),
          },
          ...{ decided: null, final: null, decided_by: null, decided_at: null, reason: null },
        });
        break;
      case 'second.completed':
        change('second_entry', {
          ...{ ...here, completed_at: at },
          state: detail?.['differences'] === 0 ? 'adjudicated' : 'complete',
        });
        for (const [name, fields] of Object.entries(detail ?? {}))
          if (name.startsWith(countedBy))
            change('second_compared', { ...here, first_user: name.slice(countedBy.length), fields });
        break;
      case 'second.decided':
        change('second_difference', {
          ...{ ...here, position: detail?.['position'] ?? null, decided: detail?.['which'] ?? null },
          ...{ final: toJson(entry.new), decided_by: user, decided_at: at, reason: entry.reason },
        });
        if (detail?.['left'] === 0) change('second_entry', { ...here, state: 'adjudicated' });
        break;
      default:
    }
  };

  return {
    tables: [...tables, 'meta'],
    actions,
    read,
    problems: (db) => [
      ...tables.flatMap((table) => problemsOf(db, table, expected[table])),
      ...secretProblems(db, secrets),
    ],
  };
}

/** Whoever knows the secret, or chooses it, knows which forms are drawn. */
function secretProblems(db: ReadableDb, told: readonly string[]): readonly string[] {
  const stored = db.prepare<[string], string>(selectSecret).pluck().all(secretKey).map(sha256);
  return stored.join() === told.join()
    ? []
    : ['The secret by which forms are drawn for a second entry is stored otherwise than the trail says.'];
}

function problemsOf(db: ReadableDb, table: (typeof tables)[number], expected: Rows): readonly string[] {
  const problems: string[] = [];
  const seen = new Set<string>();
  for (const stored of db.prepare<[], Row>(selects[table]).iterate()) {
    const key = keyOf(table, stored);
    seen.add(key);
    const written = expected.get(key);
    if (written === undefined) problems.push(`${key} is stored and the trail knows nothing of it.`);
    else if (toText(written) !== toText(stored))
      problems.push(`${key} is stored otherwise than the trail says.`);
  }
  for (const key of expected.keys())
    if (!seen.has(key)) problems.push(`${key} is in the trail and not stored.`);
  return problems;
}

/** Names of people and places, no value. */
function keyOf(table: (typeof tables)[number], row: Row): string {
  const said = (name: string): string => String(row[name] ?? '');
  const of = `the second entry of ${said('form')} in ${said('event')} of subject ${said('subject')}`;
  switch (table) {
    case 'second_entry':
      return `T${of.slice(1)}`;
    case 'second_value':
      return `Item ${said('item')}, row ${said('row')}, of ${of}`;
    case 'second_compared':
      return `The count of fields first typed by ${said('first_user')} in ${of}`;
    case 'second_difference':
      return `Difference ${said('position')} of ${of}`;
  }
}

function toText(row: Row): string {
  return JSON.stringify(Object.entries(row).sort(([one], [other]) => (one < other ? -1 : 1)));
}

function toJson(value: ItemValue | null): string | null {
  return value === null ? null : canonicalJson(value);
}
