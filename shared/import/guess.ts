/**
 * A first mapping for somebody's table: headers are compared with the names and labels of the study's items in both
 * languages. It is a proposal for a person to correct; words of coded answers that can't be read are left undecided.
 */
import type { DateOrder, ImportMapping, MappedTable } from '../import-mapping.ts';
import type { Study } from '../study.ts';
import { cellText, type SourceSheet } from './cell.ts';
import { foldWord, linesOf, type Line, type Orientation } from './lines.ts';
import { proposeColumn, proposeMissing, type TableField, type Told } from './propose.ts';
import { studyItems, type StudyItem } from './study-items.ts';

export interface TableLayout {
  readonly sheet: string;
  readonly orientation: Orientation;
  /** The line with the headers, counted from 1. */
  readonly header: number;
}

/** A table laid open for the assistant: its fields, and what a mapping could say of them. */
export interface TableView {
  readonly layout: TableLayout;
  readonly fields: readonly TableField[];
  /** Without columns when no header says anything to the study. */
  readonly guess: MappedTable;
}

/** null when no header says anything to the study. `sheets` with all their rows. */
export function guessMapping(
  study: Study,
  sheets: readonly SourceSheet[],
  name: string,
  siteCode: string,
): ImportMapping | null {
  const match = createMatcher(study);
  const tables = sheets.flatMap((sheet) => {
    const best = bestOf(candidatesOf(sheet, match));
    const table = best === null ? null : viewOf(study, siteCode, sheet.name, best).guess;
    if (table === null || table.columns.length === 0) return [];
    return [sheets.length > 1 ? { ...table, sheet: sheet.name } : table];
  });
  return tables.length === 0 ? null : { cahierMapping: 1, name: name.slice(0, 120), study: study.id, tables };
}

/** `layout` null: the sheet, direction and line whose words say most to the study. */
export function viewTable(
  study: Study,
  siteCode: string,
  sheets: readonly SourceSheet[],
  layout: TableLayout | null,
): TableView | null {
  const match = createMatcher(study);
  const wanted = layout === null ? sheets : sheets.filter(({ name }) => name === layout.sheet);
  const views = wanted.map((sheet) => {
    const all = candidatesOf(sheet, match, layout);
    const best = bestOf(all);
    return best === null ? null : { best, view: viewOf(study, siteCode, sheet.name, best) };
  });
  const [first] = views
    .filter((found) => found !== null)
    .sort((a, b) => b.best.matches.length - a.best.matches.length);
  return first?.view ?? null;
}

/** How far down or right the headers are looked for: titles and empty lines stand before them. */
const deepestHeader = 15;
/** Nobody keeps more patients as columns; a longer sheet is not turned round. */
const longestTurned = 5000;

interface Candidate {
  readonly orientation: Orientation;
  readonly header: Line;
  readonly lines: readonly Line[];
  readonly matches: readonly Match[];
}
interface Match extends Told {
  readonly field: number;
}

function candidatesOf(
  sheet: SourceSheet,
  match: Matcher,
  layout: TableLayout | null = null,
): readonly Candidate[] {
  const orientations = layout === null ? (['rows', 'columns'] as const) : [layout.orientation];
  return orientations.flatMap((orientation) => {
    if (orientation === 'columns' && sheet.rows.length > longestTurned) return [];
    const { all } = linesOf(sheet, orientation);
    const headers =
      layout === null ? all.slice(0, deepestHeader) : all.filter(({ number }) => number === layout.header);
    return headers.map((header): Candidate => ({
      ...{ orientation, header, matches: matchesOf(header, match) },
      lines: all.filter(({ number }) => number > header.number),
    }));
  });
}

/** Sorting is stable: of those that say as much the first, and rows before columns. */
function bestOf(candidates: readonly Candidate[]): Candidate | null {
  return [...candidates].sort((a, b) => b.matches.length - a.matches.length)[0] ?? null;
}

