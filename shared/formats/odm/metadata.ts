/**
 * The study definition as the Study element of ODM 1.3.2: events, forms, item groups, items, code lists, units,
 * conditions and methods. Expressions stay what they are, FEEL (OMG DMN), each with its context named. Edit checks that
 * concern several items have no place in ODM 1.3.2; they stand in CHECKS of the workbook and of the CSV files.
 */
import { codeListsOf, planFormSheets, type ExportField } from '../../export-plan.ts';
import type { CodeList, Form, Item, ItemGroup, Study, StudyEvent, Text } from '../../study.ts';
import { element, xmlText } from '../xml.ts';
import { itemDef } from './item-def.ts';
import { odmItemsOf } from './items.ts';
import {
  codeListOid,
  conditionOid,
  eventOid,
  flagList,
  formOid,
  formStateList,
  groupOid,
  itemOid,
  methodOid,
  relationList,
  studyOid,
  unitOid,
  versionOid,
} from './oids.ts';

export function studyElement(study: Study, fingerprint: string): string {
  const names =
    `<StudyName>${xmlText(study.name.en)}</StudyName>` +
    `<StudyDescription>${xmlText(study.title.en)}</StudyDescription>` +
    `<ProtocolName>${xmlText(study.id)}</ProtocolName>`;
  const units = unitsOf(study).map((unit) =>
    element(
      'MeasurementUnit',
      { OID: unitOid(unit), Name: unit },
      element('Symbol', {}, element('TranslatedText', {}, xmlText(unit))),
    ),
  );
  return element(
    'Study',
    { OID: studyOid(study.id) },
    [
      element('GlobalVariables', {}, names),
      element('BasicDefinitions', {}, units.join('\n')),
      metaDataVersion(study, fingerprint),
    ].join('\n'),
  );
}

/** Every unit that the definition knows: of items, and those in which a test may be reported. */
export function unitsOf(study: Study): readonly string[] {
  const items = study.forms.flatMap(({ groups }) => groups.flatMap((group) => group.items));
  const ofItems = items.flatMap(({ unit }) => (unit === undefined ? [] : [unit]));
  const ofTests = study.analytes.flatMap(({ unit, units }) => [unit, ...units.map((one) => one.unit)]);
  return [...new Set([...ofItems, ...ofTests])].sort();
}

function metaDataVersion(study: Study, fingerprint: string): string {
  const sheets = planFormSheets(study);
  const fields = sheets.flatMap((sheet) => sheet.fields);
  const byItem = new Map(fields.map((field) => [field.item.id, field]));
  const groups = study.forms.flatMap((form) => form.groups.map((group) => ({ form, group })));
  const parts = [
    protocol(study),
    ...study.events.map((event) => eventDef(study, event)),
    ...study.forms.map(formDef),
    ...groups.map(({ form, group }) => groupDef(form, group, byItem)),
    ...fields.flatMap((field) => odmItemsOf(field).map((item) => itemDef(study, field, item))),
    ...codeListsOf(study).map((list) => codeList(codeListOid(list.id), list.name.en, list.codes)),
    ...ownLists.map(({ oid, name, codes }) => codeList(oid, name, codes)),
    ...groups.flatMap(({ form, group }) => conditions(form, group)),
    ...fields.flatMap(({ item }) => method(item)),
  ];
  return element(
    'MetaDataVersion',
    {
      OID: versionOid(study.version),
      Name: `${study.id} ${study.version}`,
      Description: `SHA-256 of the definition: ${fingerprint}`,
    },
    `\n${parts.join('\n')}\n`,
  );
}

function protocol(study: Study): string {
  const refs = study.events.map(({ id }, index) =>
    element('StudyEventRef', { StudyEventOID: eventOid(id), OrderNumber: index + 1, Mandatory: 'No' }),
  );
  return element('Protocol', {}, description(study.title) + refs.join(''));
}

function eventDef(study: Study, event: StudyEvent): string {
  const placed = study.forms.flatMap((form) => {
    const duty = study.matrix[form.id]?.[event.id];
    return duty === undefined ? [] : [{ form, duty }];
  });
  const refs = placed.map(({ form, duty }, index) =>
    element('FormRef', {
      FormOID: formOid(form.id),
      OrderNumber: index + 1,
      Mandatory: duty === 'required' ? 'Yes' : 'No',
    }),
  );
  const types = { scheduled: 'Scheduled', unscheduled: 'Unscheduled', log: 'Common' } as const;
  return element(
    'StudyEventDef',
    {
      OID: eventOid(event.id),
      Name: event.id,
      Repeating: event.repeating === undefined ? 'No' : 'Yes',
      Type: types[event.kind],
    },
    description(event.name) + refs.join(''),
  );
}

