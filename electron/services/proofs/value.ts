/** Current values: each is the last entry of its history. The rows are held against the text that was hashed, column by column. */
import { canonicalJson } from '#shared/audit.ts';
import { toItemValue, unpack, type PackedValue } from '#shared/pool/delivered.ts';
import type { ReadableDb } from '../../db/open.ts';
import type { StoredEntry } from '../verify/stored-entry.ts';
import type { StoredProof } from './table-proof.ts';

interface Played {
  /** Canonical JSON of the answer; null when it was emptied. */
  value: string | null;
  version: number;
  derived: boolean;
  parked: boolean;
  seen: boolean;
}

type Stored = readonly [
  formId: number,
  row: number,
  itemId: number,
  text: string | null,
  relation: string | null,
  number: number | null,
  unit: string | null,
  precision: string | null,
  missing: string | null,
  version: number,
  derived: number,
  parked: number,
];
const selectValues =
  'SELECT form_id, row, item_id, text, relation, number, unit, precision, missing, version, derived, parked FROM value';
const selectPlace = `
  SELECT subject.number AS subject, form.event, form.form, (SELECT name FROM item WHERE id = ?) AS item
  FROM form LEFT JOIN subject ON subject.id = form.subject_id WHERE form.id = ?`;

/** Items of one form are told apart by row and item in one small integer. */
const itemsMost = 2 ** 16;
const problemsMost = 200;

export function valueProof(): StoredProof {
  const forms = new Map<number, Map<number, Played>>();
  /** Form → entries after the one with which it was delivered. */
  const delivered = new Map<number, StoredEntry[]>();
  const flagsOf = createFlags();
  return {
    tables: ['value'],
    actions: ['value.set', 'value.parked', 'value.unparked', 'row.removed', 'form.delivered'],
    take: (entry) => {
      const [, , action, , formId, row, itemId] = entry;
      if (action === 'form.delivered') {
        if (formId !== null && hasValues(entry[8])) delivered.set(formId, []);
        return;
      }
      const later = formId === null ? undefined : delivered.get(formId);
      if (later !== undefined) {
        later.push(entry);
        return;
      }
      if (formId === null || row === null || itemId === null) return;
      let places = forms.get(formId);
      if (places === undefined) {
        places = new Map<number, Played>();
        forms.set(formId, places);
      }
      play(places, row * itemsMost + itemId, entry, flagsOf);
    },
    problems: (db) => {
      const name = createNaming(db);
      const problems: string[] = [];
      const tell = (problem: string): void => {
        if (problems.length < problemsMost) problems.push(problem);
      };
      const look = (row: Stored, places: ReadonlyMap<number, Played> | undefined): void => {
        const [formId, line, itemId] = row;
        const played = places?.get(line * itemsMost + itemId);
        const said = verdict(row, played);
        if (played !== undefined) played.seen = true;
        if (said !== null) tell(`${String(formId)} ${String(line)} ${String(itemId)} ${said}`);
      };
      const tellUnseen = (formId: number, places: ReadonlyMap<number, Played>): void => {
        for (const [key, { seen }] of places) {
          if (seen) continue;
          const [line, item] = [Math.floor(key / itemsMost), key % itemsMost];
          tell(`${String(formId)} ${String(line)} ${String(item)} is in the trail and not stored.`);
        }
      };
      for (const row of db.prepare<[], Stored>(selectValues).raw().iterate())
        if (!delivered.has(row[0])) look(row, forms.get(row[0]));
      for (const [formId, places] of forms) tellUnseen(formId, places);
      // A pool has millions of values: one form of them at a time.
      const replay = createReplay(db, flagsOf);
      const ofForm = db.prepare<[number], Stored>(`${selectValues} WHERE form_id = ?`).raw();
      for (const [formId, later] of delivered) {
        const places = replay(formId, later);
        for (const row of ofForm.all(formId)) look(row, places);
        tellUnseen(formId, places);
      }
      // Named once the table is read: no other statement may run on its connection before.
      return problems.map((problem) =>
        problem.replace(/^(\d+) (\d+) (\d+)/u, (_, form, row, item) =>
          name(Number(form), Number(row), Number(item)),
        ),
      );
    },
  };
}