function viewOf(study: Study, siteCode: string, sheet: string, best: Candidate): TableView {
  const { header, orientation } = best;
  const subject = subjectField(study, best);
  const fields = header.cells.map((cell, field) =>
    cellText(cell) === '' && field !== subject ? null : fieldOf(best, field),
  );
  const matches = best.matches.filter(({ field }) => field !== subject);
  const columns = matches.flatMap((found, index) => {
    const field = fields[found.field];
    const row = matches.slice(0, index + 1).filter(({ test }) => test !== null).length;
    return field == null ? [] : [proposeColumn(study, found, field, row)];
  });
  const used = new Set([subject, ...matches.map(({ field }) => field)]);
  const missing = matches.flatMap(({ field }) => fields[field]?.words ?? []);
  const others = fields.filter((field, index) => field !== null && !used.has(index));
  return {
    layout: { sheet, orientation, header: header.number },
    fields: fields.filter((field) => field !== null),
    guess: {
      ...{ orientation, header: header.number },
      subject: { column: nameOf(header, subject), ...numberRule(study, siteCode, best, subject) },
      missing: proposeMissing(study, [...new Set(missing)]),
      row: 'first',
      dateOrder: dateOrderOf(
        matches.flatMap(({ item, field }) => (isDate(item) ? (fields[field]?.words ?? []) : [])),
      ),
      columns,
      ignored: others.flatMap((field) => (field === null ? [] : [field.column])),
    },
  };
}

function isDate({ item }: StudyItem): boolean {
  return item.type.includes('date') || item.type === 'year-month';
}

/** Month first only where a date says so and none says otherwise. */
function dateOrderOf(words: readonly string[]): DateOrder {
  const parts = words.map((word) => /^(\d{1,2})[-/. ](\d{1,2})[-/. ]\d{4}/u.exec(word));
  const says = (group: number): boolean => parts.some((found) => Number(found?.[group]) > 12);
  return says(2) && !says(1) ? 'mdy' : 'dmy';
}

const [mostSamples, mostWords, longestWord] = [3, 60, 300];

function fieldOf({ header, lines }: Candidate, field: number): TableField {
  const samples: string[] = [];
  const words = new Map<string, string>();
  for (const { cells } of lines) {
    const text = cellText(cells[field]);
    if (text === '' || text.length > longestWord) continue;
    if (samples.length < mostSamples) samples.push(text.slice(0, 60));
    if (words.size <= mostWords) words.set(foldWord(text), text);
  }
  const column = nameOf(header, field);
  return {
    column,
    header: cellText(header.cells[field]),
    samples,
    words: [...words.values()].slice(0, mostWords),
  };
}

type Matcher = (header: string) => Told | null;

/** By id, by the whole label, then by the one label that shares most of its words. */
function createMatcher(study: Study): Matcher {
  const items = [...studyItems(study).values()].filter(({ isTyped }) => isTyped);
  const byWord = new Map<string, StudyItem | null>();
  const put = (word: string, item: StudyItem): void => {
    if (word !== '') byWord.set(word, byWord.has(word) && byWord.get(word) !== item ? null : item);
  };
  for (const item of items) {
    put(plain(item.item.id), item);
    for (const label of Object.values(item.item.label)) put(plain(label), item);
  }
  const labels = items.flatMap((item) =>
    Object.values(item.item.label).map((label) => ({ item, words: wordsOf(label) })),
  );
  const results = items.filter(({ item }) => item.parts !== undefined);
  const tests = new Map(
    study.analytes.flatMap(({ id, label }) =>
      [id, label.en, label.fr, bare(label.en), bare(label.fr)].map((word) => [plain(word), id] as const),
    ),
  );
  const testOf = (header: string): Told | null => {
    const [item, other] = results;
    const test = tests.get(plain(header)) ?? tests.get(plain(bare(header)));
    return item === undefined || other !== undefined || test === undefined ? null : { item, test };
  };
  const itemOf = (header: string): StudyItem | null => {
    const exact = byWord.get(plain(header)) ?? byWord.get(plain(bare(header)));
    if (exact !== undefined && exact !== null) return exact;
    const words = wordsOf(bare(header));
    const scored = labels
      .map(({ item, words: own }) => ({ item, score: likeness(words, own) }))
      .filter(({ score }) => score >= leastLikeness)
      .sort((a, b) => b.score - a.score);
    const [first] = scored;
    const second = scored.find(({ item }) => item !== first?.item);
    return first === undefined || second?.score === first.score ? null : first.item;
  };
  return (header) => {
    const test = testOf(header);
    const item = test === null ? itemOf(header) : null;
    return item === null ? test : { item, test: null };
  };
}

