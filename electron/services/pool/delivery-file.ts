/**
 * Reads a workbook that a site delivers: what it says of itself, whether its sheets are as they were written, and its
 * form sheets as recorded values. Read in a thread; nothing of it is written anywhere.
 */
import path from 'node:path';
import { keyColumns } from '#shared/export-plan.ts';
import { byColumns, cellText, unescape, type SourceCell, type SourceRow } from '#shared/import/cell.ts';
import { columnNames, formSheetParts } from '#shared/import/own-workbook.ts';
import {
  countTold,
  type DeliveredForm,
  type DeliveredSubject,
  type Delivery,
  type DoubtfulValue,
} from '#shared/pool/delivered.ts';
import { codeListsName, dictionaryName, toDefinitionLine, type DefinitionLine } from '#shared/pool/drift.ts';
import {
  createFormSheetReader,
  SheetFault,
  type FormSheetReader,
  type FormSheetTarget,
} from '#shared/pool/read-form-sheet.ts';
import type { ItemValue, LocalMinute, ValuePlace } from '#shared/record.ts';
import type { StudyModel } from '#shared/study-model.ts';
import { refuse } from '../../app-error.ts';
import { hashFile } from '../file-hash.ts';
import { openBook, type OpenBook } from '../import/workbook-reader.ts';
import { changedSubjects } from './changed-subjects.ts';
import { readFacts, sheetNames, type ToldFacts } from './delivery-facts.ts';
import { findEdits } from './hand-edits.ts';
import { lookAhead, type Look } from './look-again.ts';
import { createSheetCheck, type SheetCheck } from './sheet-check.ts';
import { readHeads, type KnownSites, type TrailHeads } from './trail-heads.ts';

/** `new`: only what is new since the delivery before, where that can be told. */
export type Extent = 'new' | 'whole';

export interface DeliveryOrder {
  readonly file: string;
  readonly model: StudyModel;
  readonly fingerprint: string;
  /** For checks that read the time. */
  readonly now: LocalMinute;
  readonly extent: Extent;
  readonly known: KnownSites;
}

/** A cell of a form sheet that says something else than the newest entry of the workbook's own trail. */
export interface HandEdit extends ValuePlace {
  readonly subject: string;
  readonly trail: ItemValue | null;
  readonly sheet: ItemValue | null;
}

/** A delivery of which only what is new was read. */
export interface Following {
  /** The head of the state that it follows: the pool must hold just that. */
  readonly head: string;
  /** Whose forms were read: everyone else's are as they were. */
  readonly subjects: ReadonlySet<string>;
}

export interface ReadDelivery extends Delivery {
  /** Without its folder: a path may name people. */
  readonly file: string;
  readonly sha256: string;
  /** Known heads that its trail contains. */
  readonly heads: readonly string[];
  /** The head that the pool held of the site when the file was read. */
  readonly lookedFor: string | null;
  /** null: it was read as a whole. */
  readonly following: Following | null;
  /** Sheets that say something else than when they were written. */
  readonly editedSheets: readonly string[];
  readonly edits: readonly HandEdit[];
  /** Null for a subject about whom something waits for a decision. Works it out when it is asked. */
  readonly lookAt: (subject: string) => Look | null;
  /** What it was made with, where that is another version than the pool's; else null. */
  readonly definition: readonly DefinitionLine[] | null;
}

export async function readDelivery(order: DeliveryOrder): Promise<ReadDelivery> {
  const { file, model } = order;
  const name = path.basename(file);
  const sha256 = sha256Of(file, name);
  const book = await openBook(file, name);
  try {
    const told = await readFacts(book, name, model.study.id);
    const { facts, manifest } = told;
    const lost = [...manifest.keys()].find((sheet) => !book.sheets.includes(sheet));
    if (lost !== undefined) throw refuse('import-sheet-missing', { file: name, sheet: lost });
    const definition = facts.fingerprint === order.fingerprint ? null : await readDefinition(book);
    const check = createSheetCheck(book, manifest, name, [sheetNames.readme, sheetNames.manifest]);
    const heads = await readTrail(check, told, order, name);
    const isFollowed = order.extent === 'new' && definition === null;
    const following = isFollowed ? await follow(check, told, order, heads) : null;
    const subjects: DeliveredSubject[] = [];
    await check.rows(
      sheetNames.subjects,
      createSubjectReader((subject) => subjects.push(subject)),
    );
    const longTexts = await readLongTexts(check);
    const only = following?.subjects ?? null;
    const read = await readForms(model, check, { name, isDrifted: definition !== null, longTexts, only });
    await check.others();
    const edits = await findEdits(model, book, read, check.edited);
    if (definition === null && check.edited.length === 0 && only === null)
      requireCounts(facts.values, read, name);
    const genesis = heads.genesis ?? facts.cutHead;
    return {
      ...{ facts: { ...facts, genesis }, lookedFor: order.known.get(genesis)?.head ?? null },
      ...{ ...read, subjects, file: name, sha256, definition, following },
      ...{ heads: heads.found, editedSheets: check.edited },
      edits,
      lookAt: createLooks(order, { ...read, edits }),
    };
  } catch (error) {
    if (error instanceof SheetFault) throw refuse('import-not-a-workbook', { file: name }, error);
    throw error;
  } finally {
    book.close();
  }
}

async function readTrail(
  check: SheetCheck,
  { facts: { cutSeq, cutHead }, baseHead }: ToldFacts,
  { known }: DeliveryOrder,
  file: string,
): Promise<TrailHeads> {
  const heads = await readHeads(check, baseHead === null ? [cutHead] : [cutHead, baseHead], known);
  if (cutSeq > 0 && !heads.found.includes(cutHead)) throw refuse('delivery-head-missing', { file });
  return heads;
}

