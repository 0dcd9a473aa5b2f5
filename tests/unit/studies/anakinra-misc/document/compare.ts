/** Where the definition and the tables of the study document say different things: one line for each. */
import type { PlacedItem } from '#shared/study-model.ts';
import type { CodeList, Item } from '#shared/study.ts';
import { model, study } from '../study.ts';
import { documentAnalytes } from './analytes.ts';
import { documentChecks } from './checks.ts';
import { documentMatrix } from './events.ts';
import { documentItems, type DocumentItem } from './items.ts';
import { documentLists } from './lists.ts';
import { readOption, sameWords, splitEntry } from './options.ts';
import type { Limit } from './remarks.ts';

export interface Difference {
  /** "vs_gcs soft": what is compared of what. */
  readonly at: string;
  readonly document: string;
  readonly here: string;
}

const nothing = '–';

function difference(at: string, document: string, here: string): readonly Difference[] {
  return document === here ? [] : [{ at, document, here }];
}

/** Type codes of the document, and the types that they are here. */
const types: Readonly<Record<string, string>> = {
  int: 'integer',
  date: 'date',
  dt: 'date-time',
  ym: 'year-month',
  sel1: 'single-choice',
  selM: 'multiple-choice',
  yn: 'yes-no',
  ynu: 'yes-no-unknown',
  txt: 'text',
  calc: 'calculated',
  'calc yn': 'calculated',
  'from LB': 'calculated',
  'cmp int': 'comparator, 0 decimals',
  // Every item takes a missing reason.
  'yn + CL_MISS': 'yes-no',
};

function typeInDocument({ type }: DocumentItem): string {
  const decimals = /^(cmp )?dec\((\d)\)$/u.exec(type);
  if (decimals !== null)
    return `${decimals[1] === undefined ? 'decimal' : 'comparator'}, ${decimals[2] ?? ''} decimals`;
  return types[type] ?? type;
}

/** Decimals count where the document gives them. */
function typeHere(item: Item, asked: DocumentItem): string {
  const isScaled = (item.type === 'decimal' || item.type === 'comparator') && asked.type !== 'dec';
  return isScaled ? `${item.type}, ${String(item.decimals)} decimals` : item.type;
}

export function itemDifferences(): readonly Difference[] {
  const known = new Set(documentItems.map(({ id }) => id));
  // What is derived is the matter of section 8, which has formulas and no types.
  const own = model.items.filter(({ item }) => !known.has(item.id) && item.type !== 'calculated');
  return [
    ...documentItems.flatMap(compareItem),
    ...own.flatMap(({ item }) => difference(`${item.id} item`, nothing, item.type)),
  ];
}

function compareItem(asked: DocumentItem): readonly Difference[] {
  const { id } = asked;
  const placed = model.item(id);
  if (placed === undefined) return difference(`${id} item`, asked.type, nothing);
  const { item, codeList } = placed;
  const isUnitOpen = item.type === 'calculated' && asked.unit === null;
  return [
    ...difference(`${id} form`, formInDocument(asked), placed.form.id),
    ...difference(`${id} type`, typeInDocument(asked), typeHere(item, asked)),
    ...(isUnitOpen ? [] : difference(`${id} unit`, asked.unit ?? nothing, item.unit ?? nothing)),
    ...difference(`${id} hard`, showLimit(asked.hard), showLimit(item.hard ?? null)),
    ...difference(`${id} soft`, showLimit(asked.soft), showLimit(item.soft ?? null)),
    ...difference(`${id} required`, dutyInDocument(asked), dutyHere(placed)),
    ...compareList(asked, item, codeList),
  ];
}

/** The prefix of an id is its form: 26 prefixes, 26 forms. */
function formInDocument({ id }: DocumentItem): string {
  return id.split('_')[0]?.toUpperCase() ?? '';
}

function showLimit(limit: Limit | null): string {
  const { min, max } = limit ?? {};
  if (min === undefined && max === undefined) return nothing;
  if (max === undefined) return `≥${String(min)}`;
  return min === undefined ? `≤${String(max)}` : `${String(min)} to ${String(max)}`;
}

