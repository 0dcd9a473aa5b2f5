/** The tables of a pooled folder: rows of sites, deliveries, subjects, forms and conflicts. Whoever writes here writes the trail as well. */
import type {
  Conflict,
  ConflictChoice,
  ConflictMatter,
  ConflictState,
  FoundConflict,
} from '#shared/pool/conflict.ts';
import { contentText, proposalOf } from '#shared/pool/conflict.ts';
import type { ItemValue } from '#shared/record.ts';
import { toIsoUtc } from '../../clock.ts';
import type { ReadableDb, WritableDb } from '../../db/open.ts';

export interface PoolSite {
  /** In the pool. */
  readonly code: string;
  readonly ownCode: string;
  readonly name: string;
  readonly genesis: string;
}

export interface NewestDelivery {
  readonly site: string;
  readonly cutSeq: number;
  readonly cutHead: string;
  readonly sha256: string;
  readonly receivedAt: number;
  readonly values: number;
  /** Values that the file said its site holds; null: taken before that was kept. */
  readonly told: number | null;
  /** Of the site's trail. */
  readonly genesis: string;
}

export interface StandingSubject {
  readonly id: number;
  readonly number: string;
  readonly traits: string | null;
  readonly openHard: number;
  readonly openSoft: number;
  readonly openQueries: number;
}

export interface PoolReader {
  siteByGenesis(genesis: string): PoolSite | null;
  siteByCode(code: string): PoolSite | null;
  /** Newest one that was taken, by site. */
  newestDeliveries(): readonly NewestDelivery[];
  /** Something was decided since then that only a file that comes again can carry out. */
  isAskedAgain(site: string, since: number): boolean;
  /** Of whom the conflict book holds something that a file that is read as a whole has to carry out, or to take back. */
  unsettledSites(): ReadonlySet<string>;
  /** With which the bundles of the site that were taken are signed. */
  signerOf(site: string): string | null;
  subjectsOf(site: string): readonly StandingSubject[];
  subjectsWithTraits(traits: string): readonly (StandingSubject & { readonly site: string })[];
  conflict(key: string): StoredConflict | null;
  /** Values that stand; emptied ones are none. */
  countValues(subject: number): number;
  /** Something was decided about the subject: what the pool has of it may differ from what was delivered. */
  isDecidedOn(subject: string): boolean;
  openOf(site: string, kinds: readonly FoundConflict['kind'][]): readonly StoredConflict[];
}

/** A row as it lies in the table. */
export interface StoredConflict {
  readonly id: number;
  readonly key: string;
  readonly kind: FoundConflict['kind'];
  readonly site: string;
  readonly subject: string | null;
  readonly event: string | null;
  readonly form: string | null;
  readonly row: number | null;
  readonly item: string | null;
  readonly other: string | null;
  readonly pooled: string | null;
  readonly incoming: string | null;
  readonly state: ConflictState;
  readonly decision: ConflictChoice | null;
  readonly value: string | null;
  readonly decidedBy: string | null;
  readonly decidedAt: number | null;
  readonly reason: string | null;
  readonly foundAt: number;
  readonly delivery: number;
}

export const selectConflicts = `
  SELECT id, key, kind, site, subject, event, form, row, item, other, pooled, incoming, state, decision, value,
         decided_by AS decidedBy, decided_at AS decidedAt, reason, found_at AS foundAt, delivery_id AS delivery
  FROM conflict`;
const selectNewest = `
  SELECT site, cut_seq AS cutSeq, cut_head AS cutHead, sha256, received_at AS receivedAt, value_count AS "values",
         told_values AS told, genesis
  FROM delivery JOIN pool_site ON pool_site.code = delivery.site
  WHERE id IN (SELECT MAX(id) FROM delivery WHERE state = 'taken' GROUP BY site)`;
const selectSubjects = `
  SELECT subject.id, subject.number, delivered_subject.traits, delivered_subject.site, delivered_subject.open_hard AS openHard,
         delivered_subject.open_soft AS openSoft, open_queries AS openQueries
  FROM delivered_subject JOIN subject ON subject.id = delivered_subject.subject_id`;
const selectSite = 'SELECT code, own_code AS ownCode, name, genesis FROM pool_site';