function formDef(form: Form): string {
  const refs = form.groups.map((group, index) =>
    element('ItemGroupRef', {
      ItemGroupOID: groupOid(form.id, group.id),
      OrderNumber: index + 1,
      Mandatory: 'No',
      CollectionExceptionConditionOID:
        group.shown === undefined ? null : conditionOid(`${form.id}.${group.id}`),
    }),
  );
  return element(
    'FormDef',
    { OID: formOid(form.id), Name: form.id, Repeating: 'No' },
    description(form.name) + refs.join(''),
  );
}

function groupDef(form: Form, group: ItemGroup, byItem: ReadonlyMap<string, ExportField>): string {
  let order = 0;
  const refs = group.items.flatMap((item) => {
    const field = byItem.get(item.id);
    return (field === undefined ? [] : odmItemsOf(field)).map(({ oid, column }) =>
      element('ItemRef', {
        ItemOID: oid,
        OrderNumber: (order += 1),
        Mandatory: item.required === 'always' && column.part !== 'standard' ? 'Yes' : 'No',
        MethodOID: item.expression !== undefined ? methodOid(item.id) : null,
        CollectionExceptionConditionOID: item.shown === undefined ? null : conditionOid(item.id),
      }),
    );
  });
  return element(
    'ItemGroupDef',
    {
      OID: groupOid(form.id, group.id),
      Name: `${form.id}.${group.id}`,
      Repeating: group.repeating ? 'Yes' : 'No',
    },
    description(group.name) + refs.join(''),
  );
}

/** ODM asks when an item is NOT collected; the definition says when it is. */
function conditions(form: Form, group: ItemGroup): readonly string[] {
  const ofGroup =
    group.shown === undefined ? [] : [{ of: `${form.id}.${group.id}`, shown: group.shown, name: group.name }];
  const ofItems = group.items.flatMap(({ id, shown, label }) =>
    shown === undefined ? [] : [{ of: id, shown, name: label }],
  );
  return [...ofGroup, ...ofItems].map(({ of, shown, name }) =>
    element(
      'ConditionDef',
      { OID: conditionOid(of), Name: `${of} does not apply` },
      description({ en: `${name.en}: not asked`, fr: `${name.fr} : non demandé` }) +
        expression(`not(${shown})`),
    ),
  );
}

function method(item: Item): readonly string[] {
  if (item.expression === undefined) return [];
  return [
    element(
      'MethodDef',
      { OID: methodOid(item.id), Name: `derivation of ${itemOid(item.id)}`, Type: 'Computation' },
      description(item.label) + expression(item.expression),
    ),
  ];
}

function expression(feel: string): string {
  return element('FormalExpression', { Context: 'FEEL (OMG DMN)' }, xmlText(feel));
}

type Codes = readonly Pick<CodeList['codes'][number], 'code' | 'label' | 'external'>[];

function codeList(oid: string, name: string, codes: Codes): string {
  const items = codes.map(({ code, label, external }, index) =>
    element(
      'CodeListItem',
      { CodedValue: code, OrderNumber: index + 1 },
      element('Decode', {}, inBothLanguages(label)) +
        (external === undefined ? '' : element('Alias', { Context: external.system, Name: external.code })),
    ),
  );
  // Names of lists are for people, and two lists may bear the same one.
  return element('CodeList', { OID: oid, Name: `${name} (${oid})`, DataType: 'text' }, items.join(''));
}

const ownLists: readonly { readonly oid: string; readonly name: string; readonly codes: Codes }[] = [
  {
    oid: relationList,
    name: 'Relation of the true value to the number',
    codes: [
      { code: '=', label: { en: 'equal', fr: 'égal' } },
      { code: '<', label: { en: 'less than', fr: 'inférieur' } },
      { code: '<=', label: { en: 'at most', fr: 'inférieur ou égal' } },
      { code: '>', label: { en: 'more than', fr: 'supérieur' } },
      { code: '>=', label: { en: 'at least', fr: 'supérieur ou égal' } },
    ],
  },
  {
    oid: flagList,
    name: 'What a flag says',
    codes: [
      { code: 'MISSING', label: { en: 'reason why there is no value', fr: 'raison de l’absence de valeur' } },
      { code: 'FORMSTATE', label: { en: 'state of the form', fr: 'état du formulaire' } },
    ],
  },
  {
    oid: formStateList,
    name: 'State of a form',
    codes: [
      { code: 'empty', label: { en: 'empty', fr: 'vide' } },
      { code: 'in-progress', label: { en: 'in progress', fr: 'en cours' } },
      { code: 'complete', label: { en: 'complete', fr: 'complet' } },
      { code: 'verified', label: { en: 'verified', fr: 'vérifié' } },
      { code: 'signed', label: { en: 'signed', fr: 'signé' } },
      { code: 'locked', label: { en: 'locked', fr: 'verrouillé' } },
    ],
  },
];

function description(text: Text): string {
  return element('Description', {}, inBothLanguages(text));
}

export function inBothLanguages({ en, fr }: Text): string {
  return (
    element('TranslatedText', { 'xml:lang': 'en' }, xmlText(en)) +
    element('TranslatedText', { 'xml:lang': 'fr' }, xmlText(fr))
  );
}
