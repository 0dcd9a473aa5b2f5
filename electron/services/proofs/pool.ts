/** What a pooled folder keeps beside the record: sites, deliveries, delivered subjects and forms, and the conflict book. Each row follows from its entries. */
import type { AuditDetail, ChainedEntry } from '#shared/audit.ts';
import { canonicalJson } from '#shared/audit.ts';
import { conflictKey, contentText } from '#shared/pool/conflict.ts';
import type { ReadableDb } from '../../db/open.ts';
import type { TableProof } from './table-proof.ts';

type Row = Record<string, string | number | null>;

/** Columns that the entry's detail holds under the same name, in the words of SQL and of the entry. */
const deliveryColumns = {
  id: 'delivery',
  site: 'site',
  site_name: 'siteName',
  file: 'file',
  sha256: 'sha256',
  kind: 'kind',
  signer: 'signer',
  state: 'state',
  why: 'why',
  study_version: 'studyVersion',
  fingerprint: 'fingerprint',
  app_version: 'appVersion',
  cut_seq: 'cutSeq',
  cut_head: 'cutHead',
  subjects: 'subjects',
  value_count: 'values',
  told_values: 'told',
  added: 'added',
  changed: 'changed',
  withdrawn: 'withdrawn',
  user: 'user',
} as const;
const conflictColumns = {
  key: 'key',
  kind: 'kind',
  site: 'site',
  subject: 'subject',
  event: 'event',
  form: 'form',
  row: 'row',
  item: 'item',
  other: 'other',
  pooled: 'pooled',
  incoming: 'incoming',
  delivery_id: 'delivery',
} as const;