export function createPoolReader(db: ReadableDb): PoolReader {
  const byGenesis = db.prepare<[string], PoolSite>(`${selectSite} WHERE genesis = ?`);
  const byCode = db.prepare<[string], PoolSite>(`${selectSite} WHERE code = ?`);
  const newest = db.prepare<[], NewestDelivery>(selectNewest);
  const askedAgain = db
    .prepare<[string, number], number>(
      `SELECT EXISTS (SELECT 1 FROM conflict WHERE site = ? AND kind = 'same-number' AND subject IS NOT NULL AND state = 'decided' AND decided_at >= ?)`,
    )
    .pluck();
  const unsettled = db
    .prepare<[], string>(
      `SELECT DISTINCT site FROM conflict WHERE state IN ('open', 'decided')
         AND kind IN ('definition', 'edited', 'same-number') AND (kind <> 'same-number' OR subject IS NOT NULL)`,
    )
    .pluck();
  const count = db
    .prepare<[number], number>(
      `SELECT COUNT(*) FROM form JOIN value ON value.form_id = form.id
       WHERE form.subject_id = ? AND (value.text IS NOT NULL OR value.missing IS NOT NULL)`,
    )
    .pluck();
  const signer = db
    .prepare<[string], string>(
      `SELECT signer FROM delivery WHERE site = ? AND signer IS NOT NULL AND state IN ('taken', 'unchanged') ORDER BY id LIMIT 1`,
    )
    .pluck();
  const ofSite = db.prepare<[string], StandingSubject>(`${selectSubjects} WHERE delivered_subject.site = ?`);
  const withTraits = db.prepare<[string], StandingSubject & { site: string }>(
    `${selectSubjects} WHERE delivered_subject.traits = ? ORDER BY subject.number`,
  );
  const byKey = db.prepare<[string], StoredConflict>(`${selectConflicts} WHERE key = ?`);
  const decidedOn = db
    .prepare<[string], number>(
      `SELECT EXISTS (SELECT 1 FROM conflict WHERE subject = ? AND state = 'decided')`,
    )
    .pluck();
  const open = db.prepare<[string, string], StoredConflict>(
    `${selectConflicts} WHERE state IN ('open', 'decided') AND kind IN (SELECT value FROM json_each(?)) AND site = ? ORDER BY id`,
  );
  return {
    siteByGenesis: (genesis) => byGenesis.get(genesis) ?? null,
    siteByCode: (code) => byCode.get(code) ?? null,
    newestDeliveries: () => newest.all(),
    isAskedAgain: (site, since) => askedAgain.get(site, since) === 1,
    unsettledSites: () => new Set(unsettled.all()),
    countValues: (subject) => count.get(subject) ?? 0,
    signerOf: (site) => signer.get(site) ?? null,
    subjectsOf: (site) => ofSite.all(site),
    subjectsWithTraits: (traits) => withTraits.all(traits),
    conflict: (key) => byKey.get(key) ?? null,
    isDecidedOn: (subject) => decidedOn.get(subject) === 1,
    openOf: (site, kinds) => open.all(JSON.stringify(kinds), site),
  };
}

export function toConflict(row: StoredConflict): Conflict {
  const { pooled, incoming, value, decidedAt, foundAt, kind, key: _, ...rest } = row;
  return {
    ...{ ...rest, kind, proposal: proposalOf(kind), foundAt: toIsoUtc(foundAt) },
    ...{ pooled: toContent(pooled), incoming: toContent(incoming) },
    value: value === null ? null : (JSON.parse(value) as ItemValue), // written by decide() alone
    decidedAt: decidedAt === null ? null : toIsoUtc(decidedAt),
  };
}

/** Written by putConflict() alone. */
function toContent(json: string | null): ItemValue | string | null {
  return json === null ? null : (JSON.parse(json) as ItemValue | string);
}

export interface DeliveryRow {
  readonly site: string | null;
  readonly siteName: string | null;
  readonly file: string;
  readonly sha256: string;
  readonly kind: 'workbook' | 'bundle';
  readonly signer: string | null;
  readonly state: 'taken' | 'unchanged' | 'held' | 'refused';
  readonly why: string | null;
  readonly studyVersion: string | null;
  readonly fingerprint: string | null;
  readonly appVersion: string | null;
  readonly cutAt: number | null;
  readonly cutSeq: number | null;
  readonly cutHead: string | null;
  readonly subjects: number;
  readonly values: number;
  /** Of `facts`. */
  readonly told: number | null;
  readonly added: number;
  readonly changed: number;
  readonly withdrawn: number;
  readonly at: number;
  readonly user: string;
}

