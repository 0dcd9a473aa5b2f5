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
}

const codeColumns: readonly FilledColumn<ListedCode>[] = [
  text('LIST', 16, ({ list }) => list.id),
  text('CODE', 12, ({ code }) => code.code),
  text('LABEL_EN', 40, ({ code }) => code.label.en),
  text('LABEL_FR', 40, ({ code }) => code.label.fr),
  integer('ORDER', 8, ({ order }) => order),
  flag('EXCLUSIVE', 11, ({ code }) => code.exclusive),
  text('SYSTEM', 14, ({ code }) => code.external?.system),
  text('EXTERNAL_CODE', 14, ({ code }) => code.external?.code),
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
  return codeListsOf(study).flatMap((list) =>
    list.codes.map((code, index) => ({ study, list, code, order: index + 1 })),
  );
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
  text('SOURCE', 30, ({ analyte }) => analyte.source),
];

/** Unit as entered → standard unit, by analyte: a factor is never shared between analytes. */
export function unitSheet(study: Study): ReferenceSheet {
  const units = study.analytes.flatMap((analyte) => analyte.units.map((unit) => ({ analyte, unit })));
  return fillSheet('UNITS', unitColumns, units);
}
