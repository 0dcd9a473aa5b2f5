/** An ItemDef of ODM 1.3.2: type, length, question in both languages, units, bounds, code list, and its CDASH or SDTM target. */
import type { ExportField } from '../../export-plan.ts';
import type { Bounds, Item, Study } from '../../study.ts';
import { element, xmlText } from '../xml.ts';
import type { OdmItem } from './items.ts';
import { codeListOid, relationList, unitOid } from './oids.ts';

export function itemDef(study: Study, { item }: ExportField, odm: OdmItem): string {
  const { oid, dataType, column } = odm;
  const isNumber = dataType === 'integer' || dataType === 'float';
  const units = unitsOf(study, item, odm);
  const [unit] = units.length === 1 ? units : [];
  const list =
    column.part === 'relation' ? relationList : column.list === null ? null : codeListOid(column.list);
  const content = [
    element('Description', {}, textsOf(item, odm)),
    ...(item.type === 'calculated' || odm.column.part === 'standard'
      ? []
      : [element('Question', {}, textsOf(item, odm))]),
    ...units.map((one) => element('MeasurementUnitRef', { MeasurementUnitOID: unitOid(one) })),
    ...(isNumber && column.part === 'value'
      ? [...checks(item.hard, 'Hard', unit), ...checks(item.soft, 'Soft', unit)]
      : []),
    ...(list === null ? [] : [element('CodeListRef', { CodeListOID: list })]),
    ...(item.target === undefined ? [] : [element('Alias', { Context: 'SDTM/CDASH', Name: item.target })]),
  ];
  return element(
    'ItemDef',
    {
      OID: oid,
      Name: oid.slice('IT.'.length),
      DataType: dataType,
      Length: lengthOf(item, odm),
      SignificantDigits: dataType === 'float' ? (item.decimals ?? item.readableDecimals ?? 6) : null,
      Origin: column.part === 'standard' ? 'Derived' : originOf(item),
    },
    content.join(''),
  );
}

function originOf(item: Item): string {
  if (item.type === 'calculated') return 'Derived';
  return item.system === undefined ? 'CRF' : 'Assigned';
}

/** ODM wants a length of numbers and texts. */
function lengthOf(item: Item, { dataType, column }: OdmItem): number | null {
  if (dataType === 'integer') return column.part === 'choice' ? 1 : 15;
  if (dataType === 'float') return 20;
  if (dataType === 'text') return column.part === 'relation' ? 2 : (item.maxLength ?? 4000);
  return null;
}

function textsOf(item: Item, { column }: OdmItem): string {
  const choice = column.code === null ? '' : `: ${column.code}`;
  const more = { value: '', relation: ' (relation)', standard: ' (standard unit)' };
  const end = column.part === 'relation' || column.part === 'standard' ? more[column.part] : choice;
  return (['en', 'fr'] as const)
    .map((language) =>
      element('TranslatedText', { 'xml:lang': language }, xmlText(item.label[language] + end)),
    )
    .join('');
}

/** A laboratory result may come in any unit that its tests know. */
function unitsOf(study: Study, item: Item, { column }: OdmItem): readonly string[] {
  if (column.part !== 'value' && column.part !== 'standard') return [];
  if (item.parts === undefined) return item.unit === undefined ? [] : [item.unit];
  const ofTests = study.analytes.flatMap(({ unit, units }) =>
    column.part === 'standard' ? [unit] : [unit, ...units.map((one) => one.unit)],
  );
  return [...new Set(ofTests)].sort();
}

function checks(
  bounds: Bounds | undefined,
  hardness: 'Hard' | 'Soft',
  unit: string | undefined,
): readonly string[] {
  const ends = [
    { comparator: 'GE', limit: bounds?.min },
    { comparator: 'LE', limit: bounds?.max },
  ];
  return ends.flatMap(({ comparator, limit }) =>
    limit === undefined
      ? []
      : [
          element(
            'RangeCheck',
            { Comparator: comparator, SoftHard: hardness },
            element('CheckValue', {}, String(limit)) +
              (unit === undefined
                ? ''
                : element('MeasurementUnitRef', { MeasurementUnitOID: unitOid(unit) })),
          ),
        ],
  );
}
