/**
 * Takes one delivery into the pool, in one transaction: all of it, or none and a sentence why. What it says otherwise
 * than before, and what can't be taken as it is, goes into the conflict book; decisions made there are heeded.
 */
import type { AuditEvent } from '#shared/audit.ts';
import { conflictKey, contentText, type FoundConflict } from '#shared/pool/conflict.ts';
import { definitionLines, driftBetween } from '#shared/pool/drift.ts';
import type { StudyModel } from '#shared/study-model.ts';
import { auditEvent } from '#shared/audit.ts';
import { AppError, refuse } from '../../app-error.ts';
import { toIsoUtc, type Moment } from '../../clock.ts';
import type { WritableDb } from '../../db/open.ts';
import { fingerprintOf, readPublicKeyText } from '../bundle/minisign.ts';
import type { FindingRows } from '../finding-rows.ts';
import type { RecordWriter } from '../record-rows.ts';
import type { Doer, Trail } from '../trail.ts';
import type { ReadDelivery } from './delivery-file.ts';
import type { DeliveryRow, PoolSite, PoolWriter, StoredConflict } from './pool-rows.ts';
import { createSubjectTaker, groupBySubject } from './take-subject.ts';

/** What a pooled folder is written with. */
export interface PoolWork {
  readonly db: WritableDb;
  readonly model: StudyModel;
  readonly fingerprint: string;
  readonly trail: Trail;
  readonly rows: RecordWriter;
  readonly findings: FindingRows;
  readonly pool: PoolWriter;
  readonly doer: Doer;
}

export interface HandedIn {
  readonly file: string;
  readonly sha256: string;
  readonly kind: 'workbook' | 'bundle';
  readonly signer: string | null;
}

export interface TakenDelivery {
  readonly state: DeliveryRow['state'];
  readonly site: string | null;
  readonly siteName: string | null;
  readonly file: string;
  readonly why: AppError | null;
  readonly subjects: number;
  readonly values: number;
  readonly added: number;
  readonly changed: number;
  readonly withdrawn: number;
  /** Entries of the conflict book that it opened. */
  readonly conflicts: number;
}

/** Refusals of the file are answered and written down; what else goes wrong is thrown, and nothing is written. */
export function takeDelivery(
  work: PoolWork,
  handedIn: HandedIn,
  read: ReadDelivery | AppError,
  moment: Moment,
): TakenDelivery {
  return work.db
    .transaction((): TakenDelivery => {
      if (read instanceof AppError) return writeRefused(work, handedIn, null, read, moment);
      const book = createBook(work, moment);
      try {
        return take(work, handedIn, read, moment, book);
      } catch (error) {
        if (error instanceof Held)
          return writeRefused(work, handedIn, read, error.why, moment, book.opened(), 'held');
        if (error instanceof AppError && !isOfDisk(error))
          return writeRefused(work, handedIn, read, error, moment);
        throw error;
      }
    })
    .immediate();
}

/** The file waits for decisions. Thrown before anything but the conflict book was written. */
class Held extends Error {
  readonly why: AppError;

  constructor(why: AppError) {
    super('held');
    this.why = why;
  }
}

function isOfDisk({ refusal: { code } }: AppError): boolean {
  return code === 'disk-full' || code === 'read-only' || code === 'internal';
}

function take(
  work: PoolWork,
  handedIn: HandedIn,
  read: ReadDelivery,
  moment: Moment,
  book: ConflictBook,
): TakenDelivery {
  const { pool, trail, doer } = work;
  const { facts } = read;
  const site = siteOf(work, read, book);
  requireKnownSigner(work, handedIn, site.code);
  const newest = pool.newestDeliveries().find((delivery) => delivery.site === site.code);
  if (newest !== undefined) {
    const isSame = newest.cutHead === facts.cutHead && newest.sha256 === handedIn.sha256;
    // A child that was decided to take another's number comes with the same file.
    if (isSame && !pool.isAskedAgain(site.code, newest.receivedAt))
      return writeDelivery(work, handedIn, read, site, moment, 'unchanged', nothingDone);
    if (facts.cutSeq < newest.cutSeq)
      throw refuse('delivery-older', { file: handedIn.file, site: site.code });
    if (!read.heads.includes(newest.cutHead))
      throw refuse('delivery-trail-broken', { file: handedIn.file, seq: newest.cutSeq, site: site.code });
  }
  requireDefinition(work, handedIn, read, site, book);
  requireUntouched(handedIn, read, site, book);

  if (pool.siteByCode(site.code) === null) {
    pool.joinSite(site);
    trail.note(doer, moment, 'pool.site-joined', { detail: { ...site } });
  }
  const delivery = pool.nextDelivery();
  const taker = createSubjectTaker(work, { site, delivery, moment, book });
  const done = { added: 0, changed: 0, withdrawn: 0 };
  for (const subject of groupBySubject(read)) {
    const taken = taker.take(subject);
    done.added += taken.added;
    done.changed += taken.changed;
    done.withdrawn += taken.withdrawn;
  }
  done.withdrawn += taker.withdrawOthers(read.subjects);
  book.settleOthers(site.code);
  const isChanged = done.added + done.changed + done.withdrawn > 0 || newest?.cutHead !== facts.cutHead;
  return {
    ...writeDelivery(work, handedIn, read, site, moment, isChanged ? 'taken' : 'unchanged', done),
    conflicts: book.opened(),
  };
}

