/**
 * One file of CDISC ODM 1.3.2, a snapshot: the definition, who and where, every value with its newest audit record, and
 * the signatures that hold. Older entries of the trail stand in AUDIT of the workbook and the CSV files; SourceID names
 * the entry there. Times are UTC, and the file is of the data cut: nothing in it tells when it was written.
 */
import type { FormSheet } from '#shared/export-plan.ts';
import { planFormSheets } from '#shared/export-plan.ts';
import { studyElement } from '#shared/formats/odm/metadata.ts';
import {
  eventOid,
  flagList,
  formOid,
  formStateList,
  locationOid,
  studyOid,
  versionOid,
} from '#shared/formats/odm/oids.ts';
import { element, xmlAttribute } from '#shared/formats/xml.ts';
import type { Signature } from '#shared/signature.ts';
import type { Study } from '#shared/study.ts';
import type { ExportSource, ExportWatch } from '../export-content.ts';
import { createEventOrder } from '../export-form-rows.ts';
import { adminData, createAuditRecord, signatureElement } from './odm-admin.ts';
import { createOdmNotes } from './odm-notes.ts';
import { readBySubject, type SubjectForm } from './odm-subjects.ts';
import { readOdmTrail } from './odm-trail.ts';
import { createOdmRow, type OdmRow } from './odm-values.ts';
import type { ExportRow } from '../export-rows.ts';
import { openTextFile, type TextFile } from './text-file.ts';
import type { WrittenFile } from './written-file.ts';

/** Throws when the values in the file are not those of the record. */
export function writeOdmFile(source: ExportSource, file: string, watch: ExportWatch): WrittenFile {
  const out = openTextFile(file);
  try {
    const subjects = writeOdm(source, out, watch);
    return { file, format: 'odm', ...out.close(), rows: subjects };
  } catch (error) {
    out.abandon();
    throw error;
  }
}

function writeOdm(source: ExportSource, out: TextFile, watch: ExportWatch): number {
  const { reader, study, fingerprint } = source;
  const at = new Date(reader.cut.at).toISOString();
  watch.progress('ODM', 0);
  const trail = readOdmTrail(reader);
  const signatures = readSignatures(reader.signatures());
  const sites = new Map([...trail.sites].map((code) => [code, code]));
  for (const { number } of reader.subjects()) sites.set(reader.siteOf(number), reader.siteOf(number));
  if (sites.size === 0 || sites.has(source.siteCode)) sites.set(source.siteCode, source.siteName);

  out.write(
    `<?xml version="1.0" encoding="UTF-8"?>\n<ODM xmlns="${namespace}"${odmAttributes(source, at)}>\n`,
  );
  out.write(`${studyElement(study, fingerprint)}\n`);
  const facts = {
    study,
    users: trail.users,
    sites,
    signatures: [...signatures.values()],
    day: at.slice(0, 10),
  };
  out.write(`${adminData(facts)}\n`);
  out.write(
    `<ClinicalData StudyOID="${xmlAttribute(studyOid(study.id))}" MetaDataVersionOID="${xmlAttribute(versionOid(study.version))}">\n`,
  );

  const notes = createOdmNotes(study);
  const sheets = planFormSheets(study);
  const rowOf = new Map<FormSheet, (row: ExportRow) => OdmRow>(
    sheets.map((sheet) => [sheet, createOdmRow(study, sheet, trail, notes)]),
  );
  const eventAttributes = createEventAttributes(study);
  let subjects = 0;
  let values = 0;
  for (const { subject, events } of readBySubject(reader, sheets, createEventOrder(study))) {
    const site = reader.siteOf(subject);
    const signed = (event: string | null, form: string | null): string => {
      const signature = signatures.get(scopeKey({ subject, event, form }));
      return signature === undefined ? '' : signatureElement(signature, site);
    };
    out.write(`<SubjectData SubjectKey="${xmlAttribute(subject)}">${signed(null, null)}`);
    out.write(`${element('SiteRef', { LocationOID: locationOid(site) })}\n`);
    for (const { event, forms } of events) {
      out.write(`<StudyEventData${eventAttributes(event)}>${signed(event, null)}\n`);
      for (const { sheet, rows } of forms) {
        out.write(formDataOpen({ sheet, rows }, signed(event, sheet.form.id)));
        for (const row of rows) {
          const written = rowOf.get(sheet)?.(row);
          out.write(written?.xml ?? '');
          values += written?.values ?? 0;
        }
        out.write('</FormData>\n');
      }
      out.write('</StudyEventData>\n');
    }
    out.write('</SubjectData>\n');
    subjects += 1;
    watch.progress('ODM', values);
  }
  const counts = reader.countValues();
  if (values !== counts.exported)
    throw new Error(`the ODM file holds ${values} of ${counts.exported} values`);

  out.write('<AuditRecords>\n');
  const auditRecord = createAuditRecord();
  for (const entry of trail.referred()) out.write(auditRecord(entry));
  out.write(`</AuditRecords>\n${notes.xml()}</ClinicalData>\n</ODM>\n`);
  return subjects;
}

const namespace = 'http://www.cdisc.org/ns/odm/v1.3';

function odmAttributes({ study, reader, siteCode, siteName, appVersion }: ExportSource, at: string): string {
  const attributes = {
    ODMVersion: '1.3.2',
    FileType: 'Snapshot',
    Granularity: 'All',
    FileOID: `${study.id}.${siteCode}.${reader.cut.head}`,
    CreationDateTime: at,
    AsOfDateTime: at,
    Originator: `${siteCode} ${siteName}`,
    SourceSystem: 'Cahier',
    SourceSystemVersion: appVersion,
  };
  return Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${xmlAttribute(value)}"`)
    .join('');
}

/** A repeating event is one event of the definition and a number: "D2" is the second "D". */
function createEventAttributes({ events }: Study): (event: string) => string {
  const repeating = events.filter((event) => event.repeating !== undefined);
  const own = new Set(events.map(({ id }) => id));
  return (event) => {
    const base = own.has(event)
      ? undefined
      : repeating.find(({ id }) => event.startsWith(id) && /^\d+$/u.test(event.slice(id.length)));
    if (base === undefined) return ` StudyEventOID="${xmlAttribute(eventOid(event))}"`;
    const key = event.slice(base.id.length);
    return ` StudyEventOID="${xmlAttribute(eventOid(base.id))}" StudyEventRepeatKey="${key}"`;
  };
}

function formDataOpen({ sheet, rows: [{ state }] }: SubjectForm, signature: string): string {
  const flag = element(
    'Flag',
    {},
    element('FlagValue', { CodeListOID: formStateList }, state) +
      element('FlagType', { CodeListOID: flagList }, 'FORMSTATE'),
  );
  const open = `<FormData FormOID="${xmlAttribute(formOid(sheet.form.id))}">`;
  return `${open}${signature}${element('Annotation', { SeqNum: 1 }, flag)}\n`;
}

/** The newest valid signature of each scope. One that a de-identified export leaves without name and time is none in ODM. */
function readSignatures(all: Iterable<Signature>): ReadonlyMap<string, Signature> {
  const newest = new Map<string, Signature>();
  for (const signature of all) {
    const { validity, user, at } = signature;
    if (validity.state === 'valid' && user !== '' && at !== '') newest.set(scopeKey(signature), signature);
  }
  return newest;
}

const scopeKey = ({ subject, event, form }: Pick<Signature, 'subject' | 'event' | 'form'>): string =>
  `${subject} ${event ?? ''} ${form ?? ''}`;
