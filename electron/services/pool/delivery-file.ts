/**
 * Reads a workbook that a site delivers: what it says of itself, whether its sheets are as they were written, and its
 * form sheets as recorded values. Read in a thread; nothing of it is written anywhere.
 */
import path from 'node:path';
import { cellText, unescape, type SourceCell, type SourceRow } from '#shared/import/cell.ts';
import { columnNames, formSheetParts, isTrailSheet } from '#shared/import/own-workbook.ts';
import type {
  DeliveredForm,
  DeliveredSubject,
  Delivery,
  DeliveryFacts,
  DoubtfulValue,
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
import { findEdits } from './hand-edits.ts';
import { createHeadSearch, type HeadSearch, type KnownHeads } from './head-search.ts';
import { lookAhead, type Look } from './look-again.ts';

export interface DeliveryOrder {
  readonly file: string;
  readonly model: StudyModel;
  readonly fingerprint: string;
  /** For checks that read the time. */
  readonly now: LocalMinute;
  readonly known: KnownHeads;
}

/** A cell of a form sheet that says something else than the newest entry of the workbook's own trail. */
export interface HandEdit extends ValuePlace {
  readonly subject: string;
  readonly trail: ItemValue | null;
  readonly sheet: ItemValue | null;
}

export interface ReadDelivery extends Delivery {
  /** Without its folder: a path may name people. */
  readonly file: string;
  readonly sha256: string;
  /** Known heads that its trail contains. */
  readonly heads: readonly string[];
  /** Sheets that say something else than when they were written. */
  readonly editedSheets: readonly string[];
  readonly edits: readonly HandEdit[];
  /** Null for a subject about whom something waits for a decision. Works it out when it is asked. */
  readonly lookAt: (subject: string) => Look | null;
  /** What it was made with, where that is another version than the pool's; else null. */
  readonly definition: readonly DefinitionLine[] | null;
}

const names = { readme: '00_README', subjects: '01_SUBJECTS', manifest: 'MANIFEST', longText: 'LONGTEXT' };

export async function readDelivery(order: DeliveryOrder): Promise<ReadDelivery> {
  const { file, model } = order;
  const name = path.basename(file);
  const sha256 = await sha256Of(file, name);
  const book = await openBook(file, name);
  try {
    const [facts, manifest] = await readFacts(book, name, model.study.id);
    const lost = [...manifest.keys()].find((sheet) => !book.sheets.includes(sheet));
    if (lost !== undefined) throw refuse('import-sheet-missing', { file: name, sheet: lost });
    const definition = facts.fingerprint === order.fingerprint ? null : await readDefinition(book);
    const check = createCheck(book, manifest, name);
    const subjects: DeliveredSubject[] = [];
    await check.rows(
      names.subjects,
      createSubjectReader((subject) => subjects.push(subject)),
    );
    const longTexts = await readLongTexts(check);
    const read = await readForms(model, check, { name, isDrifted: definition !== null, longTexts });
    const heads = createHeadSearch(facts.cutHead, order.known);
    for (const sheet of book.sheets.filter((known) => !check.seen.has(known)))
      await check.bytes(sheet, isTrailSheet(sheet) ? heads : null);
    if (facts.cutSeq > 0 && !heads.found().includes(facts.cutHead))
      throw refuse('delivery-head-missing', { file: name });
    const edits = await findEdits(model, book, read, check.edited);
    if (definition === null && check.edited.length === 0) requireCounts(facts.values, read, name);
    return {
      facts: { ...facts, genesis: heads.first() ?? facts.cutHead },
      ...{ ...read, subjects, file: name, sha256, definition },
      ...{ heads: heads.found(), editedSheets: check.edited },
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

/** Every value that the site says it wrote was read: taken, or in doubt. */
function requireCounts(
  said: number,
  { forms, doubtful }: Pick<Delivery, 'forms' | 'doubtful'>,
  file: string,
): void {
  const read =
    forms.reduce((sum, form) => sum + form.values, 0) +
    doubtful.reduce((sum, { parts }) => sum + 1 + parts, 0);
  if (read !== said) throw refuse('delivery-miscounted', { file, read, said });
}

interface FormsContext {
  readonly name: string;
  /** Made with another definition: columns may lack. */
  readonly isDrifted: boolean;
  readonly longTexts: ReadonlyMap<string, string>;
}

async function readForms(
  model: StudyModel,
  check: Check,
  { name, isDrifted, longTexts }: FormsContext,
): Promise<{ readonly forms: readonly DeliveredForm[]; readonly doubtful: readonly DoubtfulValue[] }> {
  const forms: DeliveredForm[] = [];
  const doubtful: DoubtfulValue[] = [];
  for (const { sheet, parts } of formSheetParts(model.study, check.book.sheets)) {
    if (parts.length === 0 && !isDrifted)
      throw refuse('import-sheet-missing', { file: name, sheet: sheet.name });
    for (const part of parts) {
      const readers: FormSheetReader[] = [];
      await check.rows(part, (row) => {
        if (row.number > 1) {
          readers[0]?.take(row);
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
      });
      readers[0]?.end();
    }
  }
  return { forms, doubtful };
}

interface ManifestLine {
  readonly sha256: string;
  /** null: written before it was kept. */
  readonly xmlSha256: string | null;
}

/** Reads sheets and holds each against the manifest: by the bytes of its part, and where these differ by its cells. */
interface Check {
  readonly book: OpenBook;
  readonly seen: ReadonlySet<string>;
  readonly edited: readonly string[];
  rows(sheet: string, take: (row: SourceRow) => void): Promise<void>;
  /** `search`: for heads of the trail, in a sheet of it. */
  bytes(sheet: string, search: HeadSearch | null): Promise<void>;
}

function createCheck(book: OpenBook, manifest: ReadonlyMap<string, ManifestLine>, file: string): Check {
  const seen = new Set<string>([names.readme, names.manifest]);
  const edited: string[] = [];
  const requireNoFormula = (sheet: string, formulaAt: string | null): void => {
    if (formulaAt !== null) throw refuse('import-formula', { file, sheet, cell: formulaAt });
  };
  const hold = async (sheet: string, xmlSha256: string, search: HeadSearch | null = null): Promise<void> => {
    const line = manifest.get(sheet);
    if (line?.xmlSha256 === xmlSha256) return;
    // Saved again by another program, maybe: its cells may still be what they were.
    const { sha256, formulaAt } = await book.rowsAndHash(sheet, (row) => search?.takeRow(row));
    requireNoFormula(sheet, formulaAt);
    if (line?.sha256 !== sha256) edited.push(sheet);
  };
  return {
    ...{ book, seen, edited },
    rows: async (sheet, take) => {
      if (!book.sheets.includes(sheet)) return;
      seen.add(sheet);
      const { xmlSha256, formulaAt } = await book.rows(sheet, take);
      requireNoFormula(sheet, formulaAt);
      await hold(sheet, xmlSha256);
    },
    bytes: async (sheet, search) => {
      seen.add(sheet);
      await hold(sheet, await book.bytes(sheet, (bytes) => search?.take(bytes)), search);
    },
  };
}

/** As 00_README says it: what is left out of a part of a site must not be taken for withdrawn. */
const wholeSite = 'Whole site, all subjects, all forms.';
const notDeidentified = 'None applied.';

async function readFacts(
  book: OpenBook,
  file: string,
  study: string,
): Promise<[Omit<DeliveryFacts, 'genesis'>, ReadonlyMap<string, ManifestLine>]> {
  for (const sheet of [names.readme, names.subjects])
    if (!book.sheets.includes(sheet)) throw refuse('delivery-not-ours', { file });
  if (!book.sheets.includes(names.manifest))
    throw refuse('import-sheet-missing', { file, sheet: names.manifest });
  const readme = new Map<string, string>();
  await book.rows(names.readme, ({ cells }) => {
    readme.set(cellText(cells[0]), cellText(cells[1]));
  });
  const [id = '', version = ''] = (readme.get('Study')?.split(':')[0] ?? '').split(' ');
  if (id === '') throw refuse('delivery-not-ours', { file });
  if (id !== study) throw refuse('import-other-study', { file, study: id.slice(0, 40), here: study });

  const filter = readme.get('Filter') ?? wholeSite;
  const deidentified = readme.get('De-identification') ?? notDeidentified;
  if (filter !== wholeSite || !deidentified.startsWith(notDeidentified))
    throw refuse('delivery-partial', { file });

  const manifest = new Map<string, ManifestLine>();
  const marks = new Map<string, Record<string, string>>();
  let header: readonly string[] = [];
  await book.rows(names.manifest, ({ number, cells }) => {
    const texts = cells.map(cellText);
    if (number === 1) header = texts;
    else
      marks.set(
        texts[0] ?? '',
        Object.fromEntries(header.map((column, index) => [column, texts[index] ?? ''])),
      );
  });
  for (const [sheet, { SHA256 = '', XML_SHA256 = '' }] of marks)
    if (!sheet.startsWith('(') && SHA256 !== '')
      manifest.set(sheet, { sha256: SHA256, xmlSha256: XML_SHA256 === '' ? null : XML_SHA256 });
  const trail = marks.get('(trail, up to its head)');
  const [siteCode = '', ...siteName] = readme.get('Site')?.split(' ') ?? [];
  const facts = {
    ...{ study: id, studyVersion: version.slice(0, 20), siteCode, siteName: siteName.join(' ') },
    fingerprint: readme.get('Study definition (SHA-256)') ?? '',
    appVersion: readme.get('Written by')?.replace(/^Cahier /u, '') ?? '',
    cutAt: readme.get('Data cut (UTC)') ?? '',
    cutSeq: Number(trail?.['ROWS'] ?? 0),
    cutHead: trail?.['SHA256'] ?? '',
    values: Number(marks.get('(values in the database)')?.['VALUES'] ?? 0),
  };
  const isWhole =
    /^[0-9a-f]{64}$/u.test(facts.fingerprint) &&
    /^[0-9a-f]{64}$/u.test(facts.cutHead) &&
    siteCode !== '' &&
    !Number.isNaN(Date.parse(facts.cutAt)) &&
    Number.isInteger(facts.cutSeq);
  if (!isWhole) throw refuse('delivery-not-ours', { file });
  return [facts, manifest];
}

function createSubjectReader(add: (subject: DeliveredSubject) => void): (row: SourceRow) => void {
  let header: ReadonlyMap<string, number> = new Map();
  return ({ number, cells }) => {
    if (number === 1) {
      header = new Map(cells.map((cell, index) => [cellText(cell), index]));
      return;
    }
    const of = (column: string): string => cellText(cells[header.get(column) ?? -1]);
    const enrolledAt = Date.parse(of('ENROLLED_UTC'));
    if (of('SUBJID') === '') throw new SheetFault(`row ${String(number)}`);
    add({
      number: of('SUBJID'),
      enrolledAt: Number.isNaN(enrolledAt) ? 0 : enrolledAt,
      openHard: Number(of('OPEN_HARD')) || 0,
      openSoft: Number(of('OPEN_SOFT')) || 0,
      openQueries: Number(of('OPEN_QUERIES')) || 0,
    });
  };
}

async function readLongTexts(check: Check): Promise<ReadonlyMap<string, string>> {
  const texts = new Map<string, string>();
  await check.rows(names.longText, ({ number, cells }) => {
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
    let header: ReadonlyMap<string, number> = new Map();
    await book.rows(sheet, ({ number, cells }) => {
      if (number === 1) header = new Map(cells.map((cell, index) => [cellText(cell), index]));
      else lines.push(toDefinitionLine(sheet, (column) => cellText(cells[header.get(column) ?? -1])));
    });
  }
  return lines;
}

async function sha256Of(file: string, name: string): Promise<string> {
  try {
    return (await hashFile(file)).sha256;
  } catch (error) {
    throw refuse('file-unreadable', { file: name }, error);
  }
}
