/** What a delivered workbook says of itself, in 00_README and MANIFEST. Refuses what is no whole workbook of the study. */
import { cellText } from '#shared/import/cell.ts';
import type { DeliveryFacts } from '#shared/pool/delivered.ts';
import { refuse } from '../../app-error.ts';
import type { OpenBook } from '../import/workbook-reader.ts';
import type { ManifestLine } from './sheet-check.ts';

export const sheetNames = {
  readme: '00_README',
  subjects: '01_SUBJECTS',
  manifest: 'MANIFEST',
  longText: 'LONGTEXT',
};

export interface ToldFacts {
  readonly facts: Omit<DeliveryFacts, 'genesis'>;
  /** Head of the last submission; null: there was none. */
  readonly baseHead: string | null;
  /** By sheet. */
  readonly manifest: ReadonlyMap<string, ManifestLine>;
}

/** As 00_README says it: what is left out of a part of a site must not be taken for withdrawn. */
const wholeSite = 'Whole site, all subjects, all forms.';
const notDeidentified = 'None applied.';
const hash = /^[0-9a-f]{64}$/u;

export async function readFacts(book: OpenBook, file: string, study: string): Promise<ToldFacts> {
  for (const sheet of [sheetNames.readme, sheetNames.subjects])
    if (!book.sheets.includes(sheet)) throw refuse('delivery-not-ours', { file });
  if (!book.sheets.includes(sheetNames.manifest))
    throw refuse('import-sheet-missing', { file, sheet: sheetNames.manifest });
  const readme = new Map<string, string>();
  await book.rows(sheetNames.readme, ({ cells }) => {
    readme.set(cellText(cells[0]), cellText(cells[1]));
  });
  const [id = '', version = ''] = (readme.get('Study')?.split(':')[0] ?? '').split(' ');
  if (id === '') throw refuse('delivery-not-ours', { file });
  if (id !== study) throw refuse('import-other-study', { file, study: id.slice(0, 40), here: study });

  const filter = readme.get('Filter') ?? wholeSite;
  const deidentified = readme.get('De-identification') ?? notDeidentified;
  if (filter !== wholeSite || !deidentified.startsWith(notDeidentified))
    throw refuse('delivery-partial', { file });

  const marks = await readMarks(book);
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
    hash.test(facts.fingerprint) &&
    hash.test(facts.cutHead) &&
    siteCode !== '' &&
    !Number.isNaN(Date.parse(facts.cutAt)) &&
    Number.isInteger(facts.cutSeq);
  if (!isWhole) throw refuse('delivery-not-ours', { file });
  const baseHead = marks.get('(trail, up to the last submission)')?.['SHA256'] ?? '';
  return { facts, baseHead: hash.test(baseHead) ? baseHead : null, manifest: linesOf(marks) };
}

type Marks = ReadonlyMap<string, Readonly<Record<string, string>>>;

/** Of MANIFEST: by the name of the line, its cells by their columns. */
async function readMarks(book: OpenBook): Promise<Marks> {
  const marks = new Map<string, Record<string, string>>();
  let header: readonly string[] = [];
  await book.rows(sheetNames.manifest, ({ number, cells }) => {
    const texts = cells.map(cellText);
    if (number === 1) header = texts;
    else
      marks.set(
        texts[0] ?? '',
        Object.fromEntries(header.map((column, index) => [column, texts[index] ?? ''])),
      );
  });
  return marks;
}

function linesOf(marks: Marks): ReadonlyMap<string, ManifestLine> {
  const lines = new Map<string, ManifestLine>();
  for (const [sheet, { SHA256 = '', ZIP_SHA256 = '' }] of marks)
    if (!sheet.startsWith('(') && SHA256 !== '')
      lines.set(sheet, { sha256: SHA256, zipSha256: ZIP_SHA256 === '' ? null : ZIP_SHA256 });
  return lines;
}
