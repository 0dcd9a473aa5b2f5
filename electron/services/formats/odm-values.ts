/** The ItemGroupData of a form's row, with how many values of the record went into it. */
import { cellsOf } from '#shared/export-plan/cells.ts';
import type { Cell } from '#shared/export-plan/sheet.ts';
import type { ExportField, FormSheet } from '#shared/export-plan.ts';
import { elementNames, fitsType, odmItemsOf, type OdmItem } from '#shared/formats/odm/items.ts';
import { groupOid, unitOid } from '#shared/formats/odm/oids.ts';
import { unitsOf } from '#shared/formats/odm/metadata.ts';
import { xmlAttribute, xmlText } from '#shared/formats/xml.ts';
import type { ItemValue } from '#shared/record.ts';
import { reportedNumber } from '#shared/standard-number.ts';
import type { Study } from '#shared/study.ts';
import type { ExportRow } from '../export-rows.ts';
import { canonicalCell, isPlainText } from '../workbook-cells.ts';
import type { OdmNotes } from './odm-notes.ts';
import type { OdmTrail } from './odm-trail.ts';

export interface OdmRow {
  readonly xml: string;
  readonly values: number;
}

interface PlannedGroup {
  readonly open: string;
  readonly repeats: boolean;
  readonly fields: readonly PlannedField[];
}
interface PlannedField {
  readonly field: ExportField;
  readonly items: readonly (OdmItem & {
    readonly open: string;
    readonly anyOpen: string;
    readonly end: string;
  })[];
}

export function createOdmRow(
  study: Study,
  { form, fields }: FormSheet,
  trail: OdmTrail,
  notes: OdmNotes,
): (row: ExportRow) => OdmRow {
  const units = new Set(unitsOf(study));
  const analytes = new Map(study.analytes.map((analyte) => [analyte.id, analyte]));
  const byItem = new Map(fields.map((field) => [field.item.id, field]));
  const groups = form.groups.map((group): PlannedGroup => {
    return {
      open: `<ItemGroupData ItemGroupOID="${xmlAttribute(groupOid(form.id, group.id))}"`,
      repeats: group.repeating,
      fields: group.items.flatMap(({ id }) => planField(byItem.get(id))),
    };
  });

  function itemsXml({ field, items }: PlannedField, value: ItemValue, row: ExportRow): string {
    const seq = trail.refer(row, form.id, field.item.id);
    const audit = seq === null ? '' : ` AuditRecordID="AR.${seq}"`;
    if (value.text === null) {
      const note = notes.missing(value.missing ?? '');
      const isChoice = items[0]?.column.part === 'choice';
      const empty = items.filter(({ column: { part } }) => isChoice || part === 'value' || part === 'iso');
      return empty.map(({ anyOpen }) => `${anyOpen} IsNull="Yes"${audit} AnnotationID="${note}"/>`).join('');
    }
    const inRow = (item: string): string | null => row.values.get(item)?.text ?? null;
    const cells = cellsOf(field, value, (number) =>
      reportedNumber(field.item, number, inRow, (test) => analytes.get(test)),
    );
    let xml = '';
    for (const item of items) {
      const text = textOf(item, cells[item.index] ?? null, value);
      if (text === null) continue;
      const unit = unitOf(item, field, cells);
      const measured = unit === null ? '' : unitAttribute(unit);
      xml += fitsType(text, item.dataType)
        ? `${item.open}${audit}${measured}>${isPlainText(text) ? text : xmlText(text)}${item.end}`
        : `${item.anyOpen}${audit}${measured}>${xmlText(text)}</ItemDataAny>`;
    }
    return xml;
  }

  function unitAttribute(unit: string): string {
    if (units.has(unit)) return ` MeasurementUnitOID="${xmlAttribute(unitOid(unit))}"`;
    return ` AnnotationID="${notes.unknownUnit(unit)}"`;
  }

  return (row) => {
    let xml = '';
    let values = 0;
    for (const { open, repeats, fields: own } of groups) {
      let items = '';
      for (const planned of own) {
        const value = row.values.get(planned.field.item.id);
        if (value === undefined) continue;
        const written = itemsXml(planned, value, row);
        if (written !== '') values += 1;
        items += written;
      }
      if (items === '') continue;
      const repeat = repeats || row.row > 1 ? ` ItemGroupRepeatKey="${row.row}"` : '';
      xml += `${open}${repeat}>${items}</ItemGroupData>\n`;
    }
    return { xml, values };
  };
}

function planField(field: ExportField | undefined): readonly PlannedField[] {
  if (field === undefined) return [];
  const items = odmItemsOf(field).map((item) => {
    const name = elementNames[item.dataType];
    const attribute = ` ItemOID="${xmlAttribute(item.oid)}"`;
    return { ...item, open: `<${name}${attribute}`, anyOpen: `<ItemDataAny${attribute}`, end: `</${name}>` };
  });
  return [{ field, items }];
}

/** A number as it was typed, with the zeros that say how exact it is. */
function textOf({ column }: OdmItem, cell: Cell, value: ItemValue): string | null {
  if (cell === null) return null;
  if (typeof cell === 'string') return cell;
  const isTyped = column.part === 'value' && value.text !== null && Number(value.text) === cell;
  return isTyped && /^-?\d+(?:\.\d+)?$/u.test(value.text) ? value.text : canonicalCell(cell);
}

function unitOf(
  { unitIndex, column }: OdmItem,
  { item }: ExportField,
  cells: readonly Cell[],
): string | null {
  if (unitIndex !== null) {
    const unit = cells[unitIndex];
    return typeof unit === 'string' ? unit : null;
  }
  return column.part === 'value' ? (item.unit ?? null) : null;
}
