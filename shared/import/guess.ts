/**
 * A first mapping for somebody's table: headers are compared with the names and labels of the study's items in both
 * languages. It is a proposal for a person to correct; words of coded answers that can't be read are left undecided.
 */
import type { ImportMappingInput } from '../import-mapping.ts';
import type { CodeList, Study } from '../study.ts';
import { ownCodeList } from '../study-scope/yes-no.ts';
import { findCode } from '../item-value/choice.ts';
import { cellText, type SourceSheet } from './cell.ts';
import { foldWord, linesOf, type Line, type Orientation } from './lines.ts';
import { studyItems, type StudyItem } from './study-items.ts';

type Table = ImportMappingInput['tables'][number];
type Column = Table['columns'][number];

/** null when no header says anything to the study. `sheets` with all their rows. */
export function guessMapping(
  study: Study,
  sheets: readonly SourceSheet[],
  name: string,
  siteCode: string,
): ImportMappingInput | null {
  const matcher = createMatcher(study);
  const tables = sheets.flatMap((sheet) => {
    const table = guessTable(study, siteCode, sheet, matcher);
    return table === null ? [] : [{ ...table, ...(sheets.length > 1 ? { sheet: sheet.name } : {}) }];
  });
  return tables.length === 0 ? null : { cahierMapping: 1, name: name.slice(0, 120), study: study.id, tables };
}

/** How far down or right the headers are looked for: titles and empty lines stand before them. */
const deepestHeader = 15;

interface Candidate {
  readonly orientation: Orientation;
  readonly header: Line;
  readonly lines: readonly Line[];
  readonly matches: readonly Match[];
}

interface Told {
  readonly item: StudyItem;
  /** Code of the laboratory test whose results the column holds. */
  readonly test: string | null;
}
interface Match extends Told {
  readonly field: number;
}

function guessTable(study: Study, siteCode: string, sheet: SourceSheet, match: Matcher): Table | null {
  const candidates = (['rows', 'columns'] as const).flatMap((orientation) => {
    const { all } = linesOf(sheet, orientation);
    return all.slice(0, deepestHeader).map((header): Candidate => ({
      orientation,
      header,
      lines: all.filter(({ number }) => number > header.number),
      matches: matchesOf(header, match),
    }));
  });
  const [best] = candidates.sort((a, b) => b.matches.length - a.matches.length);
  if (best === undefined || best.matches.length === 0) return null;
  const subject = subjectField(study, best);
  const columns = best.matches
    .filter(({ field }) => field !== subject)
    .map((found, index, all) =>
      guessColumn(study, best, found, all.slice(0, index + 1).filter(({ test }) => test !== null).length),
    );
  if (columns.length === 0) return null;
  const used = new Set([subject, ...best.matches.map(({ field }) => field)]);
  return {
    orientation: best.orientation,
    header: best.header.number,
    subject: { column: nameOf(best.header, subject), ...numberRule(study, siteCode, best, subject) },
    missing: Object.fromEntries(missingWords(study, best).map((word) => [word, reasonFor(study)])),
    columns,
    ignored: best.header.cells.flatMap((cell, field) =>
      used.has(field) || cellText(cell) === '' ? [] : [nameOf(best.header, field)],
    ),
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

function matchesOf({ cells }: Line, match: Matcher): Candidate['matches'] {
  const seen = new Set<string>();
  return cells.flatMap((cell, field) => {
    const header = cellText(cell);
    const told = header === '' || header.length > 300 ? null : match(header);
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

function guessColumn(
  study: Study,
  { header, lines }: Candidate,
  { field, item, test }: Match,
  row: number,
): Column {
  const values = wordsToDecide(study, item, lines, field);
  const unit = /[([]([^)\]]+)[)\]]\s*$/u.exec(cellText(header.cells[field]))?.[1];
  const hasUnit = unit !== undefined && (item.item.type === 'measurement' || item.item.unit === unit);
  return {
    column: nameOf(header, field),
    item: item.item.id,
    ...(item.onlyEvent === null ? { event: item.firstEvent } : {}),
    ...(test === null || item.item.parts === undefined
      ? {}
      : { row, with: { [item.item.parts.test]: test } }),
    ...(hasUnit ? { unit } : {}),
    ...(Object.keys(values).length > 0 ? { values } : {}),
  };
}

const mostWords = 40;
const yes = /^(?:y|yes|o|oui|x|true|vrai|1|pos|positive?|positif)$/iu;
const no = /^(?:n|no|non|false|faux|0|neg|negative?|négatif)$/iu;

/** Words of a coded column that are neither a code nor a label: a yes or no where one can be told, else undecided. */
function wordsToDecide(
  study: Study,
  { item }: StudyItem,
  lines: readonly Line[],
  field: number,
): Record<string, string | null> {
  const list = ownCodeList(item) ?? study.codeLists.find(({ id }) => id === item.codeList);
  if (list === undefined || item.type === 'multiple-choice') return {};
  const reasons = reasonList(study);
  const words = new Map<string, string>();
  for (const { cells } of lines) {
    const text = cellText(cells[field]);
    if (text !== '' && text.length <= 300) words.set(foldWord(text), text);
  }
  const unknown = [...words.values()].filter(
    (word) =>
      findCode(list, word) === null &&
      !isMissingWord(word) &&
      (reasons === undefined || findCode(reasons, word) === null),
  );
  return Object.fromEntries(
    unknown.slice(0, mostWords).map((word) => [word, codeFor(list, word, item.type)]),
  );
}

function codeFor(list: CodeList, word: string, type: string): string | null {
  if (type !== 'yes-no' && type !== 'yes-no-unknown') return null;
  const meant = yes.test(word) ? 'Yes' : no.test(word) ? 'No' : null;
  return meant === null ? null : (findCode(list, meant)?.code ?? null);
}

const isMissingWord = (word: string): boolean =>
  /^(?:na|n\/a|#n\/a|-|–|\?|-9|-99|-999|-9999|nr|missing|manquant|inconnu|unknown|nsp)$/iu.test(word);

function missingWords(study: Study, { lines, matches }: Candidate): readonly string[] {
  const list = reasonList(study);
  const words = new Map<string, string>();
  for (const { cells } of lines)
    for (const { field } of matches) {
      const text = cellText(cells[field]);
      if (isMissingWord(text) && (list === undefined || findCode(list, text) === null))
        words.set(foldWord(text), text);
    }
  return [...words.values()];
}

/** The reason of the study's list that claims least, to be looked at by whoever corrects the mapping. */
function reasonFor(study: Study): string | null {
  const codes = reasonList(study)?.codes ?? [];
  return (
    codes.find(({ label }) => /unknown|not known|not available/iu.test(label.en))?.code ??
    codes[0]?.code ??
    null
  );
}

function reasonList(study: Study): CodeList | undefined {
  return study.codeLists.find(({ id }) => id === study.missingReasons);
}

/** Its words where they stand only once, else its position. */
function nameOf({ cells }: Line, field: number): string {
  const header = cellText(cells[field]);
  const alike = cells.filter((cell) => foldWord(cellText(cell)) === foldWord(header)).length;
  return header === '' || header.length > 300 || alike > 1 ? `#${field + 1}` : header;
}