/** What is told to be as it was is believed of a workbook only that is byte for byte as it was written. */
async function follow(
  check: SheetCheck,
  { facts: { cutHead }, baseHead }: ToldFacts,
  { known }: DeliveryOrder,
  { genesis }: TrailHeads,
): Promise<Following | null> {
  const before = genesis === null ? undefined : known.get(genesis);
  if (before?.isSettled !== true || !(await check.areAllAsWritten())) return null;
  const subjects = await changedSubjects(check, before.head, { cutHead, baseHead });
  return subjects === null ? null : { head: before.head, subjects };
}

/** The threads that read have time for what the one that writes would have to do for each subject. */
function createLooks(
  { model, now }: DeliveryOrder,
  { forms, doubtful, edits }: Pick<ReadDelivery, 'forms' | 'doubtful' | 'edits'>,
): ReadDelivery['lookAt'] {
  const waiting = new Set([...doubtful, ...edits].map(({ subject }) => subject));
  const formsOf = Map.groupBy(forms, ({ subject }) => subject);
  return (subject) =>
    waiting.has(subject) ? null : lookAhead(model, subject, formsOf.get(subject) ?? [], now);
}

/** Every value that the site says it wrote was read. */
function requireCounts(said: number, delivery: Pick<Delivery, 'forms' | 'doubtful'>, file: string): void {
  const read = countTold(delivery);
  if (read !== said) throw refuse('delivery-miscounted', { file, read, said });
}

interface FormsContext {
  readonly name: string;
  /** Made with another definition: columns may lack. */
  readonly isDrifted: boolean;
  readonly longTexts: ReadonlyMap<string, string>;
  /** Subjects of whom forms are wanted; null: all. */
  readonly only: ReadonlySet<string> | null;
}

const subjectAt = keyColumns.findIndex(({ name }) => name === 'SUBJID');

async function readForms(
  model: StudyModel,
  check: SheetCheck,
  { name, isDrifted, longTexts, only }: FormsContext,
): Promise<{ readonly forms: readonly DeliveredForm[]; readonly doubtful: readonly DoubtfulValue[] }> {
  const forms: DeliveredForm[] = [];
  const doubtful: DoubtfulValue[] = [];
  if (only?.size === 0) return { forms, doubtful };
  const filter = only === null ? undefined : { column: subjectAt, texts: only };
  for (const { sheet, parts } of formSheetParts(model.study, check.book.sheets)) {
    if (parts.length === 0 && !isDrifted)
      throw refuse('import-sheet-missing', { file: name, sheet: sheet.name });
    for (const part of parts) {
      const readers: FormSheetReader[] = [];
      const take = (row: SourceRow): void => {
        if (row.number > 1) {
          if (only === null || only.has(cellText(row.cells[subjectAt]))) readers[0]?.take(row);
          return;
        }
        const header = new Map(row.cells.map((cell, index) => [cellText(cell), index]));
        const lacking = columnNames(sheet).find((column) => !header.has(column));
        if (lacking !== undefined && !isDrifted)
          throw refuse('import-column-missing', { file: name, sheet: part, column: lacking });
        const target: FormSheetTarget = {
          form: (form) => forms.push(form),
          doubtful: (value) => doubtful.push(value),
          longText: (at, column) => longTexts.get(`${part} ${String(at)} ${column}`),
        };
        readers.push(createFormSheetReader(model, sheet, header, target));
      };
      await check.rows(part, take, filter);
      readers[0]?.end();
    }
  }
  return { forms, doubtful };
}

function createSubjectReader(add: (subject: DeliveredSubject) => void): (row: SourceRow) => void {
  return byColumns((of, { number }) => {
    const enrolledAt = Date.parse(of('ENROLLED_UTC'));
    if (of('SUBJID') === '') throw new SheetFault(`row ${String(number)}`);
    add({
      number: of('SUBJID'),
      enrolledAt: Number.isNaN(enrolledAt) ? 0 : enrolledAt,
      openHard: Number(of('OPEN_HARD')) || 0,
      openSoft: Number(of('OPEN_SOFT')) || 0,
      openQueries: Number(of('OPEN_QUERIES')) || 0,
    });
  });
}

async function readLongTexts(check: SheetCheck): Promise<ReadonlyMap<string, string>> {
  const texts = new Map<string, string>();
  await check.rows(sheetNames.longText, ({ number, cells }) => {
    if (number === 1) return;
    const [sheet, row, column] = cells.map(cellText);
    const key = `${sheet ?? ''} ${row ?? ''} ${column ?? ''}`;
    texts.set(key, (texts.get(key) ?? '') + rawText(cells[4]));
  });
  return texts;
}

/** Spaces at the ends of a piece belong to it. */
function rawText(cell: SourceCell | null | undefined): string {
  return cell?.kind === 'text' ? unescape(cell.text) : cellText(cell);
}

/** Columns and codes that the workbook was made with. */
async function readDefinition(book: OpenBook): Promise<readonly DefinitionLine[]> {
  const lines: DefinitionLine[] = [];
  for (const sheet of [dictionaryName, codeListsName]) {
    if (!book.sheets.includes(sheet)) continue;
    const take = byColumns((of) => lines.push(toDefinitionLine(sheet, of)));
    await book.rows(sheet, take);
  }
  return lines;
}

function sha256Of(file: string, name: string): string {
  try {
    return hashFile(file).sha256;
  } catch (error) {
    throw refuse('file-unreadable', { file: name }, error);
  }
}
