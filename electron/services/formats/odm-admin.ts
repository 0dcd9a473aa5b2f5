/** AdminData of an ODM file, and what stands for a person at a value or under a form: AuditRecord and Signature. */
import { locationOid, signatureDefOid, studyOid, userOid, versionOid } from '#shared/formats/odm/oids.ts';
import { element, xmlText } from '#shared/formats/xml.ts';
import { toMeaningWords, type Signature } from '#shared/signature.ts';
import type { Study } from '#shared/study.ts';
import type { ExportAuditEntry } from '../export-rows.ts';

export interface AdminFacts {
  readonly study: Study;
  /** User names with a role. */
  readonly users: ReadonlyMap<string, string>;
  /** Codes with names. */
  readonly sites: ReadonlyMap<string, string>;
  readonly signatures: readonly Signature[];
  /** UTC, ISO 8601: from when the version counts as being in use, as far as the file can say. */
  readonly day: string;
}

export function adminData({ study, users, sites, signatures, day }: AdminFacts): string {
  const names = new Map(signatures.map(({ user, printedName }) => [user, printedName]));
  const roles = new Map([...signatures.map(({ user, role }) => [user, role] as const), ...users]);
  const people = [...roles].sort(byKey).map(([user, role]) => {
    const name = names.get(user);
    const fullName = name === undefined ? '' : element('FullName', {}, xmlText(name));
    return element(
      'User',
      { OID: userOid(user), UserType: role === 'investigator' ? 'Investigator' : 'Other' },
      element('LoginName', {}, xmlText(user)) + fullName,
    );
  });
  const places = [...sites].sort(byKey).map(([code, name]) =>
    element(
      'Location',
      { OID: locationOid(code), Name: name, LocationType: 'Site' },
      element('MetaDataVersionRef', {
        StudyOID: studyOid(study.id),
        MetaDataVersionOID: versionOid(study.version),
        EffectiveDate: day,
      }),
    ),
  );
  const meanings = [...new Set(signatures.map(({ meaning }) => meaning))]
    .sort()
    .map((meaning) =>
      element(
        'SignatureDef',
        { OID: signatureDefOid(meaning), Methodology: 'Electronic' },
        element('Meaning', {}, xmlText(meaning)) +
          element('LegalReason', {}, xmlText(toMeaningWords(meaning).en)),
      ),
    );
  return element(
    'AdminData',
    { StudyOID: studyOid(study.id) },
    `\n${[...people, ...places, ...meanings].join('\n')}\n`,
  );
}

/**
 * Of an entry that says who and when: there are no others in the trail of the file. There are as many as values, so that who
 * and where is worked out once for each pair.
 */
export function createAuditRecord(): (entry: ExportAuditEntry) => string {
  const known = new Map<string, string>();
  const whoAndWhere = (user: string, site: string): string => {
    const key = `${site} ${user}`;
    const found = known.get(key);
    if (found !== undefined) return found;
    const made =
      element('UserRef', { UserOID: userOid(user) }) +
      element('LocationRef', { LocationOID: locationOid(site) });
    known.set(key, made);
    return made;
  };
  return ({ seq, user, site, at, reason, hash }) => {
    if (user === null || at === null) return '';
    const why = reason === null || reason === '' ? '' : element('ReasonForChange', {}, xmlText(reason));
    const when = `<DateTimeStamp>${new Date(at).toISOString()}</DateTimeStamp>`;
    // Number and hash of the entry, by which it is found in AUDIT.
    const source = `<SourceID>${seq} ${hash}</SourceID>`;
    return `<AuditRecord ID="AR.${seq}">${whoAndWhere(user, site)}${when}${why}${source}</AuditRecord>\n`;
  };
}

/** The newest valid one of its scope; a broken one no longer says anything about what stands there. */
export function signatureElement({ user, meaning, at }: Signature, site: string): string {
  return element(
    'Signature',
    {},
    element('UserRef', { UserOID: userOid(user) }) +
      element('LocationRef', { LocationOID: locationOid(site) }) +
      element('SignatureRef', { SignatureOID: signatureDefOid(meaning) }) +
      element('DateTimeStamp', {}, at),
  );
}

const byKey = ([a]: readonly [string, string], [b]: readonly [string, string]): number => (a < b ? -1 : 1);