function play(
  places: Map<number, Played>,
  key: number,
  entry: StoredEntry,
  flagsOf: (detail: string | null) => Flags,
): void {
  const before = places.get(key);
  switch (entry[2]) {
    case 'value.set': {
      const { derived, parked } = flagsOf(entry[8]);
      if (before === undefined)
        places.set(key, { value: entry[7], version: 1, derived, parked, seen: false });
      else {
        before.value = entry[7];
        before.version += 1;
        before.derived = derived;
        before.parked = parked;
      }
      return;
    }
    case 'row.removed':
      places.delete(key);
      return;
    default:
      if (before !== undefined) before.parked = entry[2] === 'value.parked';
  }
}

const selectDeliveredValues = `
  SELECT detail ->> '$.values' FROM audit WHERE form_id = ? AND action = 'form.delivered' AND item_id IS NULL ORDER BY seq LIMIT 1`;

function hasValues(detail: string | null): boolean {
  return detail !== null && !detail.includes('"values":""');
}

/** What a delivered form should hold: its values as they came, and what was decided or delivered later. */
function createReplay(
  db: ReadableDb,
  flagsOf: (detail: string | null) => Flags,
): (formId: number, later: readonly StoredEntry[]) => ReadonlyMap<number, Played> {
  const values = db.prepare<[number], string>(selectDeliveredValues).pluck();
  const items = new Map(db.prepare<[], [string, number]>('SELECT name, id FROM item').raw().all());
  return (formId, later) => {
    const places = new Map<number, Played>();
    for (const packed of unpackOrNone(values.get(formId))) {
      const [row, item, , , , , , , derived] = packed;
      const value = canonicalJson(toItemValue(packed));
      const played = { value, version: 1, derived: derived === 1, parked: false, seen: false };
      places.set(row * itemsMost + (items.get(item) ?? 0), played);
    }
    for (const entry of later) {
      const [, , , , , row, itemId] = entry;
      if (row !== null && itemId !== null) play(places, row * itemsMost + itemId, entry, flagsOf);
    }
    return places;
  };
}

/** An entry that was altered may hold anything: its hash tells. */
function unpackOrNone(packed: string | undefined): readonly PackedValue[] {
  try {
    return unpack(packed ?? '[]');
  } catch {
    return [];
  }
}

interface Flags {
  readonly derived: boolean;
  readonly parked: boolean;
}

/** What stands in the detail of a set value, read once for each text. */
function createFlags(): (detail: string | null) => Flags {
  const known = new Map<string | null, Flags>([[null, { derived: false, parked: false }]]);
  return (detail) => {
    const flags = known.get(detail);
    if (flags !== undefined) return flags;
    const read = { derived: has(detail, 'derived'), parked: has(detail, 'parked') };
    if (known.size < 1000) known.set(detail, read);
    return read;
  };
}

function has(detail: string | null, flag: string): boolean {
  try {
    const content: unknown = JSON.parse(detail ?? 'null');
    return typeof content === 'object' && content !== null && Reflect.get(content, flag) === true;
  } catch {
    // No JSON: the entry's hash tells.
    return false;
  }
}

function verdict(row: Stored, played: Played | undefined): string | null {
  if (played === undefined) return 'is stored and the trail knows nothing of it.';
  if (answerText(row) !== played.value) return 'is stored otherwise than the trail says.';
  const [version, derived, parked] = [row[9], row[10], row[11]];
  const isMarked =
    version === played.version && (derived === 1) === played.derived && (parked === 1) === played.parked;
  return isMarked ? null : 'is marked otherwise than the trail says.';
}

/** As canonicalJson gives it for an answer. A row without an answer holds nothing else either. */
function answerText([, , , text, relation, number, unit, precision, missing]: Stored): string | null {
  if (
    text === null &&
    relation === null &&
    number === null &&
    unit === null &&
    precision === null &&
    missing === null
  )
    return null;
  return `{"missing":${quoted(missing)},"number":${number === null ? 'null' : JSON.stringify(number)},"precision":${quoted(precision)},"relation":${quoted(relation)},"text":${quoted(text)},"unit":${quoted(unit)}}`;
}

function quoted(text: string | null): string {
  return text === null ? 'null' : JSON.stringify(text);
}

function createNaming(db: ReadableDb): (formId: number, row: number, itemId: number) => string {
  const place = db.prepare<
    [number, number],
    { subject: string | null; event: string; form: string; item: string | null }
  >(selectPlace);
  return (formId, row, itemId) => {
    const { subject, event, form, item } = place.get(itemId, formId) ?? {
      subject: null,
      event: '?',
      form: '?',
      item: null,
    };
    return `Subject ${subject ?? '?'}, ${item ?? '?'} (${form} in ${event}, row ${String(row)})`;
  };
}