export function createPoolProof(): TableProof {
  const sites = new Map<string, Row>();
  const deliveries = new Map<string, Row>();
  const subjects = new Map<string, Row>();
  const forms = new Map<string, Row>();
  const conflicts = new Map<string, Row>();
  const excluded = new Map<string, boolean>();

  return {
    tables: ['pool_site', 'delivery', 'delivered_subject', 'delivered_form', 'conflict'],
    actions: [
      ...(['pool.site-joined', 'delivery.taken', 'delivery.held', 'delivery.refused'] as const),
      ...(['subject.delivered', 'form.delivered'] as const),
      ...(['conflict.found', 'conflict.decided', 'conflict.settled', 'value.set'] as const),
    ],
    read: (entry) => {
      const detail: AuditDetail = entry.detail ?? {};
      const of = (name: string): string | number | null => {
        const value = detail[name] ?? null;
        return typeof value === 'boolean' ? Number(value) : value;
      };
      switch (entry.action) {
        case 'pool.site-joined':
          sites.set(String(of('code')), {
            ...{ code: of('code'), own_code: of('ownCode'), name: of('name'), genesis: of('genesis') },
          });
          return;
        case 'delivery.taken':
        case 'delivery.held':
        case 'delivery.refused':
          deliveries.set(String(of('delivery')), {
            ...pick(deliveryColumns, of),
            cut_at: of('cutAt') === null ? null : Date.parse(String(of('cutAt'))),
            received_at: Date.parse(entry.at),
          });
          return;
        case 'subject.delivered':
          subjects.set(entry.subject ?? '', {
            ...{
              number: entry.subject,
              site: of('site'),
              own_number: of('ownNumber'),
              delivery_id: of('delivery'),
            },
            ...{ open_hard: of('openHard'), open_soft: of('openSoft'), open_queries: of('openQueries') },
            traits: of('traits'),
          });
          return;
        case 'form.delivered':
          forms.set([entry.subject, entry.event, entry.form].join('|'), { digest: of('digest') });
          return;
        default:
          readConflict(entry, of);
      }
    },
    problems: (db) => [
      ...differing(db, 'pool_site', 'code', sites, 'SELECT * FROM pool_site'),
      ...differing(db, 'delivery', 'id', deliveries, 'SELECT * FROM delivery'),
      ...differing(
        db,
        'delivered_subject',
        'number',
        new Map(
          [...subjects].map(([number, row]) => [
            number,
            { ...row, excluded: Number(excluded.get(number) ?? false) },
          ]),
        ),
        `SELECT subject.number, site, own_number, delivery_id, delivered_subject.open_hard, delivered_subject.open_soft, open_queries,
                traits, excluded
         FROM delivered_subject LEFT JOIN subject ON subject.id = delivered_subject.subject_id`,
      ),
      ...differing(
        db,
        'delivered_form',
        'place',
        new Map([...forms].map(([place, row]) => [place, { place, ...row }])),
        `SELECT subject.number || '|' || form.event || '|' || form.form AS place, digest
         FROM delivered_form LEFT JOIN form ON form.id = delivered_form.form_id LEFT JOIN subject ON subject.id = form.subject_id`,
      ),
      ...differing(db, 'conflict', 'id', conflicts, 'SELECT * FROM conflict'),
    ],
  };

  function readConflict(entry: ChainedEntry, of: (name: string) => string | number | null): void {
    const id = String(of('conflict'));
    const before = conflicts.get(id);
    const open = (columns: Row): void => {
      conflicts.set(id, {
        ...{ id: of('conflict'), ...columns, state: 'open', decision: null, value: null },
        ...{ decided_by: null, decided_at: null, reason: null, found_at: Date.parse(entry.at) },
      });
    };
    switch (entry.action) {
      case 'conflict.found':
        open(pick(conflictColumns, of));
        return;
      case 'value.set':
        // Changed or withdrawn since the last delivery, and so told by the value's own entry.
        if (of('conflict') !== null) open(changeOf(entry, String(of('site')), of('delivery')));
        return;
      case 'conflict.decided':
        conflicts.set(id, {
          ...{ ...before, state: 'decided', decision: of('decision') },
          value: entry.new === null ? null : canonicalJson(entry.new),
          ...{ decided_by: entry.user, decided_at: Date.parse(entry.at), reason: entry.reason },
        });
        if (before?.['kind'] === 'same-child') {
          excluded.set(String(before['subject']), of('decision') === 'pooled');
          excluded.set(String(before['other']), of('decision') === 'incoming');
        }
        return;
      default:
        conflicts.set(id, { ...before, state: 'settled' });
    }
  }
}

function changeOf(
  { subject, event, form, row, item, old, new: incoming }: ChainedEntry,
  site: string,
  delivery: string | number | null,
): Row {
  const kind = incoming === null ? 'withdrawn' : 'changed';
  const place = { site, subject, event, form, row, item, other: null };
  return {
    ...{ ...place, kind, key: conflictKey({ ...place, kind }), delivery_id: delivery },
    ...{ pooled: contentText(old), incoming: contentText(incoming) },
  };
}

function pick(columns: Readonly<Record<string, string>>, of: (name: string) => string | number | null): Row {
  return Object.fromEntries(Object.entries(columns).map(([column, name]) => [column, of(name)]));
}

const problemsMost = 100;

/** Without any value: which row it is, and of which table. */
function differing(
  db: ReadableDb,
  table: string,
  key: string,
  expected: ReadonlyMap<string, Row>,
  select: string,
): readonly string[] {
  const problems: string[] = [];
  const seen = new Set<string>();
  for (const row of db.prepare<[], Row>(select).iterate()) {
    const id = String(row[key]);
    seen.add(id);
    const said = expected.get(id);
    const agrees =
      said !== undefined &&
      Object.keys(row).every((column) => (row[column] ?? null) === (said[column] ?? null));
    if (!agrees && problems.length < problemsMost)
      problems.push(`Row ${id} of ${table} is not what the trail gives.`);
  }
  for (const id of expected.keys())
    if (!seen.has(id) && problems.length < problemsMost)
      problems.push(`Row ${id} of ${table} is in the trail and not stored.`);
  return problems;
}
