/**
 * CODING: the words that were coded, the term, its dictionary with the version, and by whom. One row for each answer that
 * the study codes; where it is not coded, the row says so. What is coded is said by the definition alone.
 */
import { assertNever } from '../assert-never.ts';
import { codeListsOf } from '../export-plan.ts';
import type { ItemValue } from '../record.ts';
import type { Coding } from '../study-coding.ts';
import { ownCodeList } from '../study-scope/yes-no.ts';
import type { CodeList, Form, Item, Study, Text } from '../study.ts';
import { integer, text, type FilledColumn } from './sheet.ts';
import type { TrailEntry, TrailLine } from './trail-line.ts';

/** A coding with what it names. */
export interface PlacedCoding {
  readonly coding: Coding;
  readonly form: Form;
  readonly verbatim: readonly Item[];
  readonly term: Item | null;
  readonly terms: CodeList | null;
  readonly dictionary: string;
  readonly version: string | null;
}

/** By form, in the order of the study's forms and of its codings. */
export function placeCodings(study: Study): ReadonlyMap<string, readonly PlacedCoding[]> {
  const lists = new Map(codeListsOf(study).map((list) => [list.id, list]));
  const placed = (study.codings ?? []).flatMap((coding): readonly PlacedCoding[] => {
    const named = [...coding.verbatim, ...(coding.term === undefined ? [] : [coding.term])];
    const form = study.forms.find(({ groups }) =>
      groups.some(({ items }) => items.some(({ id }) => id === named[0])),
    );
    if (form === undefined) return [];
    const items = new Map(form.groups.flatMap((group) => group.items.map((item) => [item.id, item])));
    const term = items.get(coding.term ?? '') ?? null;
    const terms = term === null ? null : (ownCodeList(term) ?? lists.get(term.codeList ?? '') ?? null);
    const verbatim = coding.verbatim.flatMap((id) => items.get(id) ?? []);
    return [{ coding, form, verbatim, term, terms, ...dictionaryOf(study, coding, terms) }];
  });
  const byForm = Map.groupBy(placed, ({ form }) => form.id);
  return new Map(study.forms.flatMap(({ id }) => (byForm.has(id) ? [[id, byForm.get(id) ?? []]] : [])));
}

function dictionaryOf(
  study: Study,
  { dictionary, version, classification }: Coding,
  terms: CodeList | null,
): Pick<PlacedCoding, 'dictionary' | 'version'> {
  const ofStudy = study.classifications.find(({ id }) => id === classification);
  if (ofStudy !== undefined) return { dictionary: ofStudy.name.en, version: ofStudy.edition };
  if (dictionary !== undefined) return { dictionary, version: version ?? null };
  return { dictionary: `${study.id} ${terms?.id ?? ''}`.trim(), version: study.version };
}

/** Where an answer stands, with the other answers of its row. */
export interface CodedRow {
  readonly subject: string;
  readonly event: string;
  readonly row: number;
  readonly values: ReadonlyMap<string, ItemValue>;
}

/** What a person chose as a term, by whom and when: the newest entry about it. */
export interface Coders {
  take(line: TrailLine): void;
  of(at: { readonly row: CodedRow; readonly form: string; readonly item: string }): TrailEntry | undefined;
}

export function createCoders(codings: ReadonlyMap<string, readonly PlacedCoding[]>): Coders {
  const typed = new Set(
    [...codings.values()].flatMap((placed) =>
      placed.flatMap(({ term }) => (term === null || term.type === 'calculated' ? [] : [term.id])),
    ),
  );
  const newest = new Map<string, TrailEntry>();
  return {
    take: ({ entry }) => {
      const { action, subject, event, form, row, item } = entry;
      if (action !== 'value.set' || item === null || !typed.has(item)) return;
      newest.set([subject, event, form, row, item].join('|'), entry);
    },
    of: ({ row: { subject, event, row }, form, item }) =>
      newest.get([subject, event, form, row, item].join('|')),
  };
}

export interface CodingLine {
  readonly placed: PlacedCoding;
  readonly row: CodedRow;
  readonly site: string;
  readonly words: string | null;
  readonly state: CodingState;
}