/** A site signs with one key: the first that came with its bundles is written down, and no other is taken after it. */
function requireKnownSigner({ pool }: PoolWork, { file, signer }: HandedIn, site: string): void {
  const known = pool.signerOf(site);
  if (signer === null || known === null || known === signer) return;
  const key = readPublicKeyText(signer);
  throw refuse('bundle-other-signer', { file, fingerprint: key === null ? '' : fingerprintOf(key) });
}

const nothingDone = { added: 0, changed: 0, withdrawn: 0 };

/** Two site folders that use one code are told apart by the first entry of their trails. */
function siteOf(work: PoolWork, { facts, subjects }: ReadDelivery, book: ConflictBook): PoolSite {
  const { genesis, siteCode, siteName } = facts;
  const known = work.pool.siteByGenesis(genesis);
  if (known !== null) return known;
  const site = { code: siteCode, ownCode: siteCode, name: siteName, genesis };
  const other = work.pool.siteByCode(siteCode);
  if (other === null) return site;
  const found: FoundConflict = {
    kind: 'same-number',
    site: siteCode,
    other: genesis.slice(0, 16),
    ...{ subject: null, event: null, form: null, row: null, item: null },
    pooled: other.name,
    incoming: `${siteName} (${String(subjects.length)})`,
  };
  if (book.find(found).decision !== 'incoming')
    throw new Held(refuse('delivery-same-number', { file: siteName, site: siteCode }));
  const letters = 'bcdefghijklmnopqrstuvwxyz'.split('');
  const free = letters.find((letter) => work.pool.siteByCode(siteCode + letter) === null) ?? 'z';
  return { ...site, code: siteCode + free };
}

function requireDefinition(
  { model }: PoolWork,
  { file }: HandedIn,
  { definition, facts }: ReadDelivery,
  site: PoolSite,
  book: ConflictBook,
): void {
  if (definition === null) return;
  const drifts = driftBetween(definitionLines(model.study), definition);
  const found = drifts.map(({ kind, id, pooled, incoming }): FoundConflict => ({
    kind: 'definition',
    site: site.code,
    other: `${kind} ${id}`,
    ...{ subject: null, event: null, form: null, row: null, item: null, pooled, incoming },
  }));
  const waiting = found.filter((conflict) => book.find(conflict).decision !== 'incoming');
  if (waiting.length > 0)
    throw new Held(
      refuse('delivery-definition', { file, version: facts.studyVersion, here: model.study.version }),
    );
}

function requireUntouched(
  { file }: HandedIn,
  { edits, editedSheets }: ReadDelivery,
  site: PoolSite,
  book: ConflictBook,
): void {
  if (editedSheets.length === 0) return;
  const found = edits.map(({ subject, event, form, row, item, trail, sheet }): FoundConflict => ({
    ...{ kind: 'edited', site: site.code, subject, event, form, row, item, other: null },
    ...{ pooled: trail, incoming: sheet },
  }));
  const explained = new Set(edits.map(({ form }) => form));
  const words = editedSheets
    .filter((sheet) => ![...explained].some((form) => sheet === form || sheet.startsWith(`${form}_`)))
    .map((sheet): FoundConflict => ({
      ...{ kind: 'edited', site: site.code, subject: null, event: null, form: null, row: null, item: null },
      ...{ other: sheet, pooled: null, incoming: file },
    }));
  const all = [...found, ...words];
  const waiting = all.filter((conflict) => book.find(conflict).decision === null);
  if (waiting.length > 0)
    throw new Held(refuse('delivery-edited', { file, sheets: editedSheets.join(', ') }));
}

/** What was decided about something that comes as it was when that was decided; null: nobody has. */
export type Decided = Pick<StoredConflict, 'decision' | 'value'>;
const undecided: Decided = { decision: null, value: null };

