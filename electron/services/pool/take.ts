/**
 * Takes one delivery into the pool, in one transaction: all of it, or none and a sentence why. What it says otherwise
 * than before, and what can't be taken as it is, goes into the conflict book; decisions made there are heeded.
 */
import type { FoundConflict } from '#shared/pool/conflict.ts';
import { countTold, sumOfValues } from '#shared/pool/delivered.ts';
import { definitionLines, driftBetween } from '#shared/pool/drift.ts';
import { AppError, refuse } from '../../app-error.ts';
import type { Moment } from '../../clock.ts';
import { fingerprintOf, readPublicKeyText } from '../bundle/minisign.ts';
import { createBook, type ConflictBook } from './conflict-book.ts';
import {
  nothingDone,
  writeDelivery,
  writeRefused,
  type HandedIn,
  type TakenDelivery,
} from './delivery-entry.ts';
import type { ReadDelivery } from './delivery-file.ts';
import type { NewestDelivery, PoolSite } from './pool-rows.ts';
import type { PoolWork } from './pool-work.ts';
import { createSubjectTaker, groupBySubject, type SubjectTaker } from './take-subject.ts';

/**
 * Refusals of the file are answered and written down; what else goes wrong is thrown, and nothing is written. null: it was
 * read with another state of the pool in mind, or only what is new was read and doesn't agree with what the pool holds;
 * nothing is written, and the file wants to be read again, as a whole.
 */
export function takeDelivery(
  work: PoolWork,
  handedIn: HandedIn,
  read: ReadDelivery | AppError,
  moment: Moment,
): TakenDelivery | null {
  try {
    return takeInOne(work, handedIn, read, moment);
  } catch (error) {
    if (error instanceof NotFollowing) return null;
    throw error;
  }
}

function takeInOne(
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

/** Thrown to take back what was written: the file was read with another state of the pool in mind. */
class NotFollowing extends Error {}

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
      return writeDelivery(work, handedIn, read, site, moment, 'unchanged', {
        ...nothingDone,
        values: newest.values,
      });
    if (facts.cutSeq < newest.cutSeq)
      throw refuse('delivery-older', { file: handedIn.file, site: site.code });
    const isHeld = read.heads.includes(newest.cutHead);
    // It was taken after this file was read.
    if (!isHeld && read.lookedFor !== newest.cutHead) throw new NotFollowing();
    if (!isHeld)
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
  const done = { ...nothingDone, values: keptValues(read, newest, taker) + sumOfValues(read.forms) };
  for (const subject of groupBySubject(read)) {
    const taken = taker.take(subject);
    done.added += taken.added;
    done.changed += taken.changed;
    done.withdrawn += taken.withdrawn;
  }
  done.withdrawn += taker.withdrawOthers(read.subjects);
  book.settleOthers(site.code, read.following === null ? null : taker.numbersOf(read.following.subjects));
  const isChanged = done.added + done.changed + done.withdrawn > 0 || newest?.cutHead !== facts.cutHead;
  return {
    ...writeDelivery(work, handedIn, read, site, moment, isChanged ? 'taken' : 'unchanged', done),
    conflicts: book.opened(),
  };
}

/**
 * Values in the pool of those whose forms were not read. With the ones that were read, they make up what the site counts:
 * otherwise something changed that the file doesn't name.
 */
function keptValues(read: ReadDelivery, newest: NewestDelivery | undefined, taker: SubjectTaker): number {
  const { following, facts } = read;
  if (following === null) return 0;
  const before = taker.countValues(following.subjects);
  const isWhole =
    newest?.cutHead === following.head &&
    newest.told !== null &&
    facts.values === newest.told - before + countTold(read);
  if (!isWhole) throw new NotFollowing();
  return newest.values - before;
}

/** A site signs with one key: the first that came with its bundles is written down, and no other is taken after it. */
function requireKnownSigner({ pool }: PoolWork, { file, signer }: HandedIn, site: string): void {
  const known = pool.signerOf(site);
  if (signer === null || known === null || known === signer) return;
  const key = readPublicKeyText(signer);
  throw refuse('bundle-other-signer', { file, fingerprint: key === null ? '' : fingerprintOf(key) });
}

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