/** Without its unit or explanation: "CRP (mg/L)". */
function bare(header: string): string {
  return header.replace(/[([].*$/u, '');
}

const leastLikeness = 0.6;

function plain(text: string): string {
  return foldWord(text)
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\p{L}\p{N}%]+/gu, ' ')
    .trim();
}

function wordsOf(text: string): ReadonlySet<string> {
  return new Set(
    plain(text)
      .split(' ')
      .filter((word) => word.length > 2),
  );
}

/** Of all words that one of them has, the share that both have. */
function likeness(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  const both = [...one].filter((word) => other.has(word)).length;
  return both === 0 ? 0 : both / new Set([...one, ...other]).size;
}

/** Longer texts are remarks. */
const longestHeader = 200;

function matchesOf({ cells }: Line, match: Matcher): Candidate['matches'] {
  const seen = new Set<string>();
  return cells.flatMap((cell, field) => {
    const header = cell?.kind === 'text' ? cellText(cell) : '';
    const told = header === '' || header.length > longestHeader ? null : match(header);
    const key = `${told?.item.item.id ?? ''}|${told?.test ?? ''}`;
    if (told === null || seen.has(key)) return [];
    seen.add(key);
    return [{ field, ...told }];
  });
}

/** A header that says so, else the first field that holds something else on every line. */
function subjectField(study: Study, { header, lines }: Candidate): number {
  const own = new RegExp(`^(?:${study.subjectNumber.pattern})$`, 'u');
  const byContent = header.cells.findIndex((_, field) =>
    lines.some(({ cells }) => own.test(cellText(cells[field]))),
  );
  if (byContent !== -1) return byContent;
  const named = header.cells.findIndex((cell) =>
    /^(?:subj|subject|patient|sujet|id\b|n°|no\b|num|code patient|enfant|child|case)/iu.test(cellText(cell)),
  );
  return named === -1 ? 0 : named;
}

/** Bare numbers get the site and the digits that the study's example has: "7" is "01-007". */
function numberRule(
  { subjectNumber: { pattern, example } }: Study,
  siteCode: string,
  { lines }: Candidate,
  field: number,
): { prefix?: string; digits?: number } {
  const texts = lines.map(({ cells }) => cellText(cells[field])).filter((text) => text !== '');
  if (texts.length === 0 || !texts.every((text) => /^\d{1,6}$/u.test(text))) return {};
  const [from, to] = new RegExp(pattern, 'du').exec(example)?.indices?.[1] ?? [0, 0];
  const ofSite = example.slice(0, from) + (to > from ? siteCode : '') + example.slice(to);
  const digits = /\d+$/u.exec(ofSite)?.[0].length ?? 0;
  return { prefix: ofSite.slice(0, ofSite.length - digits), digits };
}

/** Its words where they stand only once, else its position. */
function nameOf({ cells }: Line, field: number): string {
  const header = cellText(cells[field]);
  const alike = cells.filter((cell) => foldWord(cellText(cell)) === foldWord(header)).length;
  return header === '' || header.length > 300 || alike > 1 ? `#${field + 1}` : header;
}