/** The conflict book while one delivery is taken. */
export interface ConflictBook {
  /** Enters it, unless it is there and rests on the same. */
  find(found: FoundConflict): Decided;
  opened(): number;
  /** What this delivery no longer brings. */
  settleOthers(site: string): void;
}

function createBook({ pool, trail, doer }: PoolWork, moment: Moment): ConflictBook {
  const seen = new Set<string>();
  let opened = 0;
  const write = (action: 'conflict.found' | 'conflict.settled', about: Partial<AuditEvent>): void => {
    trail.append([auditEvent(trail.stamp(doer, moment), action, { origin: 'merge', ...about })]);
  };
  return {
    find: (found) => {
      const key = conflictKey(found);
      seen.add(key);
      const [pooled, incoming] = [contentText(found.pooled), contentText(found.incoming)];
      const stored = pool.conflict(key);
      if (stored?.incoming === incoming && stored.state !== 'settled')
        return stored.state === 'decided' ? stored : undecided;
      opened += 1;
      const delivery = pool.nextDelivery();
      const id = pool.putConflict(found, key, moment.at, delivery);
      const { kind, site, subject, event, form, row, item, other } = found;
      write('conflict.found', {
        detail: {
          ...{ conflict: id, key, kind, site, subject, event, form, row, item, other, delivery },
          ...{ pooled, incoming },
        },
      });
      return undecided;
    },
    opened: () => opened,
    settleOthers: (site) => {
      for (const { id, key, kind } of pool.openOf(site, ['code', 'unit', 'definition', 'edited'])) {
        if (seen.has(key)) continue;
        pool.settle(id);
        write('conflict.settled', { detail: { conflict: id, kind } });
      }
    },
  };
}

function writeDelivery(
  { pool, trail, doer }: PoolWork,
  handedIn: HandedIn,
  { facts, subjects, forms }: ReadDelivery,
  site: PoolSite,
  moment: Moment,
  state: 'taken' | 'unchanged',
  done: { readonly added: number; readonly changed: number; readonly withdrawn: number },
): TakenDelivery {
  const values = forms.reduce((sum, form) => sum + form.values, 0);
  const { studyVersion, fingerprint, appVersion, cutAt, cutSeq, cutHead } = facts;
  const id = pool.nextDelivery();
  const row = {
    ...{ ...handedIn, site: site.code, siteName: site.name, state, why: null },
    ...{ studyVersion, fingerprint, appVersion, cutAt: Date.parse(cutAt), cutSeq, cutHead },
    ...{ subjects: subjects.length, values, ...done, at: moment.at, user: doer.user },
  };
  pool.addDelivery(id, row);
  trail.note(doer, moment, 'delivery.taken', {
    detail: { delivery: id, ...row, cutAt, at: toIsoUtc(moment.at), genesis: site.genesis },
  });
  return {
    ...{ state, site: site.code, siteName: site.name, file: handedIn.file, why: null },
    ...{ subjects: subjects.length, values, ...done, conflicts: 0 },
  };
}

function writeRefused(
  { pool, trail, doer }: PoolWork,
  handedIn: HandedIn,
  read: ReadDelivery | null,
  why: AppError,
  moment: Moment,
  conflicts = 0,
  state: 'refused' | 'held' = 'refused',
): TakenDelivery {
  const id = pool.nextDelivery();
  const facts = read?.facts ?? null;
  const site = facts === null ? null : (pool.siteByGenesis(facts.genesis)?.code ?? facts.siteCode);
  const counts = { subjects: read?.subjects.length ?? 0, values: facts?.values ?? 0 };
  const row = {
    ...{ ...handedIn, site, siteName: facts?.siteName ?? null, state, why: why.refusal.message },
    ...{ studyVersion: facts?.studyVersion ?? null, fingerprint: facts?.fingerprint ?? null },
    ...{ appVersion: facts?.appVersion ?? null, cutAt: facts === null ? null : Date.parse(facts.cutAt) },
    ...{ cutSeq: facts?.cutSeq ?? null, cutHead: facts?.cutHead ?? null },
    ...{ ...counts, ...nothingDone, at: moment.at, user: doer.user },
  };
  pool.addDelivery(id, row);
  trail.note(doer, moment, state === 'held' ? 'delivery.held' : 'delivery.refused', {
    detail: { delivery: id, ...row, cutAt: facts?.cutAt ?? null, at: toIsoUtc(moment.at) },
  });
  return {
    ...{ state, site, siteName: facts?.siteName ?? null, file: handedIn.file, why },
    ...{ ...counts, ...nothingDone, conflicts },
  };
}
