/**
 * Which ODM items an item of the study becomes, from the same plan as the workbook's columns.
 *
 * | item                | ODM items                                                                          |
 * |---------------------|------------------------------------------------------------------------------------|
 * | text, code          | IT.x                                                                               |
 * | number              | IT.x, with its unit as MeasurementUnitOID                                          |
 * | censored, measured  | IT.x and its unit as entered; IT.x.REL the relation; IT.x.STD in the standard unit |
 * | date                | IT.x: date, partialDate or partialDatetime, as far as it is known                  |
 * | multiple choice     | IT.x.C.<code> for each code: 1 chosen, 0 not chosen                                |
 *
 * A missing reason is IsNull="Yes" with an annotation whose flag is the reason: standard ODM, no extension.
 */
import { assertNever } from '../../assert-never.ts';
import type { ExportColumn, ExportField } from '../../export-plan.ts';
import type { Item } from '../../study.ts';
import { itemOid } from './oids.ts';

export type OdmDataType = 'integer' | 'float' | 'date' | 'partialDate' | 'partialDatetime' | 'text';

export interface OdmItem {
  readonly oid: string;
  readonly dataType: OdmDataType;
  readonly column: ExportColumn;
  /** Of the column among those of its field. */
  readonly index: number;
  /** Position of the column that holds the unit of this number; null: the unit is the item's own. */
  readonly unitIndex: number | null;
}

export function odmItemsOf({ item, columns }: ExportField): readonly OdmItem[] {
  const hasIso = columns.some(({ part }) => part === 'iso');
  const indexOf = (part: ExportColumn['part']): number | null => {
    const index = columns.findIndex((column) => column.part === part);
    return index < 0 ? null : index;
  };
  return columns.flatMap((column, index): readonly OdmItem[] => {
    const base = { column, index, unitIndex: null };
    switch (column.part) {
      case 'value':
        if (hasIso) return [];
        return [
          { ...base, oid: itemOid(item.id), dataType: numberOrText(column), unitIndex: indexOf('unit') },
        ];
      case 'iso':
        return [{ ...base, oid: itemOid(item.id), dataType: dateType(item) }];
      case 'choice':
        return [{ ...base, oid: itemOid(item.id, `.C.${column.code ?? ''}`), dataType: 'integer' }];
      case 'relation':
        return [{ ...base, oid: itemOid(item.id, '.REL'), dataType: 'text' }];
      case 'standard':
        return [
          {
            ...base,
            oid: itemOid(item.id, '.STD'),
            dataType: 'float',
            unitIndex: indexOf('standard-unit'),
          },
        ];
      case 'unit':
      case 'standard-unit':
      case 'precision':
      case 'missing':
        return [];
      default:
        return assertNever(column.part);
    }
  });
}

/** What is written of a calculated item is what its result is. */
export function resultTypeOf(item: Item): Exclude<Item['type'], 'calculated'> {
  return item.type === 'calculated' ? (item.result ?? 'text') : item.type;
}

function numberOrText({ kind }: ExportColumn): OdmDataType {
  return kind === 'integer' ? 'integer' : kind === 'decimal' ? 'float' : 'text';
}

function dateType(item: Item): OdmDataType {
  const type = resultTypeOf(item);
  if (type === 'date') return 'date';
  return type === 'date-time' ? 'partialDatetime' : 'partialDate';
}

/** Whether a text is one of that type; what is not is written as ItemDataAny, so that the file stays valid and holds it. */
export function fitsType(text: string, type: OdmDataType): boolean {
  switch (type) {
    case 'integer':
      return /^-?\d+$/u.test(text);
    case 'float':
      return /^-?\d+(?:\.\d+)?$/u.test(text);
    case 'date':
      return /^\d{4}-\d{2}-\d{2}$/u.test(text);
    case 'partialDate':
      return /^\d{4}(?:-\d{2}(?:-\d{2})?)?$/u.test(text);
    case 'partialDatetime':
      return /^\d{4}(?:-\d{2}(?:-\d{2}(?:T\d{2}:\d{2})?)?)?$/u.test(text);
    case 'text':
      return true;
    default:
      return assertNever(type);
  }
}

export const elementNames: Readonly<Record<OdmDataType, string>> = {
  integer: 'ItemDataInteger',
  float: 'ItemDataFloat',
  date: 'ItemDataDate',
  partialDate: 'ItemDataPartialDate',
  partialDatetime: 'ItemDataPartialDatetime',
  text: 'ItemDataString',
};
