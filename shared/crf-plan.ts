/**
 * The case report form of a study without a subject: blank to be filled in by hand, or annotated with the names under
 * which each answer is found in exports. Pure data; electron/services/copies/ puts it on pages.
 */
import { codeListsOf } from './export-plan.ts';
import type { CodeList, Item, ItemGroup, Language, Study, StudyEvent } from './study.ts';
import type { PlacedGroup, PlacedItem, StudyModel } from './study-model.ts';
import { showUnit } from './units.ts';

/**
 * What a hand writes into.
 *
 * | kind    | on paper                                                        |
 * |---------|-----------------------------------------------------------------|
 * | digits  | a box for each digit; with a relation, one of < ≤ = ≥ > before   |
 * | date    | boxes for day, month, year, and hour and minute where asked      |
 * | choices | a box to tick for each code                                      |
 * | list    | boxes for a code of a list that is printed at the end            |
 * | text    | lines to write on                                                |
 * | none    | nothing: the application works it out or fills it in             |
 */
export type PaperField =
  | { readonly kind: 'digits'; readonly whole: number; readonly decimals: number; readonly relation: boolean }
  | { readonly kind: 'date'; readonly time: boolean; readonly day: boolean; readonly partial: boolean }
  | { readonly kind: 'choices'; readonly codes: readonly PaperCode[]; readonly several: boolean }
  | { readonly kind: 'list'; readonly list: string; readonly length: number }
  | { readonly kind: 'text'; readonly lines: number }
  | { readonly kind: 'none'; readonly why: 'calculated' | 'system' };

export interface PaperCode {
  readonly code: string;
  readonly label: string;
}

export interface CrfItem {
  readonly item: string;
  readonly label: string;
  readonly unit: string;
  readonly help: string;
  /** "conditional": required where its condition holds. */
  readonly required: 'always' | 'conditional' | 'no';
  readonly field: PaperField;
  readonly annotation: CrfAnnotation;
}

export interface CrfAnnotation {
  readonly type: string;
  readonly codeList: string | null;
  readonly requiredIf: string | null;
  readonly shownIf: string | null;
  readonly derivation: string | null;
  readonly pattern: string | null;
  readonly hard: string | null;
  readonly soft: string | null;
  /** CDASH or SDTM variable, where the definition names one. */
  readonly target: string | null;
  readonly identifier: boolean;
}

export interface CrfGroup {
  readonly group: string;
  readonly name: string;
  readonly repeating: boolean;
  /** The condition in words; empty where it is always asked. */
  readonly whenShown: string;
  readonly items: readonly CrfItem[];
}

export interface CrfForm {
  readonly form: string;
  readonly name: string;
  readonly events: readonly { readonly event: string; readonly name: string; readonly required: boolean }[];
  readonly groups: readonly CrfGroup[];
}

export interface CrfPlan {
  readonly forms: readonly CrfForm[];
  /** Lists too long to be printed at each field, and for the annotated form all of them. */
  readonly lists: readonly {
    readonly list: string;
    readonly name: string;
    readonly codes: readonly PaperCode[];
  }[];
  readonly missing: readonly PaperCode[];
}

/** More than this are looked up at the end. */
const mostTicked = 13;
const charactersOfALine = 60;
const mostLines = 3;

export function planCrf(model: StudyModel, language: Language, kind: 'blank' | 'annotated'): CrfPlan {
  const { study } = model;
  const forms = model.forms.map(({ form, groups }): CrfForm => ({
    form: form.id,
    name: form.name[language],
    events: study.events.flatMap((event) => {
      const duty = model.duty(event, form.id);
      return duty === null
        ? []
        : [{ event: spanOf(event), name: event.name[language], required: duty === 'required' }];
    }),
    groups: groups.map((group) => planGroup(group, language)),
  }));
  const missing = study.codeLists.find(({ id }) => id === study.missingReasons);
  const lists = listsOf(study, model).filter(
    (list) => kind === 'annotated' || list.codes.length > mostTicked,
  );
  return {
    forms,
    lists: lists.map((list) => ({
      list: list.id,
      name: list.name[language],
      codes: codesIn(list, language),
    })),
    missing: missing === undefined ? [] : codesIn(missing, language),
  };
}