/** "per row" is always, in a row. A calculated item is asked of nobody. */
function dutyInDocument({ required, type }: DocumentItem): string {
  if (types[type] === 'calculated') return 'never';
  if (required === 'always' || required === 'per row') return 'always';
  return required === nothing || required === '' ? 'never' : 'on a condition';
}

/** What is always required where its group is asked is required on the group's condition. */
function dutyHere({ item, group }: PlacedItem): string {
  if (item.required === undefined) return 'never';
  return item.required === 'always' && group.shown === undefined ? 'always' : 'on a condition';
}

function compareList(asked: DocumentItem, item: Item, codeList: CodeList | null): readonly Difference[] {
  const { id, list, options } = asked;
  const isYesNo = item.type === 'yes-no' || item.type === 'yes-no-unknown';
  if (list !== null) return isYesNo ? [] : difference(`${id} list`, list, item.codeList ?? nothing);
  if (options === null || !asked.type.startsWith('sel')) return [];
  const labels = codeList?.codes ?? [];
  return [
    ...difference(`${id} options`, String(options.length), String(labels.length)),
    ...options.flatMap((option, index) => {
      const words = readOption(option);
      const label = labels[index]?.label ?? { en: nothing, fr: nothing };
      return sameWords(words, label)
        ? []
        : difference(`${id} option ${String(index + 1)}`, option, `${label.en}/${label.fr}`);
    }),
  ];
}

export function listDifferences(): readonly Difference[] {
  return documentLists.flatMap(({ id, entries }) => {
    const list = model.codeList(id);
    if (list === undefined) return difference(`${id} list`, 'there', nothing);
    return [
      ...difference(`${id} codes`, String(entries.length), String(list.codes.length)),
      ...entries.flatMap((entry, index) => {
        const here = list.codes[index];
        const { code, option } = splitEntry(entry, here?.code ?? '');
        return [
          ...difference(`${id} code ${String(index + 1)}`, code ?? here?.code ?? '', here?.code ?? nothing),
          ...(option === '' || here === undefined || sameWords(readOption(option), here.label)
            ? []
            : difference(`${id} ${here.code}`, option, `${here.label.en}/${here.label.fr}`)),
        ];
      }),
    ];
  });
}

export function matrixDifferences(): readonly Difference[] {
  const forms = [...new Set([...documentMatrix.keys(), ...Object.keys(study.matrix)])];
  const events = study.events.map(({ id }) => id);
  return forms.flatMap((form) =>
    events.flatMap((event) =>
      difference(
        `${form} at ${event}`,
        documentMatrix.get(form)?.get(event) ?? nothing,
        study.matrix[form]?.[event] ?? nothing,
      ),
    ),
  );
}

export function analyteDifferences(): readonly Difference[] {
  const known = new Set(documentAnalytes.map(({ id }) => id));
  return [
    ...study.analytes
      .filter(({ id }) => !known.has(id))
      .flatMap(({ id }) => difference(`${id} analyte`, nothing, 'there')),
    ...documentAnalytes.flatMap((asked) => {
      const here = model.analyte(asked.id);
      if (here === undefined) return difference(`${asked.id} analyte`, 'there', nothing);
      return [
        ...difference(`${asked.id} unit`, asked.unit, here.unit),
        ...difference(`${asked.id} hard`, showLimit(asked.hard), showLimit(here.hard ?? null)),
        ...difference(`${asked.id} soft`, showLimit(asked.soft), showLimit(here.soft ?? null)),
        ...difference(
          `${asked.id} LOINC`,
          asked.loinc.join(', '),
          here.loinc.map(({ code }) => code).join(', '),
        ),
      ];
    }),
  ];
}

/** A check of several places can be several entries: EC53 and EC53_CS are both the check EC53 of the document. */
export function checkDifferences(): readonly Difference[] {
  return documentChecks.flatMap(({ id, severity }) => {
    const own = study.checks.filter((check) => check.id === id || check.id.startsWith(`${id}_`));
    const severities = [...new Set(own.map((check) => check.severity))].join(', ');
    return difference(`${id} severity`, severity, own.length === 0 ? nothing : severities);
  });
}
