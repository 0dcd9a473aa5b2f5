/** CODELISTS, MISSING and UNITS: what the codes and units in the form sheets mean. */
import { codeListsOf, listNamesOf } from '../export-plan.ts';
import type { Analyte, CodeList, Study } from '../study.ts';
import { decimal, fillSheet, flag, integer, text, type FilledColumn, type ReferenceSheet } from './sheet.ts';

type Code = CodeList['codes'][number];
interface ListedCode {
  readonly study: Study;
  readonly list: CodeList;
  readonly code: Code;
  readonly order: number;
  readonly external: External | null;
}

/** What a code is in a system that others know. */
interface External {
  readonly system: string;
  readonly code: string;
  readonly status: string | null;
}

const codeColumns: readonly FilledColumn<ListedCode>[] = [
  text('LIST', 16, ({ list }) => list.id),
  text('CODE', 12, ({ code }) => code.code),
  text('LABEL_EN', 40, ({ code }) => code.label.en),
  text('LABEL_FR', 40, ({ code }) => code.label.fr),
  integer('ORDER', 8, ({ order }) => order),
  flag('EXCLUSIVE', 11, ({ code }) => code.exclusive),
  text('SYSTEM', 14, ({ external }) => external?.system),
  text('EXTERNAL_CODE', 14, ({ external }) => external?.code),
  text('EXTERNAL_STATUS', 16, ({ external }) => external?.status),
  text('LIST_EN', 30, ({ list }) => list.name.en),
  text('LIST_FR', 30, ({ list }) => list.name.fr),
  text('STUDY_VERSION', 14, ({ study }) => study.version),
];

/** Position of the column CODE, from 1. */
const codeColumn = 2;

/** Every code list, the yes-no ones that items bring along included. */
export function codeListSheet(study: Study): ReferenceSheet {
  return fillSheet('CODELISTS', codeColumns, listedCodes(study));
}

/** Where the codes of each list stand on the sheet CODELISTS, under the list's defined name. Rows count from 1. */
export interface CodeRange {
  readonly name: string;
  readonly column: number;
  readonly firstRow: number;
  readonly lastRow: number;
}

export function codeRanges(study: Study): readonly CodeRange[] {
  const names = listNamesOf(study);
  let next = 2;
  return codeListsOf(study).map(({ id, codes }) => {
    const firstRow = next;
    next += codes.length;
    return { name: names.get(id) ?? id, column: codeColumn, firstRow, lastRow: next - 1 };
  });
}

function listedCodes(study: Study): readonly ListedCode[] {
  const analytes = analytesByList(study);
  return codeListsOf(study).flatMap((list) =>
    list.codes.map((code, index) => {
      return { study, list, code, order: index + 1, external: externalOf(code, analytes.get(list.id)) };
    }),
  );
}

/** Lists whose codes are the study's laboratory tests. */
function analytesByList(study: Study): ReadonlyMap<string, ReadonlyMap<string, Analyte>> {
  const analytes = new Map(study.analytes.map((analyte) => [analyte.id, analyte]));
  const items = study.forms.flatMap(({ groups }) => groups.flatMap((group) => group.items));
  const tests = new Set(items.map(({ parts }) => parts?.test));
  const lists = items.flatMap(({ id, codeList }) =>
    tests.has(id) && codeList !== undefined ? [codeList] : [],
  );
  return new Map(lists.map((list) => [list, analytes]));
}

/** A laboratory test is known by its LOINC codes, those confirmed by a source before the others. */
function externalOf(
  { code, external }: Code,
  analytes: ReadonlyMap<string, Analyte> | undefined,
): External | null {
  if (external !== undefined) return { ...external, status: null };
  const loinc = analytes?.get(code)?.loinc ?? [];
  const confirmed = loinc.filter((one) => one.confirmed);
  const known = confirmed.length > 0 ? confirmed : loinc;
  if (known.length === 0) return null;
  return {
    system: 'LOINC',
    code: known.map((one) => one.code).join(' '),
    status: confirmed.length > 0 ? 'confirmed' : 'not confirmed',
  };
}

const missingColumns: readonly FilledColumn<Code>[] = [
  text('CODE', 8, ({ code }) => code),
  text('MEANING_EN', 44, ({ label }) => label.en),
  text('MEANING_FR', 44, ({ label }) => label.fr),
];

/** The codes that stand in the columns …_ND. */
export function missingSheet(study: Study): ReferenceSheet {
  const list = study.codeLists.find(({ id }) => id === study.missingReasons);
  return fillSheet('MISSING', missingColumns, list?.codes ?? []);
}

interface ListedUnit {
  readonly analyte: Analyte;
  readonly unit: Analyte['units'][number];
}

const unitColumns: readonly FilledColumn<ListedUnit>[] = [
  text('TEST', 10, ({ analyte }) => analyte.id),
  text('LABEL_EN', 30, ({ analyte }) => analyte.label.en),
  text('LABEL_FR', 30, ({ analyte }) => analyte.label.fr),
  text('UNIT', 16, ({ unit }) => unit.unit),
  text('QUALIFIER', 12, ({ unit }) => unit.qualifier),
  decimal('FACTOR', 14, ({ unit }) => unit.factor),
  text('STANDARD_UNIT', 16, ({ analyte }) => analyte.unit),
  flag('APPROXIMATE', 12, ({ unit }) => unit.approximate),
  decimal('HARD_MIN', 12, ({ analyte }) => analyte.hard?.min),
  decimal('HARD_MAX', 12, ({ analyte }) => analyte.hard?.max),
  decimal('SOFT_MIN', 12, ({ analyte }) => analyte.soft?.min),
  decimal('SOFT_MAX', 12, ({ analyte }) => analyte.soft?.max),
  text('SOURCE', 30, ({ analyte }) => analyte.source),
];

/** Unit as entered → standard unit, by analyte: a factor is never shared between analytes. Limits are in the standard unit. */
export function unitSheet(study: Study): ReferenceSheet {
  const units = study.analytes.flatMap((analyte) => analyte.units.map((unit) => ({ analyte, unit })));
  return fillSheet('UNITS', unitColumns, units);
}