function planGroup({ group, items }: PlacedGroup, language: Language): CrfGroup {
  return {
    group: group.id,
    name: group.name[language],
    repeating: group.repeating,
    whenShown: group.whenShown?.[language] ?? '',
    items: items.map((placed) => planItem(placed, group, language)),
  };
}

function planItem(placed: PlacedItem, group: ItemGroup, language: Language): CrfItem {
  const { item, codeList } = placed;
  const conditions = [group.shown, item.shown].filter((condition) => condition !== undefined);
  return {
    item: item.id,
    label: item.label[language],
    unit: item.unit === undefined || item.parts !== undefined ? '' : showUnit(item.unit, language),
    help: item.help?.[language] ?? '',
    required: item.required === undefined ? 'no' : item.required === 'always' ? 'always' : 'conditional',
    field: fieldOf(placed, language),
    annotation: {
      type: item.type === 'calculated' ? `calculated ${item.result ?? 'text'}` : item.type,
      codeList: codeList?.id ?? null,
      requiredIf: item.required === undefined || item.required === 'always' ? null : item.required,
      shownIf: conditions.length === 0 ? null : conditions.map((one) => `(${one})`).join(' and '),
      derivation: item.expression ?? null,
      pattern: item.pattern ?? null,
      hard: boundsOf(item.hard),
      soft: boundsOf(item.soft),
      target: item.target ?? null,
      identifier: item.identifier === true,
    },
  };
}

function fieldOf({ item, codeList }: PlacedItem, language: Language): PaperField {
  if (item.system !== undefined) return { kind: 'none', why: 'system' };
  switch (item.type) {
    case 'calculated':
      return { kind: 'none', why: 'calculated' };
    case 'integer':
    case 'decimal':
    case 'comparator':
    case 'measurement':
      return {
        kind: 'digits',
        whole: wholeDigits(item),
        decimals: item.type === 'integer' ? 0 : (item.decimals ?? 2),
        relation: item.type === 'comparator',
      };
    case 'date':
    case 'partial-date':
    case 'date-time':
    case 'year-month':
      return {
        kind: 'date',
        time: item.type === 'date-time',
        day: item.type !== 'year-month',
        partial: item.type === 'partial-date',
      };
    case 'yes-no':
    case 'yes-no-unknown':
    case 'single-choice':
    case 'multiple-choice':
      if (codeList === null) return { kind: 'text', lines: 1 };
      if (codeList.codes.length > mostTicked)
        return { kind: 'list', list: codeList.id, length: longestCode(codeList) };
      return {
        kind: 'choices',
        codes: codesIn(codeList, language),
        several: item.type === 'multiple-choice',
      };
    case 'text':
      return { kind: 'text', lines: linesOf(item) };
    default:
      return { kind: 'text', lines: 1 };
  }
}

/** As many as the hard limit has; five where there is none. */
function wholeDigits({ hard, type }: Item): number {
  const usual = type === 'integer' ? 3 : 5;
  return hard?.max === undefined ? usual : String(Math.floor(hard.max)).length;
}

function linesOf({ maxLength }: Item): number {
  return Math.min(
    mostLines,
    Math.max(1, Math.ceil((maxLength ?? charactersOfALine * 2) / charactersOfALine)),
  );
}

function longestCode({ codes }: CodeList): number {
  return Math.max(...codes.map(({ code }) => code.length));
}

function boundsOf(bounds: Item['hard']): string | null {
  if (bounds?.min === undefined && bounds?.max === undefined) return null;
  return `${bounds.min === undefined ? '' : String(bounds.min)} … ${bounds.max === undefined ? '' : String(bounds.max)}`.trim();
}

function codesIn({ codes }: CodeList, language: Language): readonly PaperCode[] {
  return codes.map(({ code, label }) => ({ code, label: label[language] }));
}

/** Those that a field uses, the ones of the yes-no types too. */
function listsOf(study: Study, model: StudyModel): readonly CodeList[] {
  const used = new Set(model.items.flatMap(({ codeList }) => (codeList === null ? [] : [codeList.id])));
  return codeListsOf(study).filter(({ id }) => used.has(id));
}

/** "SCR", "D1–D41" */
function spanOf({ id, repeating }: StudyEvent): string {
  return repeating === undefined ? id : `${id}${String(repeating.first)}–${id}${String(repeating.last)}`;
}