export interface PoolWriter extends PoolReader {
  joinSite(site: PoolSite): void;
  nextDelivery(): number;
  addDelivery(id: number, row: DeliveryRow): void;
  putSubject(
    subject: number,
    of: {
      readonly site: string;
      readonly ownNumber: string;
      readonly delivery: number;
      readonly openHard: number;
      readonly openSoft: number;
      readonly openQueries: number;
      readonly traits: string | null;
    },
  ): void;
  exclude(number: string, excluded: boolean): void;
  digestOf(form: number): string | null;
  putDigest(form: number, digest: string): void;
  /** Gives its number. A conflict that was there is open again, unless it rests on the same. */
  putConflict(
    found: ConflictMatter & {
      readonly key: string;
      /** Of contentText(). */
      readonly pooled: string | null;
      readonly incoming: string | null;
      readonly at: number;
      readonly delivery: number;
    },
  ): number;
  settle(id: number): void;
  decide(
    id: number,
    decided: {
      readonly decision: ConflictChoice;
      readonly value: ItemValue | null;
      readonly user: string;
      readonly at: number;
      readonly reason: string | null;
    },
  ): void;
}

const insertDelivery = `
  INSERT INTO delivery (id, site, site_name, file, sha256, kind, signer, state, why, study_version, fingerprint, app_version,
    cut_at, cut_seq, cut_head, subjects, value_count, told_values, added, changed, withdrawn, received_at, user)
  VALUES (@id, @site, @siteName, @file, @sha256, @kind, @signer, @state, @why, @studyVersion, @fingerprint, @appVersion,
    @cutAt, @cutSeq, @cutHead, @subjects, @values, @told, @added, @changed, @withdrawn, @at, @user)`;
const upsertSubject = `
  INSERT INTO delivered_subject (subject_id, site, own_number, delivery_id, open_hard, open_soft, open_queries, traits)
  VALUES (@subject, @site, @ownNumber, @delivery, @openHard, @openSoft, @openQueries, @traits)
  ON CONFLICT (subject_id) DO UPDATE SET delivery_id = excluded.delivery_id, open_hard = excluded.open_hard,
    open_soft = excluded.open_soft, open_queries = excluded.open_queries, traits = excluded.traits`;
const upsertConflict = `
  INSERT INTO conflict (key, kind, site, subject, event, form, row, item, other, pooled, incoming, state, found_at, delivery_id)
  VALUES (@key, @kind, @site, @subject, @event, @form, @row, @item, @other, @pooled, @incoming, 'open', @at, @delivery)
  ON CONFLICT (key) DO UPDATE SET pooled = excluded.pooled, incoming = excluded.incoming, state = 'open', decision = NULL, value = NULL,
    decided_by = NULL, decided_at = NULL, reason = NULL, found_at = excluded.found_at, delivery_id = excluded.delivery_id
  RETURNING id`;
const updateDecision = `
  UPDATE conflict SET state = 'decided', decision = @decision, value = @value, decided_by = @user, decided_at = @at, reason = @reason
  WHERE id = @id`;

export function createPoolWriter(db: WritableDb): PoolWriter {
  const addSite = db.prepare<[PoolSite]>(
    'INSERT INTO pool_site (code, own_code, name, genesis) VALUES (@code, @ownCode, @name, @genesis)',
  );
  const next = db.prepare<[], number>('SELECT COALESCE(MAX(id), 0) + 1 FROM delivery').pluck();
  const addDelivery = db.prepare<[DeliveryRow & { id: number }]>(insertDelivery);
  const putSubject = db.prepare<[object]>(upsertSubject);
  const exclude = db.prepare<[number, string]>(
    'UPDATE delivered_subject SET excluded = ? WHERE subject_id = (SELECT id FROM subject WHERE number = ?)',
  );
  const digest = db.prepare<[number], string>('SELECT digest FROM delivered_form WHERE form_id = ?').pluck();
  const putDigest = db.prepare<[number, string]>(
    'INSERT INTO delivered_form (form_id, digest) VALUES (?, ?) ON CONFLICT (form_id) DO UPDATE SET digest = excluded.digest',
  );
  const putConflict = db.prepare<[object], number>(upsertConflict).pluck();
  const settle = db.prepare<[number]>(`UPDATE conflict SET state = 'settled' WHERE id = ?`);
  const decide = db.prepare<[object]>(updateDecision);
  return {
    ...createPoolReader(db),
    joinSite: (site) => {
      addSite.run(site);
    },
    nextDelivery: () => next.get() ?? 1,
    addDelivery: (id, row) => {
      addDelivery.run({ id, ...row });
    },
    putSubject: (subject, of) => {
      putSubject.run({ subject, ...of });
    },
    exclude: (number, excluded) => {
      exclude.run(excluded ? 1 : 0, number);
    },
    digestOf: (form) => digest.get(form) ?? null,
    putDigest: (form, text) => {
      putDigest.run(form, text);
    },
    putConflict: (found) => putConflict.get(found) ?? 0,
    settle: (id) => {
      settle.run(id);
    },
    decide: (id, { value, ...decided }) => {
      decide.run({ id, ...decided, value: contentText(value) });
    },
  };
}