export type CodingState =
  | {
      readonly is: 'coded';
      readonly term: string;
      readonly label: Text | null;
      readonly by: TrailEntry | null;
    }
  /** The item of the term holds no term, or the reason why it has none. */
  | { readonly is: 'not coded'; readonly missing: string | null }
  /** The study keeps no term: the words are coded elsewhere, or not at all. */
  | { readonly is: 'not coded here' };

/** A line where there are words or a term; nothing for a row that has neither. */
export function codingLines(
  placed: readonly PlacedCoding[],
  row: CodedRow,
  site: string,
  coders: Coders,
): readonly CodingLine[] {
  return placed.flatMap((one): readonly CodingLine[] => {
    const words = one.verbatim.flatMap(({ id }) => inWords(row.values.get(id)));
    const state = stateOf(one, row, coders);
    if (words.length === 0 && state.is !== 'coded') return [];
    return [{ placed: one, row, site, words: words.length === 0 ? null : words.join(' '), state }];
  });
}

function inWords(value: ItemValue | undefined): readonly string[] {
  if (value === undefined || value.text === null) return [];
  const relation = value.relation === null || value.relation === '=' ? '' : value.relation;
  return [`${relation}${value.text}`, ...(value.unit === null ? [] : [value.unit])];
}

function stateOf({ term, terms, form }: PlacedCoding, row: CodedRow, coders: Coders): CodingState {
  if (term === null) return { is: 'not coded here' };
  const value = row.values.get(term.id);
  if (value === undefined || value.text === null) return { is: 'not coded', missing: value?.missing ?? null };
  const label = terms?.codes.find(({ code }) => code === value.text)?.label ?? null;
  const by = term.type === 'calculated' ? null : (coders.of({ row, form: form.id, item: term.id }) ?? null);
  return { is: 'coded', term: value.text, label, by };
}

const coded = ({ state }: CodingLine): Extract<CodingState, { is: 'coded' }> | null =>
  state.is === 'coded' ? state : null;

export const codingColumns: readonly FilledColumn<CodingLine>[] = [
  text('SITEID', 8, ({ site }) => site),
  text('SUBJID', 12, ({ row }) => row.subject),
  text('VISIT', 8, ({ row }) => row.event),
  text('FORM', 8, ({ placed }) => placed.form.id),
  integer('REPEAT', 9, ({ row }) => row.row),
  text('VERBATIM_ITEM', 20, ({ placed }) => placed.verbatim.map(({ id }) => id).join(' ') || null),
  text('VERBATIM', 40, ({ words }) => words),
  text('STATE', 14, ({ state }) => state.is),
  text('TERM_ITEM', 14, ({ placed }) => placed.term?.id),
  text('TERM', 12, (line) => coded(line)?.term),
  text('TERM_EN', 30, (line) => coded(line)?.label?.en),
  text('TERM_FR', 30, (line) => coded(line)?.label?.fr),
  text('TERM_ND', 9, ({ state }) => (state.is === 'not coded' ? state.missing : null)),
  text('DICTIONARY', 26, ({ placed }) => placed.dictionary),
  text('DICTIONARY_VERSION', 20, ({ placed }) => placed.version),
  text('CODED_BY', 22, codedBy),
  text('ROLE', 14, (line) => coded(line)?.by?.role),
  text('CODED_UTC', 26, (line) => isoOf(coded(line)?.by)),
  text('ORIGIN', 12, (line) => coded(line)?.by?.origin),
  text('NOTE_EN', 40, ({ placed }) => placed.coding.note?.en),
  text('NOTE_FR', 40, ({ placed }) => placed.coding.note?.fr),
  text('SOURCE', 24, ({ placed }) => placed.coding.source),
];

function codedBy({ placed, state }: CodingLine): string | null {
  switch (state.is) {
    case 'coded':
      return placed.term?.type === 'calculated' ? 'derived by the study' : (state.by?.user ?? null);
    case 'not coded':
    case 'not coded here':
      return null;
    default:
      return assertNever(state);
  }
}

function isoOf(entry: TrailEntry | null | undefined): string | null {
  return entry === null || entry === undefined ? null : new Date(entry.at).toISOString();
}
